"""A gate's file: what it says in words, and what is said about each mistake in it."""

from pathlib import Path

import pytest

from core.errors import BadInput
from core.evals.gates import rules
from core.evals.gates.rules import Gate

ROOT = Path(__file__).parents[3]
TOP = "prompt: headlines\nenvironments: [production]\nset: newsroom\nrules:\n"


def gate(*lines: str) -> Gate:
    return rules.parse(TOP + "".join(f"  - {line}\n" for line in lines), source="headlines.yml")


def refusal(text: str) -> str:
    with pytest.raises(BadInput) as caught:
        rules.parse(text, source="headlines.yml")
    return caught.value.message


def rule_refusal(*lines: str) -> str:
    return refusal(TOP + "".join(f"  - {line}\n" for line in lines))


class TestTheWords:
    @pytest.mark.parametrize(
        ("line", "words"),
        [
            ("{measure: met_at_once, at_least: 0.98}", "contract met at once is at least 98 % on newsroom"),
            (
                '{measure: "flagged:unsupported_number", no_worse_by: 0.05, on: each desk}',
                "unsupported number flagged is no worse than what is live by more than 5 points on any desk of newsroom",
            ),
            (
                "{measure: met, no_worse_by: 0.01}",
                "contract met is no worse than what is live by more than 1 point on newsroom",
            ),
            ("{measure: cost, at_most: 0.02}", "cost is at most $0.02 on newsroom"),
            ("{measure: cost, at_most: 0.0004}", "cost is at most $0.0004 on newsroom"),
            ("{measure: duration_ms, at_most: 20000}", "time in all is at most 20 s on newsroom"),
            ("{measure: first_headline_ms, at_most: 800}", "time to the first headline is at most 800 ms on newsroom"),
            (
                '{measure: "judge:tone", at_least: 3.5, on: each desk}',
                "tone by the judge is at least 3.5 of 5 on each desk of newsroom",
            ),
            (
                '{measure: "judge:tone", no_worse_by: 0.5}',
                "tone by the judge is no worse than what is live by more than 0.5 on newsroom",
            ),
            ("{measure: variety, at_least: 0.5}", "variety is at least 0.5 on newsroom"),
        ],
    )
    def test_say_what_is_asked(self, line: str, words: str) -> None:
        assert gate(line).words == (words,)


class TestTheFile:
    def test_that_is_shipped_can_be_read(self) -> None:
        shipped = rules.of(ROOT / "prompts" / "gates", "headlines", "production")
        assert shipped is not None
        assert shipped.set == "newsroom"

    def test_that_is_shipped_asks_nothing_elsewhere(self) -> None:
        assert rules.of(ROOT / "prompts" / "gates", "headlines", "staging") is None

    def test_may_be_missing(self, tmp_path: Path) -> None:
        assert rules.of(tmp_path, "headlines", "production") is None

    def test_is_not_looked_for_outside_its_folder(self, tmp_path: Path) -> None:
        (tmp_path / "headlines.yml").write_text(TOP + "  - {measure: met, at_least: 1}\n")
        assert rules.of(tmp_path / "gates", "../headlines", "production") is None

    def test_that_is_broken_does_not_open_the_gate(self, tmp_path: Path) -> None:
        (tmp_path / "headlines.yml").write_text("rules: [")
        with pytest.raises(BadInput):
            rules.of(tmp_path, "headlines", "staging")

    def test_is_for_the_prompt_that_it_is_named_after(self, tmp_path: Path) -> None:
        (tmp_path / "summary.yml").write_text(TOP + "  - {measure: met, at_least: 1}\n")
        with pytest.raises(BadInput, match="prompt is headlines, but the name of the file says summary"):
            rules.of(tmp_path, "summary", "production")


class TestTheVersion:
    def test_is_equal_for_equal_rules(self) -> None:
        assert gate("{measure: met, at_least: 1}").version == gate("{at_least: 1.0, measure: met}  # comment").version

    @pytest.mark.parametrize("line", ["{measure: met, at_least: 0.9}", "{measure: met, at_least: 1, on: each desk}"])
    def test_is_another_for_others(self, line: str) -> None:
        assert gate("{measure: met, at_least: 1}").version != gate(line).version


