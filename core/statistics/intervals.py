"""How far a rate, a mean or a difference may be from what was measured, with as few cases as a newsroom has."""

import math
from collections import defaultdict
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

from core.errors import BadInput, NotEnoughData
from core.statistics.door import special
from core.statistics.resampling import RESAMPLES, SEED, sums

LEVEL = 0.95

FEWEST = 6
"""Below so many cases nothing is said: even if five of five agreed, chance alone would do that once in 16 times."""


@dataclass(frozen=True)
class Interval:
    """An estimate with its confidence interval; `n` is how many observations are behind it."""

    estimate: float
    low: float
    high: float
    level: float
    n: int


@dataclass(frozen=True)
class Rate:
    """So many successes among `n`; `BadInput` if that cannot be, `NotEnoughData` for none at all."""

    successes: int
    n: int

    def __post_init__(self) -> None:
        if self.n == 0:
            raise NotEnoughData("A rate needs at least one case.")
        if not 0 <= self.successes <= self.n:
            raise BadInput(f"{self.successes} of {self.n} is no rate.")

    @property
    def share(self) -> float:
        return self.successes / self.n


@dataclass(frozen=True)
class PairedCounts:
    """In how many cases both succeeded, only the first, only the second, or neither."""

    both: int
    first_only: int
    second_only: int
    neither: int

    def __post_init__(self) -> None:
        if min(self.both, self.first_only, self.second_only, self.neither) < 0:
            raise BadInput("A count of cases cannot be below 0.")
        if self.n == 0:
            raise NotEnoughData("A paired comparison needs at least one case.")

    @property
    def n(self) -> int:
        return self.both + self.first_only + self.second_only + self.neither

    @property
    def first(self) -> Rate:
        return Rate(self.both + self.first_only, self.n)

    @property
    def second(self) -> Rate:
        return Rate(self.both + self.second_only, self.n)


def wilson(successes: int, n: int, *, level: float = LEVEL) -> Interval:
    """Wilson score interval of a proportion (Newcombe 1998a, method 3).

    Bounds are in [0, 1]; n = 0 raises `NotEnoughData`.
    """
    return _wilson(Rate(successes, n).share, n, level)


def wilson_of_shares(shares: Sequence[float], *, level: float = LEVEL) -> Interval:
    """The same interval of a mean of shares, each between 0 and 1 and one an article, as if they were zeros and ones.

    Of all values with their mean, zeros and ones vary most, so the interval claims rather too little than too much; and it
    has a width where all shares are the same, of which the bootstrap knows nothing. No shares raise `NotEnoughData`.
    """
    if not shares:
        raise NotEnoughData("A mean of shares needs at least one of them.")
    if not 0 <= min(shares) <= max(shares) <= 1:
        raise BadInput("A share is between 0 and 1.")
    return _wilson(math.fsum(shares) / len(shares), len(shares), level)


def _wilson(p: float, n: int, level: float) -> Interval:
    # Written out although scipy has it: every rate on a screen has one, and must not wait for scipy's import.
    z = quantile(level)
    middle = (p + z * z / (2 * n)) / (1 + z * z / n)
    half = z * math.sqrt(p * (1 - p) / n + z * z / (4 * n * n)) / (1 + z * z / n)
    # Rounding must not put an estimate of 0 or 1 beside its own interval.
    return Interval(p, min(max(middle - half, 0.0), p), max(min(middle + half, 1.0), p), level, n)


def newcombe(first: Rate, second: Rate, *, level: float = LEVEL) -> Interval:
    """The difference first − second of two rates from different cases (Newcombe 1998b, method 10).

    `n` counts the cases of both.
    """
    one = wilson(first.successes, first.n, level=level)
    other = wilson(second.successes, second.n, level=level)
    difference = first.share - second.share
    low = difference - math.hypot(first.share - one.low, other.high - second.share)
    high = difference + math.hypot(one.high - first.share, second.share - other.low)
    return Interval(difference, low, high, level, first.n + second.n)


def newcombe_paired(counts: PairedCounts, *, level: float = LEVEL) -> Interval:
    """The difference first − second of two rates from the same cases (Newcombe 1998c, method 10)."""
    n, p, q = counts.n, counts.first.share, counts.second.share
    one = wilson(counts.first.successes, n, level=level)
    other = wilson(counts.second.successes, n, level=level)
    phi = _phi(counts)
    difference = (counts.first_only - counts.second_only) / n
    low = difference - _joined(p - one.low, other.high - q, phi)
    high = difference + _joined(one.high - p, q - other.low, phi)
    return Interval(difference, max(low, -1.0), min(high, 1.0), level, n)


def _phi(counts: PairedCounts) -> float:
    """The correlation of the two answers, corrected for continuity where it is positive; 0 where there is none."""
    first, second, n = counts.first.successes, counts.second.successes, counts.n
    scale = first * (n - first) * second * (n - second)
    if scale == 0:
        return 0.0
    numerator = counts.both * counts.neither - counts.first_only * counts.second_only
    if numerator > 0:
        numerator = max(numerator - n / 2, 0)
    return numerator / math.sqrt(scale)


def _joined(one: float, other: float, phi: float) -> float:
    return math.sqrt(max(one * one - 2 * phi * one * other + other * other, 0.0))


