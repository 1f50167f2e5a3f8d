"""Old traces are scored by newer checks and profiles, once, and keep what they had."""

import sqlite3
import threading

from core.checks.profile import Profile, Profiles
from core.copydesk import Copydesk
from core.db import Database
from core.headlines import Request
from core.headlines.rescore import Progress, rescore
from core.traces import erasing, record
from core.traces.erasing import Erasure
from core.traces.finding import search
from tests.records import spoil

ARTICLE = "The harbour bridge closes for eleven weeks from Monday, the town council said. A ferry carries 160 pupils."
STRICTER = Profiles(everybody=Profile(shortest=60))


def made(copydesk: Copydesk, desk: str = "local") -> str:
    return copydesk.suggest(Request(article=ARTICLE, desk=desk, language="en", count=2)).trace.id


def scorings(db: Database, trace_id: str) -> list[str]:
    with db.read() as connection:
        return [row[0] for row in connection.execute("select profile from scorings where trace = ?", (trace_id,))]


def rescored(copydesk: Copydesk, profiles: Profiles, **more: object) -> Progress:
    progress = Progress()
    for progress in rescore(copydesk.db, profiles, **more):  # pyright: ignore[reportArgumentType] # noqa: B007
        pass
    return progress


class TestRescoring:
    def test_adds_a_scoring_and_leaves_the_old_one(self, copydesk: Copydesk) -> None:
        trace_id = made(copydesk)
        assert rescored(copydesk, STRICTER) == Progress(1, 1, 0)
        assert scorings(copydesk.db, trace_id) == [copydesk.profiles.version, STRICTER.version]

    def test_of_a_trace_that_is_erased_meanwhile_brings_nothing_of_it_back(self, copydesk: Copydesk) -> None:
        trace_id = made(copydesk)
        held, erased = threading.Event(), threading.Event()

        def wait(_: sqlite3.Connection) -> None:
            held.set()
            assert erased.wait(5)

        # The writer is held until the scoring waits behind an erasing.
        copydesk.db.submit(wait)
        assert held.wait(5)
        gone = Erasure("erased", "ada", "The source withdrew.", 0)
        copydesk.db.submit(lambda connection: erasing.note(connection, trace_id, gone))
        timer = threading.Timer(0.3, erased.set)
        timer.start()
        assert rescored(copydesk, STRICTER) == Progress(1, 0, 1)
        assert scorings(copydesk.db, trace_id) == [copydesk.profiles.version]

    def test_goes_on_past_a_trace_that_is_damaged_and_names_it(self, copydesk: Copydesk) -> None:
        first, damaged, last = (made(copydesk) for _ in range(3))
        spoil(copydesk.db, damaged)
        assert rescored(copydesk, STRICTER) == Progress(3, 2, 0, (damaged,))
        assert [len(scorings(copydesk.db, each)) for each in (first, damaged, last)] == [2, 1, 2]

    def test_finds_what_the_new_profile_asks_for(self, copydesk: Copydesk) -> None:
        trace_id = made(copydesk)
        rescored(copydesk, STRICTER)
        scoring = record.get(copydesk.db, trace_id).scoring
        assert scoring is not None
        assert any(finding.check == "too_short" for found in scoring.findings for finding in found)

    def test_passes_over_what_is_scored_already(self, copydesk: Copydesk) -> None:
        trace_id = made(copydesk)
        assert rescored(copydesk, copydesk.profiles) == Progress(1, 0, 0)
        rescored(copydesk, STRICTER)
        assert rescored(copydesk, STRICTER) == Progress(1, 0, 0)
        assert len(scorings(copydesk.db, trace_id)) == 2

    def test_goes_through_more_than_one_batch(self, copydesk: Copydesk) -> None:
        for _ in range(53):
            made(copydesk)
        assert rescored(copydesk, STRICTER) == Progress(53, 53, 0)

    def test_can_be_kept_to_a_desk_and_a_time(self, copydesk: Copydesk) -> None:
        for name in ("local", "sport"):
            made(copydesk, name)
        assert rescored(copydesk, STRICTER, desk="sport").rescored == 1
        later = search.page(copydesk.db).lines[0].started_at + 1
        assert rescored(copydesk, STRICTER, since=later) == Progress()

    def test_leaves_a_trace_without_its_article_and_counts_it(self, copydesk: Copydesk) -> None:
        trace_id = made(copydesk)
        copydesk.db.write(
            lambda connection: connection.execute("update traces set article = null where id = ?", (trace_id,))
        )
        assert rescored(copydesk, STRICTER) == Progress(1, 0, 1)
        assert len(scorings(copydesk.db, trace_id)) == 1

    def test_leaves_calls_without_headlines(self, copydesk: Copydesk) -> None:
        copydesk.suggest(Request(article=" ", desk="local"))
        assert rescored(copydesk, STRICTER) == Progress()
