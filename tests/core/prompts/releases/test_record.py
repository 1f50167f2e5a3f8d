"""Releases are read one by one, by place and in their order, and say what they are."""

import pytest

from core import audit
from core.db import Database
from core.errors import NotFound
from core.prompts import releases
from core.prompts.releases import Release
from tests.core.prompts.releases.newsroom import place, release, rollback, withdraw, withdraw_from_all_desks


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
