-- Cases, each stored once, and the versions of every eval set that list them.

create table eval_cases (
    id integer primary key,
    hash text not null unique,
    article text not null references articles (hash),
    characters integer not null,
    content text not null check (json_valid(content))
) strict;

create trigger eval_cases_stay before update on eval_cases
begin select raise(abort, 'a case never changes; save another version of its set'); end;

create trigger eval_cases_are_kept before delete on eval_cases
begin select raise(abort, 'a case is never deleted; save a version without it'); end;

create trigger eval_cases_are_not_replaced before insert on eval_cases
when exists (select 1 from eval_cases where id = new.id or hash = new.hash)
begin select raise(abort, 'a case never changes; save another version of its set'); end;

create table eval_set_versions (
    id integer primary key,
    name text not null,
    number integer not null check (number > 0),
    hash text not null,
    cases integer not null check (cases > 0),
    desks text not null check (json_valid(desks)),
    note text not null,
    author text not null,
    created_at integer not null,
    shipped text,
    unique (name, number)
) strict;

create trigger eval_set_versions_stay before update on eval_set_versions
begin select raise(abort, 'a version of an eval set never changes; save a new one'); end;

create trigger eval_set_versions_are_kept before delete on eval_set_versions
begin select raise(abort, 'a version of an eval set is never deleted'); end;

create trigger eval_set_versions_are_not_replaced before insert on eval_set_versions
when exists (select 1 from eval_set_versions where id = new.id or (name = new.name and number = new.number))
begin select raise(abort, 'a version of an eval set never changes; save a new one'); end;

create table eval_set_cases (
    version integer not null references eval_set_versions (id),
    position integer not null check (position >= 0),
    eval_case integer not null references eval_cases (id),
    primary key (version, position)
) strict, without rowid;

create trigger eval_set_cases_stay before update on eval_set_cases
begin select raise(abort, 'what a version lists never changes; save a new one'); end;

create trigger eval_set_cases_are_kept before delete on eval_set_cases
begin select raise(abort, 'what a version lists is never deleted'); end;

create trigger eval_set_cases_are_not_replaced before insert on eval_set_cases
when exists (select 1 from eval_set_cases where version = new.version and position = new.position)
    or new.position >= (select cases from eval_set_versions where id = new.version)
begin select raise(abort, 'what a version lists never changes; save a new one'); end;
