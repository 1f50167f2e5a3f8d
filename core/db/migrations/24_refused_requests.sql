-- Requests that could not be asked, because something was wrong with them, are counted apart from what failed.

alter table rollups add column refused integer not null default 0;

update rollups set failed = failed - counted.many, refused = counted.many
from (
    select spans.span, spans.start, environment, desk, prompt, coalesce(version, 0) as version,
        iif(spans.span = 86400000, '', coalesce(answered_by, model, '')) as model, source, count(*) as many
    from (select distinct span, start from rollups) as spans
    -- An id begins with its time in hexadecimal digits.
    join traces on id >= printf('%012x', spans.start) and id < printf('%012x', spans.start + spans.span)
    where status = 'failed' and error_kind = 'bad_input' and attempts = 0
        and number >= (select counted_from from rollup_progress)
    group by 1, 2, 3, 4, 5, 6, 7, 8
) as counted
where rollups.span = counted.span and rollups.start = counted.start and rollups.environment = counted.environment
    and rollups.desk = counted.desk and rollups.prompt = counted.prompt and rollups.version = counted.version
    and rollups.model = counted.model and rollups.source = counted.source;
