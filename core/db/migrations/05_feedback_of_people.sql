-- What people did with a headline or a set, and said about it.

create table feedback (
    id integer primary key,
    trace text not null references traces (id),
    position integer check (position >= 0),
    kind text not null check (
        kind in ('picked', 'edited', 'rejected', 'all_rejected', 'thumb', 'rating', 'comment', 'label', 'score')
    ),
    criterion text check (criterion in ('accuracy', 'clarity', 'tone')),
    value integer,
    text text,
    person text not null,
    source text not null check (source in ('app', 'api', 'cli')),
    given_at integer not null,
    received_at integer not null,
    key text unique,
    check (position is not null or kind not in ('picked', 'edited', 'rejected', 'score')),
    check (position is null or kind <> 'all_rejected'),
    check ((criterion is not null) = (kind = 'score')),
    check ((text is not null) = (kind in ('edited', 'comment', 'label'))),
    check (
        case
            when kind = 'thumb' then value is not null and value in (1, -1)
            when kind in ('rating', 'score') then value is not null and value between 1 and 5
            else value is null
        end
    )
) strict;

create index feedback_of_trace on feedback (trace, person, given_at);

create index feedback_decisions on feedback (given_at) where kind in ('picked', 'edited', 'rejected', 'all_rejected');

create trigger feedback_stays before update on feedback
begin select raise(abort, 'feedback never changes; give it again'); end;

create trigger feedback_is_kept before delete on feedback
begin select raise(abort, 'feedback is never deleted'); end;

create trigger feedback_is_not_replaced before insert on feedback
when exists (select 1 from feedback where id = new.id or key = new.key)
begin select raise(abort, 'feedback never changes; give it again'); end;
