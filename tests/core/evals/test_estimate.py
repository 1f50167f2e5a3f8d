"""What a run will take is told from what was measured, and where nothing was, that is told."""

import pytest

from core.copydesk import Copydesk
from core.evals.case import Case
from core.evals.running.estimate import estimate
from core.evals.running.plan import Candidate, Plan
from core.headlines import Request

ARTICLE = "The harbour bridge closes for eleven weeks from Monday, the town council said. A ferry carries 160 pupils."
CASES = [Case(id=f"case-{number}", article=f"{ARTICLE} {number}", desk="local") for number in range(6)]


def plan(*candidates: Candidate, **more: object) -> Plan:
    return Plan(set_name="s", set_number=1, candidates=candidates, **more)  # pyright: ignore[reportArgumentType]


class TestEstimate:
    def test_counts_cases_times_candidates_times_repeats(self, copydesk: Copydesk) -> None:
        two = (Candidate(prompt="headlines", version=1), Candidate(prompt="headlines", version=2))
        assert estimate(copydesk.db, plan(*two, repeats=3), CASES).calls == 36

    def test_goes_by_what_calls_of_the_version_took(self, copydesk: Copydesk) -> None:
        line = copydesk.suggest(Request(article=ARTICLE, desk="local", version=2)).trace
        found = estimate(copydesk.db, plan(Candidate(prompt="headlines", version=2), concurrency=2), CASES)
        assert line.duration_ms is not None
        assert found.seconds == pytest.approx(6 * line.duration_ms / 1000 / 2)
        assert found.cost == 0
        assert found.known[0].basis == "1 calls of this version"

    def test_takes_other_versions_on_the_model_where_this_one_was_never_asked(self, copydesk: Copydesk) -> None:
        copydesk.suggest(Request(article=ARTICLE, desk="local", version=2))
        found = estimate(copydesk.db, plan(Candidate(prompt="headlines", version=1)), CASES)
        assert found.known[0].basis == "1 calls of offline/lede with other versions"

    def test_says_that_nothing_is_known(self, copydesk: Copydesk) -> None:
        found = estimate(copydesk.db, plan(Candidate(prompt="headlines", version=1)), CASES)
        assert (found.cost, found.seconds, found.known[0].basis) == (None, None, "offline/lede was never asked here")
