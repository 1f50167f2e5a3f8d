-- How each thing went that a served Copydesk does by itself, when it was done last, and by which process.

create table chores (
    name text primary key,
    ended_at integer not null,
    next_at integer not null,
    error text,
    machine text not null,
    process integer not null
) strict, without rowid;
