"""The shape of the database file: a series of migrations, appended to and never edited.

Tests migrate an older database that has rows in it.
"""

import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import sqlite_utils

from core.errors import DatabaseError

migrations = sqlite_utils.Migrations("copydesk")


def migrate(connection: sqlite3.Connection, path: Path) -> None:
    """Apply what is pending. A file with rows is copied first; one that is newer than this code is refused."""
    db = sqlite_utils.Database(connection, strict=True)
    known = {migration.name for migration in migrations.pending(sqlite_utils.Database(memory=True))}
    unknown = [migration.name for migration in migrations.applied(db) if migration.name not in known]
    if unknown:
        raise DatabaseError(
            f"{path} was written by a newer Copydesk (it has {unknown[-1]!r}). Update this one; the file was not touched."
        )
    if not migrations.pending(db):
        return
    if db.table_names():
        _back_up(connection, path)
    # As SQLite asks of whoever rebuilds a table that others refer to; what is rebuilt is checked where that is done.
    connection.execute("pragma foreign_keys = off")
    migrations.apply(db)
    connection.execute("pragma foreign_keys = on")


def _back_up(connection: sqlite3.Connection, path: Path) -> None:
    stamp = datetime.now(tz=UTC).strftime("%Y%m%dT%H%M%S")
    with closing(sqlite3.connect(path.with_name(f"{path.stem}.before-migration-{stamp}{path.suffix}"))) as copy:
        connection.backup(copy)


@migrations()
def prompts_releases_and_traces(db: sqlite_utils.Database) -> None:
    """The first shape."""
    _execute(db, _FIRST)


@migrations()
def audit_log_drafts_and_rollbacks(db: sqlite_utils.Database) -> None:
    """Every change on record, what is being written kept, and a rollback that names the release it restores."""
    _execute(db, _SECOND)


@migrations()
def scores_of_headlines(db: sqlite_utils.Database) -> None:
    """What the checks found in each headline, as often as it was checked."""
    _execute(db, _THIRD)


@migrations()
def what_judges_said(db: sqlite_utils.Database) -> None:
    """Verdicts on headlines and preferences between sets, beside the trace of the call that gave them."""
    _execute(db, _JUDGES)


@migrations()
def feedback_of_people(db: sqlite_utils.Database) -> None:
    """What people did with a headline or a set, and said about it."""
    _execute(db, _FEEDBACK)


@migrations()
def eval_sets(db: sqlite_utils.Database) -> None:
    """Cases, each stored once, and the versions of every eval set that list them."""
    _execute(db, _EVAL_SETS)


@migrations()
def runs_of_evaluations(db: sqlite_utils.Database) -> None:
    """Runs of candidates on eval sets, and what came of every case."""
    _execute(db, _RUNS)


@migrations()
def gates_before_releases(db: sqlite_utils.Database) -> None:
    """What a gate said of a version, and the release that went by it."""
    _execute(db, _GATES)


@migrations()
def profiles_as_versions(db: sqlite_utils.Database) -> None:
    """What is asked of headlines, version by version, and which one is in use."""
    _execute(db, _PROFILES)


@migrations()
def traces_in_order(db: sqlite_utils.Database) -> None:
    """Traces numbered in the order of their arrival, and an index of their words and facts."""
    _execute(db, _SEARCH)
    broken = db.conn.execute("pragma foreign_key_check").fetchone()
    if broken is not None:
        raise DatabaseError(
            f"A row of {broken[0]} belongs to a row of {broken[2]} that is not there. Restore a back-up."
        )


@migrations()
def replays_of_traces(db: sqlite_utils.Database) -> None:
    """Which trace asked another one again, and a way from a trace to the case of a run that it answered."""
    _execute(db, _REPLAYS)


@migrations()
def hours_and_days_of_calls(db: sqlite_utils.Database) -> None:
    """Sums of the calls of every hour and day; those on record so far are counted by and by."""
    _execute(db, _ROLLUPS)


