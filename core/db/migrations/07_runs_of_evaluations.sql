-- Runs of candidates on eval sets, and what came of every case.

create table eval_runs (
    id text primary key,
    set_name text not null,
    set_number integer not null,
    plan text not null check (json_valid(plan)),
    status text not null check (status in ('waiting', 'running', 'done', 'cancelled', 'stopped')),
    units integer not null check (units > 0),
    note text not null,
    author text not null,
    why text not null,
    cancel integer not null default 0,
    process text,
    created_at integer not null,
    started_at integer,
    finished_at integer,
    foreign key (set_name, set_number) references eval_set_versions (name, number)
) strict;

create index eval_runs_under_way on eval_runs (id) where status = 'running';

create index eval_runs_of_set on eval_runs (set_name, id);

create trigger eval_runs_keep_their_plan before update of set_name, set_number, plan, units, author on eval_runs
begin select raise(abort, 'a run never changes what it is to do; start another'); end;

create table eval_results (
    run text not null references eval_runs (id),
    candidate integer not null,
    case_id text not null,
    repeat integer not null,
    article text not null,
    desk text not null,
    language text not null,
    tags text not null check (json_valid(tags)),
    outcome text not null check (outcome in ('done', 'failed')),
    trace text references traces (id),
    error text,
    "values" text not null check (json_valid("values")),
    cost real,
    tries integer not null,
    identity text not null,
    reused text references eval_runs (id),
    finished_at integer not null,
    primary key (run, candidate, case_id, repeat)
) strict, without rowid;

create index eval_results_identical on eval_results (identity, run) where outcome = 'done' and reused is null;

create trigger eval_results_stay before update on eval_results when old.outcome = 'done'
begin select raise(abort, 'a finished result never changes'); end;

create trigger eval_results_are_kept before delete on eval_results
begin select raise(abort, 'a result is never deleted'); end;
