"""A judge's word is measured against people: what is counted, what is computed, and when nothing is said."""

import pytest

from core import feedback
from core.db import Database
from core.feedback import Given
from core.judge import agreement
from core.judge.agreement import Agreement, Judge
from tests.conftest import HeldClock
from tests.records import put, put_verdicts

JUDGE = Judge("judge", "headline-judge", 1)
TEN = [f"Bridge closes for week {number}" for number in range(10)]
SCORES = [1, 2, 3, 4, 5, 1, 2, 3, 4, 5]


def judged(db: Database, *, model: str = "judge") -> str:
    """A set of ten headlines that a judge scored; its trace."""
    trace = put(db, *TEN)
    put_verdicts(db, trace, SCORES, model=model)
    return trace


def scored(db: Database, trace: str, position: int, value: int, person: str = "ada") -> None:
    feedback.give(db, Given(trace, "score", person, "app", position=position, value=value, criterion="accuracy"))


def accuracy(db: Database) -> Agreement:
    return next(each for each in agreement.of_judge(db, JUDGE) if each.criterion == "accuracy")


class TestCounting:
    def test_takes_only_what_both_scored(self, db: Database) -> None:
        scored(db, judged(db), 0, 4)
        scored(db, put(db, *TEN), 0, 4)
        assert accuracy(db).common == 1

    def test_keeps_criteria_apart(self, db: Database) -> None:
        scored(db, judged(db), 0, 4)
        found = {each.criterion: each.common for each in agreement.of_judge(db, JUDGE)}
        assert found == {"accuracy": 1, "clarity": 0, "tone": 0}

    def test_takes_the_latest_word_of_a_person(self, db: Database) -> None:
        trace = judged(db)
        scored(db, trace, 0, 1)
        scored(db, trace, 0, 4)
        assert agreement._people(db)[trace, 0, "accuracy"] == {"ada": 4}

    def test_takes_the_latest_word_of_the_judge(self, db: Database, held: HeldClock) -> None:
        trace = judged(db)
        held.now += 1
        put_verdicts(db, trace, [6 - score for score in SCORES], model=JUDGE.model)
        scored(db, trace, 0, 4)
        assert agreement._scores_of(db, JUDGE, [trace])[trace, 0, "accuracy"] == 5

    def test_of_one_judge_is_what_stands_among_all(self, db: Database) -> None:
        for number in range(3):
            trace = judged(db, model="judge" if number else "another")
            for position, score in enumerate(SCORES):
                scored(db, trace, position, score)
        standings = {each.judge: each.agreements for each in agreement.judges(db)}
        assert standings == {judge: agreement.of_judge(db, judge) for judge in standings}

    def test_looks_only_at_what_people_scored(self, db: Database) -> None:
        statements: list[str] = []
        scored(db, judged(db), 0, 4)
        with db.read() as connection:
            connection.set_trace_callback(statements.append)
        agreement.of_judge(db, JUDGE)
        with db.read() as connection:
            connection.set_trace_callback(None)
            plans = [row["detail"] for each in statements for row in connection.execute(f"explain query plan {each}")]
        assert any("feedback_scores" in plan for plan in plans)
        assert not any(plan.startswith(("SCAN judgings", "SCAN verdicts", "SCAN traces")) for plan in plans)

    def test_another_model_is_another_judge(self, db: Database) -> None:
        scored(db, judged(db), 0, 4)
        other = Judge("another", "headline-judge", 1)
        assert [each.common for each in agreement.of_judge(db, other)] == [0, 0, 0]


class TestCalibration:
    def test_below_30_common_headlines_says_so_and_gives_no_number(self, db: Database) -> None:
        for _ in range(2):
            trace = judged(db)
            for position, score in enumerate(SCORES):
                scored(db, trace, position, score)
        found = accuracy(db)
        assert not found.is_calibrated
        assert found.sentence == "not calibrated: it takes 30 headlines that people scored too, and there are 20"

    def test_from_30_on_gives_kappa_with_its_interval(self, db: Database) -> None:
        for number in range(3):
            trace = judged(db)
            for position, score in enumerate(SCORES):
                scored(db, trace, position, score if (position + number) % 3 else 6 - score)
        found = accuracy(db)
        assert found.is_calibrated
        assert found.measure == "kappa"
        assert found.value is not None
        assert found.value.low < found.value.estimate < 1
        assert found.sentence.startswith(f"agrees with people by κ {found.value.estimate:.2f} (")

    def test_full_agreement_is_1(self, db: Database) -> None:
        for _ in range(3):
            trace = judged(db)
            for position, score in enumerate(SCORES):
                scored(db, trace, position, score)
        assert accuracy(db).sentence == "agrees with people by κ 1.00 (1.00 to 1.00, 30 headlines)"

    def test_several_people_make_it_alpha(self, db: Database) -> None:
        for _ in range(2):
            trace = judged(db)
            for position, score in enumerate(SCORES):
                scored(db, trace, position, score, "ada")
                scored(db, trace, position, max(score - 1, 1), "bob")
        found = accuracy(db)
        assert (found.measure, found.people) == ("alpha", 2)

    def test_where_nothing_can_be_computed_it_says_why(self) -> None:
        found = Agreement("tone", "kappa", 40, 1, None, "Both raters always chose the same one category.")
        assert not found.is_calibrated
        assert found.sentence == "not calibrated: Both raters always chose the same one category."


class TestJudges:
    def test_are_listed_with_what_they_gave_the_busiest_first(self, db: Database) -> None:
        judged(db, model="seldom")
        for _ in range(2):
            judged(db)
        busy, seldom = agreement.judges(db)
        assert (busy.judge, busy.headlines, seldom.judge.model) == (JUDGE, 20, "seldom")
        assert busy.means["accuracy"] == pytest.approx(3)

    def test_are_none_where_nothing_was_judged(self, db: Database) -> None:
        assert agreement.judges(db) == []
