-- The audit trail: one hash chain per gateway. io.segue.audit.Link says which bytes a hash is of. Nothing here is changed or removed.

create table audit (
    node     text not null,
    seq      bigint not null,                -- from 1, without gaps
    previous bytea not null,                 -- the hash of link seq-1; 32 zeros for the first
    hash     bytea not null,
    at       timestamptz not null,           -- when it happened; PostgreSQL keeps microseconds, which is what the hash is of
    kind     text not null,
    call     text,
    actor    text not null,
    role     text not null,
    body     text not null,                  -- JSON, as it was when it was hashed
    primary key (node, seq)
);
create index audit_at on audit (at, node, seq);
create index audit_call on audit (call, at) where call is not null;
create index audit_kind on audit (kind text_pattern_ops, at);

create function audit_stays() returns trigger language plpgsql as $$
begin
    raise exception 'the audit trail is only appended to';
end $$;
create trigger audit_stays before update or delete on audit for each row execute function audit_stays();
create trigger audit_stays_whole before truncate on audit for each statement execute function audit_stays();

-- How far each chain has got. The row is what two processes of the same name would contend for.
create table audit_chain (
    node text primary key,
    seq  bigint not null,
    hash bytea not null
) with (fillfactor = 50);

-- The last head of each chain that each gateway signed for.
create table audit_head (
    node      text not null,
    signer    text not null,
    seq       bigint not null,
    hash      bytea not null,
    at        timestamptz not null,
    key       bytea not null,                -- the signer's public key, X.509
    signature bytea not null,                -- Ed25519; io.segue.audit.SignedHead says of what
    primary key (node, signer)
);
