"""Which prompt people prefer when they see two headlines side by side: a strength for each, with its uncertainty."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.errors import BadInput, NotEnoughData
from core.statistics.intervals import FEWEST, LEVEL, Interval, quantile
from core.statistics.resampling import RESAMPLES, SEED, percentiles, sums

ELO_REFERENCE = 1000.0

_TOLERANCE = 1e-10
_MOST_STEPS = 20_000

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Judgement:
    """Somebody saw `first` and `second` for an article and preferred `winner`; None is a tie."""

    article: str
    first: str
    second: str
    winner: str | None

    def __post_init__(self) -> None:
        if self.first == self.second:
            raise BadInput(f"{self.first} was compared with itself.")
        if self.winner not in (None, self.first, self.second):
            raise BadInput(f"{self.winner} won a comparison of {self.first} and {self.second}.")


@dataclass(frozen=True)
class Standing:
    """`strength` is the log-ability against the reference's 0; `elo` counts articles in its `n`."""

    name: str
    strength: float
    elo: Interval


def rank(
    judgements: Iterable[Judgement],
    reference: str,
    *,
    level: float = LEVEL,
    seed: int = SEED,
    resamples: int = RESAMPLES,
) -> list[Standing]:
    """The prompts from the strongest to the weakest, with bootstrap intervals over articles.

    A tie is half a win for each. The reference stands at 1000 by definition, so its interval has no width; all others
    are measured against it. `NotEnoughData` below six articles, where strengths do not exist (see `strengths`), or if
    that is so in more than one resample in a hundred.
    """
    quantile(level)
    kept = list(judgements)
    # Sorted, for a set has another order in every process, and the interval must not.
    articles = sorted({each.article for each in kept})
    if len(articles) < FEWEST:
        raise NotEnoughData(f"A ranking needs judgements of at least {FEWEST} articles; there are {len(articles)}.")
    names = sorted({name for each in kept for name in (each.first, each.second)})
    if reference not in names:
        raise BadInput(f"{reference} was never compared, so nothing can be measured against it.")
    wins = _wins_by_article(kept, articles, names)
    estimates = strengths(wins.sum(axis=0).tolist(), names=names, reference=reference)
    drawn = sums(wins.reshape(len(articles), -1), seed=seed, resamples=resamples).reshape(-1, len(names), len(names))
    resampled = np.full((resamples, len(names)), np.nan)
    connected = _all_connected(drawn)
    resampled[connected] = _log_abilities(drawn[connected])
    resampled -= resampled[:, [names.index(reference)]]
    standings: list[Standing] = []
    for place, name in enumerate(names):
        low, high = percentiles(resampled[:, place], level)
        strength = estimates[place]
        bounds = (elo(min(low, strength)), elo(max(high, strength)))
        standings.append(Standing(name, strength, Interval(elo(strength), *bounds, level, len(articles))))
    return sorted(standings, key=lambda each: (-each.strength, each.name))


def strengths(wins: Sequence[Sequence[float]], *, names: Sequence[str], reference: str) -> list[float]:
    """The log-abilities of Bradley and Terry 1952, the reference at 0; `wins[i][j]` says how often i beat j.

    They exist only if every one beat every other, directly or through others (Ford 1957); else `NotEnoughData` says
    who is missing. The diagonal counts for nothing.
    """
    table = np.array(wins, dtype=np.float64)
    if table.shape != (len(names), len(names)) or len(names) < 2:
        raise BadInput("A table of wins is square, with a row and a column for each of two or more.")
    if not np.isfinite(table).all() or table.min() < 0:
        raise BadInput("A number of wins is 0 or more.")
    if reference not in names:
        raise BadInput(f"{reference} is not among {', '.join(names)}.")
    # A diagonal would change no strength, but slow the search for them.
    np.fill_diagonal(table, 0.0)
    _refuse_unconnected(table, names)
    found = _log_abilities(table[None])[0]
    if np.isnan(found).any():
        raise NotEnoughData("These judgements are too one-sided for strengths to be found. Collect more.")
    return [float(each) for each in found - found[names.index(reference)]]


def elo(strength: float) -> float:
    """A log-ability against the reference on the scale of chess: 400 points are ten wins to one."""
    return ELO_REFERENCE + 400 * strength / float(np.log(10))


def _wins_by_article(judgements: Sequence[Judgement], articles: Sequence[str], names: Sequence[str]) -> Array:
    row = {article: number for number, article in enumerate(articles)}
    place = {name: number for number, name in enumerate(names)}
    wins = np.zeros((len(articles), len(names), len(names)))
    for each in judgements:
        first, second = place[each.first], place[each.second]
        share = 0.5 if each.winner is None else float(each.winner == each.first)
        wins[row[each.article], first, second] += share
        wins[row[each.article], second, first] += 1 - share
    return wins


def _refuse_unconnected(wins: Array, names: Sequence[str]) -> None:
    compared = _reaches((wins + wins.T)[None])[0]
    apart = [name for place, name in enumerate(names) if not compared[0, place]]
    if apart:
        raise NotEnoughData(
            f"{', '.join(apart)} cannot be ranked against {names[0]}: no chain of comparisons joins them."
        )
    beaten = _reaches(wins[None])[0]
    for place, name in enumerate(names):
        for other, its_name in enumerate(names):
            if not beaten[place, other]:
                raise NotEnoughData(
                    f"{name} never won against {its_name}, not even through others, so its strength has no lower bound. "
                    "Collect more judgements."
                )


def _all_connected(wins: Array) -> NDArray[np.bool_]:
    return np.asarray(_reaches(wins).all(axis=(1, 2)))


def _reaches(wins: Array) -> NDArray[np.bool_]:
    """For each of many tables: who beat whom, directly or through others; everybody reaches themselves."""
    k = wins.shape[1]
    reach = (wins > 0) | np.eye(k, dtype=bool)
    # Each squaring doubles the length of the chains.
    for _ in range(max(k - 1, 1).bit_length()):
        reach = (reach.astype(np.float64) @ reach.astype(np.float64)) > 0
    return reach


def _log_abilities(wins: Array) -> Array:
    """For each of many tables the log-abilities, summing to 0; NaN where they were not found in many steps."""
    total = wins.sum(axis=2)
    games = wins + wins.transpose(0, 2, 1)
    ability = np.ones_like(total)
    found = np.full_like(total, np.nan)
    active = np.arange(len(wins))
    for _ in range(_MOST_STEPS):
        if not len(active):
            break
        weight = (games[active] / (ability[active, :, None] + ability[active, None, :])).sum(axis=2)
        after = np.log(total[active] / weight)
        after -= after.mean(axis=1, keepdims=True)
        settled = np.abs(after - np.log(ability[active])).max(axis=1) < _TOLERANCE
        ability[active] = np.exp(after)
        found[active[settled]] = after[settled]
        active = active[~settled]
    return found
