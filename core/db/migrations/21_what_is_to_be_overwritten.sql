-- What was taken off the record and is still in the bytes of the file; and a way to the few calls of judges.

create table overwritings (
    number integer primary key autoincrement,
    at integer not null,
    due_at integer not null,
    anew integer not null default 0 check (anew in (0, 1))
) strict;

create index traces_of_judges on traces (desk, environment) where source = 'judge';
