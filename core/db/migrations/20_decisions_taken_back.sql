-- A decision, or a thumb, can be taken back: later feedback that itself never stands.

drop view standing_feedback;

create table feedback_with_taken_back (
    id integer primary key,
    trace text not null references traces (id),
    position integer check (position >= 0),
    kind text not null check (
        kind in (
            'picked', 'edited', 'rejected', 'all_rejected', 'taken_back', 'thumb', 'rating', 'comment', 'label', 'score'
        )
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
            when kind = 'thumb' then value is not null and value in (1, -1, 0)
            when kind in ('rating', 'score') then value is not null and value between 1 and 5
            else value is null
        end
    )
) strict;

insert into feedback_with_taken_back
select id, trace, position, kind, criterion, value, text, person, source, given_at, received_at, key from feedback;

drop table feedback;

alter table feedback_with_taken_back rename to feedback;

create index feedback_of_trace on feedback (trace, person, given_at);

create index feedback_decisions on feedback (given_at)
where kind in ('picked', 'edited', 'rejected', 'all_rejected', 'taken_back');

create index feedback_scores on feedback (trace) where kind = 'score';

create trigger feedback_stays before update on feedback
when new.text is not '' or old.text is null
    or (new.id, new.trace, new.position, new.kind, new.criterion, new.value, new.person, new.source, new.given_at,
        new.received_at, new.key)
    is not (old.id, old.trace, old.position, old.kind, old.criterion, old.value, old.person, old.source, old.given_at,
        old.received_at, old.key)
begin select raise(abort, 'feedback never changes; give it again'); end;

create trigger feedback_is_kept before delete on feedback
begin select raise(abort, 'feedback is never deleted'); end;

create trigger feedback_is_not_replaced before insert on feedback
when exists (select 1 from feedback where id = new.id or key = new.key)
begin select raise(abort, 'feedback never changes; give it again'); end;

create view standing_feedback as
select * from feedback where kind <> 'taken_back' and not (kind = 'thumb' and value = 0) and not exists (
    select 1 from feedback as later
    where later.trace = feedback.trace and later.person = feedback.person
        and (
            later.given_at, later.kind, coalesce(later.position, -1), coalesce(later.criterion, ''),
            coalesce(later.value, 0), coalesce(later.text, ''), later.source, coalesce(later.key, ''), later.id
        ) > (
            feedback.given_at, feedback.kind, coalesce(feedback.position, -1), coalesce(feedback.criterion, ''),
            coalesce(feedback.value, 0), coalesce(feedback.text, ''), feedback.source, coalesce(feedback.key, ''),
            feedback.id
        )
        and (
            later.position is feedback.position and later.criterion is feedback.criterion
            and (
                later.kind = feedback.kind
                or later.kind in ('picked', 'edited', 'rejected', 'all_rejected', 'taken_back')
                and feedback.kind in ('picked', 'edited', 'rejected', 'all_rejected')
            )
            or (later.kind = 'all_rejected' or later.kind = 'taken_back' and later.position is null)
            and feedback.kind in ('picked', 'edited', 'rejected', 'all_rejected')
            or later.kind in ('picked', 'edited', 'taken_back') and feedback.kind = 'all_rejected'
        )
);
