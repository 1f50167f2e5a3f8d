"""The rules of a gate as a file that a newsroom can read and change, and in the words that a release dialog shows.

    prompt: headlines
    environments: [production]
    set: newsroom
    rules:
      - {measure: met_at_once, at_least: 0.98}
      - {measure: "flagged:unsupported_number", no_worse_by: 0.05, on: each desk}

Whoever changes rules is no programmer: a mistake is a sentence with the number of its rule and the line.
"""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Annotated, Any, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from core.errors import BadInput
from core.evals.comparing import figures
from core.evals.results import MEASURES, Measure, measure
from core.prompts import names, plain_yaml
from core.prompts.plain_yaml import Tree
from core.prompts.releases import ENVIRONMENTS, Environment

Kind = Literal["at_least", "at_most", "no_worse_by"]

MOST_RULES = 100


@dataclass(frozen=True)
class Rule:
    """A limit for a measure, over all articles or on each desk; for `no_worse_by` it is the loss that would still do."""

    measure: Measure
    kind: Kind
    limit: float
    each_desk: bool

    def words(self, on: str) -> str:
        """The rule as a clause; `on` is the eval set: "contract met at once is at least 98 % on newsroom"."""
        match self.kind:
            case "no_worse_by":
                by = figures.margin_words(self.measure, self.limit)
                where = f"any desk of {on}" if self.each_desk else on
                return f"{self.measure.words} is no worse than what is live by more than {by} on {where}"
            case "at_least" | "at_most":
                where = f"each desk of {on}" if self.each_desk else on
                limit = figures.figure(self.measure, self.limit)
                return f"{self.measure.words} is {self.kind.replace('_', ' ')} {limit} on {where}"


@dataclass(frozen=True)
class Gate:
    """What a version of a prompt must pass to be released to these environments."""

    prompt: str
    environments: tuple[Environment, ...]
    set: str
    rules: tuple[Rule, ...]

    @cached_property
    def version(self) -> str:
        """Twelve hex digits that are equal for equal gates: a verdict holds for these rules alone."""
        rules = [[rule.measure.name, rule.kind, rule.limit, rule.each_desk] for rule in self.rules]
        content = json.dumps([self.prompt, sorted(self.environments), self.set, rules], ensure_ascii=True)
        return hashlib.sha256(content.encode()).hexdigest()[:12]

    @property
    def words(self) -> tuple[str, ...]:
        return tuple(rule.words(self.set) for rule in self.rules)


def of(folder: Path, prompt: str, environment: str) -> Gate | None:
    """The gate that stands before an environment, from `PROMPT.yml` in the folder; None if nothing is asked there.

    A file that cannot be read is `BadInput`, for it must not open the gate.
    """
    path = folder / f"{prompt}.yml"
    if not names.is_name(prompt) or not path.exists():
        return None
    gate = read(path)
    if gate.prompt != prompt:
        raise BadInput(
            f"{path.name}: prompt is {gate.prompt}, but the name of the file says {prompt}. Make them the same."
        )
    return gate if environment in gate.environments else None


def read(path: Path) -> Gate:
    """The gate in a file. `BadInput` says what is wrong in which rule, and what to write."""
    return parse(plain_yaml.read_text(path, source=path.name), source=path.name)


def parse(text: str, *, source: str) -> Gate:
    """The gate in a text; `source` names it in errors."""
    tree = _tree(text, source)
    try:
        file = _File.model_validate(tree.value)
    except ValidationError as error:
        raise _mistake(tree, error) from None
    if not names.is_name(file.prompt):
        raise _wrong(tree, ("prompt",), _EXPECTED["prompt"])
    rules: dict[Rule, int] = {}
    for place, written in enumerate(file.rules):
        rule = _rule(tree, place, written)
        if rule in rules:
            raise _wrong(tree, ("rules", place), f"it says the same as rule {rules[rule] + 1}. Take one of them out.")
        rules[rule] = place
    return Gate(file.prompt, tuple(dict.fromkeys(file.environments)), file.set, tuple(rules))


_Number = Annotated[float, Field(strict=True, allow_inf_nan=False)]
_Text = Annotated[str, StringConstraints(strict=True, min_length=1, max_length=100)]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class _Rule(_Part):
    measure: _Text
    at_least: _Number | None = None
    at_most: _Number | None = None
    no_worse_by: _Number | None = None
    on: Literal["each desk"] | None = None

    @property
    def limits(self) -> Iterator[tuple[Kind, float]]:
        kinds: tuple[Kind, ...] = ("at_least", "at_most", "no_worse_by")
        for kind in kinds:
            limit = getattr(self, kind)
            if limit is not None:
                yield kind, limit


