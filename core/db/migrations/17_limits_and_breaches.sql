-- Limits for figures, when they were broken, and the messages about it.

create table limits (
    id integer primary key,
    measure text not null,
    environment text not null check (environment in ('development', 'staging', 'production')),
    desk text,
    hours integer not null check (hours > 0),
    value real not null check (value > 0),
    author text not null,
    created_at integer not null,
    withdrawn_at integer
) strict;

create unique index limits_in_force on limits (measure, environment, coalesce(desk, ''), hours)
where withdrawn_at is null;

create trigger limits_stay before update of id, measure, environment, desk, hours, value, author, created_at on limits
begin select raise(abort, 'a limit never changes; set another one'); end;

create trigger limits_are_kept before delete on limits
begin select raise(abort, 'a limit is never deleted; withdraw it'); end;

create table breaches (
    id integer primary key,
    of_limit integer not null references limits (id),
    opened_at integer not null,
    figure real not null,
    rests_on integer not null,
    kept_since integer,
    closed_at integer,
    closed_figure real
) strict;

create unique index breaches_under_way on breaches (of_limit) where closed_at is null;

create table alert_messages (
    id integer primary key,
    breach integer not null references breaches (id),
    event text not null check (event in ('breach', 'recovery')),
    body text not null check (json_valid(body)),
    created_at integer not null,
    tries integer not null default 0,
    next_at integer not null,
    claimed_until integer,
    sent_at integer,
    given_up_at integer,
    error text,
    unique (breach, event)
) strict;

create index alert_messages_to_send on alert_messages (next_at) where sent_at is null and given_up_at is null;
