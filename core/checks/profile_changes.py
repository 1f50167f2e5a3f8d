"""What differs between two profiles, part by part, in the words of a person who reads it before they save it."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from core.checks.profile import Profiles, Rule

LIMITS = {"shortest": "at least", "longest": "at most", "keyword_within": "main word within the first"}
WORD_LISTS = {"banned": "banned words", "discouraged": "discouraged words", "acronyms": "acronyms"}
"""The limits and lists of a profile, as a person calls them."""

Where = tuple[str | None, str | None, str | None]
"""The desk, channel and language of a rule."""

# What a part sets, by the names of `Profile`; what it leaves as it is is not there.
_Part = Mapping[str, Any]


@dataclass(frozen=True)
class Change:
    """One thing that differs; `where` None stands for everybody, `before` or `after` None for nothing there."""

    where: Where | None
    what: str
    before: str | None
    after: str | None


def changes(before: Profiles, after: Profiles) -> list[Change]:
    """All that differs; nothing does where the version is the same."""
    found = list(_of_part(None, before.everybody.model_dump(), after.everybody.model_dump()))
    old, new = _by_place(before.rules), _by_place(after.rules)
    for place in dict.fromkeys((*old, *new)):
        where, _ = place
        one, other = old.get(place), new.get(place)
        if one is None:
            found.append(Change(where, "the rule", None, "new"))
        if other is None:
            found.append(Change(where, "the rule", "there", None))
        else:
            found += _of_part(where, one.changes if one else {}, other.changes)
            found += _of_text(where, "why", one.why if one else "", other.why)
    if [each for each in old if each in new] != [each for each in new if each in old]:
        found.append(Change(None, "order of the rules", _in_order(before), _in_order(after)))
    return found


def _by_place(rules: Sequence[Rule]) -> dict[tuple[Where, int], Rule]:
    """Rules by what they are for; several may be for the same."""
    seen: Counter[Where] = Counter()
    places: dict[tuple[Where, int], Rule] = {}
    for rule in rules:
        where = (rule.desk, rule.channel, rule.language)
        places[where, seen[where]] = rule
        seen[where] += 1
    return places


def _of_part(where: Where | None, before: _Part, after: _Part) -> Iterator[Change]:
    old, new = before.get("checks", {}), after.get("checks", {})
    for name in dict.fromkeys((*old, *new)):
        yield from _of_text(where, name.replace("_", " "), old.get(name, ""), new.get(name, ""))
    for name, label in LIMITS.items():
        yield from _of_text(where, label, _limit(before, name), _limit(after, name))
    for name, label in WORD_LISTS.items():
        yield from _of_words(where, label, before.get(name, ()), after.get(name, ()))


def _of_text(where: Where | None, what: str, before: str, after: str) -> Iterator[Change]:
    if before != after:
        yield Change(where, what, before or None, after or None)


def _of_words(where: Where | None, label: str, before: Sequence[str], after: Sequence[str]) -> Iterator[Change]:
    removed = list((Counter(before) - Counter(after)).elements())
    added = list((Counter(after) - Counter(before)).elements())
    if removed:
        yield Change(where, f"{label}, removed", ", ".join(removed), None)
    if added:
        yield Change(where, f"{label}, added", None, ", ".join(added))
    if before != after and not removed and not added:
        yield Change(where, f"{label}, order", ", ".join(before), ", ".join(after))


def _limit(part: _Part, name: str) -> str:
    """A limit in words; empty where a rule says nothing about it."""
    if name not in part:
        return ""
    return "left to the prompt" if part[name] is None else f"{part[name]} characters"


def _in_order(profiles: Profiles) -> str:
    return "; ".join(
        " ".join(filter(None, (rule.desk, rule.channel, rule.language))) or "all" for rule in profiles.rules
    )
