"""Load litellm: late, because it costs two seconds, and quietly, because it would otherwise go to the network."""

import asyncio
import gc
import importlib
import logging
import os
import sys
import threading
from functools import cache
from typing import Any

from core.llm import offline

_guard = threading.Lock()


# What litellm loads at its first call of a provider: two thirds of a second that no provider took.
_CLIENT = "openai.resources"


def loaded(*, offline: bool) -> bool:
    """Whether a call can leave at once; the offline model needs less."""
    return bool(litellm.cache_info().currsize) and (offline or _CLIENT in sys.modules)


async def ready(*, offline: bool) -> None:
    """Wait until a call can leave, without holding up the event loop or counting as time that a model took."""
    if not loaded(offline=offline):
        await asyncio.to_thread(_load if offline else warm_up)


def warm_up() -> None:
    """Load all of it ahead of the first call, for a thread that has nothing else to do."""
    _load()
    with _guard:
        importlib.import_module(_CLIENT)


def _load() -> None:
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
    # Nor is a tokenizer fetched to count tokens with; without the network that would hold up a screen for half a minute.
    module.disable_hf_tokenizer_download = True
    offline.register(module)
    # Its half a million objects live as long as we do; the collector need not look at them ever again.
    gc.freeze()
    return module
