"""How strong each version is in the blind eyes of people: Bradley and Terry's strengths, overall and desk by desk.

The unit is the article: intervals are bootstrapped over articles, however many people compared its sets. There is no
figure by person.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import fmean

from core.db import Database
from core.errors import NotEnoughData
from core.feedback import pairs
from core.feedback.pairs import Compared
from core.statistics import preference
from core.statistics.intervals import FEWEST, LEVEL, Interval, wilson_of_shares
from core.statistics.preference import Judgement, Standing

ALL = "all"


@dataclass(frozen=True)
class Tally:
    """How often one version was preferred to another, the reverse, and how often people saw no difference."""

    one: str
    other: str
    one_better: int
    other_better: int
    ties: int

    @property
    def comparisons(self) -> int:
        return self.one_better + self.other_better + self.ties


@dataclass(frozen=True)
class Preferred:
    """In what share of articles one version was preferred to another: an article counts once, a tie as half of one."""

    name: str
    other: str
    share: Interval


@dataclass(frozen=True)
class Ranking:
    """What people preferred, of one desk or of all.

    Without `standings`, `why` says what is missing. Strengths are missing where one version won (nearly) everything, too:
    what can be said then is in `preferred`, the version that was ahead of each two first, of two with enough articles.
    """

    desk: str
    comparisons: int
    articles: int
    people: int
    tallies: Sequence[Tally]
    standings: Sequence[Standing] = ()
    why: str = ""
    preferred: Sequence[Preferred] = ()


def rankings(db: Database, *, among: Iterable[str] = (), reference: str | None = None) -> list[Ranking]:
    """All desks together first, then each desk; of the comparisons between the versions `among`, or of all.

    The others are measured against `reference`; without one, or where it was never compared, against the version that was
    compared most.
    """
    names = set(among)
    found = [each for each in pairs.standing(db) if not names or {each.first.name, each.second.name} <= names]
    desks = sorted({each.desk for each in found})
    against = _reference(found, reference)
    return [
        _ranking(ALL, found, against),
        *(_ranking(desk, [each for each in found if each.desk == desk], against) for desk in desks),
    ]


def share(standing: Standing) -> tuple[float, float, float]:
    """How often it would be preferred to the reference: the estimate, and the ends of its interval."""
    strength = standing.elo
    low, estimate, high = (
        1 / (1 + 10 ** (-(end - 1000) / 400)) for end in (strength.low, strength.estimate, strength.high)
    )
    return estimate, low, high


def _ranking(desk: str, found: Sequence[Compared], reference: str | None) -> Ranking:
    judgements = [
        Judgement(each.article, each.first.name, each.second.name, each.winner)
        for each in found
        if each.first.name != each.second.name
    ]
    about = (
        desk,
        len(judgements),
        len({each.article for each in judgements}),
        len({each.judgement.person for each in found}),
        _tallies(judgements),
    )
    if not judgements:
        return Ranking(*about, why="Nobody has compared anything yet.")
    try:
        return Ranking(*about, standings=preference.rank(judgements, _reference(found, reference) or "", level=LEVEL))
    except NotEnoughData as error:
        return Ranking(*about, why=error.message, preferred=_preferred(judgements))


def _preferred(judgements: Sequence[Judgement]) -> list[Preferred]:
    found: dict[tuple[str, str], dict[str, list[float]]] = {}
    for each in judgements:
        one, other = sorted((each.first, each.second))
        won = 0.5 if each.winner is None else float(each.winner == one)
        found.setdefault((one, other), {}).setdefault(each.article, []).append(won)
    return [
        _ahead(one, other, [fmean(each) for each in by_article.values()])
        for (one, other), by_article in sorted(found.items())
        if len(by_article) >= FEWEST
    ]


def _ahead(one: str, other: str, shares: Sequence[float]) -> Preferred:
    if fmean(shares) < 0.5:
        one, other, shares = other, one, [1 - each for each in shares]
    return Preferred(one, other, wilson_of_shares(shares))


def _reference(found: Sequence[Compared], wanted: str | None) -> str | None:
    """The version that is wanted, if it was compared, or the one that was compared most."""
    counts = Counter(name for each in found for name in {each.first.name, each.second.name})
    if wanted in counts:
        return wanted
    return max(sorted(counts), key=lambda name: counts[name], default=None)


def _tallies(judgements: Sequence[Judgement]) -> list[Tally]:
    found: dict[tuple[str, str], Counter[str | None]] = {}
    for each in judgements:
        one, other = sorted((each.first, each.second))
        found.setdefault((one, other), Counter())[each.winner] += 1
    return [Tally(one, other, won[one], won[other], won[None]) for (one, other), won in sorted(found.items())]
