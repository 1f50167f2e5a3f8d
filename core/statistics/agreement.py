"""How far people, or a judge and people, agree beyond what chance alone would give."""

import math
from collections.abc import Sequence
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from core.errors import BadInput, NotEnoughData
from core.statistics.intervals import LEVEL, Interval, quantile
from core.statistics.resampling import RESAMPLES, SEED, percentiles, sums

Weights = Literal["unweighted", "linear", "quadratic"]
Scale = Literal["nominal", "ordinal", "interval"]
Rating = str | float

Array = NDArray[np.float64]


def ratings_table(
    first: Sequence[Rating], second: Sequence[Rating], categories: Sequence[Rating]
) -> tuple[tuple[int, ...], ...]:
    """How often the first rater chose one category (row) and the second another (column), item by item."""
    if len(first) != len(second):
        raise BadInput(
            f"The first rater judged {len(first)} items and the second {len(second)}; they must be the same."
        )
    place = {category: number for number, category in enumerate(categories)}
    table = [[0] * len(categories) for _ in categories]
    for one, other in zip(first, second, strict=True):
        for rating in (one, other):
            if rating not in place:
                raise BadInput(f"{rating!r} is none of the categories {', '.join(map(str, categories))}.")
        table[place[one]][place[other]] += 1
    return tuple(tuple(row) for row in table)


def cohens_kappa(table: Sequence[Sequence[int]], *, weights: Weights = "unweighted", level: float = LEVEL) -> Interval:
    """Cohen's κ of two raters, with its asymptotic interval (Fleiss, Cohen and Everitt 1969).

    Weights are for categories in order, such as scores from 1 to 5: half a disagreement counts half (linear) or a
    quarter (quadratic). `NotEnoughData` if both raters only ever chose one and the same category: they agree, but κ is
    0/0 and says nothing. For fewer than about 50 items prefer `cohens_kappa_resampled`.
    """
    kappa, n = _kappa_of(table, weights)
    half = quantile(level) * kappa_standard_error(table, weights=weights)
    return Interval(kappa, max(kappa - half, -1.0), min(kappa + half, 1.0), level, n)


def kappa_standard_error(table: Sequence[Sequence[int]], *, weights: Weights = "unweighted") -> float:
    """The standard error of κ in large samples (Fleiss, Cohen and Everitt 1969)."""
    kappa, n = _kappa_of(table, weights)
    p = np.asarray(table, dtype=np.float64) / n
    w = _agreement_weights(len(p), weights)
    rows, columns = p.sum(axis=1), p.sum(axis=0)
    expected = float(rows @ w @ columns)
    means = (w @ columns)[:, None] + (rows @ w)[None, :]
    spread = float((p * (w - means * (1 - kappa)) ** 2).sum()) - (kappa - expected * (1 - kappa)) ** 2
    return math.sqrt(max(spread, 0.0) / n) / (1 - expected)


def cohens_kappa_resampled(
    table: Sequence[Sequence[int]],
    *,
    weights: Weights = "unweighted",
    level: float = LEVEL,
    seed: int = SEED,
    resamples: int = RESAMPLES,
) -> Interval:
    """Cohen's κ with a percentile bootstrap interval over items, for when there are few of them.

    Besides what `cohens_kappa` refuses, `NotEnoughData` if too many resamples leave κ undefined.
    """
    kappa, n = _kappa_of(table, weights)
    quantile(level)
    counts = np.asarray(table, dtype=np.float64)
    drawn = np.random.default_rng(seed).multinomial(n, counts.ravel() / n, size=resamples)
    resampled = _kappas(drawn.reshape(-1, *counts.shape) / n, _agreement_weights(len(counts), weights))
    low, high = percentiles(resampled, level)
    return Interval(kappa, min(low, kappa), max(high, kappa), level, n)


