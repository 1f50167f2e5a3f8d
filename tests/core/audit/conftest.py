"""A log to read and to meddle with."""

import pytest

from core import audit
from core.audit import Entry
from core.db import Database
from core.prompts import releases, versions
from tests.core.audit.changes import SPORT, content


@pytest.fixture
def log(db: Database) -> list[Entry]:
    """A log with an entry of each kind, oldest first: two saves, two releases, a rollback and a withdrawal."""
    versions.save(db, "headlines", content("a"), note="The first.", author="ada")
    versions.save(db, "headlines", content("b"), note="Shorter.", author="ben", parent=1)
    first = releases.release(db, SPORT, 1, author="ada", reason="To begin with.", seen=None)
    second = releases.release(db, SPORT, 2, author="ben", reason="For push.", seen=first)
    back = releases.rollback(db, SPORT, author="carla", reason="Too short.", seen=second)
    releases.withdraw(db, SPORT, author="dora", reason="As all others.", seen=back)
    return audit.newest(db)[::-1]
