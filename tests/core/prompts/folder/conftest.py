"""A newsroom with something to carry, and another that is empty."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from core.db import Database, open_database
from core.prompts import folder
from tests.core.prompts.folder.newsroom import PRODUCTION, SPORT, put, save


@pytest.fixture
def other(tmp_path: Path) -> Iterator[Database]:
    """A second installation, empty."""
    database = open_database(tmp_path / "other.db")
    yield database
    database.close()


@pytest.fixture
def newsroom(db: Database) -> Database:
    """Four versions of headlines, one of another prompt, and some releases."""
    for number, parent in ((1, None), (2, 1), (3, 2), (4, 2)):
        save(db, f"Version {number}\n\nof {{{{ article }}}}", parent=parent)
    save(db, "Sum up {{ article }}", prompt="summary")
    put(db, PRODUCTION, 2)
    put(db, SPORT, 3)
    put(db, PRODUCTION, 4)
    return db


@pytest.fixture
def exported(newsroom: Database, tmp_path: Path) -> Path:
    """The newsroom as a folder."""
    folder.export_folder(newsroom, tmp_path / "out")
    return tmp_path / "out"
