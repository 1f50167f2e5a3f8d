"""How often checks fire, and what editors did with what they flagged: counted by desk and version."""

import pytest

from core import clock, feedback
from core.checks.article import Article
from core.checks.profile import Profile
from core.checks.run import check_set
from core.db import Database
from core.feedback import Given
from core.reports import checks
from core.reports.checks import Outcome
from core.traces import scores
from tests.records import ARTICLE, put

GOOD, NUMBER, PERIOD = (
    "Bridge closes from Monday",
    "Ferry carries 170 pupils on Monday",
    "Harbour bridge closes Monday.",
)


def checked(headlines: tuple[str, ...], profile: Profile | None = None):
    return check_set(headlines, Article(ARTICLE, "en"), profile or Profile())


def said(db: Database, trace: str, kind: str, position: int | None, person: str = "ada") -> None:
    text = "Other words" if kind == "edited" else None
    feedback.give(db, Given(trace, kind, person, "app", position=position, text=text))  # pyright: ignore[reportArgumentType]


def reception(db: Database, check: str) -> tuple[Outcome, Outcome]:
    found = next(each for each in checks.report(db, days=30).receptions if each.check == check)
    return found.flagged, found.others


class TestFiring:
    def test_is_counted_by_desk_and_version(self, db: Database) -> None:
        put(db, GOOD, NUMBER, desk="local")
        put(db, GOOD, NUMBER, PERIOD, desk="sport")
        local, sport = (checks.report(db, days=30, desk=desk) for desk in ("local", "sport"))
        assert local.fired("unsupported_number") == (1, 2)
        assert sport.fired("unsupported_number") == (1, 3)
        assert checks.report(db, days=30).fired("trailing_period") == (1, 5)

    def test_of_a_check_that_never_fired_is_none_of_so_many(self, db: Database) -> None:
        put(db, GOOD)
        assert checks.report(db, days=30).fired("emoji") == (0, 1)

    def test_counts_a_headline_once_however_often_a_check_fires_in_it(self, db: Database) -> None:
        put(db, "Ferry carries 170 pupils and 190 teachers")
        assert checks.report(db, days=30).fired("unsupported_number") == (1, 1)

    def test_goes_by_the_latest_scoring(self, db: Database) -> None:
        trace = put(db, NUMBER)
        again = checked((NUMBER,), Profile(checks={"unsupported_number": "off"}))
        db.write(lambda connection: scores.add(connection, trace, again, profile="later", article=ARTICLE))
        assert checks.report(db, days=30).fired("unsupported_number") == (0, 1)

    def test_leaves_out_what_is_older(self, db: Database) -> None:
        put(db, NUMBER, trace_id=clock.first_trace_id(clock.now_ms() - 31 * 86_400_000))
        assert checks.report(db, days=30).firings == []


class TestReception:
    def test_tells_what_became_of_flagged_headlines_and_of_others(self, db: Database) -> None:
        trace = put(db, GOOD, NUMBER, PERIOD)
        said(db, trace, "picked", 0)
        said(db, trace, "rejected", 1)
        said(db, trace, "edited", 2)
        assert reception(db, "unsupported_number") == (Outcome(1, 1), Outcome(2, 1))

    def test_counts_nothing_that_nobody_decided_on(self, db: Database) -> None:
        trace = put(db, GOOD, NUMBER)
        said(db, trace, "picked", 1)
        assert reception(db, "unsupported_number") == (Outcome(1, 0), Outcome(0, 0))

    def test_counts_every_headline_of_a_rejected_set(self, db: Database) -> None:
        trace = put(db, GOOD, NUMBER)
        said(db, trace, "all_rejected", None)
        assert reception(db, "unsupported_number") == (Outcome(1, 1), Outcome(1, 1))

    def test_can_be_that_of_one_desk(self, db: Database) -> None:
        for desk in ("local", "sport"):
            said(db, put(db, NUMBER, desk=desk), "rejected", 0)
        (found,) = checks.report(db, days=30, desk="sport").receptions
        assert found.flagged == Outcome(1, 1)

    def test_counts_only_what_stands(self, db: Database) -> None:
        trace = put(db, NUMBER)
        said(db, trace, "rejected", 0)
        said(db, trace, "picked", 0)
        assert reception(db, "unsupported_number")[0] == Outcome(1, 0)

    def test_is_empty_without_feedback(self, db: Database) -> None:
        put(db, NUMBER)
        assert checks.report(db, days=30).receptions == []

    def test_has_a_share_only_where_somebody_decided(self) -> None:
        assert Outcome().share is None
        assert Outcome(4, 1).share == pytest.approx(0.25)