def cohens_kappa_clustered(
    clusters: Sequence[Sequence[tuple[Rating, Rating]]],
    categories: Sequence[Rating],
    *,
    weights: Weights = "unweighted",
    level: float = LEVEL,
    seed: int = SEED,
    resamples: int = RESAMPLES,
) -> Interval:
    """Cohen's κ over all pairs of ratings, with a percentile bootstrap interval over clusters of them.

    For ratings that hang together, such as those of the headlines of one article: they are one observation, not many, and
    an interval over single items would look surer than it is. `n` is the number of clusters. `NotEnoughData` as for
    `cohens_kappa_resampled`, and for fewer than two clusters.
    """
    tables = [
        ratings_table([first for first, _ in pairs], [second for _, second in pairs], categories) for pairs in clusters
    ]
    if len(tables) < 2:
        raise NotEnoughData("An interval needs ratings of at least two sets.")
    counts = np.asarray(tables, dtype=np.float64)
    kappa, _ = _kappa_of(counts.sum(axis=0).astype(int).tolist(), weights)
    # In their order, so that the order in which the clusters come changes nothing.
    flat = counts.reshape(len(tables), -1)
    flat = flat[np.lexsort(flat.T)]
    drawn = sums(flat, seed=seed, resamples=resamples).reshape(-1, *counts.shape[1:])
    shares = drawn / drawn.sum(axis=(1, 2), keepdims=True)
    low, high = percentiles(_kappas(shares, _agreement_weights(counts.shape[1], weights)), level)
    return Interval(kappa, min(low, kappa), max(high, kappa), level, len(tables))


def _kappa_of(table: Sequence[Sequence[int]], weights: Weights) -> tuple[float, int]:
    """κ and the number of items."""
    if len(table) < 2 or any(len(row) != len(table) for row in table):
        raise BadInput("A table of ratings is square: the same two or more categories for both raters.")
    counts = np.asarray(table, dtype=np.float64)
    if counts.min() < 0:
        raise BadInput("A count of ratings cannot be below 0.")
    n = int(counts.sum())
    if n < 2:
        raise NotEnoughData(f"Agreement needs at least two items that both raters judged; there are {n}.")
    kappa = float(_kappas(counts[None] / n, _agreement_weights(len(counts), weights))[0])
    if math.isnan(kappa):
        raise NotEnoughData("Both raters always chose the same one category, so kappa is undefined. Judge more items.")
    return kappa, n


def _kappas(shares: Array, weights: Array) -> Array:
    """κ of each of many tables of shares, NaN where both raters chose only one and the same category."""
    rows, columns = shares.sum(axis=2), shares.sum(axis=1)
    observed = (shares * weights).sum(axis=(1, 2))
    expected = np.einsum("ri,ij,rj->r", rows, weights, columns)
    undefined = (np.einsum("rii->ri", shares) > 1 - _ROUNDING).any(axis=1)
    return np.where(undefined, np.nan, (observed - expected) / np.where(undefined, 1.0, 1 - expected))


_ROUNDING = 1e-12


def _agreement_weights(k: int, weights: Weights) -> Array:
    """1 for the same category, down to 0 for the two that are farthest apart."""
    distance = np.abs(np.subtract.outer(np.arange(k), np.arange(k))) / (k - 1)
    match weights:
        case "unweighted":
            return np.eye(k)
        case "linear":
            return 1 - distance
        case "quadratic":
            return 1 - distance**2


def krippendorffs_alpha(
    units: Sequence[Sequence[Rating | None]],
    *,
    scale: Scale,
    level: float = LEVEL,
    seed: int = SEED,
    resamples: int = RESAMPLES,
) -> Interval:
    """Krippendorff's α of any number of raters, with a percentile bootstrap interval over units (Krippendorff 2019).

    A unit is what its raters gave it; None is a missing rating, and a unit with fewer than two says nothing and is not
    in `n`. Ordinal and interval scales need numbers (`BadInput`). `NotEnoughData` without two such units, if all
    ratings are the same (α is undefined), or if that is so in too many resamples.
    """
    return krippendorffs_alpha_clustered(
        [[unit] for unit in units], scale=scale, level=level, seed=seed, resamples=resamples
    )