@migrations()
def review_queue(db: sqlite_utils.Database) -> None:
    """What people should look at, and who does; the rules that bring it in hold for what comes from now on."""
    _execute(db, _REVIEW)


@migrations()
def erasing(db: sqlite_utils.Database) -> None:
    """Texts can go: of a trace, of feedback, of a case; that they went, by whom and why stays."""
    _execute(db, _ERASING)


@migrations()
def search_in_one_column(db: sqlite_utils.Database) -> None:
    """Words and facts in one column of the index, whose terms can be listed; and searches that people saved."""
    _execute(db, _FINDING)


@migrations()
def blind_judgements(db: sqlite_utils.Database) -> None:
    """Which of two unlabelled sets people found better."""
    _execute(db, _BLIND)


@migrations()
def limits_and_breaches(db: sqlite_utils.Database) -> None:
    """Limits for figures, when they were broken, and the messages about it."""
    _execute(db, _LIMITS)


@migrations()
def scores_by_people(db: sqlite_utils.Database) -> None:
    """A way to the few headlines that people scored, past all the feedback there is."""
    _execute(db, "create index feedback_scores on feedback (trace) where kind = 'score'")


def _execute(db: sqlite_utils.Database, statements: str) -> None:
    """Each statement by itself, for `executescript` would commit midway."""
    for statement in statements.split(";;"):
        db.conn.execute(statement)


_FIRST = """
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
) strict
;;
create trigger prompt_versions_stay before update on prompt_versions
begin select raise(abort, 'a prompt version never changes; save a new one'); end
;;
create trigger prompt_versions_are_kept before delete on prompt_versions
begin select raise(abort, 'a prompt version is never deleted'); end
;;
create trigger prompt_versions_are_not_replaced before insert on prompt_versions
when exists (select 1 from prompt_versions where prompt = new.prompt and (number = new.number or hash = new.hash))
begin select raise(abort, 'a prompt version never changes; save a new one'); end
;;
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
) strict
;;
create index releases_current on releases (prompt, environment, desk, id)
;;
create trigger releases_stay before update on releases
begin select raise(abort, 'a release never changes; release again'); end
;;
create trigger releases_are_kept before delete on releases
begin select raise(abort, 'a release is never deleted'); end
;;
create trigger releases_are_not_replaced before insert on releases
when exists (select 1 from releases where id = new.id)
begin select raise(abort, 'a release never changes; release again'); end
;;
create table articles (
    hash text primary key,
    text blob not null,
    characters integer not null
) strict
;;
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
) strict
;;
create index traces_open on traces (process) where status = 'open'
;;
create table trace_bodies (
    trace text primary key references traces (id),
    body blob not null
) strict
;;
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
) strict, without rowid
;;
create table attempt_bodies (
    trace text not null,
    position integer not null,
    body blob not null,
    primary key (trace, position),
    foreign key (trace, position) references attempts (trace, position)
) strict
;;
create table headlines (
    trace text not null references traces (id),
    position integer not null,
    text text not null,
    attempt integer not null,
    primary key (trace, position)
) strict, without rowid
;;
create table rejections (
    trace text not null references traces (id),
    position integer not null,
    text text not null,
    attempt integer not null,
    rules text not null,
    primary key (trace, position)
) strict, without rowid
"""

_SECOND = """
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
) strict
;;
create trigger audit_entries_stay before update on audit
begin select raise(abort, 'an audit entry never changes'); end
;;
create trigger audit_entries_are_kept before delete on audit
begin select raise(abort, 'an audit entry is never deleted'); end
;;
create trigger audit_entries_are_not_replaced before insert on audit
when exists (select 1 from audit where id = new.id or hash = new.hash)
begin select raise(abort, 'an audit entry never changes'); end
;;
create table drafts (
    id text primary key,
    prompt text not null,
    parent integer,
    text text not null,
    note text not null,
    author text not null,
    updated_at integer not null,
    foreign key (prompt, parent) references prompt_versions (prompt, number)
) strict
;;
create index drafts_of_prompt on drafts (prompt, updated_at)
;;
alter table releases add column restores integer references releases (id)
;;
create index releases_history on releases (prompt, environment, id)
"""

