"""What a judge says, and how it is read from an answer: strictly, for a score that was guessed is worse than none."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, TypeVar, cast

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from core.feedback.model import CRITERIA, Criterion

LOWEST, HIGHEST = 1, 5

Better = Literal["first", "second", "tie"]

Shape = TypeVar("Shape", bound=BaseModel)

_THINKING = re.compile(r"<(think|thinking|reasoning)>.*?(</\1>|\Z)", re.DOTALL | re.IGNORECASE)
_LONGEST_ANSWER = 200_000
_LONGEST_REASON = 1_000
_MOST_OBJECTS = 50


@dataclass(frozen=True)
class Score:
    """A score from 1 (bad) to 5 (could be printed as it is), and why."""

    value: int
    reason: str


@dataclass(frozen=True)
class Verdict:
    """What a judge says of one headline; `position` is its place in the set, from 0."""

    position: int
    scores: Mapping[Criterion, Score]


@dataclass(frozen=True)
class Preference:
    """Which of two sets a judge finds better, in the order in which it was shown them."""

    better: Better
    reason: str


class Unreadable(Exception):
    """An answer that holds no whole verdict; its text tells the model what is wrong with it."""


class _Score(BaseModel):
    model_config = ConfigDict(strict=True)

    score: int = Field(ge=LOWEST, le=HIGHEST)
    reason: str = Field(min_length=1)

    def ours(self) -> Score:
        return Score(self.score, self.reason.strip()[:_LONGEST_REASON])


class _Verdict(BaseModel):
    model_config = ConfigDict(strict=True)

    headline: int
    accuracy: _Score
    clarity: _Score
    tone: _Score


class _Verdicts(BaseModel):
    verdicts: list[_Verdict]


class _Preference(BaseModel):
    better: Better
    reason: str = Field(min_length=1)


def read_verdicts(answer: str, *, headlines: int) -> list[Verdict]:
    """The verdicts on so many headlines, in their order; `Unreadable` unless there is exactly one whole one on each."""
    found = _parsed(answer, _Verdicts).verdicts
    numbers = sorted(each.headline for each in found)
    if numbers != list(range(1, headlines + 1)):
        raise Unreadable(f"There must be one verdict on each headline from 1 to {headlines}; there are {numbers}.")
    return [
        Verdict(each.headline - 1, {name: cast("_Score", getattr(each, name)).ours() for name in CRITERIA})
        for each in sorted(found, key=lambda each: each.headline)
    ]


def read_preference(answer: str) -> Preference:
    """Which set is better; `Unreadable` if the answer does not say."""
    found = _parsed(answer, _Preference)
    return Preference(found.better, found.reason.strip()[:_LONGEST_REASON])


def _parsed(answer: str, shape: type[Shape]) -> Shape:
    """The first JSON object in an answer that has the shape, bare, fenced or within prose."""
    fault = "The answer holds no JSON object."
    for value in _objects(answer):
        try:
            return shape.model_validate(value)
        except ValidationError as error:
            first = error.errors(include_input=False, include_url=False)[0]
            fault = f"{'.'.join(str(step) for step in first['loc'])}: {first['msg']}."
    raise Unreadable(fault)


def _objects(answer: str) -> Sequence[Mapping[str, Any]]:
    text = _THINKING.sub("", answer[:_LONGEST_ANSWER])
    decoder = json.JSONDecoder()
    found: list[Mapping[str, Any]] = []
    position = 0
    for _ in range(_MOST_OBJECTS):
        position = text.find("{", position)
        if position < 0:
            break
        try:
            value, position = decoder.raw_decode(text, position)
        except (ValueError, RecursionError):
            position += 1
            continue
        if isinstance(value, dict):
            found.append(cast("dict[str, Any]", value))
    return found
