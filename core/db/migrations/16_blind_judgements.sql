-- Which of two unlabelled sets people found better.

create table blind_judgements (
    id integer primary key,
    first text not null references traces (id),
    second text not null references traces (id),
    better text check (better in ('first', 'second', 'tie')),
    person text not null,
    given_at integer not null,
    key text not null unique,
    pair text not null generated always as (min(first, second) || max(first, second)) stored,
    check (first <> second)
) strict;

create index blind_judgements_of_person on blind_judgements (person, pair, id);

create trigger blind_judgements_stay before update on blind_judgements
begin select raise(abort, 'a judgement never changes; take it back'); end;

create trigger blind_judgements_are_kept before delete on blind_judgements
begin select raise(abort, 'a judgement is never deleted; take it back'); end;

create trigger blind_judgements_are_not_replaced before insert on blind_judgements
when exists (select 1 from blind_judgements where id = new.id or key = new.key)
begin select raise(abort, 'a judgement never changes; take it back'); end;
