"""`check`: headlines from anywhere, a line in and a line out."""

import json

from click.testing import CliRunner, Result

from core.cli import commands

ARTICLE = "The harbour bridge closes for eleven weeks from Monday, the town council said."


def run(*lines: str) -> Result:
    return CliRunner().invoke(commands, ["check"], input="\n".join(lines))


def line(headline: str, **more: str) -> str:
    return json.dumps({"article": ARTICLE, "headline": headline, "lang": "en", **more})


def found(result: Result) -> list[list[str]]:
    return [[each["check"] for each in json.loads(text)["findings"]] for text in result.stdout.splitlines()]


class TestCheck:
    def test_prints_a_line_for_each(self) -> None:
        result = run(line("Harbour bridge closes for eleven weeks"), line("Bridge closes for 12 weeks"))
        assert result.exit_code == 0
        assert [json.loads(text)["headline"] for text in result.stdout.splitlines()] == [
            "Harbour bridge closes for eleven weeks",
            "Bridge closes for 12 weeks",
        ]

    def test_names_what_it_found(self) -> None:
        clean, wrong = found(run(line("Harbour bridge closes for eleven weeks"), line("Bridge closes for 12 weeks.")))
        assert clean == []
        assert {"unsupported_number", "trailing_period"} <= set(wrong)

    def test_takes_empty_lines(self) -> None:
        assert len(found(run("", line("Bridge closes for eleven weeks"), ""))) == 1

    def test_a_line_that_is_no_json_is_named(self) -> None:
        result = run(line("Bridge closes for eleven weeks"), "no json")
        assert result.exit_code == 2
        assert "Line 2 is wrong" in result.stderr

    def test_a_missing_field_is_named(self) -> None:
        result = run('{"article": "x"}')
        assert (result.exit_code, result.stderr) == (2, "Line 1 is wrong: headline: Field required.\n")
