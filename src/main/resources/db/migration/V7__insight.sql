-- What was found when the loop's figures were last compared, week over week, and when that was.

create table insight_finding (
    agent    text not null,
    metric   text not null,                  -- 'intervention_rate', 'edit_rate', 'edge_confidence'
    state    text not null,                  -- 'too_few', 'steady', 'better', 'worse'
    since    timestamptz not null,
    at       timestamptz not null,
    before   double precision,
    n_before bigint not null,
    after    double precision,
    n_after  bigint not null,
    z        double precision,
    primary key (agent, metric)
);

-- One row: whichever gateway looks next does so under it.
create table insight_run (
    one boolean primary key default true check (one),
    at  timestamptz not null
);
