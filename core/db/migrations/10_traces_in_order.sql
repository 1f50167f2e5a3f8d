-- Traces numbered in the order of their arrival, and an index of their words and facts.

create table traces_in_order (
    number integer primary key,
    id text not null unique check (length(id) = 32),
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
    process text not null,
    indexed integer
) strict;

insert into traces_in_order (
    id, request_id, fingerprint, status, source, person, environment, desk, channel, language, prompt, version, release,
    model, answered_by, started_at, duration_ms, first_headline_ms, asked, given, attempts, input_tokens, output_tokens,
    cost, error_kind, error, article, process
)
select
    id, request_id, fingerprint, status, source, person, environment, desk, channel, language, prompt, version, release,
    model, answered_by, started_at, duration_ms, first_headline_ms, asked, given, attempts, input_tokens, output_tokens,
    cost, error_kind, error, article, process
from traces order by id;

drop table traces;

alter table traces_in_order rename to traces;

create index traces_open on traces (process) where status = 'open';

create index traces_indexed on traces (indexed, number);

create index traces_by_cost on traces (coalesce(cost, -1), number);

create index traces_by_duration on traces (coalesce(duration_ms, -1), number);

create index traces_of_article on traces (article);

create virtual table trace_search using fts5 (
    words, facts, content = '', columnsize = 0, tokenize = 'unicode61 remove_diacritics 2'
);

create view standing_feedback as
select * from feedback where not exists (
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
                or later.kind in ('picked', 'edited', 'rejected', 'all_rejected')
                and feedback.kind in ('picked', 'edited', 'rejected', 'all_rejected')
            )
            or later.kind = 'all_rejected' and feedback.kind in ('picked', 'edited', 'rejected', 'all_rejected')
            or later.kind in ('picked', 'edited') and feedback.kind = 'all_rejected'
        )
);
