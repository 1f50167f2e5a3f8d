"""Time and ids: a trace id is a UUIDv7, so that ids sort as the calls came and every tracing tool takes them."""

import re
import time
import uuid
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from core import clock


def milliseconds(trace_id: str) -> int:
    return uuid.UUID(trace_id).int >> 80


class TestTraceIds:
    def test_are_32_hex_digits_in_lower_case(self) -> None:
        assert all(re.fullmatch("[0-9a-f]{32}", clock.new_trace_id()) for _ in range(1_000))

    def test_are_uuids_of_version_7(self) -> None:
        assert {uuid.UUID(clock.new_trace_id()).version for _ in range(1_000)} == {7}

    def test_are_of_the_variant_of_the_standard(self) -> None:
        assert {uuid.UUID(clock.new_trace_id()).variant for _ in range(1_000)} == {uuid.RFC_4122}

    def test_hold_the_time_at_which_they_were_made(self) -> None:
        before = clock.now_ms()
        made = milliseconds(clock.new_trace_id())
        assert before <= made <= clock.now_ms()

    def test_sort_by_time(self) -> None:
        ids: list[str] = []
        last = 0
        while len(ids) < 20:
            # One per millisecond: within the same millisecond their order is by chance.
            if clock.now_ms() > last:
                ids.append(clock.new_trace_id())
                last = milliseconds(ids[-1])
        assert ids == sorted(ids)

    def test_are_all_different(self) -> None:
        assert len({clock.new_trace_id() for _ in range(10_000)}) == 10_000

    def test_are_all_different_across_threads(self) -> None:
        with ThreadPoolExecutor(8) as threads:
            ids = list(threads.map(lambda _: clock.new_trace_id(), range(10_000)))
        assert len(set(ids)) == 10_000

    def test_are_random_in_every_other_bit(self) -> None:
        ids = [uuid.UUID(clock.new_trace_id()).int for _ in range(200)]
        fixed = 0b1111 << 76 | 0b11 << 62
        always_set, never_set = ids[0], ~ids[0]
        for each in ids:
            always_set &= each
            never_set &= ~each
        random = (1 << 80) - 1 & ~fixed
        assert (always_set | never_set) & random == 0


class TestTime:
    def test_is_that_of_the_machine(self) -> None:
        before = time.time()
        now = clock.now_ms()
        assert int(before * 1000) <= now <= int(time.time() * 1000) + 1

    def test_of_durations_does_not_go_back(self) -> None:
        ticks = [clock.ticks() for _ in range(1_000)]
        assert ticks == sorted(ticks)

    def test_is_shown_in_utc(self) -> None:
        assert clock.as_datetime(1_700_000_000_123) == datetime(2023, 11, 14, 22, 13, 20, 123_000, tzinfo=UTC)

    @given(st.integers(0, 4_102_444_800_000))
    def test_loses_no_millisecond_when_it_is_shown(self, stored: int) -> None:
        assert round(clock.as_datetime(stored).timestamp() * 1000) == stored


class TestTheFirstIdOfATime:
    def test_is_at_or_below_every_id_of_that_time_and_above_those_before(self) -> None:
        before = clock.now_ms()
        trace_id = clock.new_trace_id()
        assert clock.first_trace_id(before) <= trace_id < clock.first_trace_id(milliseconds(trace_id) + 1)

    def test_of_a_time_before_1970_is_the_lowest(self) -> None:
        assert clock.first_trace_id(-5) == "0" * 32
