"""What one version of a prompt holds: everything that decides what a model is sent."""

import hashlib
import json
import math
import re
from typing import Any, Literal, Self, cast

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from core.prompts.contract import Contract

OutputMode = Literal["json_schema", "json_object", "text"]

LARGEST = 500_000
DEEPEST = 50
LONGEST_TITLE = 200

KEYS_OF_FILES = frozenset(
    {"name", "description", "model", "modelParameters", "responseFormat", "jsonSchema", "messages", "copydesk"}
)
PARAMETERS_OF_FILES = frozenset({"temperature", "topP", "maxTokens"})
"""The keys of a `.prompt.yml`, and of its `modelParameters`, that we use."""

_HALF_CHARACTER = re.compile("[\ud800-\udfff]")


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class MessageTemplate(_Part):
    role: Literal["system", "user", "assistant"]
    content: str = Field(max_length=50_000)


class Variable(_Part):
    description: str = ""
    sample: str = ""


class Parameters(_Part):
    """A model's settings. What is None is not sent, so that the provider's own default holds."""

    temperature: float | None = Field(default=None, ge=0, le=2)
    top_p: float | None = Field(default=None, gt=0, le=1)
    max_tokens: int | None = Field(default=None, gt=0)
    seed: int | None = None
    stop: tuple[str, ...] | None = None
    reasoning_effort: Literal["none", "minimal", "low", "medium", "high"] | None = None

    def sent(self) -> dict[str, Any]:
        return self.model_dump(mode="json", exclude_none=True)


class Content(_Part):
    """The content of a version. Equal content has an equal `hash`, on every machine and in every release of Copydesk."""

    description: str = ""
    messages: tuple[MessageTemplate, ...] = Field(min_length=1)
    variables: dict[str, Variable] = Field(default_factory=dict[str, Variable])
    model: str = Field(min_length=1)
    parameters: Parameters = Parameters()
    fallbacks: tuple[str, ...] = ()
    contract: Contract = Contract()
    output: OutputMode = "text"
    json_schema: str | None = None
    """The schema of a `json_schema` answer as JSON text, as files hold it; without one, that of a list of headlines."""
    other: dict[str, Any] = Field(default_factory=dict[str, Any])
    """Keys of a `.prompt.yml` that we do not use, as plain JSON data; they travel along.

    Those of its `modelParameters` stand under that key here too, and a `name` that is no prompt's name, but a title.
    """

    def canonical(self) -> str:
        """The content as JSON: sorted, compact, and without what is not set."""
        content = self.model_dump(mode="json", exclude_none=True)
        return json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))

    def response_format(self) -> dict[str, Any] | None:
        """The `response_format` that a provider is sent, as OpenAI defined it; None for plain text."""
        if self.output == "json_schema":
            schema = json.loads(self.json_schema) if self.json_schema else _HEADLINES_SCHEMA
            return {"type": "json_schema", "json_schema": schema}
        return {"type": "json_object"} if self.output == "json_object" else None

    @field_validator("json_schema")
    @classmethod
    def _is_a_schema(cls, value: str | None) -> str | None:
        if value is not None:
            try:
                # A JSONDecodeError is a ValueError, which pydantic reports with its place.
                schema: Any = json.loads(value)
            except RecursionError:
                raise ValueError("it is nested too deeply") from None
            if not isinstance(schema, dict) or not {"name", "schema"} <= schema.keys():
                raise ValueError("a schema needs a name and a schema")
        return value

    @field_validator("other")
    @classmethod
    def _can_stand_in_a_file(cls, other: dict[str, Any]) -> dict[str, Any]:
        _refuse_what_json_cannot_hold(other)
        ours = other.keys() & (KEYS_OF_FILES - {"name", "modelParameters"})
        if ours:
            raise ValueError(f"{min(ours)!r} is a key of ours")
        if "name" in other and not _is_title(other["name"]):
            raise ValueError(f"a title is a text of at most {LONGEST_TITLE} characters")
        if "modelParameters" in other and not _are_further_parameters(other["modelParameters"]):
            raise ValueError("further model parameters are a mapping, and none of them is one that we use")
        return other

    @model_validator(mode="after")
    def _is_not_too_large(self) -> Self:
        if len(self.canonical()) > LARGEST:
            raise ValueError(f"a prompt holds at most {LARGEST:,} characters in all")
        return self

    @property
    def hash(self) -> str:
        return hashlib.sha256(self.canonical().encode()).hexdigest()


def is_whole(text: str) -> bool:
    """Without half characters (lone surrogates), which no file can hold."""
    return _HALF_CHARACTER.search(text) is None


def _refuse_what_json_cannot_hold(root: dict[str, Any]) -> None:
    waiting: list[tuple[object, int]] = [(root, 1)]
    while waiting:
        value, depth = waiting.pop()
        if isinstance(value, dict):
            pairs = cast("dict[object, object]", value)
            if not all(type(key) is str and is_whole(key) for key in pairs):
                raise ValueError("a key is no text")
            waiting.extend((inner, depth + 1) for inner in pairs.values())
        elif isinstance(value, list):
            waiting.extend((inner, depth + 1) for inner in cast("list[object]", value))
        elif not _is_plain(value):
            raise ValueError("it holds what JSON has no form for")
        if depth > DEEPEST and isinstance(value, dict | list):
            raise ValueError("it is nested too deeply")


def _is_plain(value: object) -> bool:
    if isinstance(value, float):
        return math.isfinite(value)
    return value is None or (type(value) in (bool, int, str) and (not isinstance(value, str) or is_whole(value)))


def _is_title(value: object) -> bool:
    return isinstance(value, str) and 0 < len(value) <= LONGEST_TITLE


def _are_further_parameters(value: object) -> bool:
    if not isinstance(value, dict):
        return False
    keys = cast("dict[str, object]", value).keys()
    return len(keys) > 0 and not keys & PARAMETERS_OF_FILES


_HEADLINES_SCHEMA = {
    "name": "headlines",
    "strict": True,
    "schema": {
        "type": "object",
        "properties": {"headlines": {"type": "array", "items": {"type": "string"}}},
        "required": ["headlines"],
        "additionalProperties": False,
    },
}
