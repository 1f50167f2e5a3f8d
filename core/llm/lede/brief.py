"""What a prompt asks for, read the way a model would have to read it: from prose.

Articles are written by strangers. Number, length, form and tone are therefore read only from what stands
outside the article; an article that gives orders is an article about orders.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal, cast

from core.llm.lede.requests import Layout as Layout
from core.llm.lede.requests import count_in, format_in, limit_in, tone_in

Tone = Literal["plain", "punchy", "sober"]

_OPENING = re.compile(r"<article\b[^<>]{0,200}>", re.IGNORECASE)
_CLOSING = re.compile(r"</article\b[^<>]{0,200}>", re.IGNORECASE)
_ARRAY = re.compile(r"\[\s*\"(?:[^\"\\\n]|\\.){0,600}\"(?:\s*,\s*\"(?:[^\"\\\n]|\\.){0,600}\"){0,200}\s*\]")
_LIST_LINE = re.compile(r"^\s{0,8}(?:[-*•–]|\d{1,3}[.):])\s+(.{1,600})$", re.MULTILINE)
_KEEP = re.compile(
    r"\b(?:keep|already|do not repeat|don['’]t repeat|garde[rz]?|déjà|behoud\w*|al|behalte\w*"
    r"|bereits|schon)\b",
    re.I,
)
_MOST = 12_000
"""Instructions longer than this are not instructions."""
_MENTION = re.compile(r"[\s`\"']{0,4}(?:and|or|to|et|en|und|bis|tot)[\s`\"']{1,4}</article\b", re.IGNORECASE)


@dataclass(frozen=True)
class Brief:
    """What is asked for. None stands for what the prompt leaves open."""

    article: str = ""
    count: int | None = None
    limit: int | None = None
    wants_json: bool = False
    tone: Tone = "plain"
    taken: tuple[str, ...] = ()
    layout: Layout | None = None


def read_brief(messages: Sequence[Mapping[str, str]], *, json_wanted: bool = False) -> Brief:
    """The brief that these messages hold; what a later one states replaces what an earlier one did."""
    turns = [(str(message.get("role") or ""), _text(message.get("content"))) for message in messages]
    home, article, outside = _find_article(turns)
    brief = Brief(article=article)
    taken: list[str] = []
    for index, (role, text) in enumerate(turns):
        if role == "assistant":
            taken += listed(text)
            continue
        said = outside if index == home else text[:_MOST]
        if role == "user" and index > home >= 0:
            taken += listed(said)
            said = _without_headlines(said, taken)
        brief = _heed(brief, said)
    layout: Layout | None = "json" if json_wanted else brief.layout
    return replace(brief, taken=tuple(dict.fromkeys(taken)), layout=layout, wants_json=layout == "json")


def listed(text: str) -> list[str]:
    """The headlines in an answer or a list: JSON strings, or else the lines of a list."""
    text = text[:_MOST]
    found = [entry for array in _ARRAY.findall(text) for entry in _strings(array)]
    found += [re.sub(r"\*\*|^[\"“]|[\"”]$", "", line).strip() for line in _LIST_LINE.findall(text)]
    return [entry for entry in found if entry.strip()]


def _text(content: object) -> str:
    if isinstance(content, str):
        return content
    if isinstance(content, list):
        parts = cast(list[object], content)
        return "\n".join(_text(cast(dict[str, object], part).get("text")) for part in parts if isinstance(part, dict))
    return ""


def _find_article(turns: list[tuple[str, str]]) -> tuple[int, str, str]:
    """Which message holds the article, the article, and what that message says besides."""
    users = [index for index, (role, _) in enumerate(turns) if role == "user"]
    for index in reversed(users):
        found = _between_tags(turns[index][1])
        if found:
            return index, *found
    for index in users:
        found = _after_instruction(turns[index][1])
        if found:
            return index, *found
    return -1, "", ""


def _between_tags(text: str) -> tuple[str, str] | None:
    """What stands between the first opening tag and the last closing one; a mere mention is no tag."""
    closings = list(_CLOSING.finditer(text))
    for opening in _OPENING.finditer(text):
        if _mentioned(text, opening.end()):
            continue
        ends = [closing.start() for closing in closings if closing.start() >= opening.end()]
        name = re.search(r"id\s*=\s*[\"']?([\w-]+)", opening.group())
        if name:
            ends = [end for end in ends if name.group(1) in text[end : end + 220].split(">")[0]] or ends
        end = ends[-1] if ends else len(text)
        return text[opening.end() : end].strip(), text[: opening.start()][:_MOST] + "\n" + text[end:][:_MOST]
    return None


def _mentioned(text: str, end: int) -> bool:
    """Whether the tag only stands in 'between <article> and </article>'."""
    return _MENTION.match(text, end) is not None


def _after_instruction(text: str) -> tuple[str, str] | None:
    """What follows a line that ends with a colon and a blank line; failing that, the longest block."""
    start = re.search(r":[ \t]*\n[ \t]*\n", text)
    if start and text[start.end() :].strip():
        return text[start.end() :].strip(), text[: start.start() + 1][:_MOST]
    blocks = [block for block in re.split(r"\n[ \t]*\n", text) if block.strip()]
    if len(blocks) < 2:
        return _after_colon(text)
    longest = max(blocks, key=len)
    before, after = text.split(longest, 1)
    return longest.strip(), (before + "\n" + after)[:_MOST]


def _after_colon(text: str) -> tuple[str, str] | None:
    """The rest of a message of one block: from its first line that ends with a colon, or all of it."""
    start = re.search(r":[ \t]*\n", text)
    if start:
        return text[start.end() :].strip(), text[: start.end()][:_MOST]
    return (text.strip(), "") if len(text) > 300 else None


def _heed(brief: Brief, said: str) -> Brief:
    count, limit, tone, layout = count_in(said), limit_in(said), tone_in(said), format_in(said)
    return replace(
        brief,
        count=brief.count if count is None else count,
        limit=brief.limit if limit is None else limit,
        tone=tone or brief.tone,
        layout=layout or brief.layout,
    )


def _without_headlines(said: str, taken: Sequence[str]) -> str:
    """A follow-up without the headlines it quotes: those are words of the article, and give no orders."""
    kept: list[str] = []
    quoting = False
    known = set(taken)
    for line in _ARRAY.sub(" ", said).splitlines():
        entry = next(iter(listed(line)), "")
        if entry and (quoting or _repeats(entry, known)):
            continue
        quoting = bool(_KEEP.search(line)) if not entry else quoting
        kept.append(line)
    return "\n".join(kept)


def _repeats(entry: str, known: set[str]) -> bool:
    """Whether a list line is one of the headlines and not an instruction in a list of its own."""
    return entry in known and not re.search(r"\b(?:at most|exactly|maxim|characters|headlines)\b", entry, re.I)


def _strings(array: str) -> Iterator[str]:
    try:
        entries = cast(list[object], json.loads(array))
    except ValueError:
        return
    yield from (entry for entry in entries if isinstance(entry, str))
