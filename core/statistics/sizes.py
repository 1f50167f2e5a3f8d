"""How many cases a comparison needs, and what one with so many cases can see at all."""

import math
from dataclasses import dataclass
from statistics import NormalDist

from core.errors import BadInput, NotEnoughData
from core.statistics.intervals import LEVEL, quantile

POWER = 0.8

ALPHA = 0.05


@dataclass(frozen=True)
class Spread:
    """What makes a comparison uncertain (Miller 2024).

    `between` is ω², the variance over the articles of the true difference; `baseline` and `candidate` are σ², the
    variance of one repeat around the mean of its case, which `repeats` runs of each case average out.
    """

    between: float
    baseline: float
    candidate: float
    repeats: int

    def __post_init__(self) -> None:
        if min(self.between, self.baseline, self.candidate) < 0:
            raise BadInput("A variance cannot be below 0.")
        if self.repeats < 1:
            raise BadInput("A case is run at least once.")

    @property
    def of_a_difference(self) -> float:
        """The variance of the measured difference of one case."""
        return self.between + (self.baseline + self.candidate) / self.repeats


def cases_needed(spread: Spread, difference: float, *, power: float = POWER, level: float = LEVEL) -> int:
    """How many cases show a true difference of this size with this power (Miller 2024, equation 9)."""
    if difference == 0:
        raise BadInput("No number of cases shows a difference of 0. Say which difference would matter.")
    reach = quantile(level) + _beta(power)
    return max(1, math.ceil(reach * reach * spread.of_a_difference / difference**2))


def smallest_detectable(spread: Spread, n: int, *, power: float = POWER, level: float = LEVEL) -> float:
    """The smallest true difference that n cases show with this power (Miller 2024, equation 10)."""
    return (quantile(level) + _beta(power)) * math.sqrt(spread.of_a_difference / _some(n))


def cases_per_arm(rate: float, margin: float, *, power: float = POWER, alpha: float = ALPHA) -> int:
    """How many cases each of two arms needs to show non-inferiority, one-sided, if both have this rate in truth.

    (z_{1−α}+z_power)²·2pq/δ², for different cases in the arms; the same cases in both need fewer.
    """
    if margin <= 0:
        raise BadInput("A margin is above 0: how much worse would still do?")
    return max(1, math.ceil(_reach(power, alpha) ** 2 * _variance(rate) / margin**2))


def smallest_margin(rate: float, n: int, *, power: float = POWER, alpha: float = ALPHA) -> float:
    """The smallest margin that n cases in each of two arms can exclude, as `cases_per_arm` has it."""
    return _reach(power, alpha) * math.sqrt(_variance(rate) / _some(n))


def _reach(power: float, alpha: float) -> float:
    if not 0 < alpha < 1:
        raise BadInput(f"An error rate is between 0 and 1, such as 0.05; {alpha} is not.")
    return NormalDist().inv_cdf(1 - alpha) + _beta(power)


def _beta(power: float) -> float:
    if not 0 < power < 1:
        raise BadInput(f"A power is between 0 and 1, such as 0.8; {power} is not.")
    return NormalDist().inv_cdf(power)


def _variance(rate: float) -> float:
    if not 0 < rate < 1:
        raise BadInput(f"To plan, a rate between 0 and 1 is needed; {rate} leaves nothing to chance.")
    return 2 * rate * (1 - rate)


def _some(n: int) -> int:
    if n < 1:
        raise NotEnoughData("Without a case nothing can be seen.")
    return n
