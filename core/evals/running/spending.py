"""What a run has spent, and whether it can afford another call.

    budget = Budget(0.50, judged=True)
    if budget.allows(candidate):
        budget.begin(candidate)
        …
        budget.note(call, cost)
        budget.end(candidate)

Every call counts, whatever became of it: the judge's, a failed one that was charged for, one of a process that died. For
a unit under way, and for the next one, it sets aside what the dearest unit of its candidate has cost so far. Until that
is known, a candidate's unit goes alone. So a run spends beyond its limit only by

- what its first unit of a candidate costs beyond the limit, for nobody knows it before;
- what the units under way cost beyond the dearest one before them: more follow-ups, longer articles;
- what was charged for calls that were cut off or ran into a time-out beyond the dearest one, which they are counted as.
"""

from collections import Counter

from core.evals.running.calls import Call
from core.traces.costs import Cost

_ROUNDING = 1e-9


class Budget:
    """The account of a run in US dollars while it is carried out; without a limit it allows everything."""

    def __init__(self, limit: float | None, *, judged: bool) -> None:
        self._limit = limit
        self._kinds = (False, True) if judged else (False,)
        self._known = 0.0
        self._unknown: Counter[Call] = Counter()
        self._unpriced: set[Call] = set()
        self._dearest: dict[Call, float] = {}
        self._under_way: Counter[int] = Counter()

    @property
    def spent(self) -> float:
        """What is known to have been charged; a call whose cost nobody told counts as the dearest of its kind."""
        return self._known + sum(many * self._dearest.get(call, 0.0) for call, many in self._unknown.items())

    @property
    def is_blind(self) -> bool:
        """Whether an answer came without a price and none of its kind has one, so that no limit can be kept."""
        return self._limit is not None and not self._unpriced <= self._dearest.keys()

    def allows(self, candidate: int) -> bool:
        """Whether another unit of a candidate can be begun now."""
        if self._limit is None:
            return True
        needed = self._of_a_unit(candidate)
        reserved = [(many, self._of_a_unit(each)) for each, many in self._under_way.items() if many]
        if needed is None:
            return not reserved and self.spent < self._limit
        total = self.spent + needed
        for many, cost in reserved:
            if cost is None:
                return False
            total += many * cost
        return total <= self._limit + _ROUNDING

    def begin(self, candidate: int) -> None:
        """Set aside what a unit will cost."""
        self._under_way[candidate] += 1

    def end(self, candidate: int) -> None:
        """A unit is over; what it cost was noted."""
        self._under_way[candidate] -= 1

    def note(self, call: Call, cost: Cost) -> None:
        """Count what a call cost. Whoever notes it sees to it that no call is noted twice."""
        self._known += cost.known
        self._unknown[call] += cost.cut_off + cost.unpriced
        if cost.unpriced:
            self._unpriced.add(call)
        if cost.priced:
            self._dearest[call] = max(self._dearest.get(call, 0.0), cost.known)

    def _of_a_unit(self, candidate: int) -> float | None:
        """What a unit of a candidate costs at most, as far as was seen; None as long as nothing was."""
        calls = [Call(candidate, of_judge) for of_judge in self._kinds]
        return sum(self._dearest[call] for call in calls) if self._dearest.keys() >= {*calls} else None