_THIRD = """
create table scorings (
    trace text not null references traces (id),
    number integer not null check (number > 0),
    profile text not null,
    checks text not null check (json_valid(checks)),
    variety real,
    openings real,
    lengths real,
    scored_at integer not null,
    primary key (trace, number)
) strict, without rowid
;;
create table scores (
    trace text not null,
    scoring integer not null,
    position integer not null,
    place integer not null,
    check_name text not null,
    check_version integer not null,
    severity text not null check (severity in ('fail', 'warn', 'hint')),
    sentence text not null,
    span_start integer,
    span_end integer,
    passage_start integer,
    passage_end integer,
    primary key (trace, scoring, position, place),
    foreign key (trace, scoring) references scorings (trace, number)
) strict, without rowid
"""

_JUDGES = """
create table judgings (
    trace text primary key references traces (id),
    judged text not null references traces (id)
) strict
;;
create index judgings_of on judgings (judged)
;;
create table verdicts (
    trace text not null references judgings (trace),
    position integer not null check (position >= 0),
    criterion text not null check (criterion in ('accuracy', 'clarity', 'tone')),
    score integer not null check (score between 1 and 5),
    reason text not null,
    primary key (trace, position, criterion)
) strict, without rowid
;;
create table preferences (
    trace text primary key references traces (id),
    first text not null references traces (id),
    second text not null references traces (id),
    better text not null check (better in ('first', 'second', 'tie')),
    reason text not null
) strict
;;
create index preferences_of_first on preferences (first)
;;
create index preferences_of_second on preferences (second)
"""

_FEEDBACK = """
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
) strict
;;
create index feedback_of_trace on feedback (trace, person, given_at)
;;
create index feedback_decisions on feedback (given_at) where kind in ('picked', 'edited', 'rejected', 'all_rejected')
;;
create trigger feedback_stays before update on feedback
begin select raise(abort, 'feedback never changes; give it again'); end
;;
create trigger feedback_is_kept before delete on feedback
begin select raise(abort, 'feedback is never deleted'); end
;;
create trigger feedback_is_not_replaced before insert on feedback
when exists (select 1 from feedback where id = new.id or key = new.key)
begin select raise(abort, 'feedback never changes; give it again'); end
"""

_EVAL_SETS = """
create table eval_cases (
    id integer primary key,
    hash text not null unique,
    article text not null references articles (hash),
    characters integer not null,
    content text not null check (json_valid(content))
) strict
;;
create trigger eval_cases_stay before update on eval_cases
begin select raise(abort, 'a case never changes; save another version of its set'); end
;;
create trigger eval_cases_are_kept before delete on eval_cases
begin select raise(abort, 'a case is never deleted; save a version without it'); end
;;
create trigger eval_cases_are_not_replaced before insert on eval_cases
when exists (select 1 from eval_cases where id = new.id or hash = new.hash)
begin select raise(abort, 'a case never changes; save another version of its set'); end
;;
create table eval_set_versions (
    id integer primary key,
    name text not null,
    number integer not null check (number > 0),
    hash text not null,
    cases integer not null check (cases > 0),
    desks text not null check (json_valid(desks)),
    note text not null,
    author text not null,
    created_at integer not null,
    shipped text,
    unique (name, number)
) strict
;;
create trigger eval_set_versions_stay before update on eval_set_versions
begin select raise(abort, 'a version of an eval set never changes; save a new one'); end
;;
create trigger eval_set_versions_are_kept before delete on eval_set_versions
begin select raise(abort, 'a version of an eval set is never deleted'); end
;;
create trigger eval_set_versions_are_not_replaced before insert on eval_set_versions
when exists (select 1 from eval_set_versions where id = new.id or (name = new.name and number = new.number))
begin select raise(abort, 'a version of an eval set never changes; save a new one'); end
;;
create table eval_set_cases (
    version integer not null references eval_set_versions (id),
    position integer not null check (position >= 0),
    eval_case integer not null references eval_cases (id),
    primary key (version, position)
) strict, without rowid
;;
create trigger eval_set_cases_stay before update on eval_set_cases
begin select raise(abort, 'what a version lists never changes; save a new one'); end
;;
create trigger eval_set_cases_are_kept before delete on eval_set_cases
begin select raise(abort, 'what a version lists is never deleted'); end
;;
create trigger eval_set_cases_are_not_replaced before insert on eval_set_cases
when exists (select 1 from eval_set_cases where version = new.version and position = new.position)
    or new.position >= (select cases from eval_set_versions where id = new.version)
begin select raise(abort, 'what a version lists never changes; save a new one'); end
"""

