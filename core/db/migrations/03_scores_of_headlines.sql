-- What the checks found in each headline, as often as it was checked.

create table scorings (
    trace text not null references traces (id),
    number integer not null check (number > 0),
    profile text not null,
    checks text not null check (json_valid(checks)),
    variety real,
    openings real,
    lengths real,
    scored_at integer not null,
    primary key (trace, number)
) strict, without rowid;

create table scores (
    trace text not null,
    scoring integer not null,
    position integer not null,
    place integer not null,
    check_name text not null,
    check_version integer not null,
    severity text not null check (severity in ('fail', 'warn', 'hint')),
    sentence text not null,
    span_start integer,
    span_end integer,
    passage_start integer,
    passage_end integer,
    primary key (trace, scoring, position, place),
    foreign key (trace, scoring) references scorings (trace, number)
) strict, without rowid;
