-- What reviewers say of turns, and who has which turn before them.

-- A call that is still going on may be labelled, so a label names its call but does not need its row; it goes with the row.
create table label (
    call       text not null,
    turn       text not null,
    second     boolean not null default false, -- of a second reviewer, who was not shown the first: for agreement only
    mark       text not null,                  -- 'approved', 'edited', 'rejected'
    text       text,                           -- edited: what would have been better
    reason     text,
    severity   text,                           -- 'low', 'medium', 'high', 'critical'
    reviewer   text not null,
    role       text not null,
    at         timestamptz not null,
    version    int not null,
    slice      text,                           -- 'risk', 'random', 'second'; none: the reviewer chose it
    second_lot double precision not null,      -- 0 to 1: whether and when a second reviewer is offered it
    primary key (call, turn, second)
);
create index label_second_lot on label (second_lot) where not second;

create function forget_labels() returns trigger language plpgsql as $$
begin
    delete from label where call = old.id;
    delete from review_lease where call = old.id;
    return old;
end $$;
create trigger forget_labels after delete on call for each row execute function forget_labels();

create table review_lease (
    call     text not null,
    turn     text not null,
    reviewer text not null,
    slice    text not null,
    until    timestamptz not null,
    skipped  boolean not null default false,
    primary key (call, turn)
);

-- 0 to 1, 1 excluded, by the first 32 bits of the MD5 of call/turn: who is drawn, and in which order.
alter table turn add column lot double precision
    generated always as (('x' || substr(md5(call || '/' || id), 1, 8))::bit(32)::bigint / 4294967296.0::double precision) stored;
create index turn_lot on turn (lot) where speaker = 'agent' or (speaker = 'caller' and intent is not null);
