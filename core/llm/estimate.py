"""What a call would cost, before it is made: tokens by litellm's own tokenizers, prices by its list."""

from collections.abc import Sequence
from typing import Any

from core.llm.attempt import Message
from core.llm.door import litellm
from core.llm.models import Model

# Of these, litellm would ask the servers what they cost, and take a model that they do not know for free.
_NOT_ASKED = ("ollama/", "ollama_chat/", "huggingface/")


def tokens(model: Model, messages: Sequence[Message]) -> int:
    """The tokens of these messages: exact for OpenAI's models, close for others, whose tokenizers are not public."""
    # With the provider before it, litellm takes a model for one whose tokenizer it does not know.
    name = model.call.rpartition("/")[2]
    return int(litellm().token_counter(model=name, messages=[dict(message) for message in messages]))


def cost(model: Model, *, read: int, written: int) -> float | None:
    """US dollars for so many tokens; None where litellm knows no price."""
    if model.offline:
        return 0.0
    module = litellm()
    if model.call.startswith(_NOT_ASKED) and model.call not in module.model_cost:
        return None
    try:
        prices: Any = module.cost_per_token(model=model.call, prompt_tokens=read, completion_tokens=written)
    except Exception:  # noqa: BLE001 - litellm raises a bare Exception for a model that is not on its list
        return None
    return float(sum(prices))
