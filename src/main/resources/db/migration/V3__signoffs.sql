-- What people were asked and said: sign-offs of actions, approvals of proposed turns; and which sign-offs have been redeemed.

create table signoff (
    id          text primary key,            -- the call's id, -s or -t, and a number
    kind        text not null,               -- 'signoff' or 'approval'
    call        text not null,               -- may outlive, or not be in, table call
    node        text not null,               -- the gateway that carried the call
    agent       text not null,
    subject     text not null,               -- the agent's id of the action or turn
    type        text,                        -- of an action
    amount      numeric,
    currency    text,
    state       text not null,               -- 'pending', 'approved', 'edited', 'rejected', 'expired'
    asked_at    timestamptz not null,
    deadline_at timestamptz not null,
    decided_at  timestamptz,
    decided_by  text,
    role        text,
    document    jsonb not null               -- what GET /signoffs or /approvals shows
);
create index signoff_state on signoff (kind, state, asked_at);
create index signoff_call on signoff (call);

-- One row and no second: its key is what makes a token good for one use.
create table redemption (
    signoff     text primary key,
    redeemed_at timestamptz not null,
    redeemed_by text not null
);
