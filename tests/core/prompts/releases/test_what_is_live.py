"""What serves a desk, now or at any moment: the most specific release."""

import pytest

from core.db import Database
from core.errors import NotFound
from core.prompts import releases
from tests.conftest import HeldClock
from tests.core.prompts.releases.newsroom import release, rollback, served, withdraw, withdraw_from_all_desks


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
