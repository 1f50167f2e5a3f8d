"""How long things took, in so few numbers that a month of calls adds up at once.

Times are sorted into buckets, each reaching 8 % further than the one before; so a percentile is told within 4 %, however
long the times are and however many histograms were added up (Masson, Rim, Lee 2019, DDSketch).
"""

import math
import struct
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

_GROWTH = 1.08
_LOG_OF_GROWTH = math.log(_GROWTH)
_MIDDLE = 2 / (1 + 1 / _GROWTH)
"""By what the lower end of a bucket is multiplied to come to the value that is as far from both ends, in per cent."""
ACCURACY = (_GROWTH - 1) / (_GROWTH + 1)
"""No percentile is further from the true one than this share of it, from one millisecond up."""

_LAST = 400
_PAIR = struct.Struct("<HI")


@dataclass(frozen=True)
class Histogram:
    """How many times fell into each bucket. Bucket 0 is up to a millisecond, the last is open to the top."""

    counts: Mapping[int, int] = field(default_factory=dict[int, int])

    @property
    def n(self) -> int:
        return sum(self.counts.values())

    def percentile(self, share: float) -> float | None:
        """The shortest time in milliseconds that at least this share of the times is at or below; None of no times."""
        # Rounded, for a share such as 0.95 is a little off in binary, which must not make it the next rank.
        left = max(1, math.ceil(round(share * self.n, 6)))
        for bucket in sorted(self.counts):
            left -= self.counts[bucket]
            if left <= 0:
                return _value(bucket)
        return None

    def __add__(self, other: "Histogram") -> "Histogram":
        return Histogram(_without_zeros(Counter(self.counts), other.counts, 1))

    def __sub__(self, other: "Histogram") -> "Histogram":
        return Histogram(_without_zeros(Counter(self.counts), other.counts, -1))

    def pack(self) -> bytes:
        """Bytes that `unpack` reads. Those of several histograms in a row are those of their sum."""
        return b"".join(_PAIR.pack(bucket, many) for bucket, many in sorted(self.counts.items()))


EMPTY = Histogram()


def of(times: Iterable[float]) -> Histogram:
    """The histogram of times in milliseconds."""
    counts: dict[int, int] = {}
    for each in times:
        bucket = _bucket(each)
        counts[bucket] = counts.get(bucket, 0) + 1
    return Histogram(counts)


def total(histograms: Iterable[Histogram]) -> Histogram:
    """The sum of histograms."""
    counts: dict[int, int] = {}
    for each in histograms:
        for bucket, many in each.counts.items():
            counts[bucket] = counts.get(bucket, 0) + many
    return Histogram(counts)


def unpack(packed: bytes) -> Histogram:
    """The histogram that these bytes are of."""
    counts: Counter[int] = Counter()
    for bucket, many in _PAIR.iter_unpack(packed):
        counts[bucket] += many
    return Histogram(dict(counts))


def joined(packed: bytes, other: bytes) -> bytes:
    """Packed, the sum of two packed ones."""
    return unpack(packed + other).pack() if packed and other else packed or other


def unpack_many(packed: bytes) -> Histogram:
    """The same, fast for the bytes of thousands in a row."""
    # It takes a tenth of a second to load, for which whoever only writes need not wait.
    import numpy as np

    pairs = np.frombuffer(packed, dtype=[("bucket", "<u2"), ("many", "<u4")])
    if not len(pairs):
        return EMPTY
    totals = np.bincount(pairs["bucket"], weights=pairs["many"]).astype(int)
    buckets = np.flatnonzero(totals)
    return Histogram(dict(zip(buckets.tolist(), totals[buckets].tolist(), strict=True)))


def _bucket(time: float) -> int:
    return 0 if time <= 1 else min(_LAST, math.ceil(math.log(time) / _LOG_OF_GROWTH))


def _value(bucket: int) -> float:
    return 1.0 if bucket == 0 else _GROWTH ** (bucket - 1) * _MIDDLE


def _without_zeros(counts: Counter[int], others: Mapping[int, int], sign: int) -> dict[int, int]:
    for bucket, many in others.items():
        counts[bucket] += sign * many
    return {bucket: many for bucket, many in counts.items() if many}
