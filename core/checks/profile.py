"""Which checks apply to a desk, channel and language, how severe they are, and with which limits and words."""

import hashlib
import json
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import Annotated, Any, Literal, cast

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, field_serializer, field_validator

Level = Literal["fail", "warn", "hint", "off"]

LONGEST_WORD = 100
_UNSEEN = ("Cc", "Cs", "Zl", "Zp")


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


def _one_line(text: str) -> str:
    text = text.strip()
    if any(unicodedata.category(character) in _UNSEEN for character in text):
        raise ValueError(f"{text!a} holds a line break, or a character that nobody can see")
    return text


def _word(text: str) -> str:
    text = _one_line(text)
    if not 0 < len(text) <= LONGEST_WORD:
        raise ValueError(f"a word or name has 1 to {LONGEST_WORD} characters, and {text[:20]!r} has {len(text)}")
    return text


Word = Annotated[str, AfterValidator(_word)]
Words = Annotated[tuple[Word, ...], Field(max_length=5_000)]
Limit = Annotated[int, Field(gt=0, le=10_000, strict=True)]


class Profile(_Part):
    """What one desk asks of a headline for one channel in one language."""

    checks: Mapping[str, Level] = Field(default_factory=dict[str, Level])
    """By the name of a check; what is not here has the severity that the check itself names."""
    shortest: int = Field(default=15, ge=0, le=10_000, strict=True)
    longest: Limit | None = None
    """Characters; None leaves it to the contract."""
    keyword_within: Limit = 35
    acronyms: Words = ()
    banned: Words = ()
    discouraged: Words = ()

    def severity(self, check: str, otherwise: Level) -> Level:
        return self.checks.get(check, otherwise)


class Rule(_Part):
    """Changes to the profile where all that it names is met."""

    desk: Word | None = None
    channel: Word | None = None
    language: Word | None = None
    why: Annotated[str, AfterValidator(_one_line), Field(max_length=1_000)] = ""
    set: Profile = Field(default_factory=Profile)
    """Only what was named counts here; see `changes`."""

    @property
    def changes(self) -> dict[str, Any]:
        """What the rule changes: by the names of `Profile`, without what it leaves as it is."""
        return {name: getattr(self.set, name) for name in Profile.model_fields if name in self.set.model_fields_set}

    def meets(self, asked: Mapping[str, str | None]) -> bool:
        wanted = {"desk": self.desk, "channel": self.channel, "language": self.language}
        return all(value is None or value == asked[name] for name, value in wanted.items())

    @field_validator("set", mode="before")
    @classmethod
    def _without_what_adds_nothing(cls, value: Any) -> Any:
        if not isinstance(value, dict):
            return value
        # An empty list adds nothing; a rule with one and a rule without are the same rule.
        given = cast("dict[object, object]", value)
        return {name: each for name, each in given.items() if each not in ({}, [], ())}

    @field_serializer("set")
    def _only_changes(self, value: Profile) -> dict[str, Any]:
        return value.model_dump(mode="json", exclude_unset=True)


class Profiles(_Part):
    """The profiles of a newsroom: one for everybody, and rules that change it, later ones over earlier ones."""

    everybody: Profile = Profile()
    rules: Annotated[tuple[Rule, ...], Field(max_length=1_000)] = ()

    @cached_property
    def version(self) -> str:
        """Twelve hex digits that are equal for equal profiles."""
        return hashlib.sha256(self.canonical().encode()).hexdigest()[:12]

    def canonical(self) -> str:
        """The profiles as JSON, in the one form that equal profiles share."""
        content = self.model_dump(mode="json")
        for rule in content["rules"]:
            if not rule["why"]:
                # A rule without a reason has the hash that it had before rules could have one.
                del rule["why"]
        return json.dumps(content, sort_keys=True, ensure_ascii=False)

    def of(self, *, desk: str, channel: str, language: str | None) -> Profile:
        """The profile for a headline. Lists of words and checks are added to, everything else is replaced."""
        merged = self.everybody.model_dump()
        for _, rule in self.met(desk=desk, channel=channel, language=language):
            for name, value in rule.changes.items():
                before = merged[name]
                if isinstance(before, dict):
                    merged[name] = {**before, **value}
                elif isinstance(before, tuple):
                    merged[name] = (*before, *value)
                else:
                    merged[name] = value
        return Profile.model_construct(**merged)

    def with_rules(self, rules: Iterable[Rule]) -> "Profiles":
        """The same with these rules after its own, without those that it has already."""
        # Not a copy, for that would keep the hash that was already worked out.
        return Profiles(
            everybody=self.everybody, rules=(*self.rules, *(each for each in rules if each not in self.rules))
        )

    def met(self, *, desk: str, channel: str, language: str | None) -> Iterator[tuple[int, Rule]]:
        """The rules that apply to a headline in their order, each with its place among all."""
        asked = {"desk": desk, "channel": channel, "language": language}
        return ((place, rule) for place, rule in enumerate(self.rules) if rule.meets(asked))