def bootstrap_mean(
    values: Sequence[float], *, level: float = LEVEL, seed: int = SEED, resamples: int = RESAMPLES
) -> Interval:
    """The mean of independent values, one an article, with a BCa bootstrap interval (Efron 1987) for few of them.

    BCa itself is too narrow below about 20 values; here it reaches as far as Student's t does (Hesterberg 2015), which
    makes no difference to many. The same values in any order give the same interval, and turned to their negatives its
    mirror image. Values that are all equal give an interval of zero width: the bootstrap knows only what it has seen.
    Fewer than six raise `NotEnoughData`.
    """
    if len(values) < FEWEST:
        raise NotEnoughData(f"A mean with an interval needs at least {FEWEST} values; there are {len(values)}.")
    quantile(level)
    data = np.sort(finite(values))
    scale = float(np.abs(data).max())
    if data[-1] - data[0] <= _ROUNDING * scale:
        return Interval(float(data[0]), float(data[0]), float(data[0]), level, len(values))
    if len(values) >= MANY:
        return _expanded(data / scale, scale, level)
    # Of a set of values and its mirror image one is resampled for both, and at a size that does not underflow.
    turned = -data[::-1]
    sign = -1 if tuple(turned) < tuple(data) else 1
    resampled = (turned if sign < 0 else data) / scale
    estimate = float(resampled.mean())
    lower, upper = _bca(tuple(resampled.tolist()), level, seed, resamples)
    low, high = sorted(sign * scale * end for end in (min(lower, estimate), max(upper, estimate)))
    return Interval(sign * scale * estimate, low, high, level, len(values))


MANY = 400
"""From so many values on, resampling takes long and differs from its limit by no more than by another seed."""

_ROUNDING = 1e-12


# A page asks for the same intervals each time that somebody looks at it.
@lru_cache(maxsize=512)
def _bca(values: tuple[float, ...], level: float, seed: int, resamples: int) -> tuple[float, float]:
    # Written out although scipy has it: there it takes far longer, and a page waits for dozens of them.
    data = np.array(values)
    n, mean = len(data), float(np.mean(data))
    means = sums(data, seed=seed, resamples=resamples) / n
    # What is equal to the mean on paper counts half, whatever its last digit.
    near = _ROUNDING * float(np.abs(data).max())
    below = (np.count_nonzero(means < mean - near) + np.count_nonzero(means <= mean + near)) / (2 * resamples)
    deviations = data - mean
    acceleration = float((deviations**3).sum()) / (6 * float((deviations**2).sum()) ** 1.5)
    normal = NormalDist()
    # A mean outside of all its resamples is so rare that the next best one stands for it.
    bias = normal.inv_cdf(min(max(below, 0.5 / resamples), 1 - 0.5 / resamples))
    reach = _reach(n, level)
    shares = [normal.cdf(bias + (bias + z) / (1 - acceleration * (bias + z))) for z in (-reach, reach)]
    low, high = np.quantile(means, shares)
    return float(low), float(high)


def _reach(n: int, level: float) -> float:
    """How many of its own standard errors the bootstrap has to reach (Hesterberg 2015, expanded percentiles).

    √(n/(n−1))·t, with n−1 degrees of freedom: resampling n values shrinks their variance to (n−1)/n of it, and does not
    know that it is an estimate itself.
    """
    return math.sqrt(n / (n - 1)) * float(special().stdtrit(n - 1, (1 + level) / 2))


def _expanded(data: NDArray[np.float64], scale: float, level: float) -> Interval:
    n, mean = len(data), math.fsum(data) / len(data)
    deviations = data - mean
    spread = math.sqrt(float((deviations**2).mean()))
    skewness = float((deviations**3).mean()) / spread**3
    z = quantile(level)
    lean = skewness * (2 * z * z + 1) / (6 * math.sqrt(n))
    low, high = (scale * (mean + spread / math.sqrt(n) * (side * z + lean)) for side in (-1, 1))
    return Interval(scale * mean, min(low, scale * mean), max(high, scale * mean), level, n)


def mean_standard_error(values: Sequence[float]) -> float:
    """√(Σ(sᵢ−s̄)²/(n(n−1))), the standard error of the mean of independent values (Miller 2024)."""
    if len(values) < 2:
        raise NotEnoughData("A standard error needs at least two values.")
    return float(finite(values).std(ddof=1)) / math.sqrt(len(values))


def clustered_standard_error(values: Sequence[float], clusters: Sequence[Hashable], *, corrected: bool = True) -> float:
    """The standard error of a mean whose values come in clusters, such as the ten headlines of an article (Miller 2024).

    √(Σ_c(Σ_{i∈c}(sᵢ−s̄))²)/n; `corrected` multiplies it with √(C/(C−1)), without which few clusters look too sure.
    """
    if len(values) != len(clusters):
        raise BadInput(f"There are {len(values)} values but {len(clusters)} clusters; each value needs one.")
    sums: defaultdict[Hashable, float] = defaultdict(float)
    deviations = finite(values) - np.mean(values) if values else np.zeros(0)
    for cluster, deviation in zip(clusters, deviations, strict=True):
        sums[cluster] += float(deviation)
    if len(sums) < 2:
        raise NotEnoughData("A clustered standard error needs at least two clusters.")
    error = math.sqrt(sum(total * total for total in sums.values())) / len(values)
    return error * math.sqrt(len(sums) / (len(sums) - 1)) if corrected else error


def quantile(level: float) -> float:
    """How many standard errors a two-sided interval of this level reaches to either side."""
    if not 0 < level < 1:
        raise BadInput(f"A confidence level is between 0 and 1, such as 0.95; {level} is not.")
    return NormalDist().inv_cdf((1 + level) / 2)


def finite(values: Sequence[float]) -> NDArray[np.float64]:
    """The values as an array; `BadInput` for one that is no number, which no mean may swallow."""
    data = np.asarray(values, dtype=np.float64)
    if not np.isfinite(data).all():
        raise BadInput("A value that is no number cannot be averaged. What failed is counted as failed.")
    return data
