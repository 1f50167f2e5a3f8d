"""What is wrong with the record itself: its index, calls that nobody makes any more, what is live where, the clock."""

from collections.abc import Iterator

from core import clock
from core.db import Database
from core.db.liveness import folder_of, living
from core.errors import CopydeskError
from core.keeping import overwriting
from core.keeping.finding import Finding, mend, mind
from core.llm import models
from core.prompts import releases, tasks, versions
from core.settings import Settings
from core.traces import bodies
from core.traces.counting import rollups
from core.traces.finding import index_care

_WHILE_SERVED = "Copydesk brings them in while it is served."
_COUNTED = 50_000
"""Of the newest so many traces the figures are counted again; so many articles are read."""
_OVERDUE_MS = 3_600_000
"""How long overwriting takes at most, in a large file on a busy machine."""
_AHEAD_MS = 300_000
"""How far two clocks may be apart."""


def look(db: Database, chosen: Settings) -> Iterator[Finding]:
    """Everything that can be wrong in a file of today's shape that is whole."""
    yield from _clock(db)
    yield from _texts(db)
    yield from _index(db)
    yield from _overwriting(db)
    yield from counts(db)
    yield from _open_calls(db)
    yield from _live(db, chosen)


def counts(db: Database, *, newest: int = _COUNTED) -> Iterator[Finding]:
    """Figures of Overview that do not fit the record, as far as the newest so many calls tell."""
    left = rollups.waiting(db)
    if left:
        yield mind("counts", f"{left:,} traces are not in the figures of Overview yet.", _WHILE_SERVED)
    with db.read() as connection:
        last = connection.execute("select id from traces order by id desc limit 1 offset ?", (newest,)).fetchone()
    # All of a million would take minutes.
    since = 0 if last is None else int(last["id"][:12], 16) + 1
    differences = rollups.differences(db, since=since)
    wrong = [each for each in differences if not each.is_known_better]
    if wrong:
        those = "" if last is None else f", counted for the newest {newest:,} calls"
        is_lost = len(wrong) < len(differences)
        loses = " How much was edited in headlines whose texts are gone is then no longer known." if is_lost else ""
        yield mend(
            "counts",
            f"The figures of Overview do not fit the record in {len(wrong):,} of their rows{those}.",
            f"python -m core doctor --rebuild-figures{loses}",
        )


def _clock(db: Database) -> Iterator[Finding]:
    with db.read() as connection:
        newest = connection.execute(
            "select max(coalesce((select max(at) from audit), 0), "
            "coalesce((select started_at from traces order by id desc limit 1), 0))"
        ).fetchone()[0]
    if newest > clock.now_ms() + _AHEAD_MS:
        yield mend(
            "clock",
            f"The newest entry is of {clock.as_datetime(newest):%Y-%m-%d %H:%M} UTC, which is still to come.",
            "Set this machine's clock, or find out which clock was wrong then.",
        )


def _texts(db: Database) -> Iterator[Finding]:
    """Articles and calls that cannot be read, of the newest ones."""
    for what, query, command in (
        ("articles", _ARTICLES, "erase the article by its hash: python -m core erase article"),
        ("calls", _BODIES, "erase the call: python -m core erase trace"),
    ):
        damaged = _damaged(db, query)
        if damaged:
            yield mend(
                what,
                f"{len(damaged):,} {what} are damaged and cannot be read, {damaged[0][:16]}… first.",
                f"Look after the disk. Restore a back-up from before, or {command} {damaged[0]}",
            )


_ARTICLES = "select hash as id, text as packed from articles where length(text) > 0 order by rowid desc limit ?"
_BODIES = """
    select trace as id, body as packed from trace_bodies
    where trace >= (select min(id) from (select id from traces order by number desc limit ?1))
    union all
    select trace, body from attempt_bodies
    where trace >= (select min(id) from (select id from traces order by number desc limit ?1))
"""


def _damaged(db: Database, query: str) -> list[str]:
    found: dict[str, None] = {}
    with db.read() as connection:
        for row in connection.execute(query, (_COUNTED,)):
            try:
                bodies.unpack_text(row["packed"])
            except bodies.DamagedText:
                found[row["id"]] = None
    return list(found)


def _index(db: Database) -> Iterator[Finding]:
    waiting, wrong = index_care.waiting(db), index_care.wrong(db)
    if waiting:
        yield mind(
            "search",
            f"{waiting:,} traces are not found by their words yet.",
            _WHILE_SERVED,
        )
    if wrong:
        yield mend(
            "search",
            f"The index of words does not fit the record: {len(wrong)} of the traces that were looked up are not found.",
            "python -m core doctor --rebuild-index",
        )


def _overwriting(db: Database) -> Iterator[Finding]:
    """What was erased and is still in the bytes of the file; what expired is due only within a day."""
    owed = overwriting.owed(db)
    now = clock.now_ms()
    if owed is None or owed.due_at > now:
        return
    since = (
        f"What was erased since {clock.as_datetime(owed.since):%Y-%m-%d %H:%M} UTC is still in the bytes of the file"
    )
    if owed.due_at < now - _OVERDUE_MS:
        yield mend(
            "erasing", f"{since}, and nothing overwrites it.", "Serve Copydesk, or run: python -m core erase finish"
        )
    else:
        yield mind(
            "erasing",
            f"{since}: it is being overwritten.",
            "Copydesk goes on with it while it is served. To do it at once: python -m core erase finish",
        )


def _open_calls(db: Database) -> Iterator[Finding]:
    alive = set(living(folder_of(db.path)))
    with db.read() as connection:
        rows = connection.execute("select process, count(*) as many from traces where status = 'open' group by process")
        left = sum(row["many"] for row in rows if row["process"] not in alive)
    if left:
        yield mind(
            "calls",
            f"{left:,} calls were under way when Copydesk was stopped.",
            "Start Copydesk, or run any command: it marks them as interrupted.",
        )


def _live(db: Database, chosen: Settings) -> Iterator[Finding]:
    """Desks that nothing serves, and versions that are live on a model that cannot be asked."""
    try:
        offered = models.load(chosen.models, chosen.provider_keys)
    except CopydeskError:
        return  # the settings' findings say so
    writing = [name for name in versions.prompts(db) if not tasks.judges(name)]
    if not writing:
        yield mend("releases", "There is no prompt that writes headlines.", "Start Copydesk with the shipped prompts.")
    for name in writing:
        unserved: list[str] = []
        needed: dict[str, list[str]] = {}
        for desk in chosen.desks:
            live = releases.live_at(db, name, chosen.environment, desk, None)
            if live is None or live.version is None:
                unserved.append(desk)
                continue
            for missing in _missing(offered, versions.get(db, name, live.version).content.model):
                needed.setdefault(missing, []).append(desk)
        if unserved:
            yield mend(
                "releases",
                f"Nothing of {name} is released in {chosen.environment} for {', '.join(unserved)}.",
                f"Release a version: python -m core releases release {name} NUMBER",
            )
        for missing, desks in needed.items():
            yield mend(
                "models",
                f"{name} is live on {missing} for {', '.join(desks)}.",
                "Set its key, or release another version.",
            )


def _missing(offered: models.Models, name: str) -> Iterator[str]:
    try:
        model = offered.get(name)
    except CopydeskError:
        yield f"{name}, which is not on offer,"
    else:
        if model.missing:
            yield f"{name}, whose {' and '.join(model.missing)} is not set,"
