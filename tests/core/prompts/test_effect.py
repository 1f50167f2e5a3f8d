"""What a change of a release will do is told as an editor would tell it: whom it meets, and whom it does not."""

from collections.abc import Sequence

import pytest

from core.db import Database
from core.prompts import effect, releases, versions
from core.prompts.content import Content, MessageTemplate
from core.prompts.releases import Environment, Place, Release

DESKS = ("politics", "sport", "tech")


@pytest.fixture
def db(db: Database) -> Database:
    """A database with four versions of `headlines`, none of them live."""
    for text in ("a", "b", "c", "d"):
        content = Content(messages=(MessageTemplate(role="user", content=text),), model="offline/lede")
        versions.save(db, "headlines", content, note="Why.", author="ada")
    return db


def release(db: Database, version: int, desk: str | None = None, environment: Environment = "production") -> Release:
    place = Place("headlines", environment, desk)
    seen = releases.current(db, place)
    return releases.release(db, place, version, author="ada", reason="Better.", seen=seen)


def withdraw(db: Database, desk: str) -> None:
    place = Place("headlines", "production", desk)
    releases.withdraw(db, place, author="ada", reason="Worse.", seen=releases.current(db, place))


def told(
    db: Database,
    version: int | None,
    desk: str | None = None,
    *,
    environment: Environment = "production",
    desks: Sequence[str] = DESKS,
) -> str:
    return effect.sentence(db, Place("headlines", environment, desk), version, desks)


class TestForAllDesks:
    def test_the_first_release_comes_from_nothing(self, db: Database) -> None:
        assert told(db, 1) == "Production, all desks: from nothing to 1."

    def test_another_version_is_named_with_the_one_before(self, db: Database) -> None:
        release(db, 1)
        assert told(db, 2) == "Production, all desks: from 1 to 2."

    def test_the_same_version_stays(self, db: Database) -> None:
        release(db, 1)
        assert told(db, 1) == "Production, all desks: stays at 1."

    def test_nothing_stays_nothing(self, db: Database) -> None:
        assert told(db, None) == "Production, all desks: stays at nothing."

    def test_a_desk_that_keeps_its_own_is_named(self, db: Database) -> None:
        release(db, 1)
        release(db, 3, "sport")
        assert told(db, 2) == "Production, all desks: from 1 to 2. The sport desk keeps its own 3."

    def test_two_desks_that_keep_their_own_are_joined_by_and(self, db: Database) -> None:
        release(db, 1)
        release(db, 3, "sport")
        release(db, 4, "tech")
        assert told(db, 2) == (
            "Production, all desks: from 1 to 2. The sport desk keeps its own 3 and the tech desk keeps its own 4."
        )

    def test_three_desks_that_keep_their_own_are_a_list(self, db: Database) -> None:
        for version, desk in ((2, "politics"), (3, "sport"), (4, "tech")):
            release(db, version, desk)
        assert told(db, 1) == (
            "Production, all desks: from nothing to 1. The politics desk keeps its own 2, the sport desk keeps its own 3 "
            "and the tech desk keeps its own 4."
        )

    def test_a_desk_keeps_its_own_where_it_is_the_same_version(self, db: Database) -> None:
        release(db, 1)
        release(db, 2, "sport")
        assert told(db, 2) == "Production, all desks: from 1 to 2. The sport desk keeps its own 2."

    def test_a_desk_whose_own_was_withdrawn_keeps_nothing(self, db: Database) -> None:
        release(db, 1)
        release(db, 3, "sport")
        withdraw(db, "sport")
        assert told(db, 2) == "Production, all desks: from 1 to 2."

    def test_a_desk_that_the_newsroom_does_not_have_any_more_is_not_named(self, db: Database) -> None:
        release(db, 1)
        release(db, 3, "chess")
        assert told(db, 2) == "Production, all desks: from 1 to 2."

    def test_the_name_of_a_desk_stays_as_it_is_written(self, db: Database) -> None:
        release(db, 3, "US politics")
        sentence = told(db, 1, desks=["US politics", "sport"])
        assert sentence == "Production, all desks: from nothing to 1. The US politics desk keeps its own 3."

    def test_another_environment_is_told_by_its_own_releases(self, db: Database) -> None:
        release(db, 1)
        release(db, 3, "sport")
        release(db, 4, environment="staging")
        assert told(db, 2, environment="staging") == "Staging, all desks: from 4 to 2."


