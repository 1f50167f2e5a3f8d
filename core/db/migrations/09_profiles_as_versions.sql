-- What is asked of headlines, version by version, and which one is in use.

create table profile_versions (
    number integer primary key check (number > 0),
    hash text not null unique,
    parent integer references profile_versions (number),
    content text not null check (json_valid(content)),
    note text not null,
    author text not null,
    created_at integer not null
) strict;

create trigger profile_versions_stay before update on profile_versions
begin select raise(abort, 'a version of the profiles never changes; save a new one'); end;

create trigger profile_versions_are_kept before delete on profile_versions
begin select raise(abort, 'a version of the profiles is never deleted'); end;

create trigger profile_versions_are_not_replaced before insert on profile_versions
when exists (select 1 from profile_versions where number = new.number or hash = new.hash)
begin select raise(abort, 'a version of the profiles never changes; save a new one'); end;

create table profile_releases (
    id integer primary key,
    version integer not null references profile_versions (number),
    author text not null,
    reason text not null,
    created_at integer not null
) strict;

create trigger profile_releases_stay before update on profile_releases
begin select raise(abort, 'what was in use never changes; use another version'); end;

create trigger profile_releases_are_kept before delete on profile_releases
begin select raise(abort, 'what was in use is never deleted'); end;

create trigger profile_releases_are_not_replaced before insert on profile_releases
when exists (select 1 from profile_releases where id = new.id)
begin select raise(abort, 'what was in use never changes; use another version'); end;
