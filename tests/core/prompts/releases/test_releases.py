"""Every change stays on record, production wants to know why, and nobody undoes what they never saw."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from core import clock
from core.db import Database
from core.errors import BadInput, Conflict, CopydeskError, NotFound
from core.prompts import releases
from core.prompts.releases import Environment, Place
from tests.core.prompts.releases.newsroom import place, release, rollback, served, withdraw


def rows(db: Database) -> list[tuple[object, ...]]:
    """Everything that is stored about releases and changes."""
    with db.read() as connection:
        return [tuple(row) for table in ("releases", "audit") for row in connection.execute(f"select * from {table}")]


class TestRelease:
    def test_keeps_who_and_why_and_when(self, db: Database) -> None:
        before = clock.now_ms()
        made = release(db, 1, desk="sport", reason="  Fits.  ")
        assert (made.version, made.desk, made.author, made.reason) == (1, "sport", "ada", "Fits.")
        assert before <= made.created_at <= clock.now_ms()

    def test_is_what_resolve_returns(self, db: Database) -> None:
        assert release(db, 1) == releases.resolve(db, "headlines", "production", "sport")

    def test_names_the_release_that_it_replaces(self, db: Database) -> None:
        first = release(db, 1)
        assert first.replaced is None
        assert release(db, 2).replaced == first.id

    def test_for_a_desk_does_not_replace_the_one_for_all(self, db: Database) -> None:
        release(db, 1)
        assert release(db, 2, desk="sport").replaced is None

    @pytest.mark.parametrize("reason", ["", "  \n"])
    def test_to_production_without_a_reason_is_refused(self, db: Database, reason: str) -> None:
        with pytest.raises(BadInput, match="production needs a reason"):
            release(db, 1, reason=reason)

    @pytest.mark.parametrize("environment", ["development", "staging"])
    def test_to_elsewhere_needs_no_reason(self, db: Database, environment: Environment) -> None:
        assert release(db, 1, environment, reason="").reason == ""

    @pytest.mark.parametrize("version", [0, 4, 2**63])
    def test_of_an_unknown_version_is_refused(self, db: Database, version: int) -> None:
        with pytest.raises(NotFound, match=f"headlines has no version {version}"):
            release(db, version)

    def test_of_an_unknown_prompt_is_refused(self, db: Database) -> None:
        with pytest.raises(NotFound, match="There is no prompt 'recipes'"):
            releases.release(db, Place("recipes", "staging"), 1, author="ada", reason="", seen=None)

    def test_to_an_unknown_environment_is_refused_by_its_name(self, db: Database) -> None:
        with pytest.raises(CopydeskError, match="'live'"):
            release(db, 1, "live")  # pyright: ignore[reportArgumentType]

    @pytest.mark.parametrize("author", ["", " "])
    def test_without_a_name_is_refused(self, db: Database, author: str) -> None:
        with pytest.raises(BadInput, match="who decides this"):
            release(db, 1, author=author)

    @pytest.mark.parametrize("desk", ["", " "])
    def test_for_a_desk_without_a_name_is_refused(self, db: Database, desk: str) -> None:
        with pytest.raises(BadInput, match="A desk needs a name"):
            release(db, 1, desk=desk)

    def test_that_was_refused_changes_nothing(self, db: Database) -> None:
        release(db, 1)
        before = rows(db)
        with pytest.raises(NotFound):
            release(db, 4)
        with pytest.raises(BadInput):
            release(db, 2, reason="")
        assert rows(db) == before


class TestSeen:
    """Who names a release that is no longer the last one of its place was overtaken, and must look again."""

    def test_none_is_right_for_the_first_release(self, db: Database) -> None:
        made = releases.release(db, place(), 1, author="ada", reason="The first.", seen=None)
        assert (made.replaced, served(db, "sport")) == (None, 1)

    def test_none_is_refused_once_there_is_a_release(self, db: Database) -> None:
        release(db, 1)
        with pytest.raises(Conflict):
            releases.release(db, place(), 2, author="ben", reason="The first?", seen=None)

    def test_a_release_names_who_was_faster_with_what_and_why(self, db: Database) -> None:
        seen = release(db, 1)
        release(db, 2, author="carla", reason="Shorter for push.")
        said = r"carla released 2 for production, all desks, because: Shorter for push\. Look again, then decide\."
        with pytest.raises(Conflict, match=said):
            releases.release(db, place(), 3, author="ben", reason="Longer.", seen=seen)

    def test_a_faster_rollback_is_named_as_one(self, db: Database) -> None:
        release(db, 1)
        seen = release(db, 2)
        rollback(db)
        with pytest.raises(Conflict, match=r"ben rolled back to 1 for production, all desks, because: Too long\."):
            releases.release(db, place(), 3, author="ada", reason="Longer.", seen=seen)

    def test_a_faster_withdrawal_is_named_as_one(self, db: Database) -> None:
        seen = release(db, 1, desk="sport")
        withdraw(db)
        said = r"ben withdrew the desk's own version for production, sport desk, because: Too short\."
        with pytest.raises(Conflict, match=said):
            releases.release(db, place(desk="sport"), 3, author="ada", reason="Longer.", seen=seen)

    def test_a_faster_release_without_a_reason_is_named_without_one(self, db: Database) -> None:
        seen = release(db, 1, "staging")
        release(db, 2, "staging", reason="", author="carla")
        with pytest.raises(Conflict, match=r"carla released 2 for staging, all desks\. Look again"):
            releases.release(db, place("staging"), 3, author="ada", reason="", seen=seen)

    def test_the_same_version_released_by_somebody_else_is_a_conflict_too(self, db: Database) -> None:
        seen = release(db, 1)
        release(db, 2, author="carla")
        with pytest.raises(Conflict, match="carla released 2"):
            releases.release(db, place(), 2, author="ben", reason="Shorter.", seen=seen)

    def test_a_release_that_is_back_by_a_rollback_is_not_the_one_that_was_seen(self, db: Database) -> None:
        seen = release(db, 1)
        release(db, 2)
        rollback(db)
        with pytest.raises(Conflict, match="rolled back to 1"):
            releases.release(db, place(), 3, author="ada", reason="Longer.", seen=seen)

    def test_a_rollback_is_refused_like_a_release(self, db: Database) -> None:
        release(db, 1)
        seen = release(db, 2)
        release(db, 3, author="carla")
        with pytest.raises(Conflict, match="carla released 3"):
            releases.rollback(db, place(), author="ben", reason="Too long.", seen=seen)

    def test_a_rollback_to_a_named_release_is_refused_like_a_release(self, db: Database) -> None:
        first = release(db, 1)
        seen = release(db, 2)
        release(db, 3, author="carla")
        with pytest.raises(Conflict, match="carla released 3"):
            releases.rollback(db, place(), author="ben", reason="Too long.", seen=seen, to=first)

    def test_a_withdrawal_is_refused_like_a_release(self, db: Database) -> None:
        seen = release(db, 1, desk="sport")
        release(db, 3, desk="sport", author="carla")
        with pytest.raises(Conflict, match="carla released 3"):
            releases.withdraw(db, place(desk="sport"), author="ben", reason="Too long.", seen=seen)

    @pytest.mark.parametrize(("environment", "desk"), [("staging", None), ("production", "sport")])
    def test_a_release_elsewhere_is_no_conflict(self, db: Database, environment: Environment, desk: str | None) -> None:
        seen = release(db, 1)
        release(db, 2, environment, desk)
        made = releases.release(db, place(), 3, author="ben", reason="Longer.", seen=seen)
        assert made.replaced == seen.id

    def test_the_release_of_another_place_is_not_what_was_seen_here(self, db: Database) -> None:
        elsewhere = release(db, 1, "staging")
        with pytest.raises(Conflict, match="Look again"):
            releases.release(db, place(), 2, author="ben", reason="Longer.", seen=elsewhere)

    def test_what_was_refused_changes_nothing(self, db: Database) -> None:
        seen = release(db, 1, desk="sport")
        release(db, 2, desk="sport")
        before = rows(db)
        who = {"author": "ben", "reason": "Late.", "seen": seen}
        for change in (
            lambda: releases.release(db, place(desk="sport"), 3, **who),
            lambda: releases.withdraw(db, place(desk="sport"), **who),
            lambda: releases.rollback(db, place(desk="sport"), **who, to=seen),
        ):
            with pytest.raises(Conflict):
                change()
        assert rows(db) == before

    def test_a_fresh_look_is_accepted(self, db: Database) -> None:
        seen = release(db, 1)
        release(db, 2)
        with pytest.raises(Conflict):
            releases.release(db, place(), 3, author="ben", reason="Longer.", seen=seen)
        release(db, 3, author="ben")
        assert served(db, "sport") == 3

    def test_of_eight_who_saw_the_same_one_wins(self, db: Database) -> None:
        seen = release(db, 1)
        together = threading.Barrier(8)

        def race(number: int) -> str:
            together.wait()
            try:
                return releases.release(db, place(), 2, author=f"lead {number}", reason="Me.", seen=seen).author
            except Conflict:
                return ""

        with ThreadPoolExecutor(8) as threads:
            winners = [author for author in threads.map(race, range(8)) if author]
        assert winners == [releases.resolve(db, "headlines", "production", "sport").author]


class TestWithdraw:
    def test_puts_the_desk_back_to_what_all_desks_have(self, db: Database) -> None:
        release(db, 1)
        release(db, 2, desk="sport")
        withdraw(db)
        release(db, 3)
        assert served(db, "sport") == 3

    def test_leaves_the_other_desks_their_own(self, db: Database) -> None:
        release(db, 1)
        release(db, 2, desk="sport")
        release(db, 3, desk="tech")
        withdraw(db)
        assert (served(db, "sport"), served(db, "tech")) == (1, 3)

    def test_leaves_the_desk_with_nothing_where_all_desks_have_nothing(self, db: Database) -> None:
        release(db, 2, desk="sport")
        withdraw(db)
        with pytest.raises(NotFound):
            served(db, "sport")

    def test_is_a_release_of_no_version_that_replaces_the_desks_own(self, db: Database) -> None:
        own = release(db, 2, desk="sport")
        made = withdraw(db)
        assert (made.version, made.replaced, made.restores, made.kind) == (None, own.id, None, "withdrawn")

    def test_keeps_who_and_why(self, db: Database) -> None:
        release(db, 2, desk="sport")
        made = withdraw(db)
        assert (made.author, made.reason) == ("ben", "Too short.")

    def test_for_all_desks_is_refused(self, db: Database) -> None:
        seen = release(db, 1)
        with pytest.raises(BadInput, match=r"What all desks have cannot be withdrawn.* Roll it back\."):
            releases.withdraw(db, place(), author="ben", reason="Away.", seen=seen)

    def test_of_a_desk_that_has_nothing_of_its_own_is_refused(self, db: Database) -> None:
        release(db, 1)
        with pytest.raises(BadInput, match="The sport desk has nothing of its own in production"):
            withdraw(db)

    def test_twice_is_refused(self, db: Database) -> None:
        release(db, 2, desk="sport")
        withdraw(db)
        with pytest.raises(BadInput, match="The sport desk has nothing of its own in production"):
            withdraw(db)

    def test_from_production_without_a_reason_is_refused(self, db: Database) -> None:
        seen = release(db, 2, desk="sport")
        with pytest.raises(BadInput, match="production needs a reason"):
            releases.withdraw(db, place(desk="sport"), author="ben", reason=" ", seen=seen)

    def test_can_be_rolled_back(self, db: Database) -> None:
        release(db, 1)
        release(db, 2, desk="sport")
        withdraw(db)
        rollback(db, desk="sport")
        assert served(db, "sport") == 2
