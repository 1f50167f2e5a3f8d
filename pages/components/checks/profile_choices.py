"""The desks, channels and languages that can be chosen: those of this newsroom, and those that its rules name."""

from collections.abc import Iterable

from core.checks.profile import Profiles
from core.copydesk import Copydesk
from core.headlines.language import LANGUAGES
from pages.components import variants


def desks(copydesk: Copydesk, profiles: Profiles) -> list[str]:
    """This newsroom's desks, and those that a rule is for."""
    return _with(copydesk.settings.desks, [rule.desk for rule in profiles.rules])


def channels(copydesk: Copydesk, profiles: Profiles) -> list[str]:
    """The channels of the prompt that is served, and those that a rule is for."""
    contract = variants.served(copydesk, copydesk.settings.desks[0]).content.contract
    return _with(contract.channels, [rule.channel for rule in profiles.rules])


def languages(profiles: Profiles) -> list[str]:
    """The codes of the languages that are known, and those that a rule is for."""
    return _with(LANGUAGES, [rule.language for rule in profiles.rules])


def _with(known: Iterable[str], named: Iterable[str | None]) -> list[str]:
    return list(dict.fromkeys([*known, *(each for each in named if each)]))