_RUNS = """
create table eval_runs (
    id text primary key,
    set_name text not null,
    set_number integer not null,
    plan text not null check (json_valid(plan)),
    status text not null check (status in ('waiting', 'running', 'done', 'cancelled', 'stopped')),
    units integer not null check (units > 0),
    note text not null,
    author text not null,
    why text not null,
    cancel integer not null default 0,
    process text,
    created_at integer not null,
    started_at integer,
    finished_at integer,
    foreign key (set_name, set_number) references eval_set_versions (name, number)
) strict
;;
create index eval_runs_under_way on eval_runs (id) where status = 'running'
;;
create index eval_runs_of_set on eval_runs (set_name, id)
;;
create trigger eval_runs_keep_their_plan before update of set_name, set_number, plan, units, author on eval_runs
begin select raise(abort, 'a run never changes what it is to do; start another'); end
;;
create table eval_results (
    run text not null references eval_runs (id),
    candidate integer not null,
    case_id text not null,
    repeat integer not null,
    article text not null,
    desk text not null,
    language text not null,
    tags text not null check (json_valid(tags)),
    outcome text not null check (outcome in ('done', 'failed')),
    trace text references traces (id),
    error text,
    "values" text not null check (json_valid("values")),
    cost real,
    tries integer not null,
    identity text not null,
    reused text references eval_runs (id),
    finished_at integer not null,
    primary key (run, candidate, case_id, repeat)
) strict, without rowid
;;
create index eval_results_identical on eval_results (identity, run) where outcome = 'done' and reused is null
;;
create trigger eval_results_stay before update on eval_results when old.outcome = 'done'
begin select raise(abort, 'a finished result never changes'); end
;;
create trigger eval_results_are_kept before delete on eval_results
begin select raise(abort, 'a result is never deleted'); end
"""

_PROFILES = """
create table profile_versions (
    number integer primary key check (number > 0),
    hash text not null unique,
    parent integer references profile_versions (number),
    content text not null check (json_valid(content)),
    note text not null,
    author text not null,
    created_at integer not null
) strict
;;
create trigger profile_versions_stay before update on profile_versions
begin select raise(abort, 'a version of the profiles never changes; save a new one'); end
;;
create trigger profile_versions_are_kept before delete on profile_versions
begin select raise(abort, 'a version of the profiles is never deleted'); end
;;
create trigger profile_versions_are_not_replaced before insert on profile_versions
when exists (select 1 from profile_versions where number = new.number or hash = new.hash)
begin select raise(abort, 'a version of the profiles never changes; save a new one'); end
;;
create table profile_releases (
    id integer primary key,
    version integer not null references profile_versions (number),
    author text not null,
    reason text not null,
    created_at integer not null
) strict
;;
create trigger profile_releases_stay before update on profile_releases
begin select raise(abort, 'what was in use never changes; use another version'); end
;;
create trigger profile_releases_are_kept before delete on profile_releases
begin select raise(abort, 'what was in use is never deleted'); end
;;
create trigger profile_releases_are_not_replaced before insert on profile_releases
when exists (select 1 from profile_releases where id = new.id)
begin select raise(abort, 'what was in use never changes; use another version'); end
"""

