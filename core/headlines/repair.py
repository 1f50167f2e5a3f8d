"""Ask again for what is missing: keep what is good, name what is wrong, want no more than that."""

from collections.abc import Sequence

from core.llm.attempt import Message
from core.prompts.content import OutputMode
from core.prompts.contract import Rejected, sentence

MOST_FOLLOW_UPS = 2

# A model that sent a novel gets only its beginning back: enough to see what was wrong with it.
_LONGEST_ANSWER = 4_000


def follow_up(
    messages: Sequence[Message],
    answer: str,
    *,
    kept: Sequence[str],
    rejected: Sequence[Rejected],
    missing: int,
    limit: int,
    output: OutputMode,
) -> list[Message]:
    """The conversation that asks for the `missing` headlines only."""
    lines: list[str] = []
    if kept:
        lines += ["These headlines are good and stay. Do not repeat them:", *(f"- {text}" for text in kept), ""]
    if rejected:
        reasons = (f"- {_one_line(each.text)} ({sentence(each, limit=limit)})" for each in rejected)
        lines += ["These cannot be used:", *reasons, ""]
    if not kept and not rejected:
        lines += ["No headline could be found in that answer.", ""]
    more = "more " if kept else ""
    noun = "headline" if missing == 1 else "headlines"
    lines += [
        f"Write exactly {missing} {more}{noun} for the same article, in its language. Each has at most {limit} "
        "characters, spaces included, stands on one line and differs from all others.",
        _FORMAT[output],
    ]
    return [
        *messages,
        {"role": "assistant", "content": answer[:_LONGEST_ANSWER]},
        {"role": "user", "content": "\n".join(lines)},
    ]


_AS_JSON = 'Answer with JSON only: {"headlines": ["…"]}'
_FORMAT: dict[OutputMode, str] = {
    "json_schema": _AS_JSON,
    "json_object": _AS_JSON,
    "text": "Answer with the headlines only, as a numbered list.",
}


def _one_line(text: str) -> str:
    return " ".join(text.split())[:300]
