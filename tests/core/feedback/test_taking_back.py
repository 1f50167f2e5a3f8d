"""Something is taken back in vain exactly where the same stands after it as before."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from core import clock
from core.db import Database
from core.feedback import Given, give, in_vain, of_trace, standing
from tests.core.feedback.conftest import Traces
from tests.core.feedback.test_any_order import each, takes_back


class TestToTakeSomethingBack:
    @settings(max_examples=30)
    @given(few=st.lists(each, min_size=1, max_size=8))
    def test_is_in_vain_where_it_changes_nothing(
        self, database: Database, traces_of_module: Traces, few: list[Given]
    ) -> None:
        trace, start = traces_of_module.closed(), clock.now_ms()
        changed_nothing: set[int] = set()
        for number, one in enumerate(few):
            before = standing(database, trace)
            kept = give(database, replace(one, trace=trace, given_at=start + number))
            if takes_back(one) and standing(database, trace) == before:
                changed_nothing.add(kept.id)
        assert in_vain(of_trace(database, trace)) == changed_nothing
