"""Releases: the most specific one serves, every one stays on record, and production wants to know why."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from core import audit, clock
from core.db import Database
from core.errors import BadInput, Conflict, CopydeskError, NotFound
from core.prompts import releases, versions
from core.prompts.content import Content, MessageTemplate
from core.prompts.releases import Environment, Place, Release
from tests.conftest import HeldClock


@pytest.fixture
def db(db: Database) -> Database:
    """A database with three versions of `headlines`."""
    for text in ("a", "b", "c"):
        content = Content(messages=(MessageTemplate(role="user", content=text),), model="offline/lede")
        versions.save(db, "headlines", content, note="Why.", author="ada")
    return db


def place(environment: Environment = "production", desk: str | None = None) -> Place:
    return Place("headlines", environment, desk)


def release(
    db: Database,
    version: int,
    environment: Environment = "production",
    desk: str | None = None,
    reason: str = "Better.",
    author: str = "ada",
) -> Release:
    where = place(environment, desk)
    seen = releases.current(db, where)
    return releases.release(db, where, version, author=author, reason=reason, seen=seen)


def withdraw(db: Database, desk: str = "sport", environment: Environment = "production") -> Release:
    where = place(environment, desk)
    return releases.withdraw(db, where, author="ben", reason="Too short.", seen=releases.current(db, where))


def rollback(
    db: Database, environment: Environment = "production", desk: str | None = None, to: Release | None = None
) -> Release:
    where = place(environment, desk)
    seen = releases.current(db, where)
    return releases.rollback(db, where, author="ben", reason="Too long.", seen=seen, to=to)


def withdraw_from_all_desks(db: Database) -> None:
    """A row that only another program could have left."""
    db.write(
        lambda connection: connection.execute(
            "insert into releases (prompt, environment, author, reason, created_at) values "
            "('headlines', 'production', 'ada', 'Withdrawn.', 0)"
        )
    )


def rows(db: Database) -> list[tuple[object, ...]]:
    """Everything that is stored about releases and changes."""
    with db.read() as connection:
        return [tuple(row) for table in ("releases", "audit") for row in connection.execute(f"select * from {table}")]


def served(db: Database, desk: str, environment: str = "production") -> int | None:
    return releases.resolve(db, "headlines", environment, desk).version


class TestResolve:
    def test_gives_every_desk_what_is_released_to_all(self, db: Database) -> None:
        release(db, 1)
        assert (served(db, "sport"), served(db, "tech")) == (1, 1)

    def test_gives_a_desk_its_own(self, db: Database) -> None:
        release(db, 1)
        release(db, 2, desk="sport")
        assert (served(db, "sport"), served(db, "tech")) == (2, 1)

    def test_gives_a_desk_its_own_even_if_a_later_one_is_for_all(self, db: Database) -> None:
        release(db, 2, desk="sport")
        release(db, 3)
        assert (served(db, "sport"), served(db, "tech")) == (2, 3)

    def test_gives_the_latest(self, db: Database) -> None:
        for version in (1, 3, 2):
            release(db, version)
        assert served(db, "sport") == 2

    def test_goes_back_with_a_release_of_an_earlier_version(self, db: Database) -> None:
        release(db, 1)
        release(db, 2)
        release(db, 1, reason="Version 2 is too long.")
        assert served(db, "sport") == 1

    def test_keeps_environments_apart(self, db: Database) -> None:
        for version, environment in enumerate(releases.ENVIRONMENTS, 1):
            release(db, version, environment)
        assert [served(db, "sport", environment) for environment in releases.ENVIRONMENTS] == [1, 2, 3]

    def test_falls_back_on_all_desks_when_a_desks_own_is_withdrawn(self, db: Database) -> None:
        release(db, 1)
        release(db, 2, desk="sport")
        withdraw(db)
        assert served(db, "sport") == 1

    def test_of_what_is_withdrawn_is_not_found(self, db: Database) -> None:
        release(db, 1)
        withdraw_from_all_desks(db)
        with pytest.raises(NotFound):
            served(db, "sport")

    def test_of_nothing_names_the_prompt_and_the_environment(self, db: Database) -> None:
        release(db, 1, "staging")
        with pytest.raises(NotFound, match=r"No version of 'headlines' is released to production."):
            served(db, "sport")

    def test_of_another_desks_own_is_not_found(self, db: Database) -> None:
        release(db, 1, desk="tech")
        with pytest.raises(NotFound):
            served(db, "sport")

    def test_of_another_prompt_is_not_found(self, db: Database) -> None:
        release(db, 1)
        with pytest.raises(NotFound, match="'recipes'"):
            releases.resolve(db, "recipes", "production", "sport")

    def test_serves_nothing_that_was_live_at_no_moment(self, db: Database) -> None:
        release(db, 1)
        looks: list[str] = []

        def release_before_the_second_look(statement: str) -> None:
            looks.append(statement)
            if len(looks) == 2:
                release(db, 2, desk="sport")
                release(db, 3)

        with db.read() as connection:
            connection.set_trace_callback(release_before_the_second_look)
        # All desks had 3 only while sport had its own.
        assert served(db, "sport") in (1, 2)
        assert looks

    def test_holds_for_another_connection_from_the_next_call_on(self, db: Database) -> None:
        other = Database(db.path)
        release(db, 1)
        assert served(other, "sport") == 1
        release(db, 2)
        assert served(other, "sport") == 2
        other.close()


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


class TestRollback:
    def test_puts_back_the_version_before(self, db: Database) -> None:
        release(db, 1)
        release(db, 2)
        rollback(db)
        assert served(db, "sport") == 1

    def test_is_a_release_that_names_what_it_restores_and_what_it_replaces(self, db: Database) -> None:
        first, second = release(db, 1), release(db, 2)
        made = rollback(db)
        assert (made.version, made.restores, made.replaced, made.kind) == (1, first.id, second.id, "rolled back")

    def test_twice_goes_two_back(self, db: Database) -> None:
        for version in (1, 2, 3):
            release(db, version)
        rollback(db)
        rollback(db)
        assert served(db, "sport") == 1

    def test_more_often_than_there_were_versions_is_refused(self, db: Database) -> None:
        for version in (1, 2, 3):
            release(db, version)
        rollback(db)
        rollback(db)
        with pytest.raises(BadInput, match=r"Nothing else was live for production, all desks before 1\."):
            rollback(db)

    def test_after_a_rollback_and_a_new_release_skips_what_was_rolled_back(self, db: Database) -> None:
        release(db, 1)
        release(db, 2)
        rollback(db)
        release(db, 3)
        assert rollback(db).version == 1

    def test_skips_it_too_if_the_version_that_was_put_back_is_released_once_more(self, db: Database) -> None:
        release(db, 1)
        release(db, 2)
        release(db, 3)
        rollback(db)
        release(db, 2, reason="To make it clear.")
        assert rollback(db).version == 1

    def test_skips_a_release_of_the_version_that_is_live(self, db: Database) -> None:
        release(db, 1)
        release(db, 2)
        release(db, 2, reason="Once more.")
        assert rollback(db).version == 1

    def test_of_a_desk_goes_back_in_the_desks_own(self, db: Database) -> None:
        release(db, 1, desk="sport")
        release(db, 3)
        release(db, 2, desk="sport")
        assert (rollback(db, desk="sport").version, served(db, "tech")) == (1, 3)

    def test_for_all_desks_leaves_a_desk_its_own(self, db: Database) -> None:
        release(db, 1)
        release(db, 2)
        release(db, 3, desk="sport")
        rollback(db)
        assert (served(db, "sport"), served(db, "tech")) == (3, 1)

    def test_of_a_desk_that_had_nothing_of_its_own_before_gives_it_what_all_have(self, db: Database) -> None:
        release(db, 1)
        release(db, 2, desk="sport")
        made = rollback(db, desk="sport")
        assert (made.version, served(db, "sport")) == (None, 1)

    def test_of_a_desk_whose_own_was_withdrawn_before_gives_it_what_all_have(self, db: Database) -> None:
        release(db, 1)
        release(db, 2, desk="sport")
        away = withdraw(db)
        release(db, 3, desk="sport")
        made = rollback(db, desk="sport")
        assert (made.version, made.restores, served(db, "sport")) == (None, away.id, 1)

    def test_of_nothing_is_a_sentence(self, db: Database) -> None:
        release(db, 1, "staging")
        with pytest.raises(BadInput, match=r"Nothing was released to production, sport desk yet"):
            rollback(db, desk="sport")

    def test_of_the_first_release_for_all_desks_is_a_sentence(self, db: Database) -> None:
        release(db, 1)
        with pytest.raises(BadInput, match=r"Nothing else was live for production, all desks before 1\."):
            rollback(db)

    def test_in_production_without_a_reason_is_refused(self, db: Database) -> None:
        release(db, 1)
        seen = release(db, 2)
        with pytest.raises(BadInput, match="production needs a reason"):
            releases.rollback(db, place(), author="ben", reason="", seen=seen)

    def test_elsewhere_needs_no_reason(self, db: Database) -> None:
        release(db, 1, "staging")
        seen = release(db, 2, "staging")
        assert releases.rollback(db, place("staging"), author="ben", reason="", seen=seen).version == 1

    def test_keeps_who_and_why(self, db: Database) -> None:
        release(db, 1)
        release(db, 2)
        made = rollback(db)
        assert (made.author, made.reason) == ("ben", "Too long.")


class TestRollbackToANamedRelease:
    def test_puts_back_what_it_put_there(self, db: Database) -> None:
        first = release(db, 1)
        release(db, 2)
        release(db, 3)
        made = rollback(db, to=first)
        assert (made.version, made.restores, made.kind) == (1, first.id, "rolled back")

    def test_leaves_what_was_before_it_for_the_next_rollback(self, db: Database) -> None:
        release(db, 1)
        second = release(db, 2)
        release(db, 3)
        rollback(db, to=second)
        assert rollback(db).version == 1

    def test_can_go_forward_again(self, db: Database) -> None:
        release(db, 1)
        second = release(db, 2)
        rollback(db)
        assert rollback(db, to=second).version == 2

    def test_of_a_rollback_leaves_what_was_before_the_release_that_it_restored(self, db: Database) -> None:
        release(db, 1)
        release(db, 2)
        release(db, 3)
        back = rollback(db)
        release(db, 1)
        assert rollback(db, to=back).version == 2
        assert rollback(db).version == 1

    def test_of_a_withdrawal_withdraws_again(self, db: Database) -> None:
        release(db, 1)
        release(db, 2, desk="sport")
        away = withdraw(db)
        release(db, 3, desk="sport")
        made = rollback(db, desk="sport", to=away)
        assert (made.version, made.kind, served(db, "sport")) == (None, "rolled back", 1)

    @pytest.mark.parametrize(
        ("environment", "desk", "said"),
        [
            (
                "staging",
                None,
                "That release was for headlines: staging, all desks, not for headlines: production, all desks",
            ),
            (
                "production",
                "sport",
                "That release was for headlines: production, sport desk, not for headlines: production, all",
            ),
        ],
    )
    def test_of_another_place_is_refused(
        self, db: Database, environment: Environment, desk: str | None, said: str
    ) -> None:
        elsewhere = release(db, 1, environment, desk)
        release(db, 2)
        with pytest.raises(BadInput, match=said):
            rollback(db, to=elsewhere)
        assert served(db, "tech") == 2

    def test_of_another_prompt_is_refused(self, db: Database) -> None:
        content = Content(messages=(MessageTemplate(role="user", content="a"),), model="offline/lede")
        versions.save(db, "summaries", content, note="Why.", author="ada")
        summaries = Place("summaries", "production")
        elsewhere = releases.release(db, summaries, 1, author="ada", reason="The first.", seen=None)
        release(db, 2)
        with pytest.raises(BadInput, match="That release was for summaries: production, all desks, not for headlines"):
            rollback(db, to=elsewhere)


class TestPrevious:
    def test_of_the_first_is_none(self, db: Database) -> None:
        assert releases.previous(db, release(db, 1)) is None

    def test_is_the_release_that_was_replaced(self, db: Database) -> None:
        first = release(db, 1)
        assert releases.previous(db, release(db, 2)) == first

    def test_is_of_the_same_place(self, db: Database) -> None:
        release(db, 1)
        release(db, 2, "staging", "sport")
        assert releases.previous(db, release(db, 3, desk="sport")) is None

    def test_of_a_rollback_is_what_was_before_the_release_that_it_restored(self, db: Database) -> None:
        first = release(db, 1)
        release(db, 2)
        release(db, 3)
        assert releases.previous(db, rollback(db)) == first

    def test_may_be_a_rollback(self, db: Database) -> None:
        release(db, 1)
        release(db, 2)
        back = rollback(db)
        assert releases.previous(db, release(db, 3)) == back

    def test_of_one_version_released_over_and_over_is_none(self, db: Database) -> None:
        made = [release(db, 1) for _ in range(3)]
        assert releases.previous(db, made[-1]) is None

    def test_of_an_earlier_release_does_not_change_with_later_ones(self, db: Database) -> None:
        first, second = release(db, 1), release(db, 2)
        release(db, 3)
        rollback(db, to=first)
        assert releases.previous(db, second) == first


class TestCurrent:
    def test_of_a_place_without_any_is_none(self, db: Database) -> None:
        release(db, 1)
        assert releases.current(db, place(desk="sport")) is None

    def test_is_the_last_release_of_this_very_place(self, db: Database) -> None:
        release(db, 1)
        last = release(db, 2)
        release(db, 3, desk="sport")
        assert releases.current(db, place()) == last

    def test_may_be_a_withdrawal(self, db: Database) -> None:
        release(db, 2, desk="sport")
        away = withdraw(db)
        assert releases.current(db, place(desk="sport")) == away


class TestGet:
    def test_returns_the_release(self, db: Database) -> None:
        made = release(db, 1, desk="sport")
        assert releases.get(db, made.id) == made

    @pytest.mark.parametrize("number", [-(2**63) - 1, -1, 0, 2, 2**63])
    def test_of_a_number_that_is_none_is_not_found(self, db: Database, number: int) -> None:
        release(db, 1)
        with pytest.raises(NotFound, match=f"There is no release {number}"):
            releases.get(db, number)


class TestLive:
    def test_of_a_prompt_without_releases_is_empty(self, db: Database) -> None:
        assert releases.live(db, "headlines") == []

    def test_has_the_last_release_of_every_place(self, db: Database) -> None:
        release(db, 1)
        everywhere = release(db, 2)
        sport = release(db, 3, desk="sport")
        staging = release(db, 1, "staging")
        assert releases.live(db, "headlines") == [everywhere, sport, staging]

    def test_has_no_desk_whose_own_was_withdrawn(self, db: Database) -> None:
        everywhere = release(db, 1)
        release(db, 2, desk="sport")
        withdraw(db)
        assert releases.live(db, "headlines") == [everywhere]

    def test_has_what_was_rolled_back_to(self, db: Database) -> None:
        release(db, 1)
        release(db, 2)
        back = rollback(db)
        assert releases.live(db, "headlines") == [back]

    def test_has_no_other_prompts(self, db: Database) -> None:
        release(db, 1)
        assert releases.live(db, "summaries") == []


def live_at(db: Database, at: int | None, desk: str | None = "sport", environment: str = "production") -> int | None:
    found = releases.live_at(db, "headlines", environment, desk, at)
    return found and found.version


class TestLiveAt:
    def test_before_the_first_release_is_none(self, db: Database, held: HeldClock) -> None:
        release(db, 1)
        assert live_at(db, held.now - 1) is None

    def test_begins_with_the_millisecond_of_the_release(self, db: Database, held: HeldClock) -> None:
        release(db, 1)
        assert live_at(db, held.now) == 1

    def test_is_what_served_at_every_moment(self, db: Database, held: HeldClock) -> None:
        start = held.now
        for version in (1, 2, 3):
            release(db, version)
            held.now += 2
        assert [live_at(db, start + later) for later in range(-1, 6)] == [None, 1, 1, 2, 2, 3, 3]

    def test_is_the_last_of_several_in_the_same_millisecond(self, db: Database, held: HeldClock) -> None:
        for version in (1, 3, 2):
            release(db, version)
        assert live_at(db, held.now) == 2

    def test_is_the_desks_own_for_as_long_as_it_had_one(self, db: Database, held: HeldClock) -> None:
        start = held.now
        release(db, 1)
        held.now += 1
        release(db, 2, desk="sport")
        held.now += 1
        withdraw(db)
        assert [live_at(db, start + later) for later in range(3)] == [1, 2, 1]
        assert [live_at(db, start + later, "tech") for later in range(3)] == [1, 1, 1]

    def test_without_a_desk_is_what_all_desks_had(self, db: Database, held: HeldClock) -> None:
        release(db, 1)
        release(db, 2, desk="sport")
        assert live_at(db, held.now, None) == 1

    def test_goes_through_a_rollback(self, db: Database, held: HeldClock) -> None:
        start = held.now
        release(db, 1)
        held.now += 1
        release(db, 2)
        held.now += 1
        rollback(db)
        assert [live_at(db, start + later) for later in range(3)] == [1, 2, 1]

    def test_keeps_environments_apart(self, db: Database, held: HeldClock) -> None:
        release(db, 1)
        release(db, 2, "staging")
        assert (live_at(db, held.now), live_at(db, held.now, environment="staging")) == (1, 2)

    def test_none_is_now(self, db: Database, held: HeldClock) -> None:
        release(db, 1)
        release(db, 2)
        assert live_at(db, None) == 2

    def test_what_was_live_stays_so_when_the_clock_was_put_back(self, db: Database, held: HeldClock) -> None:
        start = held.now
        release(db, 1)
        held.now += 10
        release(db, 2)
        held.now -= 5
        release(db, 3)
        assert [live_at(db, start + later) for later in (0, 5, 9)] == [1, 1, 1]
        assert live_at(db, start + 10) == 3

    def test_what_was_live_stays_so_when_a_desk_gets_its_own_by_a_clock_that_was_put_back(
        self, db: Database, held: HeldClock
    ) -> None:
        start = held.now
        release(db, 1)
        held.now += 10
        release(db, 2)
        held.now -= 5
        release(db, 3, desk="sport")
        assert [live_at(db, start + later) for later in (0, 5, 9)] == [1, 1, 1]

    def test_of_now_is_right_while_the_clock_is_put_back(self, db: Database, held: HeldClock) -> None:
        release(db, 1)
        held.now -= 10
        release(db, 2)
        assert served(db, "sport") == 2


class TestHistory:
    def test_is_newest_first_for_whatever_desk(self, db: Database) -> None:
        made = [release(db, 1), release(db, 2, desk="sport"), rollback(db, desk="sport"), release(db, 3)]
        assert releases.history(db, "headlines", "production") == made[::-1]

    def test_has_one_environment(self, db: Database) -> None:
        release(db, 1)
        staging = release(db, 2, "staging")
        assert releases.history(db, "headlines", "staging") == [staging]

    def test_has_one_prompt(self, db: Database) -> None:
        release(db, 1)
        assert releases.history(db, "summaries", "production") == []

    def test_has_at_most_so_many(self, db: Database) -> None:
        made = [release(db, 1) for _ in range(5)]
        assert releases.history(db, "headlines", "production", limit=2) == [made[4], made[3]]

    def test_goes_on_below_a_release(self, db: Database) -> None:
        made = [release(db, 1) for _ in range(5)]
        assert releases.history(db, "headlines", "production", before=made[3].id, limit=2) == [made[2], made[1]]

    def test_page_by_page_has_every_release_once(self, db: Database) -> None:
        for number in range(7):
            release(db, 1, desk="sport" if number % 2 else None)
            release(db, 1, "staging")
        pages: list[Release] = []
        while page := releases.history(db, "headlines", "production", before=pages[-1].id if pages else None, limit=3):
            pages += page
        assert pages == releases.history(db, "headlines", "production")
        assert len(pages) == 7

    def test_ends_with_an_empty_page(self, db: Database) -> None:
        first = release(db, 1)
        assert releases.history(db, "headlines", "production", before=first.id) == []

    def test_without_a_limit_is_one_page(self, db: Database) -> None:
        for _ in range(releases.PAGE + 1):
            release(db, 1)
        assert len(releases.history(db, "headlines", "production")) == releases.PAGE


class TestKind:
    def test_of_a_release_is_released(self, db: Database) -> None:
        assert release(db, 1).kind == "released"

    def test_of_a_release_of_an_earlier_version_by_hand_is_released(self, db: Database) -> None:
        release(db, 1)
        release(db, 2)
        assert release(db, 1).kind == "released"

    def test_of_a_withdrawal_is_withdrawn(self, db: Database) -> None:
        release(db, 1, desk="sport")
        assert withdraw(db).kind == "withdrawn"

    def test_of_a_rollback_is_rolled_back(self, db: Database) -> None:
        release(db, 1)
        release(db, 2)
        assert rollback(db).kind == "rolled back"

    def test_is_the_action_in_the_audit_log(self, db: Database) -> None:
        made = [release(db, 1, desk="sport"), release(db, 2, desk="sport"), rollback(db, desk="sport"), withdraw(db)]
        logged = audit.newest(db, limit=4)[::-1]
        assert [entry.action for entry in logged] == [each.kind for each in made]


class TestAPlace:
    def test_is_named_by_its_environment_and_desk(self) -> None:
        assert str(place(desk="sport")) == "production, sport desk"

    def test_for_all_desks_says_so(self) -> None:
        assert str(place("staging")) == "staging, all desks"

    def test_of_a_release_is_where_it_was_made(self, db: Database) -> None:
        assert release(db, 1, "staging", "sport").place == place("staging", "sport")


class TestIsServed:
    def test_not_before_the_first_release(self, db: Database) -> None:
        assert not releases.is_served(db, "headlines", "production")

    def test_after_a_release_for_all_desks(self, db: Database) -> None:
        release(db, 1)
        assert releases.is_served(db, "headlines", "production")

    def test_not_in_another_environment(self, db: Database) -> None:
        release(db, 1)
        assert not releases.is_served(db, "headlines", "staging")

    def test_not_by_a_release_for_one_desk(self, db: Database) -> None:
        release(db, 1, desk="sport")
        assert not releases.is_served(db, "headlines", "production")

    def test_still_after_it_was_withdrawn(self, db: Database) -> None:
        release(db, 1)
        withdraw_from_all_desks(db)
        assert releases.is_served(db, "headlines", "production")
