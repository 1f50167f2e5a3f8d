"""A comparison opens on the measure in which two candidates are furthest apart, as far as that matters."""

from dataclasses import replace

from core.evals.comparing.clearest import clearest
from core.evals.comparing.table import Cell, table
from core.evals.results import measure
from tests.core.evals.results import result


def opens_on(before: dict[str, float], after: dict[str, float]) -> str:
    found = table([replace(result(place, "a"), values=values) for place, values in enumerate((before, after))])
    return clearest(found, baseline=0, candidate=1).name


class TestAComparison:
    def test_opens_on_what_differs_most_for_what_would_still_do(self) -> None:
        same = {"met_at_once": 1.0, "without_fail": 0.9, "judge:tone": 4.0}
        assert opens_on(same, same | {"without_fail": 0.7, "judge:tone": 3.8}) == "without_fail"
        assert opens_on(same, same | {"without_fail": 0.88, "judge:tone": 3.0}) == "judge:tone"

    def test_opens_on_the_contract_where_nothing_differs(self) -> None:
        assert opens_on({"variety": 0.5, "met_at_once": 1.0}, {"variety": 0.5, "met_at_once": 1.0}) == "met_at_once"

    def test_opens_on_quality_and_not_on_what_it_costs_or_on_one_check(self) -> None:
        before = {"met": 1.0, "cost": 0.001, "flagged:exclamation": 0.0}
        assert opens_on(before, {"met": 0.99, "cost": 0.9, "flagged:exclamation": 1.0}) == "met"

    def test_opens_though_one_has_no_result_of_a_measure(self) -> None:
        assert opens_on({"met": 1.0, "similarity": 0.5}, {"met": 0.9}) == "met"
        only = {measure("cost"): {0: Cell(0.1, 1, 1, 0)}}
        assert clearest(only, baseline=0, candidate=1).name == "cost"
