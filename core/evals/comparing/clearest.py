"""By which measure two candidates are told apart most clearly, so that a comparison opens on something to see."""

from collections.abc import Mapping

from core.evals.comparing.comparison import margin
from core.evals.comparing.table import Cell
from core.evals.results import Measure

QUALITY = ("met_at_once", "met", "expected", "without_fail", "variety", "similarity")
"""What says how good headlines are; so does a judge. Time, cost and single checks are parts of another question."""


def clearest(table: Mapping[Measure, Mapping[int, Cell]], *, baseline: int, candidate: int) -> Measure:
    """The measure of quality whose means are furthest apart, each counted in its margin; the first where none differs.

    It takes one to begin with and proves nothing: whether a difference is more than chance is for the comparison to say.
    """
    known = [of for of in table if of.name in QUALITY or of.name.startswith("judge:")]
    return max(known or table, key=lambda of: _apart(of, table[of], baseline, candidate))


def _apart(of: Measure, cells: Mapping[int, Cell], baseline: int, candidate: int) -> float:
    before, after = (cells[place].mean if place in cells else None for place in (baseline, candidate))
    return 0.0 if before is None or after is None else abs(after - before) / margin(of)
