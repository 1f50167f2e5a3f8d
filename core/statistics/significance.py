"""Could this be chance? p-values of paired and unpaired rates, for many questions at once, and for looking every day."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

from core.errors import BadInput, NotEnoughData
from core.statistics.door import special
from core.statistics.intervals import FEWEST, Rate, finite, mean_standard_error
from core.statistics.resampling import RESAMPLES, SEED, batch

EXACT_BELOW = 25
"""McNemar's test is exact below so many discordant pairs."""

_FEW = 13
"""Up to so many differences, all ways to set their signs are fewer than what would be sampled."""

_ROUNDING = 1e-12

_MANY = 400
"""From so many differences on, the t test says what the permutation test would, in a hundredth of its time."""


@dataclass(frozen=True)
class Significance:
    """`statistic` is None where the test is exact and has none."""

    statistic: float | None
    p: float


def mcnemar(first_only: int, second_only: int, *, corrected: bool = False) -> Significance:
    """Did as many cases turn from success to failure as the other way? Two-sided (McNemar 1947).

    Exact below 25 discordant pairs, else χ² with one degree of freedom; `corrected` for continuity.
    """
    if min(first_only, second_only) < 0:
        raise BadInput("A count of cases cannot be below 0.")
    discordant = first_only + second_only
    if discordant == 0:
        return Significance(None, 1.0)
    if discordant < EXACT_BELOW:
        return Significance(None, min(1.0, 2 * float(special().bdtr(min(first_only, second_only), discordant, 0.5))))
    gap = max(abs(first_only - second_only) - corrected, 0)
    statistic = gap * gap / discordant
    return Significance(statistic, math.erfc(math.sqrt(statistic / 2)))


def non_inferior(first: Rate, second: Rate, *, margin: float) -> Significance:
    """Is the first rate less than `margin` below the second? One-sided, for rates from different cases.

    Farrington and Manning 1990: the variance is the one that would hold if the first were just `margin` worse. A
    margin below 0 asks whether it is better by more than that.
    """
    if not -1 < margin < 1:
        raise BadInput(f"A margin between two rates is between −1 and 1; {margin} is not.")
    p, q = _just_inferior(first, second, margin)
    variance = p * (1 - p) / first.n + q * (1 - q) / second.n
    if variance <= 0:
        raise NotEnoughData("Both rates are 0 or 1 and the margin is 0, so there is nothing to tell them apart by.")
    z = (first.share - second.share + margin) / math.sqrt(variance)
    return Significance(z, NormalDist().cdf(-z))


def _just_inferior(first: Rate, second: Rate, margin: float) -> tuple[float, float]:
    """The most likely pair of rates with p − q = −margin: the root of the likelihood's cubic, in closed form."""
    ratio = second.n / first.n
    a = 1 + ratio
    b = -(1 + ratio + first.share + ratio * second.share - margin * (ratio + 2))
    c = margin * margin - margin * (2 * first.share + ratio + 1) + first.share + ratio * second.share
    d = first.share * margin * (1 - margin)
    v = (b / (3 * a)) ** 3 - b * c / (6 * a * a) + d / (2 * a)
    u = math.copysign(math.sqrt(max((b / (3 * a)) ** 2 - c / (3 * a), 0.0)), v)
    # Rounding can put a cosine just outside its range.
    cosine = min(max(v / u**3, -1.0), 1.0) if u else 0.0
    p = 2 * u * math.cos((math.pi + math.acos(cosine)) / 3) - b / (3 * a)
    p = min(max(p, 0.0, -margin), 1.0, 1 - margin)
    return p, p + margin


def below_zero(differences: Sequence[float], *, seed: int = SEED, resamples: int = RESAMPLES) -> float:
    """The p-value of "the mean difference is below 0", one-sided, from one difference an article.

    A permutation of signs: exact where all differences but those of 0 have one size, as those of pass and fail do, and
    where there are at most 13 of them; else sampled. The order of the differences changes nothing. Fewer than six
    articles raise `NotEnoughData`.
    """
    if len(differences) < FEWEST:
        raise NotEnoughData(f"A test needs at least {FEWEST} differences; there are {len(differences)}.")
    data = finite(sorted(differences))
    # The sign of a 0 changes nothing.
    data = data[data != 0]
    if not len(data):
        return 1.0

    if len(np.unique(np.abs(data))) == 1:
        # As likely as so many tails, or more, of a coin.
        return float(special().bdtr(int((data > 0).sum()), len(data), 0.5))
    if len(data) >= _MANY:
        return float(special().stdtr(len(data) - 1, data.mean() / mean_standard_error(data.tolist())))
    if len(data) <= _FEW:
        return _share_of_all_as_low(data)
    return _share_as_low(tuple(data.tolist()), seed, resamples)


