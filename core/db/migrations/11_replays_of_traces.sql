-- Which trace asked another one again, and a way from a trace to the case of a run that it answered.

create table replays (
    trace text primary key references traces (id),
    original text not null references traces (id) check (original <> trace)
) strict, without rowid;

create index replays_of on replays (original, trace);

create index eval_results_of_trace on eval_results (trace, run) where trace is not null;
