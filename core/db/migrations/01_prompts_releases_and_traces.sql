-- The first shape.

create table prompt_versions (
    prompt text not null,
    number integer not null check (number > 0),
    hash text not null,
    parent integer,
    content text not null check (json_valid(content)),
    note text not null,
    author text not null,
    created_at integer not null,
    primary key (prompt, number),
    unique (prompt, hash),
    foreign key (prompt, parent) references prompt_versions (prompt, number)
) strict;

create trigger prompt_versions_stay before update on prompt_versions
begin select raise(abort, 'a prompt version never changes; save a new one'); end;

create trigger prompt_versions_are_kept before delete on prompt_versions
begin select raise(abort, 'a prompt version is never deleted'); end;

create trigger prompt_versions_are_not_replaced before insert on prompt_versions
when exists (select 1 from prompt_versions where prompt = new.prompt and (number = new.number or hash = new.hash))
begin select raise(abort, 'a prompt version never changes; save a new one'); end;

create table releases (
    id integer primary key,
    prompt text not null,
    environment text not null check (environment in ('development', 'staging', 'production')),
    desk text,
    version integer,
    replaced integer references releases (id),
    author text not null,
    reason text not null,
    created_at integer not null,
    foreign key (prompt, version) references prompt_versions (prompt, number)
) strict;

create index releases_current on releases (prompt, environment, desk, id);

create trigger releases_stay before update on releases
begin select raise(abort, 'a release never changes; release again'); end;

create trigger releases_are_kept before delete on releases
begin select raise(abort, 'a release is never deleted'); end;

create trigger releases_are_not_replaced before insert on releases
when exists (select 1 from releases where id = new.id)
begin select raise(abort, 'a release never changes; release again'); end;

create table articles (
    hash text primary key,
    text blob not null,
    characters integer not null
) strict;

create table traces (
    id text primary key check (length(id) = 32),
    request_id text unique,
    fingerprint text not null,
    status text not null check (status in ('open', 'valid', 'repaired', 'incomplete', 'failed', 'interrupted')),
    source text not null,
    person text,
    environment text not null,
    desk text not null,
    channel text not null,
    language text,
    prompt text not null,
    version integer,
    release integer references releases (id),
    model text,
    answered_by text,
    started_at integer not null,
    duration_ms real,
    first_headline_ms real,
    asked integer,
    given integer not null default 0,
    attempts integer not null default 0,
    input_tokens integer,
    output_tokens integer,
    cost real,
    error_kind text,
    error text,
    article text references articles (hash),
    process text not null
) strict;

create index traces_open on traces (process) where status = 'open';

create table trace_bodies (
    trace text primary key references traces (id),
    body blob not null
) strict;

create table attempts (
    trace text not null references traces (id),
    position integer not null,
    kind text not null check (kind in ('ask', 'retry', 'repair', 'fallback')),
    model text not null,
    started_at integer not null,
    duration_ms real not null,
    first_token_ms real,
    input_tokens integer,
    output_tokens integer,
    cost real,
    finish_reason text,
    error_kind text,
    error text,
    primary key (trace, position)
) strict, without rowid;

create table attempt_bodies (
    trace text not null,
    position integer not null,
    body blob not null,
    primary key (trace, position),
    foreign key (trace, position) references attempts (trace, position)
) strict;

create table headlines (
    trace text not null references traces (id),
    position integer not null,
    text text not null,
    attempt integer not null,
    primary key (trace, position)
) strict, without rowid;

create table rejections (
    trace text not null references traces (id),
    position integer not null,
    text text not null,
    attempt integer not null,
    rules text not null,
    primary key (trace, position)
) strict, without rowid;
