"""`releases` tells what is live where and when it was, in the time zone of who asks."""

import json
from datetime import UTC, datetime, timedelta

import pytest

from core import clock, settings
from core.copydesk import open_copydesk
from core.prompts import releases
from core.prompts.releases import ENVIRONMENTS, Place
from tests.command_line import call, printed, refusal, run, said
from tests.conftest import HeldClock
from tests.core.cli.released import SPORT, changed, live
from tests.shipped import PROMPTS


class TestList:
    def test_prints_what_is_live_at_every_place(self) -> None:
        changed("release", "headlines", "1", *SPORT)
        listed = printed("releases", "list")
        assert list(dict.fromkeys(each["prompt"] for each in listed)) == PROMPTS
        of_headlines = [each for each in listed if each["prompt"] == "headlines"]
        assert [(each["environment"], each["desk"], each["version"]) for each in of_headlines] == [
            ("development", None, 2), ("production", None, 2), ("production", "sport", 1), ("staging", None, 2)
        ]  # fmt: skip

    @pytest.mark.usefixtures("never_started")
    def test_prints_who_and_when_and_why_on_one_line(self, held: HeldClock) -> None:
        changed("release", "headlines", "1")
        held.now += 60_000
        number = changed("release", "headlines", "1", *SPORT)["id"]
        line = run("releases", "list", "headlines").stdout.splitlines()[2]
        when = datetime.fromtimestamp(held.now // 1000).astimezone().isoformat(" ")
        assert line == f"{number:>6}  headlines: production, sport desk: version 1, released by ada at {when}: Better."

    def test_leaves_out_what_was_withdrawn(self) -> None:
        changed("release", "headlines", "1", *SPORT)
        changed("withdraw", "headlines", *SPORT)
        assert all(each["desk"] is None for each in printed("releases", "list"))

    def test_with_history_prints_all_of_every_environment_newest_first(self) -> None:
        before = [each["id"] for each in printed("releases", "list", "headlines", "--history")]
        assert len(before) == len(ENVIRONMENTS)
        made = [
            changed("release", "headlines", version, "--environment", environment)["id"]
            for version, environment in (("1", "staging"), ("1", "production"), ("2", "staging"))
        ]
        listed = [each["id"] for each in printed("releases", "list", "headlines", "--history")]
        assert listed == [*made[::-1], *before]
        assert listed == sorted(listed, reverse=True)

    def test_with_history_of_all_prompts_prints_the_newest_first_too(self) -> None:
        made = changed("release", "headlines", "1")["id"]
        listed = [each["id"] for each in printed("releases", "list", "--history")]
        assert (listed[0], listed) == (made, sorted(listed, reverse=True))

    def test_with_history_ends_at_no_page(self) -> None:
        place = Place("headlines", "staging")
        with open_copydesk(settings.load()) as copydesk:
            seen = releases.current(copydesk.db, place)
            for _ in range(releases.PAGE + 20):
                seen = releases.release(copydesk.db, place, 1, author="ci", reason="", seen=seen)
        assert len(printed("releases", "list", "headlines", "--history")) == releases.PAGE + 23

    def test_with_history_names_what_every_release_was(self) -> None:
        changed("release", "headlines", "1", *SPORT)
        changed("rollback", "headlines", *SPORT)
        lines = run("releases", "list", "headlines", "--history").stdout.splitlines()
        assert ": what all desks have, withdrawn by ada at " in lines[0]
        assert ": version 1, released by ada at " in lines[1]

    @pytest.mark.parametrize("name", ["recipes", "", "Größe 🌉", "a'b\"--"])
    def test_of_a_prompt_that_there_is_not_names_those_there_are(self, name: str) -> None:
        assert refusal("releases", "list", name) == f"There is no prompt {name!r}; there are {', '.join(PROMPTS)}."


@pytest.mark.usefixtures("never_started")
class TestAt:
    def test_without_a_time_is_now(self) -> None:
        changed("release", "headlines", "1")
        assert live() == 1

    def test_without_a_time_is_now_in_a_fresh_installation_too(self) -> None:
        assert run("releases", "at", "headlines").exit_code == 0

    def test_gives_a_desk_its_own(self) -> None:
        changed("release", "headlines", "1", *SPORT)
        assert (live(*SPORT), live("--desk", "tech"), live()) == (1, 2, 2)

    def test_keeps_environments_apart(self) -> None:
        changed("release", "headlines", "1", "--environment", "staging")
        assert (live("--environment", "staging"), live("--environment", "development")) == (1, 2)

    def test_finds_what_was_live_then(self, held: HeldClock) -> None:
        moments = []
        for version in ("1", "2", "1"):
            held.now += 3_600_000
            changed("release", "headlines", version)
            moments.append(clock.as_datetime(held.now).isoformat())
        assert [live("--time", moment) for moment in moments] == [1, 2, 1]

    def test_takes_the_time_that_a_list_prints(self, held: HeldClock) -> None:
        changed("release", "headlines", "1")
        held.now += 1_500
        changed("release", "headlines", "2")
        held.now += 60_000
        changed("release", "headlines", "1")
        line = run("releases", "list", "headlines", "--history").stdout.splitlines()[1]
        assert live("--time", line.partition(" at ")[2].removesuffix(": Better.")) == 2

    def test_is_exact_to_the_millisecond(self, held: HeldClock) -> None:
        changed("release", "headlines", "1")
        before, then = (clock.as_datetime(held.now + each).isoformat(timespec="milliseconds") for each in (-1, 5))
        held.now += 6
        changed("release", "headlines", "2")
        assert run("releases", "at", "headlines", "--time", before).exit_code == 1
        assert live("--time", then) == 1

    def test_where_nothing_was_live_is_a_sentence_and_1(self) -> None:
        result = run("releases", "at", "headlines", "--desk", "sport", "--time", "2001-01-01")
        assert (result.exit_code, result.stdout) == (1, "")
        assert result.stderr == "Nothing of headlines was live for production, sport desk then.\n"

    @pytest.mark.parametrize(
        "time", ["soon", "", "yesterday", "17.11.2026", "2026-13-01", "2026-02-30", "14:00", "0001-01-01", "²"]
    )
    def test_of_what_is_no_time_is_a_sentence(self, time: str) -> None:
        said = refusal("releases", "at", "headlines", "--time", time)
        assert said == f"{time!r} is no time. Write it like 2026-11-17 14:00."

    def test_of_a_desk_that_there_never_was_names_those_there_are(self) -> None:
        assert refusal("releases", "at", "headlines", "--desk", "gardening").startswith(
            "There is no desk 'gardening'; there are politics, "
        )

    def test_of_a_desk_that_is_closed_by_now_tells_what_it_had(self, monkeypatch: pytest.MonkeyPatch) -> None:
        changed("release", "headlines", "1", *SPORT)
        monkeypatch.setenv("COPYDESK_DESKS", "politics,tech")
        assert live(*SPORT) == 1

    def test_of_a_prompt_that_there_is_not_is_a_sentence(self) -> None:
        assert refusal("releases", "at", "recipes") == f"There is no prompt 'recipes'; there are {', '.join(PROMPTS)}."

    def test_of_an_environment_that_there_is_not_is_2(self) -> None:
        assert run("releases", "at", "headlines", "--environment", "live").exit_code == 2


@pytest.mark.usefixtures("never_started")
class TestTimeZone:
    """A time without a zone is that of the machine; one with a zone is the same moment everywhere."""

    @pytest.fixture
    def noon(self, held: HeldClock) -> datetime:
        """When version 1 went live for all desks: 12:00 UTC; version 2 followed at 13:00."""
        noon = datetime(2026, 7, 1, 12, tzinfo=UTC)
        held.now = int((noon - timedelta(days=1)).timestamp() * 1000)
        printed("releases", "list")
        for version, hours in (("1", 24), ("2", 1)):
            held.now += hours * 3_600_000
            changed("release", "headlines", version)
        return noon

    @pytest.mark.parametrize(
        ("zone", "first", "second"),
        [
            ("UTC", "2026-07-01 12:30", "2026-07-01 13:30"),
            ("Europe/Berlin", "2026-07-01 14:30", "2026-07-01 15:30"),
            ("Asia/Tokyo", "2026-07-01 21:30", "2026-07-01T22:30:00"),
            ("America/St_Johns", "2026-07-01 10:00", "2026-07-01 11:00"),
            ("Asia/Tokyo", "2026-07-01 12:30+00:00", "2026-07-01T13:30:00Z"),
        ],
    )
    def test_of_the_machine_is_that_of_the_question(self, noon: datetime, zone: str, first: str, second: str) -> None:
        found = [
            said(call("releases", "at", "headlines", "--json", "--time", each, TZ=zone)) for each in (first, second)
        ]
        assert [(code, json.loads(out)["version"]) for code, out, _ in found] == [(0, 1), (0, 2)]

    def test_of_the_machine_is_that_of_the_answer(self, noon: datetime) -> None:
        _, out, _ = said(call("releases", "list", "headlines", "--history", TZ="Asia/Tokyo"))
        assert " at 2026-07-01 21:00:00+09:00: Better." in out.splitlines()[1]
