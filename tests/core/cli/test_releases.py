"""`releases` puts a version into a place and takes it back, as people and CI do it."""

import json
import pwd

import pytest

from tests.command_line import call, printed, refusal, run, said
from tests.core.cli.released import SPORT, WHY, changed, live


def shipped(environment: str) -> int:
    """The number of the release that a fresh installation has there for all desks."""
    (number,) = [each["id"] for each in printed("releases", "list", "headlines") if each["environment"] == environment]
    return number


class TestRelease:
    def test_puts_a_version_live_and_says_so(self) -> None:
        result = run("releases", "release", "headlines", "1", *WHY)
        (made,) = printed("releases", "at", "headlines")
        assert (result.exit_code, made["version"]) == (0, 1)
        assert result.stdout.startswith(
            f"{made['id']:>6}  headlines: production, all desks: version 1, released by ada at "
        )

    def test_as_json_is_the_release(self) -> None:
        where = (*SPORT, "--environment", "staging")
        made = changed("release", "headlines", "1", *where)
        assert (made["environment"], made["desk"], made["version"]) == ("staging", "sport", 1)
        assert printed("releases", "at", "headlines", *where) == [made]

    def test_keeps_every_letter_of_name_and_reason(self) -> None:
        name, reason = "Zoë O’Brien; desk 🏉", "„Größe“ zählt: 'x\" $HOME `id` --help \\n"
        (made,) = printed("releases", "release", "headlines", "1", "--author", name, "--reason", reason)
        assert (made["author"], made["reason"]) == (name, reason)

    def test_is_by_the_login_where_nobody_is_named(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("LOGNAME", "ci-runner")
        assert printed("releases", "release", "headlines", "1", "--reason", "Merged.")[0]["author"] == "ci-runner"

    def test_is_by_nobody_where_the_login_has_no_name_and_so_refused(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def nobody(number: int) -> None:
            raise KeyError(f"getpwuid(): uid not found: {number}")

        for variable in ("LOGNAME", "USER", "LNAME", "USERNAME"):
            monkeypatch.delenv(variable, raising=False)
        # As in a container that runs under a number.
        monkeypatch.setattr(pwd, "getpwuid", nobody)
        said = refusal("releases", "release", "headlines", "1", "--reason", "Merged.")
        assert said == "This machine does not know who you are. Say it with --author."

    def test_to_production_without_a_reason_is_a_sentence(self) -> None:
        assert refusal("releases", "release", "headlines", "1") == "A change in production needs a reason."

    def test_to_staging_needs_no_reason(self) -> None:
        assert run("releases", "release", "headlines", "1", "--environment", "staging").exit_code == 0

    def test_by_nobody_is_a_sentence(self) -> None:
        said = refusal("releases", "release", "headlines", "1", "--reason", "x", "--author", " ")
        assert said == "A release needs a name: who decides this?"

    @pytest.mark.parametrize("desk", ["gardening", "Sport", "", " ", "sport'--", "🏉"])
    def test_for_a_desk_that_there_is_not_names_those_there_are(self, desk: str) -> None:
        said = refusal("releases", "release", "headlines", "1", "--desk", desk, *WHY)
        assert said.startswith(f"There is no desk {desk!r}; there are politics, ")

    @pytest.mark.parametrize("version", ["3", "0", "99999999999999999999"])
    def test_of_a_version_that_there_is_not_names_the_newest(self, version: str) -> None:
        said = refusal("releases", "release", "headlines", version, *WHY)
        assert said == f"headlines has no version {version}; the newest is 2."

    def test_that_was_refused_leaves_what_is_live(self) -> None:
        refusal("releases", "release", "headlines", "1")
        assert live() == 2


class TestSeen:
    """`--seen` names the release that was there when somebody decided; CI asks for it before its tests run."""

    @pytest.mark.parametrize(
        ("command", "at"),
        [(("release", "headlines", "1"), ()), (("rollback", "headlines"), SPORT), (("withdraw", "headlines"), SPORT)],
    )
    def test_that_is_still_there_lets_the_change_through(self, command: tuple[str, ...], at: tuple[str, ...]) -> None:
        changed("release", "headlines", "1", *SPORT)
        seen = printed("releases", "at", "headlines", *at)[0]["id"]
        assert changed(*command, *at, "--seen", str(seen))["replaced"] == seen

    @pytest.mark.parametrize(
        "command", [("release", "headlines", "1"), ("rollback", "headlines"), ("withdraw", "headlines")]
    )
    def test_that_was_replaced_names_who_was_faster_and_2(self, command: tuple[str, ...]) -> None:
        seen = changed("release", "headlines", "2", *SPORT)["id"]
        run("releases", "release", "headlines", "1", *SPORT, "--author", "carla", "--reason", "Shorter.")
        said = refusal("releases", *command, *SPORT, *WHY, "--seen", str(seen))
        assert said == (
            "Since you looked, carla released 1 for production, sport desk, because: Shorter. Look again, then decide."
        )

    @pytest.mark.parametrize("number", ["0", "-1", "99", "99999999999999999999"])
    def test_that_never_was_is_a_sentence(self, number: str) -> None:
        said = refusal("releases", "release", "headlines", "1", *WHY, "--seen", number)
        assert said == f"There is no release {number}."


class TestRollback:
    def test_puts_back_what_was_live_before(self) -> None:
        changed("release", "headlines", "1")
        assert (changed("rollback", "headlines")["version"], live()) == (2, 2)

    def test_to_a_release_puts_back_that_one(self) -> None:
        first = changed("release", "headlines", "1")["id"]
        for version in ("2", "1", "2"):
            changed("release", "headlines", version)
        assert changed("rollback", "headlines", "--to", str(first))["restores"] == first

    def test_of_a_desks_first_own_gives_it_what_all_have(self) -> None:
        changed("release", "headlines", "1", *SPORT)
        assert (changed("rollback", "headlines", *SPORT)["version"], live(*SPORT)) == (None, 2)

    def test_prints_what_it_did(self) -> None:
        changed("release", "headlines", "1")
        told = run("releases", "rollback", "headlines", *WHY).stdout
        assert "headlines: production, all desks: version 2, rolled back by ada at " in told

    def test_of_the_first_release_is_a_sentence(self) -> None:
        said = refusal("releases", "rollback", "headlines", *WHY)
        assert said == (
            "Version 2 was the first to be live for production, all desks, so there is nothing to put back. Release another."
        )

    def test_of_a_desk_without_any_release_is_a_sentence(self) -> None:
        said = refusal("releases", "rollback", "headlines", *SPORT, *WHY)
        assert said == "Nothing was released to production, sport desk yet, so there is nothing to roll back."

    def test_to_a_release_of_another_place_is_a_sentence(self) -> None:
        said = refusal("releases", "rollback", "headlines", "--to", str(shipped("development")), *WHY)
        assert said.startswith("That release was for headlines: development, all desks, not for ")

    @pytest.mark.parametrize("number", ["0", "99", "99999999999999999999"])
    def test_to_a_release_that_there_is_not_is_a_sentence(self, number: str) -> None:
        assert refusal("releases", "rollback", "headlines", "--to", number, *WHY) == f"There is no release {number}."


class TestWithdraw:
    def test_gives_a_desk_what_all_have(self) -> None:
        changed("release", "headlines", "1", *SPORT)
        assert (changed("withdraw", "headlines", *SPORT)["version"], live(*SPORT)) == (None, 2)

    def test_for_all_desks_is_a_sentence(self) -> None:
        assert refusal("releases", "withdraw", "headlines", *WHY).startswith("What all desks have cannot be withdrawn")

    def test_of_a_desk_that_has_nothing_of_its_own_is_a_sentence(self) -> None:
        said = refusal("releases", "withdraw", "headlines", *SPORT, *WHY)
        assert said == "The sport desk has nothing of its own in production."


class TestAsAProgram:
    def test_a_release_holds_from_the_next_process_on(self) -> None:
        assert said(call("releases", "release", "headlines", "1", *WHY))[0] == 0
        code, out, _ = said(call("releases", "at", "headlines", "--json"))
        assert (code, json.loads(out)["version"]) == (0, 1)

    def test_a_conflict_is_a_sentence_and_2(self) -> None:
        seen = shipped("production")
        changed("release", "headlines", "1")
        code, out, err = said(call("releases", "release", "headlines", "1", *WHY, "--seen", str(seen)))
        assert (code, out) == (2, "")
        assert err.startswith("Since you looked, ada released 1 for production, all desks")
        assert err.count("\n") == 1

    def test_a_time_that_is_none_is_a_sentence_and_2(self) -> None:
        assert said(call("releases", "at", "headlines", "--time", "soon")) == (
            2,
            "",
            "'soon' is no time. Write it like 2026-11-17 14:00.\n",
        )
