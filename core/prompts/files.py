"""Read and write `.prompt.yml`: the format of GitHub Models, with what is ours under the one key `copydesk`.

What is written is read back as the same content, hash included. Keys that we do not use are kept where they stand.

A file is untrusted input: aliases are refused (ten lines of them unfold to gigabytes), tags are never followed, and
every wrong value is named with its line. What JSON has no type for, such as a date, stays the text that it is.
"""

import math
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Literal, NamedTuple, cast

import yaml
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, ValidationError

from core import clock
from core.errors import BadInput
from core.prompts import names
from core.prompts.content import (
    DEEPEST,
    LONGEST_TITLE,
    Content,
    MessageTemplate,
    OutputMode,
    Parameters,
    Variable,
    is_whole,
)
from core.prompts.contract import Contract

LARGEST_FILE = 1_000_000

# What a file calls by another name than `Content` does.
_NAMES_IN_FILES = {"json_schema": "jsonSchema"}


# PyYAML has types for its classes only.
_untyped: Any = yaml

# libyaml reads twenty times faster, which bounds what a hostile file can cost; a wheel of PyYAML always has it.
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

# What YAML takes for no character of a file, and refuses without a line.
_UNREADABLE = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_FAR_OFF = datetime(9999, 1, 1, tzinfo=UTC)

# The numbers of YAML 1.2. With a needless zero in front it is a postal code, and a text.
_INTEGER = re.compile(r"[-+]?(?:0|[1-9][0-9]*)")
_OTHER_BASE = re.compile(r"0x[0-9a-fA-F]+|0o[0-7]+")
_FLOAT = re.compile(r"[-+]?(?:\.[0-9]+|(?:0|[1-9][0-9]*)(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?")
_WORDS = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}


@dataclass(frozen=True)
class PromptFile:
    """A prompt as a file holds it: its name, the content of one version, and the note that goes with it.

    `parent`, `author` and `created_at` are what a version's export says of it; they are no part of the content.
    """

    name: str
    content: Content
    note: str
    parent: int | None = None
    author: str = ""
    created_at: int | None = None

    @property
    def unknown(self) -> tuple[str, ...]:
        """What is kept, but not used by Copydesk: dotted names such as `modelParameters.frequencyPenalty`."""
        other = self.content.other
        parameters = tuple(f"modelParameters.{key}" for key in other.get("modelParameters", {}))
        return parameters + tuple(key for key in other if key not in ("name", "modelParameters"))


class _Ours(BaseModel):
    model_config = ConfigDict(extra="forbid")

    prompt: str | None = Field(default=None, max_length=names.LONGEST, pattern=f"^{names.PATTERN}$")
    parent: int | None = Field(default=None, gt=0)
    author: str = ""
    createdAt: AwareDatetime | None = Field(default=None, ge=_EPOCH, lt=_FAR_OFF)
    note: str = ""
    variables: dict[str, Variable] = Field(default_factory=dict[str, Variable])
    fallbacks: tuple[str, ...] = ()
    seed: int | None = None
    stop: tuple[str, ...] | None = None
    reasoningEffort: Literal["none", "minimal", "low", "medium", "high"] | None = None
    contract: Contract = Contract()


class _ModelParameters(BaseModel):
    model_config = ConfigDict(extra="allow")

    temperature: float | None = Field(default=None, ge=0, le=2)
    topP: float | None = Field(default=None, gt=0, le=1)
    maxTokens: int | None = Field(default=None, gt=0)


class _File(BaseModel):
    model_config = ConfigDict(extra="allow")

    name: str = Field(min_length=1, max_length=LONGEST_TITLE)
    description: str = ""
    model: str
    modelParameters: _ModelParameters = _ModelParameters()
    messages: tuple[MessageTemplate, ...]
    responseFormat: OutputMode = "text"
    jsonSchema: str | None = None
    copydesk: _Ours = _Ours()


def read(path: Path) -> PromptFile:
    """The prompt in a file. `BadInput` names the file, the line and what is wrong there."""
    return parse(read_text(path, source=path.name), source=path.name)


