"""A search finds what a plain reading of all traces finds, whatever is combined, in every order and page by page."""

import shutil
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import replace
from itertools import cycle
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, note, settings
from hypothesis import strategies as st

from core.db import Database, open_database
from core.errors import BadInput, NotFound
from core.traces import writing
from core.traces.finding import index, search
from core.traces.finding.find import EVERYTHING, OF_PEOPLE, ORDERS, Find, Order
from core.traces.finding.search import Count
from tests.conftest import HeldClock
from tests.core.traces.found import NOW, Kept, is_found, plain_words, put
from tests.core.traces.openings import opening

HOUR, DAY = 3_600_000, 86_400_000
WORDS = (
    "bridge", "Bridges", "bridgehead", "Café", "cafe\u0301", "CAFE", "naïve", "Straße", "strasse", "Zürich", "İstanbul",
    "ﬁnance", "3.5", "160", "co-op", "Москва", "Ёлка", "Ελλάδα", "Έλλην", "كِتاب", "كتاب", "מִלָּה", "מלה", "हिन्दी",
    "हिन्द", "한국어", "한국", "東京都", "京都", "カフェ", "ｶﾌｪ", "がく", "กรุงเทพ", "١٢", "😀", "❤️", "Zei\u00adtung", "x",
)  # fmt: skip


def a_text(chosen: Random) -> str:
    return " ".join(chosen.choices(WORDS, k=chosen.randint(1, 6)))


def a_trace(chosen: Random) -> Kept:
    is_open = chosen.random() < 0.2
    said: list[tuple[str, str | int | None]] = [
        ("comment", "Zu lang für Zürich"),
        ("thumb", 1),
        ("thumb", -1),
        ("picked", None),
    ]
    return Kept(
        at=chosen.choice([0, 1, HOUR, DAY - 1, DAY, DAY + 1, 8 * DAY, 40 * DAY]),
        article=chosen.choice([None, a_text(chosen), a_text(chosen)]),
        headlines=[a_text(chosen) for _ in range(chosen.randint(0, 2))],
        error=chosen.choice([None, None, a_text(chosen)]),
        attempt_error=chosen.choice([None, None, a_text(chosen)]),
        environment=chosen.choice(["production", "staging"]),
        desk=chosen.choice(["sport", "local", "Kultur & mehr"]),
        version=chosen.choice([None, 1, 2]),
        model=chosen.choice([None, "gpt", "openai/gpt"]),
        answered_by=chosen.choice([None, "gpt"]),
        status="open" if is_open else chosen.choice(["valid", "failed"]),
        source=chosen.choice(["api", "judge"]),
        person=chosen.choice([None, "ada", "Ada"]),
        cost=chosen.choice([None, 0.0, 0.001, 0.00105, 0.0011, 0.5, 3.0]),
        duration=chosen.choice([0.0, 1.0, 1.01, 999.0, 1000.0]),
        checks=chosen.sample(["numbers", "names"], chosen.randint(0, 2)),
        said=chosen.sample(said, chosen.choice([0, 0, 0, 0, 1, 2])),
    )  # fmt: skip


def a_search(chosen: Random) -> tuple[Find, list[str], list[str]]:
    """A search, with the pieces of its text that are wanted and those that are not."""
    wanted: list[str] = []
    unwanted: list[str] = []
    written: list[str] = []
    for _ in range(chosen.choice([0, 0, 1, 2])):
        piece = " ".join(a_text(chosen).split()[: chosen.choice([1, 1, 2])])
        form = chosen.choice(["as it is", "a beginning", "without"])
        if form == "a beginning":
            piece = piece.split()[0][: chosen.randint(1, 8)] + "*"
        quoted = f'"{piece}"' if " " in piece else piece
        if plain_words(piece):
            (unwanted if form == "without" else wanted).append(piece)
            written.append(f"-{quoted}" if form == "without" else quoted)

    def some(*values: str) -> tuple[Any, ...]:
        return tuple(chosen.sample(values, chosen.choice([0, 0, 0, 1, min(2, len(values))])))

    def perhaps(*values: Any) -> Any:
        return chosen.choice([None] * 3 * len(values) + list(values))

    find = Find(
        text=" ".join(written),
        since=perhaps(NOW - DAY, NOW - 8 * DAY, NOW + 1),
        until=perhaps(NOW - DAY, NOW, NOW + 1),
        period=perhaps("24h", "7d", "30d"),
        environment=some("production"),
        desk=some("sport", "local", "Kultur & mehr", "no such"),
        version=some("headlines@1", "headlines@draft"),
        model=some("gpt", "openai/gpt"),
        status=some("valid", "failed", "open"),
        check=some("numbers", "names"),
        severity=some("fail", "warn", "hint"),
        feedback=some("picked", "thumb_down", "comment"),
        source=some("api", "judge"),
        person=some("ada"),
        min_cost=perhaps(0.0, 0.001, 0.00104, 1.0, 1e9),
        min_ms=perhaps(0.0, 1.005, 1000.0),
    )
    return find, wanted, unwanted


