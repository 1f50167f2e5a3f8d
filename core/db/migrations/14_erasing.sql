-- Texts can go: of a trace, of feedback, of a case; that they went, by whom and why stays.

create table erasures (
    trace text primary key references traces (id),
    kind text not null check (kind in ('erased', 'expired', 'unkept')),
    at integer not null,
    author text not null,
    reason text not null
) strict, without rowid;

create table case_erasures (
    eval_case integer primary key references eval_cases (id),
    at integer not null,
    author text not null,
    reason text not null
) strict;

create index eval_cases_of_article on eval_cases (article);

create view article_of_trace as
select traces.id as trace, articles.hash, articles.text
from traces join trace_bodies on trace_bodies.trace = traces.id join articles on articles.hash = traces.article
where length(articles.text) > 0;

drop trigger feedback_stays;

create trigger feedback_stays before update on feedback
when new.text is not '' or old.text is null
    or (new.id, new.trace, new.position, new.kind, new.criterion, new.value, new.person, new.source, new.given_at,
        new.received_at, new.key)
    is not (old.id, old.trace, old.position, old.kind, old.criterion, old.value, old.person, old.source, old.given_at,
        old.received_at, old.key)
begin select raise(abort, 'feedback never changes; give it again'); end;

drop trigger eval_cases_stay;

create trigger eval_cases_stay before update on eval_cases
when (new.id, new.hash, new.article, new.characters) is not (old.id, old.hash, old.article, old.characters)
    or new.content is not json_remove(old.content, '$.reference', '$.must_mention', '$.must_not_mention')
begin select raise(abort, 'a case never changes; save another version of its set'); end;

drop trigger review_events_stay;

create trigger review_events_stay before update on review_events
when new.text is not '' or old.text is null
    or (new.id, new.item, new.kind, new.person, new.position, new.at)
    is not (old.id, old.item, old.kind, old.person, old.position, old.at)
begin select raise(abort, 'what was done in the queue never changes'); end;