def read_text(path: Path, *, source: str) -> str:
    """The text of a file; no more of it is read than may be there. Errors are `BadInput`."""
    most = 4 * LARGEST_FILE
    try:
        with path.open("rb") as file:
            data = file.read(most + 1)
        if len(data) > most:
            raise _too_large(source)
        return data.decode("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise BadInput(f"{source} cannot be read: {error}.") from error


def parse(text: str, *, source: str) -> PromptFile:
    """The prompt in a text; `source` names it in errors.

    A `name` that is a title, such as GitHub's "Text Summarizer", gives the prompt `text-summarizer` and is kept.
    """
    tree = load_yaml(text, source=source)
    try:
        file = _File.model_validate(tree.value)
        ours, theirs = file.copydesk, file.modelParameters
        name, title = (ours.prompt, file.name) if ours.prompt else _name_and_title(file.name)
        if not name:
            raise BadInput(
                f"{source}, line {tree.line(('name',))}: name is wrong: a prompt's name starts with a letter from a to z. "
                "Give it one beside this title, as copydesk: prompt."
            )
        other = dict(file.model_extra or {})
        if theirs.model_extra:
            other["modelParameters"] = theirs.model_extra
        if title is not None:
            other["name"] = title
        content = Content(
            description=file.description,
            messages=file.messages,
            variables=ours.variables,
            model=file.model,
            parameters=Parameters.model_validate(
                {
                    "temperature": theirs.temperature,
                    "top_p": theirs.topP,
                    "max_tokens": theirs.maxTokens,
                    "seed": ours.seed,
                    "stop": ours.stop,
                    "reasoning_effort": ours.reasoningEffort,
                }
            ),
            fallbacks=ours.fallbacks,
            contract=ours.contract,
            output=file.responseFormat,
            json_schema=file.jsonSchema,
            other=other,
        )
    except ValidationError as error:
        raise tree.mistake(error) from None
    return PromptFile(
        name,
        content,
        ours.note,
        parent=ours.parent,
        author=ours.author,
        created_at=None if ours.createdAt is None else _milliseconds(ours.createdAt),
    )


def dump(file: PromptFile) -> str:
    """The prompt as the text of a file, which `parse` reads as an equal one. Equal prompts give equal texts.

    `BadInput` if no file can hold it: its name is none, or it is too large.
    """
    if not names.is_name(file.name):
        raise BadInput(f"A prompt's name is made of small letters, digits and hyphens; {_short(file.name)!r} is not.")
    content = file.content
    given = content.parameters
    other = dict(content.other)
    title = other.pop("name", None)
    parameters = {"temperature": given.temperature, "topP": given.top_p, "maxTokens": given.max_tokens}
    ours: dict[str, Any] = {
        "prompt": None if title is None or _name_and_title(title) == (file.name, title) else file.name,
        "parent": file.parent,
        "author": file.author or None,
        "createdAt": None if file.created_at is None else moment(file.created_at),
        "note": file.note or None,
        "variables": {name: variable.model_dump(exclude_defaults=True) for name, variable in content.variables.items()}
        or None,
        "fallbacks": list(content.fallbacks) or None,
        "seed": given.seed,
        "stop": None if given.stop is None else list(given.stop),
        "reasoningEffort": given.reasoning_effort,
        "contract": content.contract.model_dump(),
    }
    tree: dict[str, Any] = {
        "name": file.name if title is None else title,
        "description": content.description or None,
        "model": content.model,
        "modelParameters": (_set(parameters) | other.pop("modelParameters", {})) or None,
        "messages": [message.model_dump() for message in content.messages],
        "responseFormat": content.output,
        "jsonSchema": content.json_schema,
    }
    text = dump_yaml(_set(tree) | other | {"copydesk": _set(ours)})
    if len(text) > LARGEST_FILE:
        raise _too_large(f"{file.name}.prompt.yml")
    return text


def moment(milliseconds: int) -> str:
    """A stored time as files write it."""
    return clock.as_datetime(milliseconds).isoformat(timespec="milliseconds").replace("+00:00", "Z")


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

    def mistake(self, error: ValidationError) -> BadInput:
        """The first of a model's complaints about this document, as a sentence with its line."""
        first = error.errors(include_input=False)[0]
        path = tuple(_NAMES_IN_FILES.get(str(step), step) for step in first["loc"])
        where = _short(".".join(str(step) for step in path)) or "the file"
        why = first["msg"].removeprefix("Value error, ")
        return BadInput(f"{self.source}, line {self.line(path)}: {where} is wrong: {why}.")


def load_yaml(text: str, *, source: str) -> Tree:
    """Plain data from YAML: no tags, no aliases, no more than `LARGEST_FILE` characters. Errors are `BadInput`."""
    if len(text) > LARGEST_FILE:
        raise _too_large(source)
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


def dump_yaml(value: dict[str, Any]) -> str:
    """Plain data as YAML for people: keys in their order, texts of several lines as blocks, nothing folded."""
    return _untyped.dump(value, Dumper=_Writer, sort_keys=False, allow_unicode=True, width=math.inf)


def _name_and_title(written: str) -> tuple[str, str | None]:
    """The prompt that a file's `name` stands for, empty if for none, and the name itself where it is a title."""
    if names.is_name(written):
        return written, None
    plain = unicodedata.normalize("NFKD", written.casefold()).encode("ascii", "ignore").decode()
    name = re.sub(r"[^a-z0-9]+", "-", plain).lstrip("-0123456789")
    return name[: names.LONGEST].rstrip("-"), written


def _milliseconds(time: datetime) -> int:
    return (time - _EPOCH) // timedelta(milliseconds=1)


def _set(values: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in values.items() if value is not None}


def _short(text: str) -> str:
    return text if len(text) <= 100 else text[:100] + "…"


def _too_large(source: str) -> BadInput:
    return BadInput(f"{source} is larger than {LARGEST_FILE:,} characters.")


class _Place(NamedTuple):
    """The line of a part, and the places of the parts within it."""

    line: int
    inner: "dict[int | str, _Place] | None" = None


class _Reader:
    """Builds plain data from the events of a document, and refuses what a prompt has no use for as soon as it comes."""

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
                raise self._refusal(event, f"{_short(event.value)!r} is there twice")
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
