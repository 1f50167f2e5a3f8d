"""Put every check to the headlines of a set.

Checks are in the tuples of their modules; a new one is a function there and a test. What a check finds depends on the
headline, the article and the profile alone, so the same set in another order gets the same findings.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from core.checks import variety
from core.checks.article import Article
from core.checks.case import Case
from core.checks.finding import Check, Finding, Found
from core.checks.profile import Profile
from core.checks.style import STYLE
from core.checks.support import SUPPORT
from core.checks.variety import Variety

CHECKS: tuple[Check, ...] = (*STYLE, *SUPPORT)


def _near_duplicate(case: Case) -> Iterable[Found]:
    """Nearly the same words as another headline of the set."""
    # Needs the other headlines, too: `check_set` finds them.
    return ()


_NEAR_DUPLICATE = Check("near_duplicate", 2, "warn", _near_duplicate)

_ALL = (*CHECKS, _NEAR_DUPLICATE)
VERSIONS = {each.name: each.version for each in _ALL}
SEVERITIES = {each.name: each.severity for each in _ALL}
"""What each check names itself; a profile may say otherwise."""
LOOKS_FOR = {each.name: each.looks_for for each in _ALL}
"""What each check finds, in a sentence for an editor."""


@dataclass(frozen=True)
class Checked:
    """What was found in each headline of a set, in their order, and how different they are."""

    findings: Sequence[Sequence[Finding]]
    variety: Variety

    def without_texts(self) -> "Checked":
        """The same without what quotes the headlines or the article: which checks found something, and how severe it is."""
        bare = [[replace(each, sentence="", span=None, passage=None) for each in found] for found in self.findings]
        return Checked(bare, self.variety)


def check_set(headlines: Sequence[str], article: Article, profile: Profile) -> Checked:
    """Check a set of headlines against their article."""
    severity = profile.severity(_NEAR_DUPLICATE.name, _NEAR_DUPLICATE.severity)
    findings: list[list[Finding]] = []
    for headline, others in zip(headlines, variety.near_duplicates(headlines), strict=True):
        found = check_headline(headline, article, profile)
        if others and severity != "off":
            like = f"nearly the same as “{others[0]}”" + (f" and {len(others) - 1} more" if others[1:] else "")
            found.append(Finding(_NEAR_DUPLICATE.name, _NEAR_DUPLICATE.version, severity, like, None, None))
        findings.append(found)
    return Checked(findings, variety.measure(headlines))


def check_headline(headline: str, article: Article, profile: Profile) -> list[Finding]:
    """All that is found in one headline, in the order of the checks."""
    case = Case(headline, article, profile)
    return [finding for each in CHECKS for finding in each(case)]
