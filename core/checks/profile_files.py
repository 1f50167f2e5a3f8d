"""Profiles as they come in and go out, as a file or from a form: what is wrong is refused in a sentence that names the place.

What a newsroom uses is kept as versions by `core.profiles`; here is what they look like outside.
"""

from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from core.checks.profile import Profile, Profiles, Rule
from core.checks.run import VERSIONS
from core.errors import BadInput

LARGEST_FILE = 1_000_000

# PyYAML has types for its classes only.
_untyped: Any = yaml


class _Loader(_untyped.SafeLoader):
    """Reads every word as the text that it is: `off` is a severity and `no` a word. Whole numbers and null are such."""

    yaml_implicit_resolvers = {  # noqa: RUF012 - PyYAML's own shape
        first: [(tag, pattern) for tag, pattern in resolvers if tag.rpartition(":")[2] in ("int", "null")]
        for first, resolvers in _untyped.SafeLoader.yaml_implicit_resolvers.items()
    }

    def compose_node(self, parent: Any, index: Any) -> Any:
        if self.check_event(yaml.AliasEvent):
            # Ten lines of them unfold to gigabytes.
            raise yaml.MarkedYAMLError(problem_mark=self.peek_event().start_mark)
        inherited: Any = super()
        return inherited.compose_node(parent, index)


def read(path: Path) -> Profiles:
    """The profiles in a file; no file means those of everybody. `BadInput` says what is wrong where."""
    if not path.exists():
        return Profiles()
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise BadInput(f"{path.name} cannot be read: {error}.") from error
    return parse(text, source=path.name)


def parse(text: str, *, source: str) -> Profiles:
    """The profiles that a text holds. `BadInput` begins with `source`, which is what the reader calls the text."""
    if len(text) > LARGEST_FILE:
        raise BadInput(f"{source} is too large: {LARGEST_FILE:,} characters are read at most.")
    try:
        content: Any = _untyped.load(text, Loader=_Loader)
    except yaml.MarkedYAMLError as error:
        line = f", line {error.problem_mark.line + 1}" if error.problem_mark else ""
        raise BadInput(
            f"{source}{line} cannot be read. Look at the brackets, quotation marks and indentation up to there."
        ) from error
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise BadInput(f"{source} cannot be read: it holds what no such file can hold.") from error
    return accept({} if content is None else content, source=source)


def accept(content: object, *, source: str = "") -> Profiles:
    """Profiles from plain data, such as a form holds. `BadInput` says what is wrong where."""
    try:
        profiles = Profiles.model_validate(content)
    except ValidationError as error:
        sentence = _sentence(error)
        raise BadInput(f"{source}, {sentence}" if source else sentence[:1].upper() + sentence[1:]) from None
    refuse_unknown(profiles, source=source)
    return profiles


def refuse_unknown(profiles: Profiles, *, source: str = "") -> None:
    """`BadInput` if the profiles name a check that there is not.

    Not asked of what is stored: profiles that name a check of an earlier Copydesk go on to serve.
    """
    parts = {"everybody": profiles.everybody} | {f"rule {n}": rule.set for n, rule in enumerate(profiles.rules, 1)}
    for where, part in parts.items():
        for name in part.checks:
            if name not in VERSIONS:
                place = f"{source}, {where}" if source else where[:1].upper() + where[1:]
                raise BadInput(f"{place}: there is no check {name!r}; there are {', '.join(sorted(VERSIONS))}.")


def dump(profiles: Profiles) -> str:
    """The profiles as a file that reads back equal, without what nobody set."""
    everybody = profiles.everybody.model_dump(mode="json", exclude_defaults=True)
    rules = [_rule(rule) for rule in profiles.rules]
    content = ({"everybody": everybody} if everybody else {}) | ({"rules": rules} if rules else {})
    return _untyped.safe_dump(content, sort_keys=False, allow_unicode=True, width=120, default_flow_style=None)


def _rule(rule: Rule) -> dict[str, Any]:
    content = rule.model_dump(mode="json")
    return {name: value for name, value in content.items() if value not in (None, "")}


def _sentence(error: ValidationError) -> str:
    """Where the first fault is and what it is, in words that know neither our types nor our library."""
    first = error.errors()[0]
    path = [f"number {step + 1}" if isinstance(step, int) else step for step in first["loc"] if step != "set"]
    if path[:1] == ["rules"] and len(path) > 1:
        path[:2] = [path[1].replace("number", "rule")]
    if first["type"] == "extra_forbidden":
        there_are = ", ".join(_names_at(first["loc"]))
        return f"{', '.join(path[:-1]) or 'at its top'}: there is no {path[-1]!r}; there are {there_are}."
    where = ", ".join(path) or "at its top"
    limits = first.get("ctx", {})
    said = {
        "int_type": "must be a whole number",
        "greater_than": f"must be more than {limits.get('gt')}",
        "greater_than_equal": f"must be at least {limits.get('ge')}",
        "less_than_equal": f"must be at most {limits.get('le'):,}" if "le" in limits else "",
        "literal_error": "must be fail, warn, hint or off",
        "string_type": "must be a text; put quotation marks around it",
        "string_too_long": f"can have {limits.get('max_length')} characters",
        "too_long": f"can have {limits.get('max_length')} entries",
        "tuple_type": "must be a list",
        "dict_type": "must be a list of checks, each with its severity",
        "model_type": f"must hold {', '.join(_names_at((*first['loc'], '')))}",
        "value_error": str(limits.get("error")),
    }.get(first["type"], "is not understood")
    return f"{where}: {said}." if first["type"] == "value_error" else f"{where} {said}."


def _names_at(place: tuple[int | str, ...]) -> list[str]:
    """What may stand beside the last step of a place."""
    model = Profiles if len(place) == 1 else Rule if len(place) == 3 and place[0] == "rules" else Profile
    return list(model.model_fields)
