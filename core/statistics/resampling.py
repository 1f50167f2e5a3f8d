"""The bootstrap over units, by its percentiles, for statistics that some resamples leave undefined."""

from collections.abc import Iterable, Iterator
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from core.errors import NotEnoughData

SEED = 20240611
"""Whoever repeats an analysis gets the same interval."""

RESAMPLES = 9_999

_UNDEFINED = 0.01
"""The share of resamples that may be undefined. They are the extreme ones, so without more of them the interval would
look surer than it is."""

_AT_ONCE = 100_000
_KEPT = 400
"""Up to so many units their draws are kept: four megabytes at most."""


def batch(n: int) -> int:
    """How many resamples of n values fit into a processor's cache."""
    return max(1, _AT_ONCE // n)


def sums(units: NDArray[np.float64], *, seed: int, resamples: int = RESAMPLES) -> NDArray[np.float64]:
    """The sum over the units of each resample, one row a resample; `units` has one row a unit."""
    return np.concatenate([drawn.astype(np.float64) @ units for drawn in _drawn(len(units), resamples, seed)])


def percentiles(values: NDArray[np.float64], level: float) -> tuple[float, float]:
    """The bounds between which the resampled values lie; NaN stands for an undefined one.

    `NotEnoughData` if more than one in a hundred is undefined.
    """
    defined = values[np.isfinite(values)]
    if len(defined) < (1 - _UNDEFINED) * len(values):
        raise NotEnoughData("There is too little data, or it is too one-sided, for an interval. Collect more.")
    low, high = np.quantile(defined, [(1 - level) / 2, (1 + level) / 2])
    return float(low), float(high)


def _drawn(n: int, resamples: int, seed: int) -> Iterable[NDArray[np.uint8]]:
    """How often each of n units was drawn, one row a resample."""
    return _kept(n, resamples, seed) if n <= _KEPT else _draw(n, resamples, seed)


# Every measure of a run has the same articles on each desk, and so the same draws.
@lru_cache(maxsize=16)
def _kept(n: int, resamples: int, seed: int) -> tuple[NDArray[np.uint8], ...]:
    return tuple(_draw(n, resamples, seed))


def _draw(n: int, resamples: int, seed: int) -> Iterator[NDArray[np.uint8]]:
    rng = np.random.default_rng(seed)
    for start in range(0, resamples, batch(n)):
        rows = min(batch(n), resamples - start)
        places = rng.integers(0, n, size=(rows, n), dtype=np.uint32).astype(np.intp) + n * np.arange(rows)[:, None]
        yield np.bincount(places.ravel(), minlength=rows * n).reshape(rows, n).astype(np.uint8)
