"""What an installation can set: `COPYDESK_…` environment variables, or the same lines in `.env`."""

import base64
import os
import re
from functools import cached_property
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import urlsplit

from dotenv import dotenv_values
from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from core.errors import BadInput

ROOT = Path(__file__).resolve().parent.parent
DESKS = "politics,business,sport,tech,culture,science,health,world,local,opinion"


_ADDRESS = re.compile(r"https?://([\w.-]+|\[[0-9a-fA-F:.]+\])(:[1-9]\d{0,4})?([/?][!-~]*)?", re.ASCII)
"""http or https, a host, perhaps a port, and a path that can stand in a request as it is."""


class Settings(BaseSettings):
    """One installation's settings. A value that does not parse is refused by `load`, never replaced."""

    model_config = SettingsConfigDict(env_prefix="COPYDESK_", env_file=".env", extra="ignore", frozen=True)

    db: Path = Field(ROOT / "data" / "copydesk.db", description="The SQLite file that holds everything.")
    models: Path = Field(ROOT / "models.yml", description="The models on offer, in LiteLLM's `model_list` format.")
    prompts: Path = Field(ROOT / "prompts", description="Prompts and samples that are read at the start.")
    gates: Path = Field(
        ROOT / "prompts" / "gates",
        description="What a version must show before it is released, a file for each prompt.",
    )
    environment: str = Field("production", description="The environment that the API and the screens ask by default.")
    desks: Annotated[tuple[str, ...], NoDecode] = Field(
        tuple(DESKS.split(",")), min_length=1, description="The desks of this newsroom, separated by commas."
    )
    api_token: SecretStr | None = Field(
        None, min_length=16, description="The bearer token of the API. Without one only this machine is served."
    )
    timeout: float = Field(60, gt=0, le=600, description="Seconds that one call of a model may take.")
    retries: int = Field(2, ge=0, le=10, description="How often a failed call is tried again.")
    retry_wait: float = Field(
        20,
        ge=0,
        le=300,
        description="The longest wait in seconds before a retry; a provider that asks for more is given up.",
    )
    article_limit: int = Field(60_000, gt=0, description="The longest article in characters.")
    body_limit: int = Field(1_000_000, gt=0, description="The largest request body of the API in bytes.")
    judge_rate: float = Field(
        0, ge=0, le=1, description="The share of suggestion sets that a judge scores unasked, from 0 to 1."
    )
    retention: str | None = Field(
        None,
        description="For how many days texts are kept, by environment and desk: `production=90,production/sport=30`. "
        "Without it, for ever.",
    )
    redact: Annotated[tuple[Literal["email", "phone"], ...], NoDecode] = Field(
        (), description="What is taken out of every text before it is used or kept: `email`, `phone`, or both."
    )
    redact_words: Path | None = Field(None, description="A file of words that are taken out, too, one a line.")
    textless_desks: Annotated[tuple[str, ...], NoDecode] = Field(
        (), description="Desks of which no article, message, answer or headline is ever kept."
    )
    webhook: SecretStr | None = Field(
        None, description="The http or https address to which broken limits, and their end, are posted as JSON."
    )
    webhook_secret: SecretStr | None = Field(
        None, min_length=16, description="What these messages are signed with (HMAC-SHA256, as Standard Webhooks are)."
    )
    offline_latency: float = Field(0, ge=0, le=60, description="Seconds that the offline model pretends to think.")

    @field_validator("desks", "redact", "textless_desks", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        if isinstance(value, str):
            return tuple(desk.strip() for desk in value.split(",") if desk.strip())
        return value

    @field_validator("environment")
    @classmethod
    def _known_environment(cls, value: str) -> str:
        if value not in ("development", "staging", "production"):
            raise ValueError("must be development, staging or production")
        return value

    @field_validator("webhook")
    @classmethod
    def _is_address(cls, value: SecretStr | None) -> SecretStr | None:
        address = value.get_secret_value() if value else ""
        if value is None or (_ADDRESS.fullmatch(address) and _can_be_called(address)):
            return value
        if "@" in address:
            raise ValueError("must hold no name and no password before the host")
        raise ValueError("must be an address such as https://example.org/alerts")

    @field_validator("webhook_secret")
    @classmethod
    def _is_key(cls, value: SecretStr | None) -> SecretStr | None:
        encoded = value.get_secret_value() if value else ""
        if encoded.startswith("whsec_"):
            try:
                base64.b64decode(encoded.removeprefix("whsec_"), validate=True)
            except ValueError:
                raise ValueError("must be Base64 after whsec_") from None
        return value

    @field_validator("api_token", "webhook", "webhook_secret", mode="before")
    @classmethod
    def _empty_is_unset(cls, value: object) -> object:
        # `COPYDESK_API_TOKEN=` in a file means no token, not a token that everyone can guess.
        return None if value == "" else value

    @cached_property
    def provider_keys(self) -> dict[str, str]:
        """Every variable a model may take its key from: `.env` first, then the environment over it."""
        in_file = {name: value for name, value in dotenv_values(".env").items() if value is not None}
        return in_file | dict(os.environ)


def load() -> Settings:
    """This installation's settings; `BadInput` names the variable that is wrong."""
    try:
        return Settings()  # pyright: ignore[reportCallIssue] - every field has a default
    except UnicodeDecodeError as error:
        raise BadInput(_named(error)[0]) from error
    except ValidationError as error:
        raise BadInput(_named(error)[0]) from None


def wrong() -> list[str]:
    """A sentence about every variable that `load` would refuse."""
    try:
        Settings()  # pyright: ignore[reportCallIssue] - every field has a default
    except (UnicodeDecodeError, ValidationError) as error:
        return _named(error)
    return []


def _can_be_called(address: str) -> bool:
    """Whether there can be a machine of this name, and such a port."""
    try:
        to = urlsplit(address)
        return to.port != 0 and bool((to.hostname or "").encode("idna"))
    except ValueError:
        return False


def _named(error: UnicodeDecodeError | ValidationError) -> list[str]:
    if isinstance(error, UnicodeDecodeError):
        return ["The file .env is not UTF-8 text."]
    return [
        f"The setting COPYDESK_{str(each['loc'][0]).upper()} is wrong: {each['msg'][0].lower()}{each['msg'][1:]}."
        for each in error.errors(include_input=False)
    ]
