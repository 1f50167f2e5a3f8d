"""A gate's verdict for machines and pull requests: JUnit XML and a Markdown summary.

Names of desks and cases and the errors of providers are foreign text: in XML they are escaped and cleaned of what no XML
may hold, in Markdown they come out as they are.
"""

import re
import xml.etree.ElementTree as ET
from collections import defaultdict
from collections.abc import Mapping, Sequence

from core.evals.gates.gate import GateVerdict
from core.evals.gates.rule_verdict import RuleVerdict
from core.evals.results import Result
from core.foreign_text import markdown as markdown_text

LONGEST_ERROR = 500
MOST_FAILED = 50
"""Failed cases in a Markdown summary; the XML has all of them."""


def junit(verdict: GateVerdict, results: Sequence[Result], *, candidate: int, name: str) -> str:
    """JUnit XML: a test case for each rule and for each case of the candidate that failed; `name` is the candidate's.

    A rule that fails is a failure, one that is undecided an error, one that is only shown skipped; a case that failed is
    an error.
    """
    failed = failed_cases(verdict, results, candidate=candidate)
    suites = ET.Element("testsuites", name=_clean(f"Gate of {verdict.gate.prompt}"))
    counts = {"tests": 0, "failures": 0, "errors": 0, "skipped": 0}
    rules = [_rule_case(each) for each in verdict.rules]
    cases = [_failed_case(case, errors) for case, errors in failed.items()]
    for title, children in ((f"{name} on {verdict.gate.set}", rules), ("cases that failed", cases)):
        suite = ET.SubElement(suites, "testsuite", {"name": _clean(title), **_counts(children)})
        suite.extend(children)
        counts = {kind: many + int(suite.get(kind, "0")) for kind, many in counts.items()}
    suites.attrib.update({kind: str(many) for kind, many in counts.items()})
    ET.indent(suites)
    return ET.tostring(suites, encoding="unicode", xml_declaration=True) + "\n"


def markdown(verdict: GateVerdict, results: Sequence[Result], *, candidate: int, name: str) -> str:
    """A summary for a pull request: the verdict, a table of the rules, and the cases that failed."""
    lines = [
        f"## Gate: {_plain(name)} on {_plain(verdict.gate.set)}: {_WORDS[verdict.outcome]}",
        "",
        _plain(verdict.sentence),
        "",
        "| Rule | | What was found |",
        "|---|---|---|",
        *(f"| {_plain(each.words)} | {_WORDS[each.outcome]} | {_plain(each.sentence)} |" for each in verdict.rules),
    ]
    failed = failed_cases(verdict, results, candidate=candidate)
    if failed:
        lines += ["", f"### Cases that failed: {len(failed):,}", ""]
        lines += [f"- {_plain(case)}: {_plain(errors[0])}" for case, errors in list(failed.items())[:MOST_FAILED]]
        if len(failed) > MOST_FAILED:
            lines.append(f"- and {len(failed) - MOST_FAILED:,} more")
    return "\n".join(lines) + "\n"


def failed_cases(verdict: GateVerdict, results: Sequence[Result], *, candidate: int) -> Mapping[str, Sequence[str]]:
    """The errors of the candidate's cases of which some result failed, by case, in order."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for each in sorted(results, key=lambda each: (each.case, each.repeat)):
        if each.candidate == candidate and each.outcome == "failed" and verdict.desk in (None, each.desk):
            found[each.case].append((each.error or "It failed, and no reason was kept.")[:LONGEST_ERROR])
    return found


_WORDS = {"pass": "pass", "fail": "**fail**", "inconclusive": "**undecided**", "shown": "shown only"}


def _rule_case(rule: RuleVerdict) -> ET.Element:
    case = ET.Element("testcase", classname="gate", name=_clean(rule.words))
    kind = {"fail": "failure", "inconclusive": "error", "shown": "skipped"}.get(rule.outcome)
    if kind is None:
        ET.SubElement(case, "system-out").text = _clean(rule.sentence)
    else:
        ET.SubElement(case, kind, message=_clean(rule.sentence))
    return case


def _failed_case(case: str, errors: Sequence[str]) -> ET.Element:
    found = ET.Element("testcase", classname="cases", name=_clean(case))
    ET.SubElement(found, "error", message=_clean(errors[0])).text = _clean("\n".join(errors))
    return found


def _counts(children: Sequence[ET.Element]) -> dict[str, str]:
    kinds = {"failures": "failure", "errors": "error", "skipped": "skipped"}
    counts = {plural: sum(each.find(kind) is not None for each in children) for plural, kind in kinds.items()}
    return {"tests": str(len(children)), **{kind: str(many) for kind, many in counts.items()}}


# What XML 1.0 holds in no form, not even escaped.
_NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def _clean(text: str) -> str:
    return _NOT_IN_XML.sub("�", text)


def _plain(text: str) -> str:
    """Text that Markdown shows as it is, on one line: no link, picture, table cell, formula, or call to a person."""
    # No escape keeps GitHub from calling whom an @ names; a space of no width does.
    return re.sub(r"\s+", " ", markdown_text(_clean(text))).replace("@", "@&#8203;")
