"""How far a judge agrees with people: the number that says what its word is worth."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from core import feedback
from core.db import Database
from core.errors import NotEnoughData
from core.feedback.model import CRITERIA, Criterion
from core.judge.verdict import HIGHEST, LOWEST
from core.statistics import agreement
from core.statistics.intervals import Interval

FEWEST = 30
"""Headlines that a judge and people must both have scored before its agreement is called one."""

_SCORES = range(LOWEST, HIGHEST + 1)

# What a headline is scored in: the trace, its position, the criterion.
_Place = tuple[str, int, Criterion]


@dataclass(frozen=True)
class Judge:
    """Who judges: a model with a version of a prompt. Another version is another judge."""

    model: str
    prompt: str
    version: int


@dataclass(frozen=True)
class Agreement:
    """How far a judge and people agree in one criterion.

    Cohen's κ with quadratic weights for one person, Krippendorff's α (ordinal) for several; 1 is full agreement, 0 what
    chance gives. The interval is a bootstrap over sets of headlines, whose scores hang together. `value` is None where
    nothing can be computed, and `why` says why.
    """

    criterion: Criterion
    measure: Literal["kappa", "alpha"]
    common: int
    """Headlines that both scored."""
    people: int
    value: Interval | None
    why: str = ""

    @property
    def is_calibrated(self) -> bool:
        return self.common >= FEWEST and self.value is not None

    @property
    def sentence(self) -> str:
        """The agreement in words: only where there is enough of it does it give a number."""
        if self.common < FEWEST:
            return f"not calibrated: it takes {FEWEST} headlines that people scored too, and there are {self.common}"
        if self.value is None:
            return f"not calibrated: {self.why}"
        name = "κ" if self.measure == "kappa" else "α"
        found = self.value
        return f"agrees with people by {name} {found.estimate:.2f} ({found.low:.2f} to {found.high:.2f}, {self.common} headlines)"


@dataclass(frozen=True)
class Standing:
    """A judge with what it gave, on average by criterion, and how far it agrees with people."""

    judge: Judge
    headlines: int
    means: Mapping[Criterion, float]
    agreements: Sequence[Agreement]


def judges(db: Database) -> list[Standing]:
    """Every judge that scored anything, the busiest first."""
    people = _people(db)
    found = [_standing(judge, scores, people) for judge, scores in _scores(db).items()]
    return sorted(found, key=lambda each: (-each.headlines, each.judge.model, each.judge.version))


def of_judge(db: Database, judge: Judge) -> list[Agreement]:
    """How far one judge agrees with people, by criterion."""
    people = _people(db)
    return _agreements(_scores_of(db, judge, {trace for trace, _, _ in people}), people)


def _standing(judge: Judge, scores: Mapping[_Place, int], people: Mapping[_Place, Mapping[str, int]]) -> Standing:
    given: dict[Criterion, list[int]] = defaultdict(list)
    for (_, _, criterion), score in scores.items():
        given[criterion].append(score)
    means: dict[Criterion, float] = {name: sum(values) / len(values) for name, values in given.items()}
    headlines = len({(trace, position) for trace, position, _ in scores})
    return Standing(judge, headlines, means, _agreements(scores, people))


def _agreements(scores: Mapping[_Place, int], people: Mapping[_Place, Mapping[str, int]]) -> list[Agreement]:
    return [_agreement(criterion, scores, people) for criterion in CRITERIA]


def _agreement(
    criterion: Criterion, scores: Mapping[_Place, int], people: Mapping[_Place, Mapping[str, int]]
) -> Agreement:
    common = sorted(place for place in scores if place[2] == criterion and place in people)
    names = sorted({name for place in common for name in people[place]})
    measure = "alpha" if len(names) > 1 else "kappa"
    by_set: dict[str, list[_Place]] = defaultdict(list)
    for place in common:
        by_set[place[0]].append(place)
    try:
        if measure == "kappa":
            pairs = [
                [(scores[place], people[place][names[0]]) for place in places] for places in by_set.values() if names
            ]
            value = agreement.cohens_kappa_clustered(pairs, _SCORES, weights="quadratic")
        else:
            rated = [
                [[scores[place], *(people[place].get(name) for name in names)] for place in places]
                for places in by_set.values()
            ]
            value = agreement.krippendorffs_alpha_clustered(rated, scale="ordinal")
    except NotEnoughData as error:
        return Agreement(criterion, measure, len(common), len(names), None, error.message)
    return Agreement(criterion, measure, len(common), len(names), value)


def _scores(db: Database) -> dict[Judge, dict[_Place, int]]:
    """By judge what it last said of each headline."""
    found: dict[Judge, dict[_Place, int]] = defaultdict(dict)
    with db.read() as connection:
        rows = connection.execute(
            """
            select traces.answered_by, traces.prompt, traces.version, judged, position, criterion, score
            from verdicts join judgings on judgings.trace = verdicts.trace join traces on traces.id = verdicts.trace
            order by verdicts.trace
            """
        )
        for row in rows:
            judge = Judge(row["answered_by"], row["prompt"], row["version"])
            found[judge][row["judged"], row["position"], row["criterion"]] = row["score"]
    return found


def _scores_of(db: Database, judge: Judge, traces: Iterable[str]) -> dict[_Place, int]:
    """What one judge last said of the headlines of these traces: those that people scored, which are few."""
    found: dict[_Place, int] = {}
    with db.read() as connection:
        for each in traces:
            rows = connection.execute(
                """
                select position, criterion, score
                from judgings join traces on traces.id = judgings.trace join verdicts on verdicts.trace = judgings.trace
                where judged = ? and answered_by = ? and prompt = ? and version = ? order by judgings.trace
                """,
                (each, judge.model, judge.prompt, judge.version),
            )
            found.update({(each, row["position"], row["criterion"]): row["score"] for row in rows})
    return found


def _people(db: Database) -> dict[_Place, dict[str, int]]:
    """By headline and criterion who gave it which score."""
    found: dict[_Place, dict[str, int]] = defaultdict(dict)
    for each in feedback.scores(db):
        if each.position is not None and each.criterion is not None and each.value is not None:
            found[each.trace, each.position, each.criterion][each.person] = each.value
    return found
