"""JUnit XML and Markdown: valid whatever stands in the names, with every rule and every failure in them."""

import xml.etree.ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import settings as limits
from hypothesis import strategies as st

from core.evals.gates import reports, rules
from core.evals.gates.gate import GateVerdict, judge_rules
from core.evals.results import Result
from tests.core.evals.results import arm, result

TEXT = (
    "prompt: headlines\nenvironments: [production]\nset: newsroom\nrules:\n"
    "  - {measure: met_at_once, at_least: 0.98, on: each desk}\n  - {measure: cost, at_most: 0.02}\n"
    '  - {measure: "judge:tone", at_least: 3}\n  - {measure: met_at_once, no_worse_by: 0.5}\n'
)
HOSTILE = '<b>]]>&amp;"\x00\x0b\ud800 | @ada [x](http://evil) ![y](z)\n# top `code` www.evil.example'


def verdict(results: list[Result]) -> GateVerdict:
    asked = rules.parse(TEXT, source="headlines.yml")
    return judge_rules(asked, results, baseline=None, candidate=1, desk=None, calibrated=())


def xml(results: list[Result], name: str = "headlines 5") -> ET.Element:
    return ET.fromstring(reports.junit(verdict(results), results, candidate=1, name=name).encode())


def markdown(results: list[Result], name: str = "headlines 5") -> str:
    return reports.markdown(verdict(results), results, candidate=1, name=name)


MIXED = [
    *arm(1, [0.0] * 9, desk="local"),
    result(1, "slow", None),
    result(1, "slow", None, repeat=1),
    result(0, "x", None),
]


class TestTheXml:
    def test_has_a_test_for_each_rule_and_each_case_that_failed(self) -> None:
        cases = xml(MIXED).findall(".//testcase")
        assert [each.get("classname") for each in cases] == ["gate"] * 4 + ["cases"]
        assert cases[0].get("name") == "contract met at once is at least 98 % on each desk of newsroom"
        assert cases[4].get("name") == "slow"

    def test_tells_failed_from_undecided_from_shown_from_passed(self) -> None:
        inner = [each[0].tag for each in xml(MIXED).findall(".//testcase")]
        assert inner == ["failure", "error", "skipped", "system-out", "error"]

    def test_counts(self) -> None:
        found = xml(MIXED)
        assert [found.get(kind) for kind in ("tests", "failures", "errors", "skipped")] == ["5", "1", "2", "1"]
        suites = found.findall("testsuite")
        assert [each.get("tests") for each in suites] == ["4", "1"]

    def test_keeps_every_error_of_a_case(self) -> None:
        assert xml(MIXED).findtext(".//testcase[@name='slow']/error") == "The provider is down.\nThe provider is down."

    @limits(max_examples=50, deadline=None)
    @given(st.text(max_size=30))
    def test_is_valid_whatever_a_name_holds(self, text: str) -> None:
        results = [*arm(1, [0.0] * 6, desk=text), result(1, text, None)]
        assert len(xml(results, name=text).findall(".//testcase")) == 5

    def test_is_valid_with_what_no_xml_may_hold(self) -> None:
        assert "�" in (xml([result(1, HOSTILE, None)]).findall(".//testcase")[-1].get("name") or "")

    def test_is_limited_to_the_desk_of_the_release(self) -> None:
        asked = rules.parse(TEXT, source="headlines.yml")
        found = judge_rules(asked, MIXED, baseline=None, candidate=1, desk="local", calibrated=())
        assert reports.failed_cases(found, MIXED, candidate=1) == {}


class TestTheMarkdown:
    def test_opens_with_the_verdict(self) -> None:
        assert markdown(MIXED).startswith(
            "## Gate: headlines 5 on newsroom: **fail**\n\nThe gate fails for all desks\\: "
        )

    def test_has_a_row_for_each_rule(self) -> None:
        rows = [line for line in markdown(MIXED).splitlines() if line.startswith("| ")]
        assert [row.split(" | ")[1] for row in rows[1:]] == ["**fail**", "**undecided**", "shown only", "pass"]

    def test_names_the_cases_that_failed(self) -> None:
        assert "### Cases that failed: 1\n\n- slow: The provider is down" in markdown(MIXED).replace("\\", "")

    def test_shortens_a_long_list_and_says_so(self) -> None:
        found = markdown([result(1, f"case {n}", None) for n in range(60)])
        assert found.endswith("- and 10 more\n")

    @pytest.mark.parametrize("mark", ["<b>", "[x](", "![y](", "@ada", "http://", "`code`", "\n# top", "www.evil"])
    def test_lets_no_foreign_text_act(self, mark: str) -> None:
        results = [*arm(1, [0.0] * 9, desk=HOSTILE), result(1, HOSTILE, None)]
        assert mark not in markdown(results, name=HOSTILE)

    def test_keeps_a_row_in_its_columns(self) -> None:
        rows = [line for line in markdown(arm(1, [0.0] * 9, desk="a | b\nc")).splitlines() if line.startswith("| ")]
        assert {row.replace("\\|", "").count("|") for row in rows} == {4}
