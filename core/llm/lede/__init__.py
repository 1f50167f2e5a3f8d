"""A headline writer that needs no network and no key, so that the tool can be tried offline.

It answers chat messages the way a model would: well where the prompt is precise, loosely where it is not.
It only ever shortens the article's own sentences; asked for punch, it also shouts.
"""

from collections.abc import Mapping, Sequence

from core.llm.lede.brief import Brief, read_brief
from core.llm.lede.write import write

__all__ = ["Brief", "answer", "read_brief"]


def answer(
    messages: Sequence[Mapping[str, str]],
    *,
    seed: int | None = None,
    temperature: float | None = None,
    json_wanted: bool = False,
) -> str:
    """The text of the assistant's next turn.

    The same messages, seed and temperature give the same answer; without a temperature it is the best the
    writer can do. No text makes it raise, and an article that holds too little gives fewer headlines.
    """
    return write(read_brief(messages, json_wanted=json_wanted), seed=seed, temperature=temperature)
