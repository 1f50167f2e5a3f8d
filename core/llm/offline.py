"""The offline models as a litellm provider, so that everything runs without a key and without a network.

They are no language models and say so wherever they show: `core.llm.lede` takes its headlines from the article's own
sentences, `core.llm.referee` judges by a few rules. Through litellm they behave like any other provider, streamed or
not, in threads or on an event loop.
"""

import asyncio
import re
import time
from collections.abc import AsyncIterator, Iterator
from typing import Any, cast

from core.llm import lede, referee

_WORD = re.compile(r"\S+\s*|\s+")

_PRICES = (
    "input_cost_per_token",
    "output_cost_per_token",
    "cache_creation_input_token_cost",
    "cache_read_input_token_cost",
)

latency = 0.0
"""Seconds that an answer takes; spread over its words when it is streamed. Set once at the start, from the settings."""


def register(litellm: Any) -> None:
    """Make litellm know the provider `offline`, at no price."""
    if any(entry["provider"] == "offline" for entry in litellm.custom_provider_map):
        return
    litellm.custom_provider_map = [
        *litellm.custom_provider_map,
        {"provider": "offline", "custom_handler": _handler(litellm)},
    ]
    free = dict.fromkeys(_PRICES, 0.0)
    known = {**free, "litellm_provider": "offline", "mode": "chat"}
    litellm.register_model({f"offline/{name}": known for name in ("lede", "judge")})


def _handler(litellm: Any) -> Any:
    """An instance of litellm's provider class; built here because the class to inherit from is loaded late."""

    class Offline(litellm.CustomLLM):
        def completion(self, **call: Any) -> Any:
            time.sleep(latency)
            return _whole(call)

        async def acompletion(self, **call: Any) -> Any:
            await asyncio.sleep(latency)
            return _whole(call)

        def streaming(self, **call: Any) -> Iterator[dict[str, Any]]:
            chunks = _chunks(call)
            for chunk in chunks:
                time.sleep(latency / len(chunks))
                yield chunk

        async def astreaming(self, **call: Any) -> AsyncIterator[dict[str, Any]]:
            chunks = _chunks(call)
            for chunk in chunks:
                await asyncio.sleep(latency / len(chunks))
                yield chunk

    return Offline()


def _whole(call: dict[str, Any]) -> Any:
    response = call["model_response"]
    text = _answer(call)
    response.choices[0].message.content = text
    response.choices[0].finish_reason = "stop"
    response.model = f"offline/{call['model']}"
    usage = _usage(call, text)
    for name, value in usage.items():
        setattr(response.usage, name, value)
    return response


def _chunks(call: dict[str, Any]) -> list[dict[str, Any]]:
    text = _answer(call)
    words = cast("list[str]", _WORD.findall(text))
    chunks = [_chunk(word) for word in words]
    return [*chunks, {**_chunk(""), "is_finished": True, "finish_reason": "stop", "usage": _usage(call, text)}]


def _chunk(text: str) -> dict[str, Any]:
    return {"text": text, "is_finished": False, "finish_reason": "", "index": 0, "usage": None, "tool_use": None}


def _answer(call: dict[str, Any]) -> str:
    if call["model"] == "judge":
        return referee.answer(call["messages"])
    settings = call["optional_params"]
    return lede.answer(
        call["messages"],
        seed=settings.get("seed"),
        temperature=settings.get("temperature"),
        json_wanted=settings.get("response_format") is not None,
    )


def _usage(call: dict[str, Any], text: str) -> dict[str, int]:
    """Words as tokens: what this model reads and writes."""
    read = sum(len(message["content"].split()) for message in call["messages"])
    written = len(text.split())
    return {"prompt_tokens": read, "completion_tokens": written, "total_tokens": read + written}
