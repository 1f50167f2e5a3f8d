"""What was live before comes back, step by step or by name."""

import pytest

from core.db import Database
from core.errors import BadInput
from core.prompts import releases, versions
from core.prompts.content import Content, MessageTemplate
from core.prompts.releases import Environment, Place
from tests.core.prompts.releases.newsroom import place, release, rollback, served, withdraw


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
        with pytest.raises(BadInput, match=r"Version 1 was the first to be live for production, all desks"):
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
        with pytest.raises(BadInput, match=r"Version 1 was the first to be live .* Release another\."):
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
