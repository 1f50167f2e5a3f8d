"""Scores: what the checks found is on the trace, in its own transaction, and later findings stand beside earlier ones."""

from core.checks.article import Article
from core.checks.profile import Profile
from core.checks.run import VERSIONS, check_set
from core.copydesk import Copydesk
from core.db import Database
from core.headlines import Request
from core.traces import record, scores

ARTICLE = "The harbour bridge closes for eleven weeks from Monday, the town council said. A ferry carries 160 pupils."
PLANTED = ("Bridge closes for 12 weeks.", "Harbour bridge closes from Monday")


def made(copydesk: Copydesk) -> str:
    return copydesk.suggest(Request(article=ARTICLE, desk="local", language="en", count=2)).trace.id


def scored_again(db: Database, trace_id: str) -> scores.Scoring:
    checked = check_set(PLANTED, Article(ARTICLE, "en"), Profile())
    return db.write(lambda connection: scores.add(connection, trace_id, checked, profile="later", article=ARTICLE))


class TestATrace:
    def test_has_its_headlines_checked(self, copydesk: Copydesk) -> None:
        trace = record.get(copydesk.db, made(copydesk))
        assert trace.scoring is not None
        assert len(trace.scoring.findings) == trace.line.given
        assert trace.scoring.checks == VERSIONS

    def test_says_which_profile_it_was_checked_by(self, copydesk: Copydesk) -> None:
        trace = record.get(copydesk.db, made(copydesk))
        assert trace.scoring is not None
        assert trace.scoring.profile == copydesk.profiles.version == trace.settings["profile"]

    def test_without_headlines_was_not_checked(self, copydesk: Copydesk) -> None:
        failed = copydesk.suggest(Request(article="", desk="local"))
        assert record.get(copydesk.db, failed.trace.id).scoring is None


class TestALaterScoring:
    def test_is_what_is_shown(self, copydesk: Copydesk) -> None:
        trace_id = made(copydesk)
        again = scored_again(copydesk.db, trace_id)
        assert record.get(copydesk.db, trace_id).scoring == again

    def test_leaves_the_earlier_one(self, copydesk: Copydesk) -> None:
        trace_id = made(copydesk)
        scored_again(copydesk.db, trace_id)
        with copydesk.db.read() as connection:
            rows = connection.execute("select number, profile from scorings where trace = ?", (trace_id,)).fetchall()
        assert [tuple(row) for row in rows] == [(1, copydesk.profiles.version), (2, "later")]

    def test_keeps_a_passage_as_a_place_in_the_article(self, copydesk: Copydesk) -> None:
        trace_id = made(copydesk)
        scored_again(copydesk.db, trace_id)
        with copydesk.db.read() as connection:
            without = scores.latest(connection, trace_id, headlines=2, article=None)
        assert without is not None
        assert {finding.passage for found in without.findings for finding in found} == {None}
        shown = record.get(copydesk.db, trace_id).scoring
        assert shown is not None
        passages = [finding.passage for found in shown.findings for finding in found if finding.passage]
        assert passages
        assert all(passage in ARTICLE for passage in passages)
