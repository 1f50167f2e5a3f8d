"""Eval sets are saved version by version, and nobody overwrites what they never saw."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from core import audit
from core.db import Database
from core.errors import BadInput, Conflict, NotFound
from core.evals import sets
from core.evals.case import Case
from tests import records
from tests.conftest import HeldClock
from tests.core.evals.cases import LIMIT, case
from tests.core.evals.saved_sets import A, B, C, ids, save


def rows(db: Database, table: str) -> int:
    with db.read() as connection:
        return connection.execute(f"select count(*) from {table}").fetchone()[0]


class TestSave:
    def test_begins_with_version_1(self, db: Database, held: HeldClock) -> None:
        made = save(db, A, B, C)
        assert (made.name, made.number, made.cases, made.desks) == ("ours", 1, 3, {"local": 2, "sport": 1})
        assert (made.note, made.author, made.created_at, made.shipped) == ("Why.", "ada", held.now, None)

    def test_gives_back_equal_cases_in_their_order(self, db: Database) -> None:
        full = case(
            "ü", article=" 🌉\r\n\n=1+1 ", desk="sport", channel="push", language="nl-BE", reference="Een kop",
            must_mention=["brug"], must_not_mention=["x|y", "\\"], tags=["a", "b"], source_trace="0" * 32,
        )  # fmt: skip
        save(db, C, full, A)
        assert sets.get(db, "ours").cases == (C, full, A)

    @pytest.mark.parametrize("changed", [(A,), (A, B, C), (B, A), (A, B.model_copy(update={"desk": "tech"}))])
    def test_raises_the_number_at_every_change(self, db: Database, changed: tuple[Case, ...]) -> None:
        save(db, A, B)
        assert save(db, *changed, seen=1).number == 2

    @pytest.mark.parametrize(
        "field",
        [
            {"article": "Other."}, {"desk": "tech"}, {"channel": "push"}, {"language": "fr"}, {"reference": "R"},
            {"must_mention": ["a"]}, {"must_not_mention": ["a"]}, {"tags": ["a"]}, {"source_trace": "t"},
            {"fewest_characters": 20}, {"most_characters": 50},
        ],
    )  # fmt: skip
    def test_sees_a_change_of_any_field(self, db: Database, field: dict[str, object]) -> None:
        save(db, A)
        assert save(db, case("a", **field), seen=1).number == 2

    def test_of_the_same_cases_is_the_same_version(self, db: Database) -> None:
        first = save(db, A, B)
        assert save(db, A, B, seen=1, note="Other words.") == first
        assert rows(db, "eval_set_versions") == rows(db, "audit") == 1

    def test_of_what_an_older_version_had_is_a_new_one(self, db: Database) -> None:
        first = save(db, A)
        save(db, A, B, seen=1)
        again = save(db, A, seen=2)
        assert (again.number, again.hash) == (3, first.hash)

    def test_leaves_every_version_as_it_was(self, db: Database) -> None:
        save(db, A, B)
        save(db, C, seen=1)
        assert (ids(db, 1), ids(db, 2), ids(db)) == (["a", "b"], ["c"], ["c"])

    def test_stores_a_case_once_for_all_versions_and_sets(self, db: Database) -> None:
        save(db, A, B)
        save(db, A, B, C, seen=1)
        save(db, B, name="others")
        assert (rows(db, "eval_cases"), rows(db, "articles")) == (3, 3)

    def test_stores_an_article_once_for_cases_and_traces(self, db: Database) -> None:
        records.put(db, "A headline")
        save(db, case("a", article=records.ARTICLE), case("b", article=records.ARTICLE))
        assert rows(db, "articles") == 1

    def test_is_on_record(self, db: Database) -> None:
        save(db, A)
        made = save(db, A, B, seen=1, note=" Two now. ")
        entry = audit.newest(db)[0]
        assert (entry.author, entry.action, entry.subject) == ("ada", "eval set saved", "ours 2")
        assert (entry.before, entry.reason) == ('{"cases": 1, "version": 1}', "Two now.")
        assert entry.after == f'{{"cases": 2, "hash": "{made.hash}", "version": 2}}'
        assert audit.verify(db).fault is None


class TestTwoAuthors:
    @pytest.mark.parametrize("seen", [None, 1, 3])
    def test_one_who_was_overtaken_is_told_by_whom(self, db: Database, seen: int | None) -> None:
        save(db, A)
        save(db, A, B, seen=1, note="Sport, too.")
        with pytest.raises(Conflict, match=r"^Since you looked, ada saved ours 2: Sport, too. Look again"):
            save(db, C, seen=seen)
        assert ids(db) == ["a", "b"]

    def test_one_who_changes_a_set_that_is_not_there_is_told(self, db: Database) -> None:
        with pytest.raises(Conflict, match="There is no set 'ours' yet"):
            save(db, A, seen=1)

    def test_one_who_is_refused_leaves_nothing_behind(self, db: Database) -> None:
        save(db, A)
        with pytest.raises(Conflict):
            save(db, C)
        assert (rows(db, "eval_cases"), rows(db, "articles"), rows(db, "audit")) == (1, 1, 1)

    def test_who_save_the_same_get_the_same_version(self, db: Database) -> None:
        assert save(db, A) == save(db, A)

    def test_at_once_only_one_comes_through(self, db: Database) -> None:
        save(db, A)

        def try_it(number: int) -> int | None:
            try:
                return save(db, A, case(f"by-{number}"), seen=1).number
            except Conflict:
                return None

        with ThreadPoolExecutor(8) as pool:
            numbers = list(pool.map(try_it, range(8)))
        assert sorted(numbers, key=str) == [2] + [None] * 7


class TestRefused:
    @pytest.mark.parametrize("name", ["", "Sport", "a b", "../x", "a" * 101, "1a", "größe"])
    def test_are_names_that_no_address_could_hold(self, db: Database, name: str) -> None:
        with pytest.raises(BadInput, match="A set cannot be called"):
            save(db, A, name=name)

    def test_is_a_set_without_cases(self, db: Database) -> None:
        with pytest.raises(BadInput, match="needs at least one case"):
            save(db)

    def test_is_an_id_that_is_there_twice(self, db: Database) -> None:
        with pytest.raises(BadInput, match=r"Two cases are called 'a'\."):
            save(db, A, B, A)

    def test_are_more_cases_than_a_set_holds(self, db: Database) -> None:
        with pytest.raises(BadInput, match="at most 10,000 cases; these are 10,001"):
            save(db, *[A.model_copy(update={"id": f"{number}"}) for number in range(10_001)])

    def test_are_more_characters_than_a_set_holds(self, db: Database) -> None:
        article = "x" * 10_000_000
        with pytest.raises(BadInput, match="these hold 60,000,000"):
            sets.save(
                db, "ours", [case(f"{number}", article=article) for number in range(6)],
                note="n", author="a", seen=None, article_limit=None,
            )  # fmt: skip

    def test_is_an_article_that_is_longer_than_the_limit(self, db: Database) -> None:
        with pytest.raises(BadInput, match=r"The article of 'long' has 60,001 characters; at most 60,000 are read"):
            save(db, A, case("long", article="x" * 60_001))

    def test_is_no_long_article_that_was_there_before(self, db: Database) -> None:
        long = case("long", article="x" * 60_001)
        sets.save(db, "ours", [long], note="n", author="a", seen=None, article_limit=None)
        assert save(db, long, A, seen=1).number == 2

    @pytest.mark.parametrize(("note", "author"), [(" ", "ada"), ("Why.", " "), ("\ud800", "ada"), ("Why.", "\ud800")])
    def test_is_a_version_without_a_note_or_an_author(self, db: Database, note: str, author: str) -> None:
        with pytest.raises(BadInput, match=r"note|name"):
            sets.save(db, "ours", [A], note=note, author=author, seen=None, article_limit=LIMIT)

    def test_leaves_nothing_behind(self, db: Database) -> None:
        with pytest.raises(BadInput):
            save(db, A, A)
        assert [rows(db, table) for table in ("eval_cases", "eval_set_versions", "articles", "audit")] == [0] * 4


class TestGet:
    @pytest.mark.parametrize("number", [0, -1, 2, 2**63])
    def test_of_a_number_that_there_is_not_names_the_newest(self, db: Database, number: int) -> None:
        save(db, A)
        with pytest.raises(NotFound, match=f"ours has no version {number}; the newest is 1"):
            sets.get(db, "ours", number)

    @pytest.mark.parametrize("ask", [sets.get, sets.lines, sets.history])
    def test_of_a_set_that_there_is_not_says_so(self, db: Database, ask: object) -> None:
        assert callable(ask)
        with pytest.raises(NotFound, match="There is no eval set 'ours'"):
            ask(db, "ours")

    def test_of_one_case_finds_it_in_its_version(self, db: Database) -> None:
        save(db, A, B)
        save(db, A, seen=1)
        assert sets.case(db, "ours", 1, "b") == B
        with pytest.raises(NotFound, match="ours 2 has no case 'b'"):
            sets.case(db, "ours", 2, "b")
