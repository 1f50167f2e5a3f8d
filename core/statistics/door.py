"""Load scipy.stats at its first use: it takes about a second, and the app starts without it."""

import importlib
from functools import cache
from typing import Any


@cache
def stats() -> Any:
    """scipy.stats, which has no types of its own."""
    return importlib.import_module("scipy.stats")
