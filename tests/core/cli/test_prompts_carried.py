"""`prompts` carries versions out and in, as files and as folders for git."""

import json
import shutil
from pathlib import Path

import pytest

from tests.command_line import call, printed, refusal, run, said
from tests.conftest import ROOT
from tests.core.cli.kept_prompts import POEMS, saved
from tests.shipped import PROMPTS, VERSIONS

SHIPPED = ROOT / "prompts" / "headlines-2.prompt.yml"


class TestImport:
    def test_says_which_version_a_file_became(self, poems: Path) -> None:
        result = run("prompts", "import", str(poems))
        assert (result.exit_code, result.stdout) == (0, f"{poems}: poems 1\n")

    def test_says_that_a_version_was_here_already(self, poems: Path) -> None:
        run("prompts", "import", str(poems))
        assert run("prompts", "import", str(poems)).stdout == f"{poems}: poems 1 was here already\n"

    def test_as_json_gives_ci_the_number_to_release(self, poems: Path) -> None:
        assert printed("prompts", "import", str(poems)) == [
            {"file": str(poems), "prompt": "poems", "version": 1, "new": True}
        ]

    def test_takes_several_files_in_their_order(self, poems: Path) -> None:
        other = poems.with_name("other.prompt.yml")
        other.write_text(POEMS.replace("Ten", "Five"))
        imported = printed("prompts", "import", str(other), str(poems), str(SHIPPED))
        assert [(each["prompt"], each["version"]) for each in imported] == [
            ("poems", 1),
            ("poems", 2),
            ("headlines", 2),
        ]

    def test_keeps_the_note_in_the_file(self, poems: Path) -> None:
        run("prompts", "import", str(poems))
        assert printed("prompts", "list", "poems")[0]["note"] == "The first."

    def test_takes_a_note_from_the_command_before_that_in_the_file(self, poems: Path) -> None:
        run("prompts", "import", str(poems), "--note", "„Größe“ zählt 🌉 'x\" $HOME")
        assert printed("prompts", "list", "poems")[0]["note"] == "„Größe“ zählt 🌉 'x\" $HOME"

    def test_without_a_note_names_the_file(self, poems: Path) -> None:
        poems.write_text(POEMS.replace("  note: The first.", "  contract: {}"))
        run("prompts", "import", str(poems))
        assert printed("prompts", "list", "poems")[0]["note"] == "From poems.prompt.yml"

    def test_bears_the_name_of_its_author(self, poems: Path) -> None:
        run("prompts", "import", str(poems), "--author", "Zoë O’Brien, desk 🏉")
        assert printed("prompts", "list", "poems")[0]["author"] == "Zoë O’Brien, desk 🏉"

    def test_without_a_name_bears_that_of_the_login(self, poems: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("LOGNAME", "ci-runner")
        run("prompts", "import", str(poems))
        assert printed("prompts", "list", "poems")[0]["author"] == "ci-runner"

    def test_releases_nothing(self, poems: Path) -> None:
        run("prompts", "import", str(poems))
        assert printed("releases", "list", "poems") == []

    def test_names_what_it_keeps_and_does_not_use(self, poems: Path) -> None:
        poems.write_text(POEMS + "evaluators: []\n")
        assert run("prompts", "import", str(poems)).stderr == f"{poems}: evaluators: kept, not used by Copydesk.\n"

    def test_of_a_file_with_an_odd_name_is_a_version(self, tmp_path: Path) -> None:
        odd = tmp_path / "-- Größe 🌉 'x\" $HOME.prompt.yml"
        odd.write_text(POEMS)
        assert printed("prompts", "import", str(odd))[0]["file"] == str(odd)

    def test_of_a_file_that_is_not_there_is_2(self) -> None:
        result = run("prompts", "import", "not-there.prompt.yml")
        assert result.exit_code == 2
        assert "'not-there.prompt.yml' does not exist" in result.stderr

    def test_of_nothing_is_2(self) -> None:
        assert run("prompts", "import").exit_code == 2

    @pytest.mark.parametrize(
        ("data", "sentence"),
        [
            (POEMS.encode("latin-1", "replace"), "poems.prompt.yml cannot be read: "),
            (b"", "poems.prompt.yml, line 1: "),
            (b"name: [", "poems.prompt.yml, line 1: "),
            (POEMS.replace("model: offline/lede", "model: 7").encode(), "poems.prompt.yml, line 2: model is wrong"),
            (POEMS.replace("{{ article }}", "{{ article").encode(), "The template breaks at line "),
        ],
    )
    def test_of_a_broken_file_is_a_sentence(self, poems: Path, data: bytes, sentence: str) -> None:
        poems.write_bytes(data)
        assert refusal("prompts", "import", str(poems)).startswith(sentence)

    def test_of_a_broken_file_among_others_saves_none(self, poems: Path) -> None:
        broken = poems.with_name("broken.prompt.yml")
        broken.write_text("name: [")
        before = printed("prompts", "list")
        refusal("prompts", "import", str(poems), str(broken))
        assert printed("prompts", "list") == before

    def test_of_an_empty_folder_is_a_sentence(self, tmp_path: Path) -> None:
        (tmp_path / "empty").mkdir()
        assert "holds no prompts" in refusal("prompts", "import", str(tmp_path / "empty"))

    def test_of_a_folder_with_a_note_is_a_sentence(self, tmp_path: Path) -> None:
        said = refusal("prompts", "import", str(tmp_path), "--note", "All of it.")
        assert said == "The versions in a folder have notes of their own. Leave --note away."


class TestExport:
    def test_writes_every_version_and_says_how_many_files(self, tmp_path: Path) -> None:
        result = run("prompts", "export", str(tmp_path / "out"))
        written = {str(path.relative_to(tmp_path / "out")) for path in (tmp_path / "out").rglob("*.yml")}
        of_versions = {f"{name}/{number}.prompt.yml" for name, number in VERSIONS}
        assert written == of_versions | {f"{name}/releases.yml" for name in PROMPTS}
        assert (result.exit_code, result.stdout) == (0, f"{len(written)} files in {tmp_path / 'out'}\n")

    def test_twice_leaves_the_same_bytes(self, tmp_path: Path) -> None:
        first = {path: path.read_bytes() for path in self.exported(tmp_path)}
        assert {path: path.read_bytes() for path in self.exported(tmp_path)} == first

    def test_names_a_file_that_it_leaves_alone(self, tmp_path: Path) -> None:
        self.exported(tmp_path)
        stranger = tmp_path / "out" / "headlines" / "9.prompt.yml"
        stranger.write_text(POEMS)
        result = run("prompts", "export", str(tmp_path / "out"))
        assert (result.exit_code, result.stderr) == (0, f"{stranger} is no version here; it was left alone.\n")

    def test_over_a_file_that_somebody_edited_is_a_sentence(self, tmp_path: Path) -> None:
        self.exported(tmp_path)
        (tmp_path / "out" / "headlines" / "1.prompt.yml").write_text(POEMS)
        said = refusal("prompts", "export", str(tmp_path / "out"))
        assert said.startswith("headlines/1.prompt.yml holds something else than version 1.")

    def test_to_where_a_file_stands_is_2(self, tmp_path: Path) -> None:
        (tmp_path / "out").write_text("")
        assert run("prompts", "export", str(tmp_path / "out")).exit_code == 2

    def test_to_where_nothing_can_be_is_a_sentence(self, tmp_path: Path) -> None:
        (tmp_path / "file").write_text("")
        assert "cannot be written" in refusal("prompts", "export", str(tmp_path / "file" / "out"))

    def test_to_a_folder_with_an_odd_name_is_read_from_there(self, tmp_path: Path) -> None:
        odd = tmp_path / "-- Größe 🌉 'x\" $HOME"
        assert run("prompts", "export", str(odd)).exit_code == 0
        assert [each["new"] for each in printed("prompts", "import", str(odd))] == [False] * len(VERSIONS)

    def exported(self, tmp_path: Path) -> list[Path]:
        assert run("prompts", "export", str(tmp_path / "out")).exit_code == 0
        return sorted((tmp_path / "out").rglob("*.yml"))


class TestRoundTrip:
    """From one installation to another, by a folder."""

    def test_brings_every_version_under_its_number(
        self, poems: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        run("prompts", "import", str(poems))
        saved(POEMS.replace("Ten", "Five"))
        run("prompts", "export", str(tmp_path / "out"))
        before = [(line["prompt"], line["number"], line["hash"]) for line in printed("prompts", "list")]
        monkeypatch.setenv("COPYDESK_DB", str(tmp_path / "other.db"))
        imported = printed("prompts", "import", str(tmp_path / "out"))
        assert [(each["prompt"], each["version"], each["new"]) for each in imported] == [
            *((name, number, False) for name, number in VERSIONS), ("poems", 1, True), ("poems", 2, True)
        ]  # fmt: skip
        assert [(line["prompt"], line["number"], line["hash"]) for line in printed("prompts", "list")] == before

    def test_tells_where_other_versions_are_live(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        run("releases", "release", "headlines", "1", "--reason", "Shorter.", "--author", "ada")
        run("prompts", "export", str(tmp_path / "out"))
        monkeypatch.setenv("COPYDESK_DB", str(tmp_path / "other.db"))
        result = run("prompts", "import", str(tmp_path / "out"))
        assert result.stderr == "headlines, production, all desks: here 2, in the folder 1.\n"

    def test_names_the_file_that_a_version_came_from(self, tmp_path: Path) -> None:
        run("prompts", "export", str(tmp_path / "out"))
        imported = printed("prompts", "import", str(tmp_path / "out"))
        assert [Path(each["file"]).exists() for each in imported] == [True] * len(VERSIONS)

    def test_with_one_broken_file_brings_nothing(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        run("prompts", "export", str(tmp_path / "out"))
        shutil.copytree(tmp_path / "out" / "headlines", tmp_path / "out" / "poems")
        monkeypatch.setenv("COPYDESK_DB", str(tmp_path / "other.db"))
        before = printed("prompts", "list")
        assert refusal("prompts", "import", str(tmp_path / "out")).startswith("poems/1.prompt.yml, line 1: ")
        assert printed("prompts", "list") == before


class TestAsAProgram:
    def test_ci_imports_and_releases_what_it_imported(self, poems: Path) -> None:
        code, out, _ = said(call("prompts", "import", str(poems), "--author", "ci", "--json"))
        assert code == 0
        version = str(json.loads(out)["version"])
        code, _, _ = said(call("releases", "release", "poems", version, "--author", "ci", "--reason", "Merged."))
        assert (code, printed("releases", "at", "poems")[0]["version"]) == (0, 1)

    def test_a_file_name_that_is_not_utf8_is_a_sentence_and_2(self, poems: Path) -> None:
        odd = str(poems.parent).encode() + b"/\xff.prompt.yml"
        code, out, err = said(call("prompts", "import", odd))
        assert (code, out) == (2, "")
        assert err.endswith("\\udcff.prompt.yml' is not UTF-8 text.\n")

    def test_a_diff_is_utf8_where_the_machine_would_write_something_else(self, poems: Path) -> None:
        run("prompts", "import", str(poems))
        saved(POEMS.replace("role: system", "role: assistant"))
        code, out, _ = said(call("prompts", "diff", "poems", "1", "2", PYTHONIOENCODING="cp1252"))
        assert (code, out) == (0, "--- system → assistant\n  Write „Größe“ 🌉.\n")
