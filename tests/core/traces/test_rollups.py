"""Whatever happens to calls, their roll-ups say what a plain count of the record says."""

import sqlite3
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.db import Database, open_database
from core.errors import BadInput
from core.feedback import Given, give, standing
from core.keeping.erasing import forget_traces
from core.llm.attempt import Attempt
from core.traces import record, writing
from core.traces.counting import histogram, rollups
from core.traces.counting.figures import Figures
from core.traces.counting.rollups import DAY, HOUR, Row
from core.traces.erasing import Erasure
from tests.calls import START, Calls, checked


def kept(db: Database) -> dict[Row, Figures]:
    with db.read() as connection:
        rows: list[dict[str, Any]] = [dict(row) for row in connection.execute("select * from rollups")]
    found: dict[Row, Figures] = {}
    for row in rows:
        about = Row._make([row.pop(name) for name in Row._fields])
        row |= {name: histogram.unpack(row[name]) for name in ("durations", "first_headlines")}
        found[about] = Figures(**row)
    return found


def plain(db: Database) -> dict[Row, Figures]:
    """The same, counted one by one in Python."""
    sums: dict[Row, dict[str, Any]] = defaultdict(lambda: defaultdict(int))
    times: dict[Row, dict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
    with db.read() as connection:
        ids = [row[0] for row in connection.execute("select id from traces where status <> 'open'")]
    for trace in (record.get(db, trace_id) for trace_id in ids):
        line = trace.line
        model = line.answered_by or line.model or ""
        place = (line.environment, line.desk, line.prompt, line.version or 0)
        given = standing(db, line.id)
        kinds = [each.kind for each in given]
        flags_of = trace.scoring.findings if trace.scoring else []
        found = [flag for flags in flags_of for flag in flags]
        serious = sum(any(flag.severity == "fail" for flag in flags) for flags in flags_of)
        measured = [each.edit for each in given if each.edit]
        knows_tokens = line.input_tokens is not None and line.output_tokens is not None
        one: dict[str, int | None] = {
            "calls": 1,
            line.status: 1,
            "asked": line.asked or 0,
            "given": line.given,
            "input_tokens": line.input_tokens if knows_tokens else 0,
            "output_tokens": line.output_tokens if knows_tokens else 0,
            "tokens_unknown": not knows_tokens,
            "cost": round((line.cost or 0) * 1e9),
            "cost_unknown": line.cost is None,
            "fails": sum(flag.severity == "fail" for flag in found),
            "warns": sum(flag.severity == "warn" for flag in found),
            "hints": sum(flag.severity == "hint" for flag in found),
            "flagged_headlines": serious,
            "flagged_sets": serious > 0,
            "picks": kinds.count("picked"),
            "edits": kinds.count("edited"),
            "rejections": kinds.count("rejected"),
            "all_rejections": kinds.count("all_rejected"),
            "accepted_sets": "picked" in kinds or "edited" in kinds,
            "edited_sets": "edited" in kinds,
            "word_edits": sum(each.word_edits for each in measured),
            "edited_words": sum(each.words for each in measured),
            "thumbs_up": sum(each.kind == "thumb" and each.value == 1 for each in given),
            "thumbs_down": sum(each.kind == "thumb" and each.value == -1 for each in given),
            "thumbed_down_sets": any(each.kind == "thumb" and each.value == -1 for each in given),
        }
        for span, model_of_span in ((HOUR, model), (DAY, "")):
            row = Row(span, line.started_at // span * span, *place, model_of_span, line.source)
            for name, value in one.items():
                sums[row][name] += int(value or 0)
            times[row]["durations"] += [] if line.duration_ms is None else [line.duration_ms]
            times[row]["first_headlines"] += [] if line.first_headline_ms is None else [line.first_headline_ms]
    for row, found in sums.items():
        found |= {name: histogram.of(each) for name, each in times[row].items()}
    return {row: Figures(**found) for row, found in sums.items()}


opened = st.tuples(
    st.just("open"), st.fixed_dictionaries({
        "hours": st.sampled_from([0, 1, 30]),
        "desk": st.sampled_from(["sport", "world"]),
        "source": st.sampled_from(["api", "eval"]),
        "process": st.sampled_from(["alive", "dead"]),
    }),
)  # fmt: skip
answered = st.builds(
    Attempt, kind=st.just("ask"), model=st.just("gpt"), messages=st.just([]), started_at=st.just(0),
    duration_ms=st.just(1.0), answer=st.just("[]"), cost=st.sampled_from([None, 0.0, 0.0123456789]),
    input_tokens=st.sampled_from([None, 7]), output_tokens=st.just(3),
)  # fmt: skip
closed = st.tuples(
    st.just("close"), st.integers(0, 5), st.fixed_dictionaries({
        "status": st.sampled_from(["valid", "repaired", "incomplete", "failed"]),
        "error_kind": st.sampled_from([None, "bad_input"]),
        "duration_ms": st.floats(0, 100_000),
        "first_headline_ms": st.none() | st.floats(0, 10_000),
        "answered_by": st.sampled_from([None, "gpt-2"]),
        "attempts": st.lists(answered, max_size=2),
        "checked": st.none() | st.lists(st.sampled_from(["fail", "warn", "hint"]), max_size=3).map(checked),
    }),
)  # fmt: skip
rescored = st.tuples(
    st.just("rescore"), st.integers(0, 5), st.lists(st.sampled_from(["fail", "warn", "hint"]), max_size=3)
)
said = st.tuples(
    st.just("say"), st.integers(0, 5), st.sampled_from(["ada", "ben"]), st.one_of(
        st.fixed_dictionaries({"kind": st.sampled_from(["picked", "rejected"]), "position": st.integers(0, 1)}),
        st.fixed_dictionaries({
            "kind": st.just("edited"), "position": st.integers(0, 1), "text": st.sampled_from(["Bridge shut", "Ferry"])
        }),
        st.just({"kind": "all_rejected"}),
        st.fixed_dictionaries({"kind": st.just("thumb"), "value": st.sampled_from([1, -1])}),
        st.just({"kind": "comment", "text": "No."}),
        st.fixed_dictionaries({"kind": st.just("rating"), "value": st.integers(1, 5)}),
    ),
)  # fmt: skip
interrupted = st.just(("interrupt",))
recounted = st.just(("recount",))
events = st.lists(st.one_of(opened, closed, closed, said, said, rescored, interrupted, recounted), max_size=20)


def play(calls: Calls, happened: Sequence[Any]) -> None:
    is_open: dict[int, bool] = {}
    for name, *rest in happened:
        if name == "open" or not calls.openings:
            is_open[len(calls.openings)] = True
            calls.open(**(rest[0] if name == "open" else {}))
            continue
        place = rest[0] % len(calls.openings) if rest else 0
        if name == "close" and is_open[place]:
            is_open[place] = False
            calls.close(place, **rest[1])
        elif name == "rescore" and record.line(calls.db, calls.openings[place].id).given:
            calls.rescore(place, rest[1])
        elif name == "say":
            # What was interrupted has no headline to be about.
            with suppress(BadInput):
                give(calls.db, Given(calls.openings[place].id, person=rest[1], source="api", **rest[2]))
        elif name == "interrupt":
            writing.interrupt_abandoned(calls.db)
            is_open = dict.fromkeys(is_open, False)
        elif name == "recount":
            rollups.start_over(calls.db)
            list(rollups.catch_up(calls.db))


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    with closing(open_database(tmp_path_factory.mktemp("shared") / "copydesk.db")) as database:
        yield database


@pytest.fixture
def calls(db: Database) -> Calls:
    return Calls(db)


def only(db: Database, span: int = HOUR) -> Figures:
    (figures,) = [figures for row, figures in kept(db).items() if row.span == span]
    return figures


class TestRollUps:
    @settings(max_examples=40)
    @given(happened=events)
    def test_are_what_a_plain_count_of_the_record_says(self, shared: Database, happened: list[Any]) -> None:
        play(Calls(shared), happened)
        assert kept(shared) == plain(shared)
        assert rollups.differences(shared) == []

    def test_do_not_count_a_call_that_is_not_over(self, db: Database, calls: Calls) -> None:
        calls.open()
        assert kept(db) == {}

    def test_count_a_call_in_the_hour_and_the_day_of_its_beginning(self, db: Database, calls: Calls) -> None:
        calls.closed()
        assert sorted((row.span, row.start) for row in kept(db)) == [
            (HOUR, START // HOUR * HOUR),
            (DAY, START // DAY * DAY),
        ]

    def test_take_back_what_a_later_word_of_the_same_person_supersedes(self, db: Database, calls: Calls) -> None:
        trace = calls.closed()
        give(db, Given(trace, "thumb", person="ada", source="api", value=1))
        give(db, Given(trace, "thumb", person="ada", source="api", value=-1))
        assert (only(db).thumbs_up, only(db).thumbs_down) == (0, 1)

    def test_count_the_words_of_an_edit_that_came_before_the_call_was_over(self, db: Database, calls: Calls) -> None:
        trace = calls.open()
        give(db, Given(trace, "edited", person="ada", source="api", position=0, text="Bridge closes for months"))
        calls.close()
        assert (only(db).word_edits, only(db).edited_words) == (1, 4)

    def test_keep_an_unknown_cost_apart_from_none(self, db: Database, calls: Calls) -> None:
        calls.open()
        calls.close(attempts=[Attempt("ask", "gpt", [], 0, 1.0, answer="[]", cost=0.0)])
        calls.open()
        calls.close(attempts=[Attempt("ask", "gpt", [], 0, 1.0, answer="[]", cost=None)])
        assert (only(db).cost, only(db).cost_unknown) == (0, 1)

    def test_of_many_small_costs_are_exact(self, db: Database, calls: Calls) -> None:
        for _ in range(10):
            calls.open()
            calls.close(attempts=[Attempt("ask", "gpt", [], 0, 1.0, answer="[]", cost=0.1)])
        assert only(db).dollars == 1.0


class TestWhatIsErased:
    def test_stays_counted_and_is_counted_anew_as_it_was(self, db: Database, calls: Calls) -> None:
        trace = calls.closed()
        give(db, Given(trace, "edited", person="ada", source="api", position=0, text="Bridge closes for months"))
        erasure = Erasure("erased", "ada", "So.", 0)
        db.write(lambda connection: forget_traces(connection, {trace: erasure}, labels=True))
        assert rollups.differences(db) == []
        rollups.start_over(db)
        list(rollups.catch_up(db))
        assert (only(db).word_edits, only(db).edited_words) == (1, 4)


class TestADifference:
    def test_is_found_and_mended_by_starting_over(self, db: Database, calls: Calls) -> None:
        calls.closed()
        with closing(sqlite3.connect(db.path)) as other:
            other.execute("update rollups set calls = 5")
            other.commit()
        assert {(each.kept.calls, each.counted.calls) for each in rollups.differences(db)} == {(5, 1)}
        rollups.start_over(db)
        assert rollups.waiting(db) == 1
        assert list(rollups.catch_up(db)) == [1]
        assert (rollups.differences(db), rollups.waiting(db)) == ([], 0)

    def test_of_a_row_that_is_missing_is_found(self, db: Database, calls: Calls) -> None:
        calls.closed()
        with closing(sqlite3.connect(db.path)) as other:
            other.execute("delete from rollups")
            other.commit()
        assert len(rollups.differences(db)) == 2


class TestCatchingUp:
    def test_counts_what_closes_meanwhile_once(self, db: Database, calls: Calls) -> None:
        calls.open()
        calls.closed()
        rollups.start_over(db)
        calls.close(0)
        calls.closed()
        list(rollups.catch_up(db))
        assert kept(db) == plain(db)

    def test_by_two_at_once_counts_nothing_twice(self, db: Database, calls: Calls, tmp_path: Path) -> None:
        for _ in range(3):
            calls.closed()
        rollups.start_over(db)
        with closing(open_database(tmp_path / "copydesk.db")) as other:
            first, second = rollups.catch_up(db), rollups.catch_up(other)
            assert sum([*first, *second]) == 3
        assert kept(db) == plain(db)

    def test_of_feedback_on_what_is_not_counted_yet_counts_it_once(self, db: Database, calls: Calls) -> None:
        trace = calls.closed()
        rollups.start_over(db)
        give(db, Given(trace, "picked", person="ada", source="api", position=0))
        list(rollups.catch_up(db))
        assert only(db).picks == 1
