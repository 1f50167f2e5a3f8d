"""Time and ids come from here alone, so that tests can hold them still."""

import os
import time
from datetime import UTC, datetime, timedelta

_BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)


def now_ms() -> int:
    """Milliseconds since 1970 in UTC: how every time is stored."""
    return time.time_ns() // 1_000_000


def ticks() -> float:
    """Seconds of a clock that never goes back, for durations only."""
    return time.perf_counter()


def new_trace_id() -> str:
    """A UUIDv7 (RFC 9562, 5.7) as 32 hex digits: sorted by time, and a valid OpenTelemetry trace id."""
    random = int.from_bytes(os.urandom(10))
    value = now_ms() << 80 | random
    value = value & ~(0xF << 76) | 0x7 << 76
    value = value & ~(0x3 << 62) | 0x2 << 62
    return f"{value:032x}"


def first_trace_id(milliseconds: int) -> str:
    """What no trace id of this time or later is below."""
    return f"{max(milliseconds, 0):012x}".ljust(32, "0")


def as_datetime(milliseconds: int) -> datetime:
    """A stored time as an aware datetime in UTC."""
    return _BEGINNING + timedelta(milliseconds=milliseconds)
