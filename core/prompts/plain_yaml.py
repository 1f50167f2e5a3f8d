"""Plain data from the YAML of strangers, with the line of every part, and back.

A file is untrusted input: aliases are refused (ten lines of them unfold to gigabytes), tags are never followed, and
every wrong value is named with its line. What JSON has no type for, such as a date, stays the text that it is.
"""

import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple, cast

import yaml
from pydantic import ValidationError

from core.errors import BadInput
from core.prompts.content import DEEPEST, is_whole

LARGEST_FILE = 1_000_000

# PyYAML has types for its classes only.
_untyped: Any = yaml

# libyaml reads twenty times faster, which bounds what a hostile file can cost; a wheel of PyYAML always has it.
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

# What YAML takes for no character of a file, and refuses without a line.
_UNREADABLE = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

# The numbers of YAML 1.2. With a needless zero in front it is a postal code, and a text.
_INTEGER = re.compile(r"[-+]?(?:0|[1-9][0-9]*)")
_OTHER_BASE = re.compile(r"0x[0-9a-fA-F]+|0o[0-7]+")
_FLOAT = re.compile(r"[-+]?(?:\.[0-9]+|(?:0|[1-9][0-9]*)(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?")
_WORDS = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}


def read_text(path: Path, *, source: str) -> str:
    """The text of a file; no more of it is read than may be there. Errors are `BadInput`."""
    most = 4 * LARGEST_FILE
    try:
        with path.open("rb") as file:
            data = file.read(most + 1)
        if len(data) > most:
            raise too_large(source)
        return data.decode("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise BadInput(f"{source} cannot be read: {error}.") from error


@dataclass(frozen=True)
class Tree:
    """A YAML document: its plain value, and the line on which each part of it stands. `source` names it in errors."""

    value: Any
    place: "_Place"
    source: str

    def line(self, path: tuple[int | str, ...]) -> int:
        """The line (from 1) of the part at `path`, or of the nearest part around it that is there."""
        place = self.place
        for step in path:
            if place.inner is None or step not in place.inner:
                break
            place = place.inner[step]
        return place.line

    def mistake(self, error: ValidationError, *, names: Mapping[str, str] | None = None) -> BadInput:
        """The first of a model's complaints about this document, as a sentence with its line.

        `names` has what the document calls by another name than the model does.
        """
        first = error.errors(include_input=False)[0]
        path = tuple((names or {}).get(str(step), step) for step in first["loc"])
        where = short(".".join(str(step) for step in path)) or "the file"
        why = first["msg"].removeprefix("Value error, ")
        return BadInput(f"{self.source}, line {self.line(path)}: {where} is wrong: {why}.")


def load(text: str, *, source: str) -> Tree:
    """Plain data from YAML: no tags, no aliases, no more than `LARGEST_FILE` characters. Errors are `BadInput`."""
    if len(text) > LARGEST_FILE:
        raise too_large(source)
    text = text.removeprefix("\ufeff")
    unreadable = _UNREADABLE.search(text)
    if unreadable is not None:
        line = text.count("\n", 0, unreadable.start()) + 1
        raise BadInput(f"{source}, line {line}: a character stands here that no text file holds ({unreadable[0]!a}).")
    try:
        return _Reader(text, source).tree()
    except yaml.MarkedYAMLError as error:
        # What is missing at the end is missed on a line after the last.
        line = min(error.problem_mark.line + 1, len(text.splitlines())) if error.problem_mark else 1
        raise BadInput(f"{source}, line {line}: {error.problem or 'this is not YAML'}.") from error
    except (yaml.YAMLError, ValueError) as error:
        raise BadInput(f"{source} is not YAML: {error}.") from error


def dump(value: dict[str, Any]) -> str:
    """Plain data as YAML for people: keys in their order, texts of several lines as blocks, nothing folded."""
    return _untyped.dump(value, Dumper=_Writer, sort_keys=False, allow_unicode=True, width=math.inf)


def short(text: str) -> str:
    """A text as errors quote it."""
    return text if len(text) <= 100 else text[:100] + "…"


def too_large(source: str) -> BadInput:
    """What is said of a file that nobody would read in full."""
    return BadInput(f"{source} is larger than {LARGEST_FILE:,} characters.")


class _Place(NamedTuple):
    """The line of a part, and the places of the parts within it."""

    line: int
    inner: "dict[int | str, _Place] | None" = None


class _Reader:
    """Builds plain data from the events of a document, and refuses what plain data has no use for as soon as it comes."""

    def __init__(self, text: str, source: str) -> None:
        self._events = cast("Iterator[yaml.Event]", _untyped.parse(text, Loader=_Loader))
        self._source = source
        self._depth = 0

    def tree(self) -> Tree:
        next(self._events)
        start = next(self._events)
        if isinstance(start, yaml.StreamEndEvent):
            return Tree(None, _Place(1), self._source)
        value, place = self._part(next(self._events))
        next(self._events)
        after = next(self._events)
        if not isinstance(after, yaml.StreamEndEvent):
            raise self._refusal(after, "a second document begins")
        return Tree(value, place, self._source)

    def _part(self, event: yaml.Event) -> tuple[Any, _Place]:
        self._refuse_trick(event)
        line = _line(event)
        if isinstance(event, yaml.ScalarEvent):
            # Quoted is text whatever it looks like.
            return event.value if event.style else _scalar(event.value), _Place(line)
        self._depth += 1
        if self._depth > DEEPEST:
            raise self._refusal(event, "this is nested too deeply")
        value, inner = self._list() if isinstance(event, yaml.SequenceStartEvent) else self._mapping()
        self._depth -= 1
        return value, _Place(line, inner)

    def _list(self) -> tuple[list[Any], dict[int | str, _Place]]:
        values: list[Any] = []
        inner: dict[int | str, _Place] = {}
        while not isinstance(event := next(self._events), yaml.SequenceEndEvent):
            value, inner[len(values)] = self._part(event)
            values.append(value)
        return values, inner

    def _mapping(self) -> tuple[dict[str, Any], dict[int | str, _Place]]:
        values: dict[str, Any] = {}
        inner: dict[int | str, _Place] = {}
        while not isinstance(event := next(self._events), yaml.MappingEndEvent):
            self._refuse_trick(event)
            if not isinstance(event, yaml.ScalarEvent):
                raise self._refusal(event, "a key is a text, not a list or a mapping")
            if event.value in values:
                # YAML would let the last one win without a word.
                raise self._refusal(event, f"{short(event.value)!r} is there twice")
            values[event.value], inner[event.value] = self._part(next(self._events))
        return values, inner

    def _refuse_trick(self, event: yaml.Event) -> None:
        trick = _trick(event)
        if trick is not None:
            raise self._refusal(event, trick)

    def _refusal(self, event: yaml.Event, why: str) -> BadInput:
        return BadInput(f"{self._source}, line {_line(event)}: {why}.")


def _trick(event: yaml.Event) -> str | None:
    if isinstance(event, yaml.AliasEvent):
        return "YAML aliases are not allowed"
    if getattr(event, "tag", None) is not None:
        return "YAML tags are not allowed"
    if isinstance(event, yaml.ScalarEvent) and not is_whole(event.value):
        return "half a character stands here (a lone surrogate)"
    return None


def _line(event: yaml.Event) -> int:
    return event.start_mark.line + 1


def _scalar(text: str) -> Any:
    if text in _WORDS:
        return _WORDS[text]
    try:
        if _INTEGER.fullmatch(text):
            return int(text)
        if _OTHER_BASE.fullmatch(text):
            return int(text, 0)
    except ValueError:
        return text  # Python reads no number of more than 4,300 digits.
    if _FLOAT.fullmatch(text) and math.isfinite(float(text)):
        return float(text)
    return text


class _Writer(yaml.SafeDumper):
    """Writes as a person would: lists indented, double quotes where quotes are needed."""

    def ignore_aliases(self, data: Any) -> bool:
        return True

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, indentless=False)

    def choose_scalar_style(self) -> str:
        style = cast("str", cast("Any", super()).choose_scalar_style())
        text = cast("str", cast("Any", self).event.value)
        return '"' if style == "'" and _SAME_IN_DOUBLE_QUOTES.fullmatch(text) else style


