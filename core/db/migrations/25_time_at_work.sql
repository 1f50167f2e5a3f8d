-- How long runs were carried out, without the time that they lay between two goes.

alter table eval_runs add column worked_ms integer not null default 0;

alter table eval_runs add column going_since integer;

update eval_runs set worked_ms = max(0, finished_at - started_at) where started_at is not null and finished_at is not null;

update eval_runs set going_since = started_at where status = 'running';
