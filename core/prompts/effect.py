"""Say in words what a change of a release will do, and to whom, before it is done."""

from collections.abc import Mapping, Sequence

from core.db import Database
from core.prompts import releases, versions
from core.prompts.releases import Place, Release


def sentence(db: Database, place: Place, version: int | None, desks: Sequence[str]) -> str:
    """What will change if `version` is put into a place; None withdraws a desk's own. `desks` are all there are."""
    live = {release.desk: release.version for release in releases.live(db, place.prompt)
            if release.environment == place.environment}  # fmt: skip
    common = live.pop(None, None)
    where = place.environment.capitalize()
    if place.desk is None:
        own = [f"the {desk} desk keeps its own {live[desk]}" for desk in desks if desk in live]
        return f"{where}, all desks: {_step(common, version)}." + (f" {_sentence(own)}" if own else "")
    now = live.get(place.desk, common)
    then = common if version is None else version
    others = {desk: live.get(desk, common) for desk in desks if desk != place.desk}
    parts = [
        f"{where}, {place.desk} desk: {_step(now, then)}.",
        _kept(others),
        _following(place.desk, common, has_own=place.desk in live, gets_own=version is not None),
    ]
    return " ".join(part for part in parts if part)


def no_way_back(db: Database, live: Release) -> str:
    """Why a rollback of what all desks have can put nothing back; empty where it can."""
    if live.desk is not None or releases.previous(db, live) is not None:
        return ""
    here = releases.history(db, live.prompt, live.environment)
    tried = sorted({each.version for each in here if each.desk is None and each.version is not None} - {live.version})
    first = f"Nothing to roll back to: version {live.version} was the first that all desks had in {live.environment}."
    if not tried:
        return first
    those, were = ("Version", "was") if len(tried) == 1 else ("Versions", "were")
    numbers = " and ".join(filter(None, [", ".join(map(str, tried[:-1])), str(tried[-1])]))
    return f"{first} {those} {numbers} came after it and {were} rolled back."


def older(db: Database, live: Release) -> int | None:
    """The newest version that is older than what is live, if there is one."""
    numbers = [line.number for line in versions.listing(db, live.prompt)]
    return max((number for number in numbers if live.version and number < live.version), default=None)


def _step(before: int | None, after: int | None) -> str:
    if before == after:
        return f"stays at {after or 'nothing'}"
    return f"from {before or 'nothing'} to {after or 'nothing'}"


def _following(desk: str, common: int | None, *, has_own: bool, gets_own: bool) -> str:
    """What it means for the releases to come that a desk gets or loses a version of its own."""
    if has_own and not gets_own:
        follows = f"The {desk} desk will follow what all desks have again"
        return f"{follows}." if common else f"{follows}, which is nothing: its requests will fail."
    if gets_own and not has_own and common:
        return f"The {desk} desk will not follow what all desks have any more."
    return ""


def _kept(others: Mapping[str, int | None]) -> str:
    """What stays as it is for the other desks; nothing where they have nothing."""
    versions = set(others.values())
    if versions <= {None}:
        return ""
    who = "The other desks keep" if len(others) > 1 else f"The {next(iter(others))} desk keeps"
    if len(versions) == 1:
        return f"{who} {versions.pop()}."
    return f"{who} what they have."


def _sentence(parts: Sequence[str]) -> str:
    told = parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"
    # Not `capitalize`, which would write the US desk as Us.
    return f"{told[0].upper()}{told[1:]}."
