"""Traces that are put on record without asking a model."""

from core import clock
from core.traces.model import Opening


def opening(trace_id: str | None = None, **more: object) -> Opening:
    """What is known before a request for ten sport headlines leaves."""
    usual: dict[str, object] = {
        "id": trace_id or clock.new_trace_id(), "request_id": None, "fingerprint": "", "source": "api", "person": None,
        "environment": "production", "desk": "sport", "channel": "web", "language": "en", "prompt": "headlines",
        "version": None, "release": None, "model": "gpt", "started_at": clock.now_ms(), "asked": 10, "article": "Rain.",
        "variables": {}, "messages": [], "settings": {},
    }  # fmt: skip
    return Opening(**(usual | more))  # pyright: ignore[reportArgumentType]
