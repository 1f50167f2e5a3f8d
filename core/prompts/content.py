"""What one version of a prompt holds: everything that decides what a model is sent."""

import hashlib
import json
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator

from core.prompts.contract import Contract

OutputMode = Literal["json_schema", "json_object", "text"]


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
    """Keys of a `.prompt.yml` that we do not use; they travel along."""

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
                schema: Any = json.loads(
                    value
                )  # a JSONDecodeError is a ValueError, which pydantic reports with its place
            except RecursionError:
                raise ValueError("it is nested too deeply") from None
            if not isinstance(schema, dict) or not {"name", "schema"} <= schema.keys():
                raise ValueError("a schema needs a name and a schema")
        return value

    @property
    def hash(self) -> str:
        return hashlib.sha256(self.canonical().encode()).hexdigest()


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