# Double quotes take an escape for each of these.
_SAME_IN_DOUBLE_QUOTES = re.compile('[^"\\\\\U00010000-\U0010ffff]*')

# A block would lose these, or nobody would see them: other line ends, space at the edges, more than one line at the end.
_NOT_FOR_A_BLOCK = re.compile("[\r\x85\u2028\u2029]|^[ \n]|[^\\S\n]\n|[^\\S\n]\\Z|\n\n\\Z")


def _text_node(writer: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    several_lines = re.search("[\n\r\x85\u2028\u2029]", text) is not None
    needs_quotes = bool(_NOT_FOR_A_BLOCK.search(text)) if several_lines else text != text.strip()
    style = '"' if needs_quotes else "|" if several_lines else None
    return cast("yaml.ScalarNode", cast("Any", writer).represent_scalar("tag:yaml.org,2002:str", text, style=style))


_writer: Any = _Writer
_writer.add_representer(str, _text_node)
# What only YAML 1.2 takes for a number, such as 1e3, must be quoted as well when it is a text.
_writer.add_implicit_resolver("tag:yaml.org,2002:int", re.compile(rf"^(?:{_OTHER_BASE.pattern})$"), ["0"])
_writer.add_implicit_resolver("tag:yaml.org,2002:float", re.compile(rf"^{_FLOAT.pattern}$"), list("-+.0123456789"))
