"""Read and write `.prompt.yml`: the format of GitHub Models, with what is ours under the one key `copydesk`.

What is written is read back as the same content, hash included. Keys that we do not use are kept where they stand.
A file is untrusted input; `core.prompts.plain_yaml` takes nothing of it but plain data.
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, ValidationError

from core import clock
from core.errors import BadInput
from core.prompts import names, plain_yaml
from core.prompts.content import LONGEST_TITLE, Content, MessageTemplate, OutputMode, Parameters, Variable
from core.prompts.contract import Contract

# What a file calls by another name than `Content` does.
_NAMES_IN_FILES = {"json_schema": "jsonSchema"}

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_FAR_OFF = datetime(9999, 1, 1, tzinfo=UTC)


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
    return parse(plain_yaml.read_text(path, source=path.name), source=path.name)


def parse(text: str, *, source: str) -> PromptFile:
    """The prompt in a text; `source` names it in errors.

    A `name` that is a title, such as GitHub's "Text Summarizer", gives the prompt `text-summarizer` and is kept.
    """
    tree = plain_yaml.load(text, source=source)
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
        raise tree.mistake(error, names=_NAMES_IN_FILES) from None
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
        raise BadInput(
            f"A prompt's name is made of small letters, digits and hyphens; {plain_yaml.short(file.name)!r} is not."
        )
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
    text = plain_yaml.dump(_set(tree) | other | {"copydesk": _set(ours)})
    if len(text) > plain_yaml.LARGEST_FILE:
        raise plain_yaml.too_large(f"{file.name}.prompt.yml")
    return text


def moment(milliseconds: int) -> str:
    """A stored time as files write it."""
    return clock.as_datetime(milliseconds).isoformat(timespec="milliseconds").replace("+00:00", "Z")


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
