"""What two versions of a prompt differ in: their messages word by word, everything else as a list of changes."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Any, NamedTuple

from core.prompts.content import Content
from core.prompts.differences import Piece, Row, rows


class Said(NamedTuple):
    """A message: who says what."""

    role: str
    content: str


@dataclass(frozen=True)
class MessageChange:
    """A message of the one version beside that at the same position of the other."""

    title: str
    rows: Sequence[Row]
    new_role: bool = False

    @property
    def changed(self) -> bool:
        return self.new_role or any(row.changed for row in self.rows)


@dataclass(frozen=True)
class Change:
    """A setting that differs, in words; None where it is not set."""

    name: str
    before: str | None
    after: str | None


@dataclass(frozen=True)
class Comparison:
    messages: Sequence[MessageChange]
    settings: Sequence[Change]

    @property
    def same(self) -> bool:
        return not self.settings and not any(message.changed for message in self.messages)


def compare(before: Content, after: Content) -> Comparison:
    """All that differs between two contents."""
    said = ([Said(message.role, message.content) for message in each.messages] for each in (before, after))
    return Comparison(messages(*said), settings(before, after))


def messages(before: Sequence[Said], after: Sequence[Said]) -> list[MessageChange]:
    """Messages beside those at the same position of the other side."""
    return [_message(one, other) for one, other in zip_longest(before, after)]


def settings(before: Content, after: Content) -> list[Change]:
    """Model, parameters, contract, output and the rest, as far as they differ; in the order of `Content`."""
    old, new = _leaves_of(before), _leaves_of(after)
    return [
        Change(".".join(path), _shown(old.get(path)), _shown(new.get(path)))
        for path in dict.fromkeys((*old, *new))
        if old.get(path) != new.get(path)
    ]


def flat(content: Content) -> dict[str, str]:
    """Everything but the messages that is set: by its dotted name, as one text."""
    return {".".join(path): leaf.shown for path, leaf in _leaves_of(content).items()}


def _message(before: Said | None, after: Said | None) -> MessageChange:
    if before is not None and after is not None:
        new_role = before.role != after.role
        title = f"{before.role} → {after.role}" if new_role else after.role
        return MessageChange(title, rows(before.content, after.content), new_role)
    if before is not None:
        lines = before.content.split("\n")
        return MessageChange(f"{before.role} (removed)", [Row([Piece(line, "removed")], None) for line in lines])
    assert after is not None
    lines = after.content.split("\n")
    return MessageChange(f"{after.role} (added)", [Row(None, [Piece(line, "added")]) for line in lines])


class _Leaf(NamedTuple):
    """A value: exactly, as JSON, and as a person reads it."""

    exact: str
    shown: str


def _leaves_of(content: Content) -> dict[tuple[str, ...], _Leaf]:
    plain = content.model_dump(mode="json", exclude={"messages"}, exclude_none=True)
    plain["variables"] = {name: each.model_dump(exclude_defaults=True) for name, each in content.variables.items()}
    # Nothing is what is there where nothing is set.
    return dict(_leaves({name: value for name, value in plain.items() if value not in ("", [], {})}, ()))


def _leaves(value: Any, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], _Leaf]]:
    if isinstance(value, dict) and value:
        for key, inner in value.items():  # pyright: ignore[reportUnknownVariableType]
            yield from _leaves(inner, (*path, str(key)))  # pyright: ignore[reportUnknownArgumentType]
    elif isinstance(value, list) and value:
        shown = ", ".join(_text(each, within=",") for each in value)  # pyright: ignore[reportUnknownVariableType]
        yield path, _Leaf(_json(value), shown)
    else:
        yield path, _Leaf(_json(value), _text(value))


def _text(value: Any, *, within: str = "\n") -> str:
    """A text as it is, unless one could not see where it ends; anything else as JSON."""
    bare = isinstance(value, str) and value and value == value.strip() and within not in value
    return value if bare else _json(value)


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True)


def _shown(leaf: _Leaf | None) -> str | None:
    return None if leaf is None else leaf.shown