class _File(_Part):
    prompt: _Text
    environments: Annotated[tuple[Environment, ...], Field(min_length=1)]
    set: _Text
    rules: Annotated[tuple[_Rule, ...], Field(min_length=1, max_length=MOST_RULES)]


# What should stand there, for each part of a file and of a rule.
_EXPECTED = {
    "prompt": "prompt is the name of a prompt in small letters, such as headlines.",
    "environments": f"environments is a list of one or more of {', '.join(ENVIRONMENTS)}, such as [production].",
    "set": "set is the name of an eval set, such as newsroom.",
    "rules": f"rules is a list of 1 to {MOST_RULES} rules, each on a line that begins with a hyphen.",
    "measure": "measure is the name of a measure, such as met_at_once.",
    "at_least": "at_least is a number, such as 0.98.",
    "at_most": "at_most is a number, such as 0.02.",
    "no_worse_by": "no_worse_by is a number, such as 0.05.",
    "on": "on is `each desk`; leave it out for all articles together.",
}
_EXAMPLE = "- {measure: met_at_once, at_least: 0.98}"


def _rule(tree: Tree, place: int, written: _Rule) -> Rule:
    def wrong(why: str, field: str = "measure") -> BadInput:
        return _wrong(tree, ("rules", place, field), why)

    try:
        of = measure(written.measure)
    except KeyError:
        known = ", ".join(MEASURES)
        said = f"there is no measure {written.measure!r}. There are {known}, flagged:CHECK and judge:CRITERION."
        raise wrong(said) from None
    limits = list(written.limits)
    if len(limits) != 1:
        found = "none of them" if not limits else " and ".join(kind for kind, _ in limits)
        raise wrong(f"it needs one of at_least, at_most and no_worse_by, and has {found}.")
    kind, limit = limits[0]
    if kind == "at_least" and not of.higher_is_better:
        raise wrong(f"less is better for {of.name}, so it takes at_most or no_worse_by.", kind)
    if kind == "at_most" and of.higher_is_better:
        raise wrong(f"more is better for {of.name}, so it takes at_least or no_worse_by.", kind)
    if of.kind == "rate" and not 0 <= limit <= 1:
        raise wrong(f"{kind} of {of.name} is a share between 0 and 1; for {limit:g} % write {limit / 100:g}.", kind)
    if kind == "no_worse_by" and limit <= 0:
        raise wrong("no_worse_by is above 0: how much worse would still do?", kind)
    if limit < 0:
        raise wrong(f"{kind} of {of.name} cannot be below 0.", kind)
    return Rule(of, kind, limit, written.on is not None)


def _tree(text: str, source: str) -> Tree:
    try:
        return plain_yaml.load(text, source=source)
    except BadInput as error:
        cause = error.__cause__
        if not isinstance(cause, yaml.MarkedYAMLError) or cause.problem_mark is None:
            raise
        line = min(cause.problem_mark.line + 1, len(text.splitlines()))
        said = "a bracket, a quotation mark or the indent is wrong here or just above"
        raise BadInput(f"{source}, line {line}: {said}. A rule is a line such as {_EXAMPLE}.") from None


def _mistake(tree: Tree, error: ValidationError) -> BadInput:
    first = error.errors(include_input=False)[0]
    path = first["loc"]
    names_in_file = [step for step in path if isinstance(step, str)]
    if not names_in_file:
        return BadInput(f"{tree.source}: this is no gate. Write prompt, environments, set and rules, each on a line.")
    name, in_rule = names_in_file[-1], len(path) > 2
    if first["type"] == "extra_forbidden":
        whole: Any = _Rule if in_rule else _File
        there = ", ".join(whole.model_fields)
        return _wrong(
            tree, path, f"there is no {_short(name)!r} in a {'rule' if in_rule else 'gate'}. There are {there}."
        )
    if first["type"] == "missing":
        return _wrong(tree, path, f"{name} is missing: {_EXPECTED[name]}")
    if name == "rules" and len(path) > 1:
        return _wrong(tree, path, f"this is no rule. A rule is a line such as {_EXAMPLE}.")
    return _wrong(tree, path, _EXPECTED[name])


def _wrong(tree: Tree, path: tuple[int | str, ...], why: str) -> BadInput:
    rule = f"rule {path[1] + 1}, " if len(path) > 1 and path[0] == "rules" and isinstance(path[1], int) else ""
    return BadInput(f"{tree.source}, {rule}line {tree.line(path)}: {why}")


def _short(text: str) -> str:
    return text if len(text) <= 40 else text[:40] + "…"