def _share_of_all_as_low(data: NDArray[np.float64]) -> float:
    sums = np.zeros(1)
    for size in np.abs(data):
        # With each difference twice as many: those in which it is negative, and those in which it is positive.
        sums = np.concatenate([sums, sums + size])
    return float(np.mean(sums <= _limit(data)))


def _limit(data: NDArray[np.float64]) -> float:
    """The sum of the positive ones, which is as low as the sum of all; what is equal on paper is as low."""
    sizes = float(np.abs(data).sum())
    return (float(data.sum()) + sizes) / 2 + _ROUNDING * sizes


# A page asks for the same p-values each time that somebody looks at it.
@lru_cache(maxsize=512)
def _share_as_low(values: tuple[float, ...], seed: int, resamples: int) -> float:
    # Written out although scipy has it: there it takes twenty times as long, and a page asks it for every desk.
    data, rng = np.array(values), np.random.default_rng(seed)
    n, sizes = len(data), np.abs(data)
    limit, as_low = _limit(data), 0
    for start in range(0, resamples, batch(n)):
        rows = min(batch(n), resamples - start)
        positive = np.unpackbits(np.frombuffer(rng.bytes(-(-rows * n // 8)), np.uint8), count=rows * n).reshape(rows, n)
        as_low += int(np.count_nonzero(positive.astype(np.float64) @ sizes <= limit))
    return (as_low + 1) / (resamples + 1)


def holm(p_values: Sequence[float]) -> tuple[float, ...]:
    """p-values adjusted so that a single false alarm among all of them is as rare as asked (Holm 1979)."""
    m = len(_probabilities(p_values))
    order = sorted(range(m), key=lambda place: p_values[place])
    steps = accumulate(((m - rank) * p_values[place] for rank, place in enumerate(order)), max)
    adjusted = dict(zip(order, steps, strict=True))
    return tuple(min(adjusted[place], 1.0) for place in range(m))


def benjamini_hochberg(p_values: Sequence[float]) -> tuple[float, ...]:
    """p-values adjusted so that false alarms are a small share of all alarms (Benjamini and Hochberg 1995)."""
    m = len(_probabilities(p_values))
    order = sorted(range(m), key=lambda place: p_values[place], reverse=True)
    steps = accumulate((p_values[place] * m / (m - rank) for rank, place in enumerate(order)), min)
    adjusted = dict(zip(order, steps, strict=True))
    return tuple(adjusted[place] for place in range(m))


def _probabilities(values: Sequence[float]) -> Sequence[float]:
    for value in values:
        if not 0 <= value <= 1:
            raise BadInput(f"A p-value is between 0 and 1; {value} is not.")
    return values


def mixture_ratio(difference: float, *, n: int, rate: float, spread: float) -> float:
    """Λ of the mixture sequential probability ratio test for two rates (Johari et al. 2017).

    √(V/(V+nτ²))·exp(n²τ²d²/(2V(V+nτ²))) with V = 2·rate·(1−rate): `n` cases an arm so far, `rate` the pooled one,
    `spread` τ², the variance of the differences that one expects to see. Infinite where it is too large for a number.
    """
    if not 0 < rate < 1:
        raise NotEnoughData("As long as every case succeeded, or none did, there is nothing to watch.")
    if n < 1 or spread <= 0:
        raise BadInput("Watching needs at least one case an arm and a spread above 0.")
    variance = 2 * rate * (1 - rate)
    total = variance + n * spread
    exponent = n * n * spread * difference * difference / (2 * variance * total)
    try:
        return math.sqrt(variance / total) * math.exp(exponent)
    except OverflowError:
        return math.inf


def always_valid(ratios: Sequence[float]) -> tuple[float, ...]:
    """The p-value after each look at a running comparison; one may stop at any of them. It never rises again."""
    return tuple(accumulate((min(1.0, 1 / ratio) if ratio > 0 else 1.0 for ratio in ratios), min))