_GATES = """
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
) strict
;;
create trigger gate_verdicts_stay before update on gate_verdicts
begin select raise(abort, 'a verdict never changes; judge again'); end
;;
create trigger gate_verdicts_are_kept before delete on gate_verdicts
begin select raise(abort, 'a verdict is never deleted'); end
;;
alter table releases add column verdict integer references gate_verdicts (id)
;;
alter table releases add column override text check (override is null or verdict is not null)
"""

_SEARCH = """
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
) strict
;;
insert into traces_in_order (
    id, request_id, fingerprint, status, source, person, environment, desk, channel, language, prompt, version, release,
    model, answered_by, started_at, duration_ms, first_headline_ms, asked, given, attempts, input_tokens, output_tokens,
    cost, error_kind, error, article, process
)
select
    id, request_id, fingerprint, status, source, person, environment, desk, channel, language, prompt, version, release,
    model, answered_by, started_at, duration_ms, first_headline_ms, asked, given, attempts, input_tokens, output_tokens,
    cost, error_kind, error, article, process
from traces order by id
;;
drop table traces
;;
alter table traces_in_order rename to traces
;;
create index traces_open on traces (process) where status = 'open'
;;
create index traces_indexed on traces (indexed, number)
;;
create index traces_by_cost on traces (coalesce(cost, -1), number)
;;
create index traces_by_duration on traces (coalesce(duration_ms, -1), number)
;;
create index traces_of_article on traces (article)
;;
create virtual table trace_search using fts5 (
    words, facts, content = '', columnsize = 0, tokenize = 'unicode61 remove_diacritics 2'
)
;;
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
)
"""

_REPLAYS = """
create table replays (
    trace text primary key references traces (id),
    original text not null references traces (id) check (original <> trace)
) strict, without rowid
;;
create index replays_of on replays (original, trace)
;;
create index eval_results_of_trace on eval_results (trace, run) where trace is not null
"""

_ROLLUPS = """
create table rollups (
    span integer not null check (span in (3600000, 86400000)),
    start integer not null check (start % span = 0),
    environment text not null,
    desk text not null,
    prompt text not null,
    version integer not null,
    model text not null,
    source text not null,
    calls integer not null,
    valid integer not null,
    repaired integer not null,
    incomplete integer not null,
    failed integer not null,
    interrupted integer not null,
    asked integer not null,
    given integer not null,
    input_tokens integer not null,
    output_tokens integer not null,
    tokens_unknown integer not null,
    cost integer not null,
    cost_unknown integer not null,
    fails integer not null,
    warns integer not null,
    hints integer not null,
    flagged_headlines integer not null,
    flagged_sets integer not null,
    picks integer not null,
    edits integer not null,
    rejections integer not null,
    all_rejections integer not null,
    accepted_sets integer not null,
    edited_sets integer not null,
    word_edits integer not null,
    edited_words integer not null,
    thumbs_up integer not null,
    thumbs_down integer not null,
    thumbed_down_sets integer not null,
    durations blob not null,
    first_headlines blob not null,
    primary key (span, start, environment, desk, prompt, version, model, source)
) strict, without rowid
;;
create table rollup_progress (
    counted_from integer not null check (counted_from > 0)
) strict
;;
insert into rollup_progress select coalesce(max(number), 0) + 1 from traces
"""

