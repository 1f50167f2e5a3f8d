"""Load litellm: late, because it costs two seconds, and quietly, because it would otherwise go to the network."""

import asyncio
import gc
import importlib
import logging
import os
import sys
import threading
import warnings
from concurrent.futures import Future
from functools import cache
from typing import Any

from core.llm import offline

_guard = threading.Lock()


# What litellm loads at its first call of a provider: two thirds of a second that no provider took.
_CLIENT = "openai.resources"


def loaded(*, offline: bool) -> bool:
    """Whether a call can leave at once; the offline model needs less."""
    return bool(litellm.cache_info().currsize) and (offline or _CLIENT in sys.modules)


_CALLBACKS = (
    "callbacks",
    "input_callback",
    "success_callback",
    "failure_callback",
    "_async_input_callback",
    "_async_success_callback",
    "_async_failure_callback",
)


async def ready(*, offline: bool) -> None:
    """Wait until a call can leave, without holding up the event loop or counting as time that a model took."""
    if not loaded(offline=offline):
        await asyncio.wrap_future(_loading(offline=offline))


@cache
def _loading(*, offline: bool) -> "Future[None]":
    """One thread for all who wait. A daemon: whoever stops Copydesk meanwhile does not wait for it."""
    done: Future[None] = Future()
    # A caller who goes away must not take it along for the others.
    done.set_running_or_notify_cancel()

    def load() -> None:
        try:
            if offline:
                _load()
            else:
                warm_up()
        except BaseException as error:  # noqa: BLE001 - everyone who waits is told
            done.set_exception(error)
        else:
            done.set_result(None)

    threading.Thread(target=load, name="copydesk-load", daemon=True).start()
    return done


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
    # It prepares a call on a thread, which gives back a coroutine. A call that is cut off meanwhile never begins it.
    warnings.filterwarnings("ignore", r"coroutine '.*\bacompletion' was never awaited", RuntimeWarning)
    module: Any = importlib.import_module("litellm")
    module.suppress_debug_info = True
    # Nobody but us may see an article: no telemetry, and no callback. Its own switch for that, turn_off_message_logging,
    # copies every answer three times in order to blank it out for callbacks that are not there.
    module.telemetry = False
    for name in _CALLBACKS:
        setattr(module, name, [])
    # Nor is a tokenizer fetched to count tokens with; without the network that would hold up a screen for half a minute.
    module.disable_hf_tokenizer_download = True
    offline.register(module)
    # Its half a million objects live as long as we do; the collector need not look at them ever again.
    gc.freeze()
    return module
