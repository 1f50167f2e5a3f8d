"""Load scipy.special at its first use: the app starts without it, and scipy.stats would take five times as long."""

import importlib
from functools import cache
from typing import Any


@cache
def special() -> Any:
    """scipy.special, which has no types of its own."""
    return importlib.import_module("scipy.special")
