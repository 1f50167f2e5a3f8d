"""`prompts` lists, shows and compares versions."""

from pathlib import Path

import pytest

from tests.command_line import printed, refusal, run
from tests.core.cli.kept_prompts import POEMS, saved
from tests.shipped import PROMPTS, VERSIONS


class TestList:
    def test_prints_a_version_a_line_the_newest_first(self) -> None:
        lines = [line.split("  ")[0] for line in run("prompts", "list").stdout.splitlines()]
        assert sorted(lines) == [f"{name} {number}" for name, number in VERSIONS]
        assert [line for line in lines if line.startswith("headlines ")] == ["headlines 2", "headlines 1"]

    def test_says_where_a_version_is_live(self) -> None:
        first, second = run("prompts", "list", "headlines").stdout.splitlines()
        assert first.endswith("[live: development, all desks; production, all desks; staging, all desks]")
        assert "live" not in second

    def test_holds_every_prompt(self, poems: Path) -> None:
        run("prompts", "import", str(poems))
        assert [line["prompt"] for line in printed("prompts", "list")] == [*(name for name, _ in VERSIONS), "poems"]

    def test_of_one_prompt_holds_no_other(self, poems: Path) -> None:
        run("prompts", "import", str(poems))
        assert [line["prompt"] for line in printed("prompts", "list", "poems")] == ["poems"]

    def test_as_json_holds_what_a_program_needs(self) -> None:
        line = printed("prompts", "list", "headlines")[1]
        assert (line["prompt"], line["number"], line["author"], line["live"]) == ("headlines", 1, "copydesk", [])
        assert (len(line["hash"]), line["created_at"] > 1_700_000_000_000) == (64, True)

    @pytest.mark.parametrize("name", ["recipes", "", "../x", "Größe 🌉", "a'b", "HEADLINES"])
    def test_of_a_prompt_that_there_is_not_names_those_there_are(self, name: str) -> None:
        assert refusal("prompts", "list", name) == f"There is no prompt {name!r}; there are {', '.join(PROMPTS)}."


class TestShow:
    def test_prints_a_file_that_is_the_version(self, tmp_path: Path) -> None:
        copy = tmp_path / "copy.prompt.yml"
        copy.write_text(run("prompts", "show", "headlines", "1").stdout)
        (imported,) = printed("prompts", "import", str(copy))
        assert (imported["prompt"], imported["version"], imported["new"]) == ("headlines", 1, False)

    @pytest.mark.parametrize("version", ["3", "0", "99999999999999999999"])
    def test_of_a_version_that_there_is_not_names_the_newest(self, version: str) -> None:
        assert (
            refusal("prompts", "show", "headlines", version) == f"headlines has no version {version}; the newest is 2."
        )

    def test_of_a_prompt_that_there_is_not_is_a_sentence(self) -> None:
        assert refusal("prompts", "show", "recipes", "1") == "There is no prompt 'recipes'."

    def test_of_no_number_is_2(self) -> None:
        assert run("prompts", "show", "headlines", "latest").exit_code == 2


class TestDiff:
    def test_of_a_version_and_itself_says_so(self) -> None:
        assert run("prompts", "diff", "headlines", "2", "2").stdout == "The same content.\n"

    def test_marks_the_words_and_names_the_settings(self, poems: Path) -> None:
        run("prompts", "import", str(poems))
        text = POEMS.replace("Ten lines", "Five short lines").replace("offline/lede", "gpt")
        number = saved(text.replace("copydesk:", "modelParameters:\n  temperature: 0.5\ncopydesk:"))
        assert run("prompts", "diff", "poems", "1", str(number)).stdout.splitlines() == [
            "--- user",
            "  {{ article }}",
            "~ [-Ten-]{+Five short+} lines.",
            "  ",
            "model: offline/lede → gpt",
            "parameters.temperature: not set → 0.5",
        ]

    def test_backwards_is_the_same_the_other_way_round(self, poems: Path) -> None:
        run("prompts", "import", str(poems))
        saved(POEMS.replace("Ten lines", "Five lines"))
        assert "~ [-Five-]{+Ten+} lines." in run("prompts", "diff", "poems", "2", "1").stdout

    def test_marks_a_line_that_only_the_other_has(self, poems: Path) -> None:
        run("prompts", "import", str(poems))
        saved(POEMS.replace("Ten lines.", "Ten lines.\n      No titles."))
        assert "~ {+No titles.+}" in run("prompts", "diff", "poems", "1", "2").stdout.splitlines()

    def test_shows_a_message_that_is_gone(self, poems: Path) -> None:
        run("prompts", "import", str(poems))
        saved(POEMS.replace("  - role: system\n    content: Write „Größe“ 🌉.\n", ""))
        lines = run("prompts", "diff", "poems", "1", "2").stdout.splitlines()
        assert lines[0] == "--- system → user"
        assert "--- user (removed)" in lines

    def test_shows_a_change_of_role_alone(self, poems: Path) -> None:
        run("prompts", "import", str(poems))
        saved(POEMS.replace("role: system", "role: assistant"))
        assert run("prompts", "diff", "poems", "1", "2").stdout.splitlines() == [
            "--- system → assistant",
            "  Write „Größe“ 🌉.",
        ]

    def test_shows_a_line_end_that_is_gone(self, poems: Path) -> None:
        run("prompts", "import", str(poems))
        saved(POEMS.replace("content: |", "content: |-"))
        assert run("prompts", "diff", "poems", "1", "2").stdout.splitlines()[-1] == "~ [--]"

    def test_of_a_version_that_there_is_not_is_a_sentence(self) -> None:
        assert refusal("prompts", "diff", "headlines", "1", "9") == "headlines has no version 9; the newest is 2."
