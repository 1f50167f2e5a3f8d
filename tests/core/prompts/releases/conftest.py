"""Something to release."""

import pytest

from core.db import Database
from core.prompts import versions
from core.prompts.content import Content, MessageTemplate


@pytest.fixture
def db(db: Database) -> Database:
    """A database with three versions of `headlines`."""
    for text in ("a", "b", "c"):
        content = Content(messages=(MessageTemplate(role="user", content=text),), model="offline/lede")
        versions.save(db, "headlines", content, note="Why.", author="ada")
    return db
