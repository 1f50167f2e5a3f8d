"""What is made in bulk for the benchmarks is what Copydesk itself would have put on record."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from core.db import Database, open_database
from core.traces import record
from core.traces.counting import rollups
from core.traces.finding import index, index_care, search
from core.traces.finding.find import Find
from tests.benchmarks import million

MANY = 300


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("million") / "copydesk.db"
    assert list(million.fill(path, MANY))[-1] == MANY
    return path


@pytest.fixture
def made(path: Path) -> Iterator[Database]:
    with closing(open_database(path)) as db:
        yield db


def indexed(path: Path) -> list[tuple[object, ...]]:
    """Every word of the index with where it stands."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("create virtual table temp.words using fts5vocab(main, trace_search, instance)")
        return connection.execute("select term, doc, col, offset from temp.words order by 1, 2, 3, 4").fetchall()


class TestTheMadeTraces:
    def test_are_as_many_as_were_asked_for(self, made: Database) -> None:
        assert search.count(made).number == MANY

    def test_can_be_read_in_full(self, made: Database) -> None:
        for line in search.page(made, limit=MANY).lines:
            trace = record.get(made, line.id)
            assert len(trace.headlines) == line.given
            assert len(trace.attempts) == line.attempts
            assert trace.article
            assert trace.article in trace.messages[-1]["content"]

    def test_have_the_words_and_facts_that_the_index_makes_of_them(self, path: Path) -> None:
        before = indexed(path)
        with closing(open_database(path)) as db:
            index_care.discard(db)
            assert list(index.catch_up(db))
        assert indexed(path) == before

    def test_are_summed_up(self, made: Database) -> None:
        assert rollups.differences(made) == []

    def test_belong_together(self, path: Path) -> None:
        with closing(sqlite3.connect(path)) as connection:
            assert connection.execute("pragma foreign_key_check").fetchall() == []
            assert connection.execute("pragma integrity_check").fetchone() == ("ok",)

    def test_are_found_by_what_people_did(self, made: Database) -> None:
        assert 0 < search.count(made, Find(feedback=("picked",))).number < MANY // 3