def krippendorffs_alpha_clustered(
    clusters: Sequence[Sequence[Sequence[Rating | None]]],
    *,
    scale: Scale,
    level: float = LEVEL,
    seed: int = SEED,
    resamples: int = RESAMPLES,
) -> Interval:
    """Krippendorff's α over all units, with an interval over clusters of them, as for `cohens_kappa_clustered`.

    `n` is the number of clusters in which some unit has two ratings; the rest is as for `krippendorffs_alpha`.
    """
    quantile(level)
    rated = [[[rating for rating in unit if rating is not None] for unit in cluster] for cluster in clusters]
    rated = [[unit for unit in cluster if len(unit) >= 2] for cluster in rated]
    rated = [cluster for cluster in rated if cluster]
    if len(rated) < 2:
        raise NotEnoughData("Agreement needs at least two items that two or more people judged.")
    values = _values([unit for cluster in rated for unit in cluster], scale)
    pairs = np.stack([np.sum([_pairs(unit, values) for unit in cluster], axis=0) for cluster in rated])
    alpha = float(_alphas(pairs.sum(axis=0)[None], values, scale)[0])
    if math.isnan(alpha):
        raise NotEnoughData("All ratings are the same, so alpha is undefined. Judge more items.")
    # In their order, so that the order in which the clusters come changes nothing.
    flat = pairs.reshape(len(rated), -1)
    flat = flat[np.lexsort(flat.T)]
    drawn = sums(flat, seed=seed, resamples=resamples).reshape(-1, len(values), len(values))
    low, high = percentiles(_alphas(drawn, values, scale), level)
    return Interval(alpha, min(low, alpha), max(high, alpha), level, len(rated))


def _values(units: Sequence[Sequence[Rating]], scale: Scale) -> list[Rating]:
    """The different ratings in their order."""
    found = {rating for unit in units for rating in unit}
    if scale == "nominal":
        return sorted(found, key=lambda rating: (isinstance(rating, str), rating))
    for rating in found:
        if isinstance(rating, str) or not math.isfinite(rating):
            raise BadInput(f"{rating!r} is no number, and a scale of the kind {scale} needs numbers.")
    return sorted(found)  # pyright: ignore[reportArgumentType]


def _pairs(unit: Sequence[Rating], values: Sequence[Rating]) -> Array:
    """The coincidence matrix of one unit: its ordered pairs of ratings, each weighing 1/(m−1)."""
    counts = np.array([unit.count(value) for value in values], dtype=np.float64)
    return (np.outer(counts, counts) - np.diag(counts)) / (len(unit) - 1)


def _alphas(pairs: Array, values: Sequence[Rating], scale: Scale) -> Array:
    """α of each of many coincidence matrices, NaN where all ratings are the same."""
    counts = pairs.sum(axis=2)
    n = counts.sum(axis=1)
    distance = _squared_distance(counts, values, scale)
    observed = (pairs * distance).sum(axis=(1, 2)) / n
    expected = np.einsum("rc,rck,rk->r", counts, distance, counts) / (n * (n - 1))
    undefined = counts.max(axis=1) > n - _ROUNDING * n
    return np.where(undefined, np.nan, 1 - observed / np.where(undefined, 1.0, expected))


def _squared_distance(counts: Array, values: Sequence[Rating], scale: Scale) -> Array:
    k = len(values)
    match scale:
        case "nominal":
            return np.broadcast_to(1 - np.eye(k), (len(counts), k, k))
        case "interval":
            numbers = np.asarray(values, dtype=np.float64)
            return np.broadcast_to(np.subtract.outer(numbers, numbers) ** 2, (len(counts), k, k))
        case "ordinal":
            # How many ratings lie between two, half of each end included: the difference of their middle ranks.
            middles = np.cumsum(counts, axis=1) - counts / 2
            return (middles[:, :, None] - middles[:, None, :]) ** 2