_REVIEW = """
create table review_rules (
    number integer primary key check (number > 0),
    content text not null check (json_valid(content)),
    note text not null,
    author text not null,
    created_at integer not null,
    after_feedback integer not null,
    after_trace integer not null
) strict
;;
create trigger review_rules_stay before update on review_rules
begin select raise(abort, 'a version of the rules never changes; save a new one'); end
;;
create trigger review_rules_are_kept before delete on review_rules
begin select raise(abort, 'a version of the rules is never deleted'); end
;;
create trigger review_rules_are_not_replaced before insert on review_rules
when exists (select 1 from review_rules where number = new.number)
begin select raise(abort, 'a version of the rules never changes; save a new one'); end
;;
insert into review_rules (number, content, note, author, created_at, after_feedback, after_trace)
select 1,
    '{"everywhere":{"thumbs_down":true,"all_rejected":true,"heavy_edits":0.5,"failed_checks":3,"random_share":0.02},'
    || '"desks":{},"second_share":0.1,"labels":["factual error","misleading","off tone","clickbait","wrong language",'
    || '"too long or short","good after all"]}',
    'What Copydesk starts with.', 'copydesk', cast(strftime('%s', 'now') as integer) * 1000,
    (select coalesce(max(id), 0) from feedback), (select coalesce(max(number), 0) from traces)
;;
create table review_progress (
    feedback integer not null,
    trace integer not null
) strict
;;
insert into review_progress (feedback, trace) select after_feedback, after_trace from review_rules
;;
create table review_pending (
    trace integer primary key references traces (number)
) strict
;;
insert into review_pending (trace) select number from traces where status = 'open'
;;
create table review_items (
    id integer primary key,
    trace text not null unique references traces (id),
    desk text not null,
    state text not null check (state in ('waiting', 'withdrawn', 'done')),
    waiting_since integer not null,
    wanted integer not null check (wanted in (1, 2)),
    readings integer not null default 0 check (readings between 0 and wanted),
    holder text,
    held_until integer,
    assignee text,
    check ((holder is null) = (held_until is null)),
    check (state = 'waiting' or holder is null)
) strict
;;
create index review_items_waiting on review_items (waiting_since, id) where state = 'waiting'
;;
create table review_reasons (
    item integer not null references review_items (id),
    kind text not null check (
        kind in ('thumb_down', 'all_rejected', 'heavy_edit', 'failed_checks', 'random', 'by_hand')
    ),
    person text not null default '',
    position integer not null default -1,
    figure real,
    text text,
    rules integer references review_rules (number),
    at integer not null,
    stands integer not null check (stands in (0, 1)),
    primary key (item, kind, person, position)
) strict, without rowid
;;
create table review_events (
    id integer primary key,
    item integer not null references review_items (id),
    kind text not null check (
        kind in (
            'entered', 'claimed', 'released', 'assigned', 'labelled', 'commented', 'corrected', 'second_reader',
            'resolved', 'collected', 'withdrawn', 'reopened'
        )
    ),
    person text,
    text text,
    position integer,
    at integer not null
) strict
;;
create index review_events_of_item on review_events (item, id)
;;
create trigger review_events_stay before update on review_events
begin select raise(abort, 'what was done in the queue never changes'); end
;;
create trigger review_events_are_kept before delete on review_events
begin select raise(abort, 'what was done in the queue is never deleted'); end
;;
create trigger review_events_are_not_replaced before insert on review_events
when exists (select 1 from review_events where id = new.id)
begin select raise(abort, 'what was done in the queue never changes'); end
"""

