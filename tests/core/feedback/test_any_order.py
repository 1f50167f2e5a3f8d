"""In whatever order feedback arrives, and however often, it ends in what a plain model of the rule says."""

import itertools
from collections.abc import Sequence
from dataclasses import astuple, replace
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from core import clock
from core.db import Database
from core.feedback import Given, give, of_trace
from core.feedback.model import DECISIONS, Feedback
from tests.core.feedback.conftest import Traces

people = st.sampled_from(["ada", "ben"])
positions = st.sampled_from([0, 1])
anywhere = st.none() | positions
# Few moments, so that many things happen in the same one.
moments = st.integers(0, 3)
headline_or_set: dict[str, Any] = {"position": anywhere}
headline: dict[str, Any] = {"position": positions}


def kind(name: str, **more: Any) -> st.SearchStrategy[Given]:
    return st.builds(
        Given,
        trace=st.just(""),
        kind=st.just(name),
        person=people,
        source=st.sampled_from(["app", "api"]),
        given_at=moments,
        **more,
    )


each = st.one_of(
    kind("picked", **headline),
    kind("rejected", **headline),
    kind("edited", **headline, text=st.sampled_from(["a", "b"])),
    kind("all_rejected"),
    kind("taken_back", **headline_or_set),
    kind("thumb", **headline_or_set, value=st.sampled_from([1, -1, 0])),
    kind("comment", **headline_or_set, text=st.sampled_from(["a", "B"])),
    kind("score", **headline, value=st.integers(1, 5), criterion=st.sampled_from(["accuracy", "tone"])),
)


@st.composite
def two_arrivals(draw: st.DrawFn) -> tuple[list[Given], list[Given]]:
    """The same feedback as it arrives twice: in another order, and some of it again and again."""
    sent = [replace(one, key=f"k{number}") for number, one in enumerate(draw(st.lists(each, min_size=1, max_size=12)))]
    return tuple(draw(st.permutations(sent + draw(st.lists(st.sampled_from(sent), max_size=4)))) for _ in range(2))  # pyright: ignore[reportReturnType]


def later(one: Given, other: Given) -> bool:
    def content(given: Given) -> tuple[Any, ...]:
        return (given.given_at, given.kind, given.value or 0, given.text or "", given.source, given.key)

    return content(one) > content(other)


def supersedes(one: Given, other: Given) -> bool:
    if one.person != other.person or not later(one, other):
        return False
    if one.kind in DECISIONS and other.kind in DECISIONS:
        to_all = one.kind == "all_rejected" or (one.kind == "taken_back" and one.position is None)
        back_from_all = other.kind == "all_rejected" and one.kind != "rejected"
        return to_all or back_from_all or one.position == other.position
    return (one.kind, one.position, one.criterion) == (other.kind, other.position, other.criterion)


def by_model(sent: Sequence[Given]) -> set[str | None]:
    """The keys of what stands."""
    return {one.key for one in sent if not takes_back(one) and not any(supersedes(other, one) for other in sent)}


def takes_back(one: Given) -> bool:
    return one.kind == "taken_back" or (one.kind == "thumb" and not one.value)


def state(feedback: Sequence[Feedback]) -> list[tuple[Any, ...]]:
    """All but the number and the time of arrival."""
    return [astuple(replace(one, id=0, trace="", received_at=0)) for one in feedback]


class TestFeedback:
    @settings(max_examples=150)
    @given(arrivals=two_arrivals())
    def test_ends_in_the_same_state_in_every_order_of_arrival(
        self, database: Database, traces_of_module: Traces, arrivals: tuple[list[Given], list[Given]]
    ) -> None:
        start = clock.now_ms()
        ends: list[list[Feedback]] = []
        for number, arrival in enumerate(arrivals):
            trace = traces_of_module.closed()
            for one in arrival:
                assert one.given_at is not None
                key = f"{trace}{one.key}"
                give(database, replace(one, trace=trace, key=key, given_at=start + one.given_at))
            found = [replace(kept, key=(kept.key or "").removeprefix(trace)) for kept in of_trace(database, trace)]
            assert {kept.key for kept in found if kept.stands} == by_model(arrival), number
            ends.append(found)
        assert state(ends[0]) == state(ends[1])

    @settings(max_examples=100)
    @given(few=st.lists(each, min_size=2, max_size=4))
    def test_without_keys_stands_by_its_content(
        self, database: Database, traces_of_module: Traces, few: list[Given]
    ) -> None:
        start = clock.now_ms()
        ends: list[list[tuple[Any, ...]]] = []
        for arrival in itertools.islice(itertools.permutations(few), 6):
            trace = traces_of_module.closed()
            for one in arrival:
                assert one.given_at is not None
                give(database, replace(one, trace=trace, given_at=start + one.given_at))
            ends.append(state(of_trace(database, trace)))
        assert all(end == ends[0] for end in ends)
