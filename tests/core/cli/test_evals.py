"""`evals` on the command line: sets listed, shown, and carried in files."""

from pathlib import Path

import pytest

from core.evals.exchange import FORMATS, jsonl
from tests.command_line import call, printed, refusal, run, said
from tests.conftest import ROOT

NEWSROOM = ROOT / "prompts" / "evals" / "newsroom.jsonl"

SHEET = 'Text,Section,Headline,Mood\n"One, =text",sport,A title,calm\nTwo,local,,\n'


@pytest.fixture
def sheet(tmp_path: Path) -> Path:
    path = tmp_path / "cases.csv"
    path.write_text(SHEET)
    return path


class TestList:
    def test_has_the_shipped_sets(self) -> None:
        lines = {line["name"]: line for line in printed("evals", "list")}
        assert lines.keys() == {"newsroom", "regressions"}
        assert (lines["newsroom"]["number"], lines["newsroom"]["cases"], lines["newsroom"]["desks"]["sport"]) == (
            1,
            64,
            8,
        )

    def test_of_one_set_has_its_versions(self, sheet: Path) -> None:
        run("evals", "import", "newsroom", str(sheet), "--note", "Ours now.", "--author", "ada")
        lines = run("evals", "list", "newsroom").stdout.splitlines()
        assert lines[0].startswith("newsroom 2  ")
        assert lines[0].endswith("  ada: Ours now.  [2 cases: sport 1, local 1]")
        assert lines[1].startswith("newsroom 1  ")

    def test_of_no_set_is_a_sentence(self) -> None:
        assert refusal("evals", "list", "nothing") == "There is no eval set 'nothing'."


class TestShow:
    def test_has_a_line_a_case_without_its_article(self, sheet: Path) -> None:
        run("evals", "import", "ours", str(sheet))
        assert run("evals", "show", "ours").stdout.splitlines() == [
            "case-1  sport, web, ?, 10 characters  A title",
            "case-2  local, web, ?, 3 characters",
        ]

    def test_has_an_old_version(self, sheet: Path) -> None:
        run("evals", "import", "newsroom", str(sheet))
        assert len(printed("evals", "show", "newsroom", "--version", "1")) == 64

    def test_of_a_version_that_there_is_not_is_a_sentence(self) -> None:
        assert refusal("evals", "show", "newsroom", "--version", "9") == "newsroom has no version 9; the newest is 1."


class TestImport:
    def test_says_which_version_it_became_and_what_was_left_out(self, sheet: Path) -> None:
        result = run("evals", "import", "ours", str(sheet))
        assert (result.exit_code, result.stdout) == (0, "ours 1: 2 cases\n")
        assert result.stderr == "Column 'Mood': not used by Copydesk, once.\n"

    def test_twice_is_the_same_version(self, sheet: Path) -> None:
        run("evals", "import", "ours", str(sheet))
        assert run("evals", "import", "ours", str(sheet)).stdout == "ours 1 was here already: 2 cases\n"
        assert printed("evals", "import", "ours", str(sheet))[0]["new"] is False

    def test_takes_headers_that_are_chosen(self, sheet: Path) -> None:
        run("evals", "import", "ours", str(sheet), "--map", "reference=Mood", "--map", "id=Headline")
        assert [(line["id"], line["reference"]) for line in printed("evals", "show", "ours")] == [
            ("A title", "calm"), ("case-2", None)
        ]  # fmt: skip

    def test_gives_a_desk_to_cases_that_name_none(self, tmp_path: Path) -> None:
        (tmp_path / "tests.jsonl").write_text('{"vars": {"article": "A text."}}\n')
        run("evals", "import", "ours", str(tmp_path / "tests.jsonl"), "--desk", "sport")
        assert [line["desk"] for line in printed("evals", "show", "ours")] == ["sport"]

    def test_of_a_file_with_faults_names_them_and_changes_nothing(self, sheet: Path) -> None:
        sheet.write_text("article,desk\nOne,sport\nTwo,gardening\n,sport\n")
        result = run("evals", "import", "ours", str(sheet))
        assert (result.exit_code, result.stdout) == (2, "")
        assert result.stderr.splitlines()[::2] == [
            "cases.csv cannot be read; nothing was taken from it.",
            "Line 4: article is missing.",
        ]
        assert refusal("evals", "show", "ours") == "There is no eval set 'ours'."

    @pytest.mark.parametrize(
        ("options", "sentence"),
        [
            (("--map", "article"), "'article' names no header. Write it like article=Text."),
            (("--map", "colour=Text"), "A case has no 'colour'; "),
            (("--map", "id=x", "--format", "jsonl"), "Only the headers of a CSV can be mapped. Leave --map away."),
        ],
    )
    def test_with_options_that_cannot_be_is_a_sentence(
        self, sheet: Path, options: tuple[str, ...], sentence: str
    ) -> None:
        assert refusal("evals", "import", "ours", str(sheet), *options).startswith(sentence)

    def test_under_a_name_that_cannot_be_is_a_sentence(self, sheet: Path) -> None:
        result = run("evals", "import", "Our Set", str(sheet))
        assert (result.exit_code, result.stderr.splitlines()[-1][:35]) == (2, "A set cannot be called 'Our Set': s")

    def test_of_no_file_is_2(self) -> None:
        assert run("evals", "import", "ours", "not-there.csv").exit_code == 2


class TestExport:
    @pytest.mark.parametrize("form", FORMATS)
    def test_comes_back_as_the_same_version(self, tmp_path: Path, form: str) -> None:
        path = tmp_path / ("out.csv" if form.endswith("csv") else "out.jsonl")
        path.write_bytes(run("evals", "export", "regressions", "--format", form).stdout_bytes)
        assert run("evals", "import", "regressions", str(path)).stdout.startswith("regressions 1 was here already")

    def test_is_our_own_format_if_nothing_is_said(self) -> None:
        exported = run("evals", "export", "newsroom").stdout_bytes
        assert jsonl.read(exported, "exported") == jsonl.read(NEWSROOM.read_bytes(), "newsroom.jsonl")


class TestAsAProgram:
    def test_prints_utf8_where_the_machine_would_write_something_else(self) -> None:
        code, out, _ = said(call("evals", "export", "newsroom", "--format", "csv", PYTHONIOENCODING="cp1252"))
        assert code == 0
        assert "£6.4 billion" in out
