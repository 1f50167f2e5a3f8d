"""Strengths from blind comparisons: by article, by desk, and a reason where there are none."""

import dataclasses

import pytest

from core import clock
from core.db import Database
from core.feedback import pairs
from core.feedback.pairs import Shown
from core.reports.pairs import ALL, Ranking, rankings, share
from core.traces import writing
from core.traces.model import Closing, Headline
from tests.core.traces.openings import opening


def made(db: Database, number: int, article: str, desk: str) -> str:
    asked = dataclasses.replace(opening(clock.new_trace_id()), article=article, desk=desk, model=f"model-{number}")
    db.write(writing.open_trace(asked, process="1"))
    closing = Closing("valid", 1.0, headlines=[Headline("A headline", 0)], answered_by=f"model-{number}")
    db.write(writing.close_trace(asked, closing))
    return asked.id


def compare(db: Database, many: int, *, wins: int, desk: str = "sport", person: str = "ada") -> None:
    """Compare models 1 and 2 on so many articles, of which 2 wins the first few, in changing order."""
    for number in range(many):
        article = f"{desk} {number}"
        shown = Shown(made(db, 1, article, desk), made(db, 2, article, desk))
        winner = "second" if number < wins else "first"
        if number % 2:
            shown, winner = Shown(shown.second, shown.first), "first" if winner == "second" else "second"
        pairs.judge(db, shown, winner, person=person, key=f"{person}{desk}{number}")


def names(ranking: Ranking) -> list[str]:
    return [each.name.rpartition(" on ")[2] for each in ranking.standings]


class TestARanking:
    def test_has_all_desks_first_and_the_strongest_on_top(self, db: Database) -> None:
        compare(db, 20, wins=14)
        compare(db, 20, wins=6, desk="local")
        every, local, sport = rankings(db)
        assert (every.desk, local.desk, sport.desk) == (ALL, "local", "sport")
        assert (names(sport), names(local)) == (["model-2", "model-1"], ["model-1", "model-2"])
        assert (every.comparisons, every.articles, every.people) == (40, 40, 1)

    def test_tells_how_often_one_is_preferred_to_the_reference(self, db: Database) -> None:
        compare(db, 20, wins=15)
        (every, _) = rankings(db, reference=rankings(db)[0].tallies[0].one)
        best = every.standings[0]
        estimate, low, high = share(best)
        assert estimate == pytest.approx(0.75, abs=0.001)
        assert low < 0.75 < high

    def test_counts_who_won_whatever_the_order_shown(self, db: Database) -> None:
        compare(db, 10, wins=7)
        (tally,) = rankings(db)[0].tallies
        assert (tally.one_better, tally.other_better, tally.ties, tally.comparisons) == (3, 7, 0, 10)

    def test_says_what_is_missing_where_there_is_too_little(self, db: Database) -> None:
        compare(db, 5, wins=2)
        (every, _) = rankings(db)
        assert every.standings == ()
        assert "at least 6 articles; there are 5" in every.why

    def test_says_so_where_one_never_won(self, db: Database) -> None:
        compare(db, 8, wins=8)
        assert "never won" in rankings(db)[0].why

    def test_has_an_interval_of_the_share_where_one_won_everything(self, db: Database) -> None:
        compare(db, 8, wins=8)
        compare(db, 3, wins=3, desk="local")
        every, local, sport = rankings(db)
        (preferred,) = sport.preferred
        assert [name.rpartition(" on ")[2] for name in (preferred.name, preferred.other)] == ["model-2", "model-1"]
        assert (preferred.share.n, preferred.share.estimate, preferred.share.high) == (8, 1, 1)
        assert preferred.share.low == pytest.approx(0.6756, abs=5e-5)
        assert (every.preferred[0].share.n, local.preferred) == (11, [])

    def test_has_one_where_nearly_everything_was_won_by_one(self, db: Database) -> None:
        compare(db, 12, wins=1)
        (preferred,) = rankings(db)[0].preferred
        assert preferred.name.endswith("model-1")
        assert (round(preferred.share.low, 2), round(preferred.share.high, 2)) == (0.65, 0.99)

    def test_has_no_share_where_there_are_strengths(self, db: Database) -> None:
        compare(db, 20, wins=14)
        assert rankings(db)[0].preferred == ()

    def test_counts_an_article_once_in_a_share_whoever_compared_it(self, db: Database) -> None:
        compare(db, 6, wins=6)
        for each in pairs.of_person(db, "ada"):
            pairs.judge(db, each.shown, each.better or "first", person="ben", key=f"ben{each.id}")
        assert rankings(db)[0].preferred[0].share.n == 6

    def test_of_nothing_is_a_sentence(self, db: Database) -> None:
        (every,) = rankings(db)
        assert every.why == "Nobody has compared anything yet."

    def test_among_other_versions_leaves_them_out(self, db: Database) -> None:
        compare(db, 8, wins=4)
        assert rankings(db, among=["headlines 9 on gpt"])[0].comparisons == 0

    def test_counts_articles_not_people(self, db: Database) -> None:
        compare(db, 12, wins=6)
        for each in pairs.of_person(db, "ada"):
            assert each.better is not None
            pairs.judge(db, each.shown, each.better, person="ben", key=f"ben{each.id}")
        (every, _) = rankings(db)
        assert (every.comparisons, every.articles, every.people) == (24, 12, 2)
        assert {each.elo.n for each in every.standings} == {12}
