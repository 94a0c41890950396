-- What each configured document has been, for good. Written once, never changed.

create table version (
    kind       text not null,                -- 'agent', 'queue', 'human', 'trunk'
    id         text not null,
    version    bigint not null,              -- counts the changes of the document from 1
    changed_at timestamptz not null,
    changed_by text not null,                -- the key or the human who has signed in
    role       text not null,
    note       text,
    document   json,                         -- as it was shown, without its secrets; null: deleted
    secret     boolean not null,             -- whether a secret changed too
    -- Should Redis have lost a deleted document's count with everything else, a number comes twice, but not at the same time.
    primary key (kind, id, version, changed_at)
);
