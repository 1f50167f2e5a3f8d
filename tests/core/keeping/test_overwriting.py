"""What was erased is overwritten in the bytes of the file: at once where that is quick, and whoever dies meanwhile."""

import threading
from contextlib import closing

import pytest

from core.copydesk import Copydesk
from core.db import Database, open_database
from core.keeping import erasing, overwriting, retention
from core.traces import record
from core.traces.finding import index, index_care, search
from core.traces.finding.find import Find
from tests.conftest import HeldClock
from tests.core.keeping.file_bytes import held as held_bytes
from tests.core.keeping.file_bytes import index_terms
from tests.core.keeping.test_erasing import ARTICLE, OTHER, WHY, WORDS
from tests.records import put

TERMS = {"qzxjwanda", "vkrtholm", "xyvquill"}
"""Words of the article that share no beginning with any other, so that the file can only hold them letter by letter."""


@pytest.fixture
def trace_id(db: Database) -> str:
    """One call about the article, among others that the index is made of."""
    for number in range(20):
        put(db, f"Museum opens {number}", article=OTHER)
    return put(db, "Qzxjwanda closes the bridge", article=ARTICLE)


def left(db: Database) -> set[str]:
    """Those of the words that the index still has, whether or not a search finds anything by them."""
    return TERMS & index_terms(db.path)


class TestWhatIsOwed:
    def test_is_what_only_the_index_holds_any_more(self, db: Database, trace_id: str) -> None:
        assert left(db) == TERMS
        done = erasing.trace(db, trace_id, within=0, **WHY)
        assert not done.overwritten
        assert search.page(db, Find(text="qzxjwanda")).lines == []
        assert left(db) == TERMS
        assert overwriting.owed(db)

    def test_is_done_at_once_where_that_is_quick(self, db: Database, trace_id: str) -> None:
        assert erasing.trace(db, trace_id, **WHY).overwritten
        assert (left(db), held_bytes(db.path, WORDS), overwriting.owed(db)) == (set(), set(), None)

    def test_is_done_by_a_served_copydesk(self, copydesk: Copydesk) -> None:
        db = copydesk.db
        erasing.trace(db, put(db, "One", article=ARTICLE), within=0, **WHY)
        copydesk.overwrite()
        assert (left(db), held_bytes(db.path, WORDS), overwriting.owed(db)) == (set(), set(), None)

    def test_is_done_by_another_process_if_one_dies_midway(self, db: Database, trace_id: str) -> None:
        many = " ".join(f"{number * 2_654_435_761 % 2**32:08x}" for number in range(40_000))
        put(db, "A long one", article=many)
        erasing.trace(db, trace_id, within=0, **WHY)
        next(index_care.merge(db, pages=1))
        assert left(db)
        put(db, "Meanwhile, the ferry sails")
        with closing(open_database(db.path)) as another:
            assert overwriting.overwrite(another)
        assert (left(db), held_bytes(db.path, WORDS), overwriting.owed(db)) == (set(), set(), None)

    def test_stays_owed_if_it_came_while_the_rest_was_done(
        self, copydesk: Copydesk, db: Database, trace_id: str
    ) -> None:
        erasing.trace(db, put(db, "One"), within=0, **WHY)
        steps = overwriting.steps(db)
        next(steps)
        erasing.trace(db, trace_id, within=0, **WHY)
        list(steps)
        assert overwriting.owed(db)
        assert overwriting.overwrite(db)
        assert (left(db), overwriting.owed(db)) == (set(), None)

    def test_waits_for_whoever_reads_what_was_there_before(self, db: Database, trace_id: str) -> None:
        go_on, reading = threading.Event(), threading.Event()

        def read() -> None:
            with db.read() as connection:
                connection.execute("begin")
                connection.execute("select count(*) from traces").fetchone()
                reading.set()
                go_on.wait(30)
                connection.execute("rollback")

        reader = threading.Thread(target=read)
        reader.start()
        reading.wait(30)
        erasing.trace(db, trace_id, within=0, **WHY)
        assert not overwriting.overwrite(db, patience=0)
        assert overwriting.owed(db)
        go_on.set()
        reader.join()
        assert overwriting.overwrite(db)
        assert held_bytes(db.path, WORDS) == set()

    def test_after_an_expiry_is_begun_within_a_day(self, db: Database, held: HeldClock) -> None:
        put(db, "Qzxjwanda closes", desk="sport")
        held.now += 31 * 86_400_000
        assert sum(retention.expire(db, retention.parse("production=30"))) == 1
        assert list(overwriting.when_due(db)) == []
        assert "qzxjwanda" in index_terms(db.path)
        held.now += 86_400_000
        assert list(overwriting.when_due(db))
        assert "qzxjwanda" not in index_terms(db.path)


class TestAnIndexThatCannotBeCleanedWordByWord:
    def test_is_made_anew_where_the_article_is_damaged(self, db: Database, trace_id: str) -> None:
        hash_of = erasing.bodies.article_hash(ARTICLE)
        db.write(
            lambda connection: connection.execute("update articles set text = x'7801ff' where hash = ?", (hash_of,))
        )
        assert erasing.trace(db, trace_id, **WHY).overwritten
        assert left(db) == set()
        sum(index.catch_up(db))
        assert len(search.page(db, Find(text="museum")).lines) == 20
        assert index_care.wrong(db) == []

    def test_is_made_anew_where_it_is_of_another_recipe(self, db: Database, trace_id: str) -> None:
        db.write(
            lambda connection: connection.execute(
                "update traces set indexed = ? where indexed > 0", (index.RECIPE - 1,)
            )
        )
        assert erasing.trace(db, trace_id, **WHY).overwritten
        assert left(db) == set()
        sum(index.catch_up(db))
        assert record.get(db, trace_id).article is None
        assert len(search.page(db, Find(text="museum")).lines) == 20
