"""Traces become eval cases: each article once, corrections kept, and what is left out is told."""

import pytest

from core import feedback
from core.db import Database
from core.errors import BadInput, NotFound
from core.evals import collecting, sets
from core.evals.collecting import Collected
from core.feedback import Given
from tests import records
from tests.core.evals.cases import LIMIT, case


def collect(db: Database, *traces: str, **more: object) -> Collected:
    options: dict[str, object] = {"author": "ada", "note": "Complaints.", "article_limit": LIMIT, **more}
    return collecting.collect(db, traces, "ours", **options)  # pyright: ignore[reportArgumentType]


def why(collected: Collected) -> dict[str, str]:
    return {each.trace: each.why for each in collected.plan.skipped}


@pytest.fixture
def bridge(db: Database) -> str:
    return records.put(db, "Bridge closes", article="The bridge closes for 11 weeks.")


@pytest.fixture
def ferry(db: Database) -> str:
    return records.put(db, "Ferry sails", article="A ferry carries 160 pupils.", desk="sport")


class TestCollect:
    def test_begins_a_new_set(self, db: Database, bridge: str, ferry: str) -> None:
        made = collect(db, bridge, ferry, tags=["complaint"]).version
        assert made is not None
        assert (made.number, made.cases, made.note, made.author) == (1, 2, "Complaints.", "ada")
        cases = sets.get(db, "ours").cases
        assert [each.article for each in cases] == ["The bridge closes for 11 weeks.", "A ferry carries 160 pupils."]
        assert [(each.source_trace, each.tags) for each in cases] == [(bridge, ("complaint",)), (ferry, ("complaint",))]

    def test_puts_them_after_what_the_set_has(self, db: Database, bridge: str) -> None:
        sets.save(db, "ours", [case("a")], note="First.", author="ben", seen=None, article_limit=LIMIT)
        made = collect(db, bridge).version
        assert made is not None
        assert made.number == 2
        assert [each.id for each in sets.get(db, "ours").cases] == ["a", sets.from_trace(db, bridge).id]

    def test_takes_each_article_once(self, db: Database, bridge: str) -> None:
        again = records.put(db, "Bridge shut", article="The bridge closes for 11 weeks.", desk="sport")
        collected = collect(db, bridge, again, bridge)
        assert collected.plan.added == [bridge]
        assert why(collected) == {again: "the same article as another"}

    def test_leaves_a_set_as_it_is_that_has_them_all(self, db: Database, bridge: str) -> None:
        first = collect(db, bridge).version
        collected = collect(db, bridge)
        assert collected.version == first
        assert why(collected) == {bridge: "in the set already"}

    def test_that_finds_nothing_begins_no_set(self, db: Database) -> None:
        empty = records.put(db, article=" " * 3)
        judged = records.put(db, prompt="headline-judge", source="judge")
        collected = collect(db, empty, judged, records.put(db, article="x" * 9), article_limit=8)
        assert collected.version is None
        assert sorted(why(collected).values()) == ["a judge's call", "no article that can be read", "too long"]

    def test_does_not_take_a_case_whose_article_was_edited_for_another(self, db: Database, bridge: str) -> None:
        collect(db, bridge)
        mended = sets.get(db, "ours").cases[0].model_copy(update={"article": "The bridge opens."})
        sets.replace(db, "ours", mended, note="Shorter.", author="ben", seen=1, article_limit=LIMIT)
        assert why(collect(db, bridge)) == {bridge: "in the set already"}


class TestACorrection:
    def test_becomes_the_reference(self, db: Database, bridge: str) -> None:
        feedback.give(db, Given(bridge, "picked", person="ada", source="app", position=0))
        collect(db, bridge, references={bridge: "Bridge shut until June"})
        assert sets.get(db, "ours").cases[0].reference == "Bridge shut until June"

    def test_without_one_is_what_somebody_picked(self, db: Database, bridge: str) -> None:
        feedback.give(db, Given(bridge, "picked", person="ada", source="app", position=0))
        collect(db, bridge)
        assert sets.get(db, "ours").cases[0].reference == "Bridge closes"

    def test_reaches_the_case_that_is_there(self, db: Database, bridge: str, ferry: str) -> None:
        collect(db, bridge, ferry)
        again = records.put(db, "Bridge shut", article="The bridge closes for 11 weeks.")
        collected = collect(db, again, references={again: "Bridge shut until June"})
        assert collected.plan.mended == {again: sets.from_trace(db, bridge).id}
        assert [(each.id, each.reference) for each in sets.get(db, "ours").cases] == [
            (sets.from_trace(db, bridge).id, "Bridge shut until June"),
            (sets.from_trace(db, ferry).id, None),
        ]

    def test_of_two_lines_is_refused_and_nothing_saved(self, db: Database, bridge: str) -> None:
        with pytest.raises(BadInput, match="reference is wrong"):
            collect(db, bridge, references={bridge: "One\nTwo"})
        assert sets.newest(db, "ours") is None


class TestPlan:
    def test_is_what_is_done_then(self, db: Database, bridge: str, ferry: str) -> None:
        planned = collecting.plan(db, [bridge, ferry, bridge], "ours", article_limit=LIMIT)
        assert sets.newest(db, "ours") is None
        assert collect(db, bridge, ferry, bridge).plan == planned

    def test_names_a_trace_that_is_not_there(self, db: Database) -> None:
        with pytest.raises(NotFound, match="no trace 'x'"):
            collecting.plan(db, ["x"], "ours", article_limit=LIMIT)

    def test_has_a_stated_end(self, db: Database) -> None:
        with pytest.raises(BadInput, match="At most 1,000 traces are collected at once; these are 1,001"):
            collecting.plan(db, ["x"] * 1_001, "ours", article_limit=LIMIT)