class TestAMistake:
    @pytest.mark.parametrize(
        ("line", "said"),
        [
            ("{measure: met}", "it needs one of at_least, at_most and no_worse_by, and has none of them."),
            (
                "{measure: met, at_least: 1, at_most: 1}",
                "it needs one of at_least, at_most and no_worse_by, and has at_least and at_most.",
            ),
            ("{measure: met, at_least: 98}", "at_least of met is a share between 0 and 1; for 98 % write 0.98."),
            ("{measure: met, at_least: much}", "at_least is a number, such as 0.98."),
            ("{measure: met, at_least: true}", "at_least is a number, such as 0.98."),
            ("{measure: met, at_least: .nan}", "at_least is a number, such as 0.98."),
            ("{measure: met, no_worse_by: 0}", "no_worse_by is above 0: how much worse would still do?"),
            ("{measure: met, at_most: 1}", "more is better for met, so it takes at_least or no_worse_by."),
            ("{measure: cost, at_least: 1}", "less is better for cost, so it takes at_most or no_worse_by."),
            ("{measure: cost, at_most: -1}", "at_most of cost cannot be below 0."),
            ("{measure: met, at_least: 1, on: sport}", "on is `each desk`; leave it out for all articles together."),
            (
                "{measure: met, at_lest: 1}",
                "there is no 'at_lest' in a rule. There are measure, at_least, at_most, no_worse_by, on.",
            ),
            ("{at_least: 1}", "measure is missing: measure is the name of a measure, such as met_at_once."),
            ("{measure: 3, at_least: 1}", "measure is the name of a measure, such as met_at_once."),
            ("met", "this is no rule. A rule is a line such as - {measure: met_at_once, at_least: 0.98}."),
        ],
    )
    def test_in_a_rule_is_said_with_its_number_and_line(self, line: str, said: str) -> None:
        found = rule_refusal("{measure: cost, at_most: 1}", line)
        assert found == f"headlines.yml, rule 2, line 6: {said}"

    @pytest.mark.parametrize("name", ["mett", "flagged:", "judge:", ":"])
    def test_in_the_name_of_a_measure_lists_those_that_there_are(self, name: str) -> None:
        found = rule_refusal(f'{{measure: "{name}", at_most: 1}}')
        assert f"rule 1, line 5: there is no measure '{name}'. There are met_at_once, met, " in found
        assert found.endswith("flagged:CHECK and judge:CRITERION.")

    def test_that_repeats_a_rule_names_the_first(self) -> None:
        assert rule_refusal("{measure: met, at_least: 1}", "{measure: met, at_least: 1.0}") == (
            "headlines.yml, rule 2, line 6: it says the same as rule 1. Take one of them out."
        )

    @pytest.mark.parametrize(
        ("text", "said"),
        [
            ("", ": this is no gate. Write prompt, environments, set and rules, each on a line."),
            ("- 1", ": this is no gate. Write prompt, environments, set and rules, each on a line."),
            (TOP, ", line 4: rules is a list of 1 to 100 rules, each on a line that begins with a hyphen."),
            (
                TOP.replace("[production]", "[live]") + "  - {measure: met, at_least: 1}\n",
                ", line 2: environments is a list of one or more of development, staging, production, such as "
                "[production].",
            ),
            (
                TOP.replace("headlines", "Head Lines") + "  - {measure: met, at_least: 1}\n",
                ", line 1: prompt is the name of a prompt in small letters, such as headlines.",
            ),
            (
                "wait: 1\n" + TOP + "  - {measure: met, at_least: 1}\n",
                ", line 1: there is no 'wait' in a gate. There are prompt, environments, set, rules.",
            ),
            (
                TOP + "  - {measure: met, at_least: 1",
                ", line 5: a bracket, a quotation mark or the indent is wrong here or just above. A rule is a line such "
                "as - {measure: met_at_once, at_least: 0.98}.",
            ),
        ],
    )
    def test_in_the_file_is_said_with_its_line(self, text: str, said: str) -> None:
        assert refusal(text) == f"headlines.yml{said}"
