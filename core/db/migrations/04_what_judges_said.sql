-- Verdicts on headlines and preferences between sets, beside the trace of the call that gave them.

create table judgings (
    trace text primary key references traces (id),
    judged text not null references traces (id)
) strict;

create index judgings_of on judgings (judged);

create table verdicts (
    trace text not null references judgings (trace),
    position integer not null check (position >= 0),
    criterion text not null check (criterion in ('accuracy', 'clarity', 'tone')),
    score integer not null check (score between 1 and 5),
    reason text not null,
    primary key (trace, position, criterion)
) strict, without rowid;

create table preferences (
    trace text primary key references traces (id),
    first text not null references traces (id),
    second text not null references traces (id),
    better text not null check (better in ('first', 'second', 'tie')),
    reason text not null
) strict;

create index preferences_of_first on preferences (first);

create index preferences_of_second on preferences (second);
