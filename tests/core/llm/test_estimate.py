"""What a call would cost: told without asking anybody, and not told where nobody knows."""

import socket
from collections.abc import Iterator

import pytest

from core.llm import estimate
from core.llm.attempt import Message
from core.llm.models import Model

OFFLINE = Model("offline/lede", "offline/lede")
MINI = Model("mini", "openai/gpt-4o-mini")
UNKNOWN = Model("ours", "openai/newsroom-7b")
# Models whose tokenizer litellm would fetch from the network if it were let.
FETCHED = [
    Model(call, call)
    for call in ("anthropic/claude-sonnet-4-5", "groq/llama-3.3-70b-versatile", "replicate/meta/llama-2-70b-chat")
]


def asked(text: str) -> list[Message]:
    return [{"role": "user", "content": text}]


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Nobody is asked: no machine, not even this one, and no name server."""
    asked: list[object] = []

    def refused(*where: object, **_: object) -> None:
        asked.append(where)
        raise OSError("There is no network.")

    monkeypatch.setattr(socket.socket, "connect", refused)
    monkeypatch.setattr(socket, "getaddrinfo", refused)
    yield
    # Whoever asked may have caught the error.
    assert asked == []


class TestTokens:
    @pytest.mark.parametrize("model", [OFFLINE, MINI, UNKNOWN, *FETCHED])
    def test_grow_with_the_text(self, model: Model) -> None:
        few, many = (estimate.tokens(model, asked("The bridge closes on Monday. " * times)) for times in (1, 100))
        assert 5 <= few < 30
        assert 500 <= many <= 1_000

    def test_are_those_of_openais_own_tokenizer(self) -> None:
        # That of gpt-4, which litellm falls back on, needs half as many more for Japanese.
        older = Model("older", "openai/gpt-4")
        text = asked("橋は月曜日に閉まる、と市議会は述べた。" * 20)
        assert estimate.tokens(MINI, text) < 0.8 * estimate.tokens(older, text)

    def test_count_every_message(self) -> None:
        one = asked("The bridge closes on Monday.")
        assert estimate.tokens(MINI, one * 2) > estimate.tokens(MINI, one) + 5

    def test_of_any_script_are_counted(self) -> None:
        assert estimate.tokens(MINI, asked("橋は月曜日に閉まる 🌉 \u202e\x00")) > 5

    def test_of_words_that_mean_something_to_a_model_are_text(self) -> None:
        assert estimate.tokens(MINI, asked("<|endoftext|> <|im_start|>")) > 2


class TestCost:
    def test_of_the_offline_model_is_nothing(self) -> None:
        assert estimate.cost(OFFLINE, read=1_000_000, written=1_000_000) == 0.0

    def test_of_a_known_model_is_by_its_list_price(self) -> None:
        # US$ 0.15 a million tokens to read and US$ 0.60 to write: OpenAI's list for gpt-4o-mini.
        assert estimate.cost(MINI, read=2_000_000, written=500_000) == pytest.approx(0.30 + 0.30)

    def test_of_an_unknown_model_is_unknown_and_not_nothing(self) -> None:
        assert estimate.cost(UNKNOWN, read=1_000, written=1_000) is None

    @pytest.mark.parametrize("call", ["ollama/newsroom", "ollama_chat/newsroom", "huggingface/newsroom/llama"])
    def test_of_a_model_whose_server_would_have_to_be_asked_is_unknown(self, call: str) -> None:
        assert estimate.cost(Model("ours", call), read=1_000, written=1_000) is None

    def test_of_no_tokens_is_nothing(self) -> None:
        assert estimate.cost(MINI, read=0, written=0) == 0.0
