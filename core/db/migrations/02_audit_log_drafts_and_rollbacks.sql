-- Every change on record, what is being written kept, and a rollback that names the release it restores.

create table audit (
    id integer primary key,
    at integer not null,
    author text not null,
    action text not null,
    subject text not null,
    before text,
    after text,
    reason text not null,
    previous text not null,
    hash text not null unique
) strict;

create trigger audit_entries_stay before update on audit
begin select raise(abort, 'an audit entry never changes'); end;

create trigger audit_entries_are_kept before delete on audit
begin select raise(abort, 'an audit entry is never deleted'); end;

create trigger audit_entries_are_not_replaced before insert on audit
when exists (select 1 from audit where id = new.id or hash = new.hash)
begin select raise(abort, 'an audit entry never changes'); end;

create table drafts (
    id text primary key,
    prompt text not null,
    parent integer,
    text text not null,
    note text not null,
    author text not null,
    updated_at integer not null,
    foreign key (prompt, parent) references prompt_versions (prompt, number)
) strict;

create index drafts_of_prompt on drafts (prompt, updated_at);

alter table releases add column restores integer references releases (id);

create index releases_history on releases (prompt, environment, id);
