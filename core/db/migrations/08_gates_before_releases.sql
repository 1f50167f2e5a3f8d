-- What a gate said of a version, and the release that went by it.

create table gate_verdicts (
    id integer primary key,
    prompt text not null,
    version integer not null,
    environment text not null,
    desk text,
    gate text not null,
    set_name text not null,
    set_number integer not null,
    run text references eval_runs (id),
    baseline integer,
    outcome text not null check (outcome in ('pass', 'fail', 'inconclusive')),
    sentence text not null,
    rules text not null check (json_valid(rules)),
    created_at integer not null,
    foreign key (prompt, version) references prompt_versions (prompt, number),
    foreign key (set_name, set_number) references eval_set_versions (name, number)
) strict;

create trigger gate_verdicts_stay before update on gate_verdicts
begin select raise(abort, 'a verdict never changes; judge again'); end;

create trigger gate_verdicts_are_kept before delete on gate_verdicts
begin select raise(abort, 'a verdict is never deleted'); end;

alter table releases add column verdict integer references gate_verdicts (id);

alter table releases add column override text check (override is null or verdict is not null);
