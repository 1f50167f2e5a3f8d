"""Examine an installation and say in words what is wrong with it. Nothing is changed, and no secret is shown.

It looks from outside, so it works on an installation that cannot be opened, beside one that is running.
"""

from collections.abc import Iterator

from core import settings
from core.db.condition import looking, refuse_foreign
from core.db.database import Database
from core.db.opening import SCHEMA
from core.errors import CopydeskError
from core.keeping import chore_findings, file_findings, record_findings, setting_findings
from core.keeping.finding import Finding, mend, mind
from core.settings import Settings


def examine() -> Iterator[Finding]:
    """All that is to be mended or minded, as it is found; nothing if all is well."""
    wrong = settings.wrong()
    for sentence in wrong:
        yield mend("settings", sentence, "Correct it in the environment or in .env.")
    yield from setting_findings.listening(None if wrong else settings.load())
    if not wrong:
        yield from _examine(settings.load())


def _examine(chosen: Settings) -> Iterator[Finding]:
    yield from setting_findings.files(chosen)
    yield from file_findings.place(chosen.db)
    if not chosen.db.exists():
        yield mind("database", f"There is no database at {chosen.db} yet.", "Start Copydesk; it makes one.")
        return
    try:
        with looking(chosen.db) as connection:
            refuse_foreign(connection, str(chosen.db))
            schema = connection.execute("pragma user_version").fetchone()[0]
            yield from file_findings.content(connection, chosen.db)
    except CopydeskError as error:
        yield mend("database", error.message, "Restore a back-up: python -m core restore FILE --reason …")
        return
    if schema < SCHEMA:
        yield mind(
            "database",
            "The database is of an older Copydesk.",
            "Make a back-up, then start Copydesk: it brings it up to date.",
        )
        return
    db = Database(chosen.db)
    try:
        yield from record_findings.look(db, chosen)
        yield from chore_findings.look(db, chosen)
    except CopydeskError as error:
        yield mend("database", error.message, "Restore a back-up: python -m core restore FILE --reason …")
    finally:
        db.close()
