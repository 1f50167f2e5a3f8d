"""Load litellm: late, because it costs two seconds, and quietly, because it would otherwise go to the network."""

import asyncio
import gc
import importlib
import logging
import os
import threading
from functools import cache
from typing import Any

from core.llm import offline

_guard = threading.Lock()


async def ready() -> None:
    """Wait until litellm is loaded, without holding up the event loop or counting as time that a model took."""
    if not litellm.cache_info().currsize:
        await asyncio.to_thread(warm_up)


def warm_up() -> None:
    """Load it ahead of the first call, for a thread that has nothing else to do."""
    with _guard:
        litellm()


@cache
def litellm() -> Any:
    """The litellm module, set up. Its own types are loose, so it is `Any` from here on."""
    os.environ["LITELLM_LOCAL_MODEL_COST_MAP"] = "True"
    os.environ["LITELLM_LOCAL_ANTHROPIC_BETA_HEADERS"] = "True"
    # Its warnings repeat, in the terminal, what our own errors say on the trace.
    logging.getLogger("LiteLLM").setLevel(logging.ERROR)
    module: Any = importlib.import_module("litellm")
    module.suppress_debug_info = True
    # Nobody but us may see an article: no callback, no telemetry, no log of a request.
    module.telemetry = False
    module.turn_off_message_logging = True
    offline.register(module)
    # Its half a million objects live as long as we do; the collector need not look at them ever again.
    gc.freeze()
    return module
