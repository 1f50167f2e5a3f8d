"""What a desk gets in a channel and language, and who said so: the check itself, everybody's profile, or a rule."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from core.checks.profile import Profiles
from core.checks.profile_changes import LIMITS, WORD_LISTS
from core.checks.run import SEVERITIES

Origin = Literal["itself", "everybody"] | int
"""A number is the place of a rule among all."""


@dataclass(frozen=True)
class Said:
    """What applies, and who said so."""

    name: str
    value: str | int | None
    by: Origin


@dataclass(frozen=True)
class Applied:
    """All that applies to a headline: a severity for every check, the limits in characters, every word of the lists."""

    checks: Sequence[Said]
    limits: Sequence[Said]
    words: Sequence[Said]


def applied(profiles: Profiles, *, desk: str, channel: str, language: str | None) -> Applied:
    """What `Profiles.of` gives, with who said it."""
    everybody = profiles.everybody
    checks = {name: Said(name, severity, "itself") for name, severity in SEVERITIES.items()}
    checks |= {name: Said(name, level, "everybody") for name, level in everybody.checks.items() if name in SEVERITIES}
    limits = {name: Said(name, getattr(everybody, name), "everybody") for name in LIMITS}
    words = [Said(name, word, "everybody") for name in WORD_LISTS for word in getattr(everybody, name)]
    for place, rule in profiles.met(desk=desk, channel=channel, language=language):
        levels = rule.changes.get("checks", {})
        checks |= {name: Said(name, level, place) for name, level in levels.items() if name in SEVERITIES}
        limits |= {name: Said(name, rule.changes[name], place) for name in LIMITS if name in rule.changes}
        words += [Said(name, word, place) for name in WORD_LISTS for word in rule.changes.get(name, ())]
    return Applied([*checks.values()], [*limits.values()], words)