@pytest.fixture(autouse=True)
def at_a_time(held: HeldClock) -> None:
    held.now = NOW


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("empty") / "copydesk.db"
    open_database(path).close()
    return path


def pages(db: Database, find: Find, order: Order, limit: int) -> Iterator[list[str]]:
    """The ids of one page after the other, each asked for by the last trace of the page before."""
    after = None
    while True:
        page = search.page(db, find, order=order, after=after, limit=limit)
        yield [line.id for line in page.lines]
        if not page.more:
            return
        after = page.lines[-1].id


def figure(order: str, each: Kept) -> float:
    value = {"newest": 0.0, "cost": each.cost, "duration": each.duration}[order]
    return -1.0 if value is None or (each.status == "open" and order != "newest") else value


class TestWhatIsFound:
    @settings(max_examples=15, phases=[Phase.generate], suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(seed=st.integers(0, 2**32))
    def test_is_what_a_plain_reading_finds(self, seed: int, empty: Path, tmp_path: Path) -> None:
        chosen = Random(seed)
        # Traces arrive in the order of their times, but for an hour.
        many = sorted((a_trace(chosen) for _ in range(25)), key=lambda each: -(each.at // HOUR))
        many = [each if each.headlines and each.status != "open" else replace(each, said=()) for each in many]
        for each in tmp_path.glob("each.db*"):
            each.unlink()
        shutil.copy(empty, tmp_path / "each.db")
        with closing(Database(tmp_path / "each.db")) as db:
            traces = dict(zip(put(db, *many), many, strict=True))
            numbers = {name: number for number, name in enumerate(traces)}
            for order, limit in zip(ORDERS * 8, cycle((1, 2, 5, 50)), strict=False):
                find, wanted, unwanted = a_search(chosen)
                note(f"{order}: {find}")
                expected = [name for name, each in traces.items() if is_found(each, find, wanted, unwanted)]
                expected.sort(key=lambda name: (figure(order, traces[name]), numbers[name]), reverse=True)
                assert [name for page in pages(db, find, order, limit) for name in page] == expected
                assert search.count(db, find) == Count(len(expected), True)
                self.check_neighbours(db, find, order, expected)

    def check_neighbours(self, db: Database, find: Find, order: Order, found: list[str]) -> None:
        for at, name in enumerate(found):
            before, after = (found[at - 1] if at else None), (found[at + 1] if at + 1 < len(found) else None)
            assert search.neighbours(db, find, name, order=order) == (before, after)
            page = search.page(db, find, order=order, before=name, limit=2)
            if at > 2:
                assert [line.id for line in page.lines] == found[at - 2 : at]
                assert (page.earlier, page.more) == (True, True)
            else:
                assert [line.id for line in page.lines] == found[:2]


class TestPages:
    def test_neither_skip_nor_repeat_while_traces_arrive(self, db: Database) -> None:
        there = put(db, *(Kept(cost=each % 3 * 0.1) for each in range(7)))
        for order in ORDERS:
            seen: list[str] = []
            for ids in pages(db, OF_PEOPLE, order, 2):
                seen += ids
                put(db, Kept(cost=9.0, duration=9.0), first=1_000 + len(seen) + ORDERS.index(order) * 100)
            assert [each for each in seen if each in there] == sorted(set(seen) & set(there), key=seen.index)
            assert set(there) <= set(seen)
            assert len(seen) == len(set(seen))

    def test_that_lead_back_end_in_a_whole_first_one(self, db: Database) -> None:
        ids = put(db, *[Kept()] * 5)[::-1]
        page = search.page(db, before=ids[1], limit=2)
        assert ([line.id for line in page.lines], page.earlier, page.more) == (ids[:2], False, True)

    def test_of_many_by_a_figure_are_read_step_by_step(self, db: Database) -> None:
        costs = [None, 0.0, *(0.001 + number / 1e6 for number in range(1_100))]
        ids = put(db, *(Kept(cost=cost) for cost in costs))
        by_cost = [trace_id for _, trace_id in sorted(zip(costs[2:], ids[2:], strict=True), reverse=True)]
        assert [line.id for line in search.page(db, order="cost", limit=60).lines] == by_cost[:60]
        page = search.page(db, order="cost", after=by_cost[-2], limit=60)
        assert [line.id for line in page.lines] == [by_cost[-1], ids[1], ids[0]]
        page = search.page(db, order="cost", before=ids[0], limit=3)
        assert [line.id for line in page.lines] == [*by_cost[-2:], ids[1]]

    def test_after_a_trace_that_is_not_there_are_refused(self, db: Database) -> None:
        with pytest.raises(NotFound, match="no trace 'x'"):
            search.page(db, after="x")

    def test_are_all_of_what_is_found(self, db: Database) -> None:
        ids = put(db, *[Kept()] * 3, Kept(desk="local"))[::-1]
        sport = Find(desk=("sport",))
        assert [line.id for line in search.everything(db, sport)] == ids[1:]
        assert [line.id for line in search.everything(db, sport, limit=2)] == ids[1:3]


class TestCount:
    def test_is_exact_up_to_its_limit(self, db: Database) -> None:
        put(db, *[Kept()] * 3, Kept(status="open"))
        for find in (EVERYTHING, Find(desk=("sport",))):
            assert search.count(db, find, limit=4) == Count(4, exact=True)
            assert search.count(db, find, limit=3) == Count(3, exact=False)


class TestNamed:
    def test_by_an_id_or_its_beginning_or_the_callers_own(self, db: Database) -> None:
        one, other = put(db, Kept(at=DAY), Kept())
        db.write(writing.open_trace(opening("f" * 32, request_id="story 7"), process="p"))
        assert search.named(db, f" {one.upper()} ") == [one]
        assert search.named(db, other[:8]) == [other]
        assert search.named(db, "story 7") == ["f" * 32]
        assert search.named(db, one[:7]) == []
        assert search.named(db, "bridge closes") == []

    def test_tells_that_several_begin_so(self, db: Database) -> None:
        ids = put(db, *[Kept()] * 3)
        assert search.named(db, ids[0][:20]) == ids[:2]


class TestHostileSearches:
    @settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(text=st.text(max_size=40) | st.text("\"*^:(){}-+ \x00NEAR/ANDORNOT'\ue000é字\u0301\ufe0f", max_size=30))
    def test_end_in_an_answer_or_a_sentence(self, text: str, db: Database) -> None:
        with suppress(BadInput):
            find = Find(text=text)
            assert search.page(db, find).lines == []
            assert search.count(db, find) == Count(0, exact=True)

    @pytest.mark.parametrize(
        "text", ['"', "OR", "NEAR(a b)", "terms:rain", "rain AND", 'rain" OR "x', "a*b", "^no", "-"]
    )
    def test_are_taken_for_words(self, db: Database, text: str) -> None:
        put(db, Kept(article="rain", headlines=[]))
        with suppress(BadInput):
            assert search.page(db, Find(text=text)).lines == []

    def test_cannot_name_a_fact(self, db: Database) -> None:
        word = index.fact("desk", "local")
        put(db, Kept(article=f"We say {word} here."), Kept(desk="local"))
        assert len(search.page(db, Find(desk=("local",))).lines) == 1
        assert len(search.page(db, Find(text=word)).lines) == 1

    def test_with_a_beginning_of_too_many_words_are_refused(self, db: Database) -> None:
        put(db, Kept(article=" ".join(f"b{number}" for number in range(600)) + " bridge"))
        with pytest.raises(BadInput, match=r"More than 500 different words begin with 'b'\. Write more letters"):
            search.page(db, Find(text="b*"))
        assert len(search.page(db, Find(text="br*")).lines) == 1
