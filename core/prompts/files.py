"""Read `.prompt.yml`: the format of GitHub Models, with what is ours under the one key `copydesk`.

A file is untrusted input: aliases are refused (ten lines of them unfold to gigabytes), tags are never followed, and
every wrong value is named with its line.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, cast

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from core.errors import BadInput
from core.prompts.content import Content, MessageTemplate, OutputMode, Parameters, Variable
from core.prompts.contract import Contract

LARGEST_FILE = 1_000_000
DEEPEST = 50

# What a file calls by another name than `Content` does.
_NAMES_IN_FILES = {"json_schema": "jsonSchema"}

# PyYAML has types for its classes only.
_untyped: Any = yaml


@dataclass(frozen=True)
class PromptFile:
    """A prompt as a file holds it: its name, the content of one version, and the note that goes with it."""

    name: str
    content: Content
    note: str


class _Ours(BaseModel):
    model_config = ConfigDict(extra="forbid")

    note: str = ""
    contract: Contract = Contract()
    variables: dict[str, Variable] = Field(default_factory=dict[str, Variable])
    fallbacks: tuple[str, ...] = ()
    seed: int | None = None
    stop: tuple[str, ...] | None = None
    reasoningEffort: Literal["none", "minimal", "low", "medium", "high"] | None = None


class _ModelParameters(BaseModel):
    model_config = ConfigDict(extra="forbid")

    temperature: float | None = Field(default=None, ge=0, le=2)
    topP: float | None = Field(default=None, gt=0, le=1)
    maxTokens: int | None = Field(default=None, gt=0)


class _File(BaseModel):
    model_config = ConfigDict(extra="allow")

    name: str = Field(min_length=1, max_length=100, pattern=r"^[a-z][a-z0-9-]*$")
    description: str = ""
    model: str
    modelParameters: _ModelParameters = _ModelParameters()
    responseFormat: OutputMode = "text"
    jsonSchema: str | None = None
    messages: tuple[MessageTemplate, ...]
    copydesk: _Ours = _Ours()


def read(path: Path) -> PromptFile:
    """The prompt in a file. `BadInput` names the file, the line and what is wrong there."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise BadInput(f"{path.name} cannot be read: {error}.") from error
    return parse(text, source=path.name)


def parse(text: str, *, source: str) -> PromptFile:
    """The prompt in a text; `source` names it in errors."""
    tree = load_yaml(text, source=source)
    try:
        file = _File.model_validate(tree.value)
        ours, theirs = file.copydesk, file.modelParameters
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
            other=file.model_extra or {},
        )
    except ValidationError as error:
        first = error.errors(include_input=False)[0]
        where = ".".join(str(part) for part in first["loc"])
        line = tree.line(tuple(_NAMES_IN_FILES.get(str(step), step) for step in first["loc"]))
        raise BadInput(f"{source}, line {line}: {where or 'the file'} is wrong: {first['msg']}.") from None
    return PromptFile(file.name, content, ours.note)


@dataclass(frozen=True)
class Tree:
    """A YAML document: its plain value, and the line on which each part of it stands."""

    value: Any
    node: yaml.Node | None

    def line(self, path: tuple[int | str, ...]) -> int:
        """The line (from 1) of the part at `path`, or of the nearest part around it that is there."""
        node = self.node
        for step in path:
            inner = _child(node, step)
            if inner is None:
                break
            node = inner
        return 1 if node is None else node.start_mark.line + 1


def load_yaml(text: str, *, source: str) -> Tree:
    """Plain data from YAML: no tags, no aliases, no more than `LARGEST_FILE` characters. Errors are `BadInput`."""
    if len(text) > LARGEST_FILE:
        raise BadInput(f"{source} is larger than {LARGEST_FILE:,} characters.")
    try:
        _refuse_tricks(text, source)
        node = cast("yaml.Node | None", _untyped.compose(text, Loader=yaml.SafeLoader))
        _refuse_repeated_keys(node, source)
        value: Any = yaml.safe_load(text)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise BadInput(f"{source}, line {line}: {error.problem or 'this is not YAML'}.") from error
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise BadInput(f"{source} is not YAML: {error}.") from error
    return Tree(value, node)


def _child(node: yaml.Node | None, step: int | str) -> yaml.Node | None:
    if isinstance(node, yaml.MappingNode):
        pairs = cast("list[tuple[yaml.Node, yaml.Node]]", node.value)
        return next((value for key, value in pairs if key.value == step), None)
    if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
        return cast("list[yaml.Node]", node.value)[step]
    return None


def _refuse_tricks(text: str, source: str) -> None:
    """Refuse what a prompt has no use for: aliases, tags, deep nesting, half characters."""
    depth = 0
    for event in cast("Iterator[yaml.Event]", _untyped.parse(text, Loader=yaml.SafeLoader)):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        trick = _trick(event, depth)
        if trick is not None:
            raise BadInput(f"{source}, line {event.start_mark.line + 1}: {trick}.")


def _trick(event: yaml.Event, depth: int) -> str | None:
    if isinstance(event, yaml.AliasEvent):
        return "YAML aliases are not allowed"
    if getattr(event, "tag", None) is not None:
        return "YAML tags are not allowed"
    if depth > DEEPEST:
        return "this is nested too deeply"
    if isinstance(event, yaml.ScalarEvent) and any("\ud800" <= character <= "\udfff" for character in event.value):
        return "half a character stands here (a lone surrogate)"
    return None


def _refuse_repeated_keys(root: yaml.Node | None, source: str) -> None:
    """Refuse a key that is there twice; YAML would let the last one win without a word."""
    waiting = [root]
    while waiting:
        node = waiting.pop()
        if isinstance(node, yaml.SequenceNode):
            waiting.extend(cast("list[yaml.Node]", node.value))
        if isinstance(node, yaml.MappingNode):
            seen: set[str] = set()
            for key, value in cast("list[tuple[yaml.Node, yaml.Node]]", node.value):
                if str(key.value) in seen:
                    raise BadInput(f"{source}, line {key.start_mark.line + 1}: {key.value!r} is there twice.")
                seen.add(str(key.value))
                waiting.append(value)
