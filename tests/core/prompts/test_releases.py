"""Releases: the most specific one serves, every one stays on record, and production wants to know why."""

import pytest

from core import clock
from core.db import Database
from core.errors import BadInput, CopydeskError, NotFound
from core.prompts import releases, versions
from core.prompts.content import Content, MessageTemplate
from core.prompts.releases import Environment, Place, Release


@pytest.fixture
def db(db: Database) -> Database:
    """A database with three versions of `headlines`."""
    for text in ("a", "b", "c"):
        content = Content(messages=(MessageTemplate(role="user", content=text),), model="offline/lede")
        versions.save(db, "headlines", content, note="Why.", author="ada")
    return db


def release(
    db: Database,
    version: int,
    environment: Environment = "production",
    desk: str | None = None,
    reason: str = "Better.",
) -> Release:
    place = Place("headlines", environment, desk)
    return releases.release(db, place, version, author="ada", reason=reason, seen=releases.current(db, place))


def withdraw(db: Database, desk: str | None) -> None:
    """A release of nothing: what an earlier one put there is no longer served."""
    db.write(
        lambda connection: connection.execute(
            "insert into releases (prompt, environment, desk, author, reason, created_at) values "
            "('headlines', 'production', ?, 'ada', 'Withdrawn.', 0)",
            (desk,),
        )
    )


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
        withdraw(db, "sport")
        assert served(db, "sport") == 1

    def test_of_what_is_withdrawn_is_not_found(self, db: Database) -> None:
        release(db, 1)
        withdraw(db, None)
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

    def test_that_was_refused_changes_nothing(self, db: Database) -> None:
        release(db, 1)
        with pytest.raises(NotFound):
            release(db, 4)
        assert served(db, "sport") == 1


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
        withdraw(db, None)
        assert releases.is_served(db, "headlines", "production")
