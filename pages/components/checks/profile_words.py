"""The names of checks, limits, lists and rules as an editor says them, the same on every part of the screen."""

from core.checks import profile_changes
from core.checks.profile import Level
from core.headlines.language import language_name

EVERYBODY = "everybody"

LIMITS = {name: label.capitalize() for name, label in profile_changes.LIMITS.items()}
WORD_LISTS = {name: label.capitalize() for name, label in profile_changes.WORD_LISTS.items()}

# The same signs as on the flags of a headline: told apart without colour, too.
SEVERITIES: dict[Level, str] = {"fail": ":red[✕] fail", "warn": ":orange[!] warn", "hint": "· hint", "off": "off"}


def check_name(name: str) -> str:
    """A check as one reads it: `trailing_period` is the trailing period."""
    return name.replace("_", " ")


def rule_name(desk: str | None, channel: str | None, language: str | None) -> str:
    """Who a rule is for."""
    named = (desk, channel, language_name(language) if language else None)
    return " · ".join(each for each in named if each) or "every headline"
