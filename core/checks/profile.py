"""Which checks apply to a desk, channel and language, how severe they are, and with which limits and words."""

import hashlib
import json
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import Any, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from core.errors import BadInput

Level = Literal["fail", "warn", "hint", "off"]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Profile(_Part):
    """What one desk asks of a headline for one channel in one language."""

    checks: Mapping[str, Level] = Field(default_factory=dict[str, Level])
    """By the name of a check; what is not here has the severity that the check itself names."""
    shortest: int = Field(default=15, ge=0)
    longest: int | None = Field(default=None, gt=0)
    """Characters; None leaves it to the contract."""
    keyword_within: int = Field(default=35, gt=0)
    acronyms: tuple[str, ...] = ()
    banned: tuple[str, ...] = ()
    discouraged: tuple[str, ...] = ()

    def severity(self, check: str, otherwise: Level) -> Level:
        return self.checks.get(check, otherwise)


class _Rule(_Part):
    """Changes to the profile where all that it names is met."""

    desk: str | None = None
    channel: str | None = None
    language: str | None = None
    set: dict[str, Any] = Field(default_factory=dict[str, Any])

    def meets(self, asked: Mapping[str, str | None]) -> bool:
        wanted = {"desk": self.desk, "channel": self.channel, "language": self.language}
        return all(value is None or value == asked[name] for name, value in wanted.items())


class Profiles(_Part):
    """The profiles of a newsroom: one for everybody, and rules that change it, later ones over earlier ones."""

    everybody: Profile = Profile()
    rules: tuple[_Rule, ...] = ()

    @cached_property
    def version(self) -> str:
        """Twelve hex digits that are equal for equal profiles."""
        content = json.dumps(self.model_dump(mode="json"), sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(content.encode()).hexdigest()[:12]

    def of(self, *, desk: str, channel: str, language: str | None) -> Profile:
        """The profile for a headline. Lists of words and checks are added to, everything else is replaced."""
        asked = {"desk": desk, "channel": channel, "language": language}
        merged = self.everybody.model_dump()
        for rule in self.rules:
            if not rule.meets(asked):
                continue
            for name, value in rule.set.items():
                before = merged[name]
                if isinstance(before, dict):
                    merged[name] = {**before, **value}
                elif isinstance(before, tuple | list):
                    merged[name] = (*before, *value)
                else:
                    merged[name] = value
        return Profile.model_validate(merged)


def read(path: Path) -> Profiles:
    """The profiles in a file; no file means those of everybody. `BadInput` says what is wrong where."""
    if not path.exists():
        return Profiles()
    try:
        content: Any = yaml.safe_load(path.read_text(encoding="utf-8"))
        profiles = Profiles.model_validate({} if content is None else content)
        for number, rule in enumerate(profiles.rules):
            unknown = rule.set.keys() - Profile.model_fields.keys()
            if unknown:
                raise BadInput(f"{path.name}: rule {number + 1} sets {', '.join(sorted(unknown))}, which there is not.")
            Profile.model_validate(rule.set)
    except ValidationError as error:
        first = error.errors(include_input=False)[0]
        where = ".".join(str(step) for step in first["loc"])
        raise BadInput(f"{path.name} is wrong at {where or 'its top'}: {first['msg']}.") from None
    except (OSError, ValueError, RecursionError, yaml.YAMLError) as error:
        raise BadInput(f"{path.name} cannot be read: {error}.") from error
    return profiles
