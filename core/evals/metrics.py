"""What is measured of one answer to a case."""

import math
import re
from collections.abc import Mapping, Sequence
from statistics import fmean

from core.checks import variety
from core.checks.article import words
from core.checks.finding import Finding
from core.checks.run import VERSIONS
from core.evals.case import Case
from core.headlines.request import Suggestions
from core.judge.verdict import Verdict


def measured(suggestions: Suggestions, case: Case, verdicts: Sequence[Verdict] | None = None) -> dict[str, float]:
    """The values of `core.evals.results.MEASURES`, without those that this answer has none of."""
    line, texts = suggestions.trace, suggestions.texts
    values: dict[str, float | None] = {
        "met_at_once": float(line.status == "valid"),
        "met": float(line.status in ("valid", "repaired")),
        "expected": expected(case, texts),
        "variety": variety.measure(texts).variety,
        "similarity": None if case.reference is None else similarity(case.reference, texts),
        "attempts": float(line.attempts),
        "first_headline_ms": line.first_headline_ms,
        "duration_ms": line.duration_ms,
        "cost": line.cost,
        **_of_checks(suggestions.findings if texts else ()),
        **_of_judge(verdicts or ()),
    }
    return {name: value for name, value in values.items() if value is not None}


def expected(case: Case, headlines: Sequence[str]) -> float | None:
    """1 if the headlines keep to what the case expects, else 0; None if it expects nothing.

    Some headline has each word that must be mentioned, none has one that must not, and none is shorter or longer than the
    case allows. No headlines keep to nothing.
    """
    limits = (case.fewest_characters, case.most_characters)
    if not (case.must_mention or case.must_not_mention or any(limits)):
        return None
    mentioned = all(any(_holds(text, word) for text in headlines) for word in case.must_mention)
    avoided = not any(_holds(text, word) for text in headlines for word in case.must_not_mention)
    fewest, most = limits[0] or 0, limits[1] or math.inf
    fitting = bool(headlines) and all(fewest <= len(text) <= most for text in headlines)
    return float(mentioned and avoided and (fitting or not any(limits)))


def similarity(reference: str, headlines: Sequence[str]) -> float:
    """The likeness of the headline that is most like the reference: F1 of their words (ROUGE-1, Lin 2004), from 0 to 1."""
    wanted = words(reference)
    return max((_f1(wanted, words(text)) for text in headlines), default=0.0)


def _f1(wanted: Sequence[str], given: Sequence[str]) -> float:
    left = list(given)
    shared = 0
    for word in wanted:
        if word in left:
            left.remove(word)
            shared += 1
    return 2 * shared / (len(wanted) + len(given)) if shared else 0.0


def _holds(text: str, word: str) -> bool:
    """Whether a text has a word or phrase, as such and not within another, nor within a longer number."""
    pattern = rf"(?<![\w])(?<!\d[.,]){re.escape(word.casefold())}(?![\w])(?![.,]\d)"
    return re.search(pattern, text.casefold()) is not None


def _of_checks(findings: Sequence[Sequence[Finding]]) -> Mapping[str, float]:
    if not findings:
        return {}
    flagged = [{each.check for each in found} for found in findings]
    flags = {check: fmean(check in of_headline for of_headline in flagged) for check in VERSIONS}
    without_fail = fmean(not any(each.severity == "fail" for each in found) for found in findings)
    return {"without_fail": without_fail} | {f"flagged:{check}": share for check, share in flags.items()}


def _of_judge(verdicts: Sequence[Verdict]) -> Mapping[str, float]:
    if not verdicts:
        return {}
    return {
        f"judge:{criterion}": fmean(verdict.scores[criterion].value for verdict in verdicts)
        for criterion in verdicts[0].scores
    }
