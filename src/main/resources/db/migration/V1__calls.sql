-- What outlasts the time that calls have in Redis. Text is text from callers and agents, never markup.

create table call (
    id            text primary key,          -- 32 hex digits
    node          text not null,             -- the gateway that carried it
    agent         text,
    agent_version int,
    policy        text,                      -- 'current' or 'canary'
    queue         text,                      -- of the last handoff
    from_number   text,
    to_number     text,
    contact       text,
    started_at    timestamptz not null,      -- answered
    ended_at      timestamptz,
    end_reason    text,
    outcome       text,                      -- 'contained' (no human asked for), 'handed_off', 'unanswered' (asked for, none came)
    document      jsonb not null             -- what GET /calls/{id} shows
);
create index call_started_at on call (started_at);
create index call_agent_started_at on call (agent, started_at);
create index call_contact on call (contact) where contact is not null;

create table turn (
    call       text not null references call on delete cascade,
    ordinal    int not null,                 -- from 0, in the order of the call
    id         text not null,
    speaker    text not null,                -- 'caller', 'agent', 'human'
    text       text not null,
    intent     text,
    confidence double precision,             -- 0 to 1
    sentiment  double precision,             -- -1 to 1
    language   text,
    start_ms   bigint,                       -- from the start of the agent's stream
    end_ms     bigint,
    proposed   boolean not null default false,
    entities   jsonb,
    primary key (call, id)
);
create index turn_intent on turn (intent) where intent is not null;

create table handoff (
    id                  text primary key,
    call                text not null references call on delete cascade,
    reason              text,
    queue               text,
    human               text,
    state               text,
    outcome             text,
    requested_at        timestamptz,         -- T0
    connected_at        timestamptz,         -- T4
    ended_at            timestamptz,         -- the end of the human's stretch, as far as it is known
    handoff_ms          double precision,    -- T0 to T4
    answer_to_caller_ms double precision,    -- T2 to T4
    dead_air_ms         double precision,
    gap_ms              double precision
);
create index handoff_call on handoff (call);
create index handoff_requested_at on handoff (requested_at);