class TestForOneDesk:
    def test_its_first_own_version_ends_that_it_follows_all_desks(self, db: Database) -> None:
        release(db, 1)
        assert told(db, 2, "sport") == (
            "Production, sport desk: from 1 to 2. The other desks keep 1. "
            "The sport desk will not follow what all desks have any more."
        )

    def test_so_does_the_very_version_that_all_desks_have(self, db: Database) -> None:
        release(db, 1)
        assert told(db, 1, "sport") == (
            "Production, sport desk: stays at 1. The other desks keep 1. "
            "The sport desk will not follow what all desks have any more."
        )

    def test_another_of_its_own_changes_nothing_but_the_version(self, db: Database) -> None:
        release(db, 1)
        release(db, 2, "sport")
        assert told(db, 3, "sport") == "Production, sport desk: from 2 to 3. The other desks keep 1."

    def test_the_same_of_its_own_stays(self, db: Database) -> None:
        release(db, 1)
        release(db, 2, "sport")
        assert told(db, 2, "sport") == "Production, sport desk: stays at 2. The other desks keep 1."

    def test_where_nothing_is_live_it_comes_from_nothing(self, db: Database) -> None:
        assert told(db, 1, "sport") == "Production, sport desk: from nothing to 1."

    def test_desks_with_different_versions_keep_what_they_have(self, db: Database) -> None:
        release(db, 1)
        release(db, 2, "tech")
        release(db, 3, "sport")
        sentence = told(db, 4, "sport")
        assert sentence == "Production, sport desk: from 3 to 4. The other desks keep what they have."

    def test_desks_with_the_same_version_keep_it_whether_it_is_their_own_or_not(self, db: Database) -> None:
        release(db, 1)
        release(db, 1, "tech")
        release(db, 3, "sport")
        assert told(db, 4, "sport") == "Production, sport desk: from 3 to 4. The other desks keep 1."

    def test_the_only_other_desk_is_named(self, db: Database) -> None:
        release(db, 1)
        release(db, 3, "sport")
        sentence = told(db, 4, "sport", desks=["sport", "tech"])
        assert sentence == "Production, sport desk: from 3 to 4. The tech desk keeps 1."

    def test_where_there_is_no_other_desk_none_keeps_anything(self, db: Database) -> None:
        release(db, 1)
        release(db, 3, "sport")
        assert told(db, 4, "sport", desks=["sport"]) == "Production, sport desk: from 3 to 4."


class TestWithdrawing:
    def test_puts_the_desk_back_to_what_all_desks_have(self, db: Database) -> None:
        release(db, 1)
        release(db, 3, "sport")
        assert told(db, None, "sport") == (
            "Production, sport desk: from 3 to 1. The other desks keep 1. "
            "The sport desk will follow what all desks have again."
        )

    def test_may_leave_the_version_as_it_is(self, db: Database) -> None:
        release(db, 1)
        release(db, 1, "sport")
        assert told(db, None, "sport") == (
            "Production, sport desk: stays at 1. The other desks keep 1. "
            "The sport desk will follow what all desks have again."
        )

    def test_warns_where_all_desks_have_nothing(self, db: Database) -> None:
        release(db, 3, "sport")
        assert told(db, None, "sport") == (
            "Production, sport desk: from 3 to nothing. "
            "The sport desk will follow what all desks have again, which is nothing: its requests will fail."
        )

    def test_of_a_desk_that_has_nothing_of_its_own_changes_nothing(self, db: Database) -> None:
        release(db, 1)
        assert told(db, None, "sport") == "Production, sport desk: stays at 1. The other desks keep 1."

    def test_where_nobody_has_anything_stays_at_nothing(self, db: Database) -> None:
        assert told(db, None, "sport") == "Production, sport desk: stays at nothing."


class TestTruth:
    @pytest.mark.parametrize("version", [1, 2])
    @pytest.mark.parametrize("desk", [None, "sport"])
    def test_what_is_told_is_what_happens(self, db: Database, version: int, desk: str | None) -> None:
        release(db, 1)
        release(db, 3, "tech")
        release(db, 4, "sport")
        before = {each: releases.resolve(db, "headlines", "production", each).version for each in DESKS}
        sentence = told(db, version, desk)
        release(db, version, desk)
        after = {each: releases.resolve(db, "headlines", "production", each).version for each in DESKS}
        changed = {each for each in DESKS if before[each] != after[each]}
        kept = {each for each in DESKS if f"The {each} desk keeps" in sentence or f"the {each} desk keeps" in sentence}
        assert not changed & kept
        assert changed == ({"sport"} if desk else {"politics"} - ({"politics"} if version == 1 else set()))


class TestNoWayBack:
    def test_is_told_of_the_first_that_all_desks_had(self, db: Database) -> None:
        only = release(db, 2)
        assert effect.no_way_back(db, only) == (
            "Nothing to roll back to: version 2 was the first that all desks had in production."
        )

    def test_names_what_came_after_it_and_was_rolled_back(self, db: Database) -> None:
        place = Place("headlines", "production")
        last = release(db, 2)
        for version in (1, 3):
            there = release(db, version)
            last = releases.rollback(db, place, author="ada", reason="Worse.", seen=there)
        assert effect.no_way_back(db, last).endswith("Versions 1 and 3 came after it and were rolled back.")

    def test_is_nothing_where_another_was_live_before(self, db: Database) -> None:
        release(db, 1)
        assert effect.no_way_back(db, release(db, 2)) == ""

    def test_is_nothing_for_a_desk_which_gets_what_all_have(self, db: Database) -> None:
        release(db, 1)
        assert effect.no_way_back(db, release(db, 2, "sport")) == ""

    def test_leaves_the_newest_of_the_older_versions_to_be_released(self, db: Database) -> None:
        assert effect.older(db, release(db, 3)) == 2
        assert effect.older(db, release(db, 1)) is None