_ERASING = """
create table erasures (
    trace text primary key references traces (id),
    kind text not null check (kind in ('erased', 'expired', 'unkept')),
    at integer not null,
    author text not null,
    reason text not null
) strict, without rowid
;;
create table case_erasures (
    eval_case integer primary key references eval_cases (id),
    at integer not null,
    author text not null,
    reason text not null
) strict
;;
create index eval_cases_of_article on eval_cases (article)
;;
create view article_of_trace as
select traces.id as trace, articles.hash, articles.text
from traces join trace_bodies on trace_bodies.trace = traces.id join articles on articles.hash = traces.article
where length(articles.text) > 0
;;
drop trigger feedback_stays
;;
create trigger feedback_stays before update on feedback
when new.text is not '' or old.text is null
    or (new.id, new.trace, new.position, new.kind, new.criterion, new.value, new.person, new.source, new.given_at,
        new.received_at, new.key)
    is not (old.id, old.trace, old.position, old.kind, old.criterion, old.value, old.person, old.source, old.given_at,
        old.received_at, old.key)
begin select raise(abort, 'feedback never changes; give it again'); end
;;
drop trigger eval_cases_stay
;;
create trigger eval_cases_stay before update on eval_cases
when (new.id, new.hash, new.article, new.characters) is not (old.id, old.hash, old.article, old.characters)
    or new.content is not json_remove(old.content, '$.reference', '$.must_mention', '$.must_not_mention')
begin select raise(abort, 'a case never changes; save another version of its set'); end
;;
drop trigger review_events_stay
;;
create trigger review_events_stay before update on review_events
when new.text is not '' or old.text is null
    or (new.id, new.item, new.kind, new.person, new.position, new.at)
    is not (old.id, old.item, old.kind, old.person, old.position, old.at)
begin select raise(abort, 'what was done in the queue never changes'); end
"""

_FINDING = """
drop table trace_search
;;
drop index traces_by_cost
;;
drop index traces_by_duration
;;
create virtual table trace_search using fts5(
    terms, content = '', columnsize = 0, tokenize = "unicode61 remove_diacritics 0 categories 'L* N* Co M*'"
)
;;
create virtual table trace_terms using fts5vocab(trace_search, instance)
;;
update traces set indexed = null where indexed is not null
;;
create table saved_views (
    person text not null,
    name text not null,
    address text not null,
    saved_at integer not null,
    primary key (person, name)
) strict, without rowid
"""

_BLIND = """
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
) strict
;;
create index blind_judgements_of_person on blind_judgements (person, pair, id)
;;
create trigger blind_judgements_stay before update on blind_judgements
begin select raise(abort, 'a judgement never changes; take it back'); end
;;
create trigger blind_judgements_are_kept before delete on blind_judgements
begin select raise(abort, 'a judgement is never deleted; take it back'); end
;;
create trigger blind_judgements_are_not_replaced before insert on blind_judgements
when exists (select 1 from blind_judgements where id = new.id or key = new.key)
begin select raise(abort, 'a judgement never changes; take it back'); end
"""

_LIMITS = """
create table limits (
    id integer primary key,
    measure text not null,
    environment text not null check (environment in ('development', 'staging', 'production')),
    desk text,
    hours integer not null check (hours > 0),
    value real not null check (value > 0),
    author text not null,
    created_at integer not null,
    withdrawn_at integer
) strict
;;
create unique index limits_in_force on limits (measure, environment, coalesce(desk, ''), hours)
where withdrawn_at is null
;;
create trigger limits_stay before update of id, measure, environment, desk, hours, value, author, created_at on limits
begin select raise(abort, 'a limit never changes; set another one'); end
;;
create trigger limits_are_kept before delete on limits
begin select raise(abort, 'a limit is never deleted; withdraw it'); end
;;
create table breaches (
    id integer primary key,
    of_limit integer not null references limits (id),
    opened_at integer not null,
    figure real not null,
    rests_on integer not null,
    kept_since integer,
    closed_at integer,
    closed_figure real
) strict
;;
create unique index breaches_under_way on breaches (of_limit) where closed_at is null
;;
create table alert_messages (
    id integer primary key,
    breach integer not null references breaches (id),
    event text not null check (event in ('breach', 'recovery')),
    body text not null check (json_valid(body)),
    created_at integer not null,
    tries integer not null default 0,
    next_at integer not null,
    claimed_until integer,
    sent_at integer,
    given_up_at integer,
    error text,
    unique (breach, event)
) strict
;;
create index alert_messages_to_send on alert_messages (next_at) where sent_at is null and given_up_at is null
"""
