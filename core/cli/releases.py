"""`releases`: what is live where, and how that changes."""

import json
from dataclasses import asdict
from typing import Any

import click

from core.cli.session import BAD_INPUT, as_json, author, chosen, leave, milliseconds, moment, opened, place
from core.db import Database
from core.errors import GateClosed
from core.evals.gates import gated
from core.prompts import releases as core_releases
from core.prompts.releases import ENVIRONMENTS, Environment, Place, Release

NOTHING_LIVE = 1

_PAST_THE_GATE = (
    "To run it: python -m core eval SET --candidate {prompt}@{version} --baseline production --repeats 3 --gate. "
    'To go against the gate: --override "the reason".'
)


@click.group()
def releases() -> None:
    """Which version is live for whom, and how that changes."""


@releases.command(name="list")
@click.argument("prompt", required=False)
@click.option("--history", is_flag=True, help="All releases, the newest first, not only what is live.")
@as_json
def list_(prompt: str | None, history: bool, as_json: bool) -> None:
    """Print what is live at every place, of PROMPT or of all."""
    with opened() as copydesk:
        db = copydesk.db
        found = [
            each
            for name in chosen(db, prompt)
            for each in (_history(db, name) if history else core_releases.live(db, name))
        ]
    for each in sorted(found, key=lambda each: each.id, reverse=True) if history else found:
        _print(each, as_json=as_json)


@releases.command()
@click.argument("prompt")
@place
@click.option("--time", "at", help="Such as 2026-11-17 14:00. Without it: now.")
@as_json
def at(prompt: str, environment: Environment, desk: str | None, at: str | None, as_json: bool) -> None:
    """Print which version was live at a time. Ends with 1 if there was none."""
    when = None if at is None else milliseconds(at)
    where = Place(prompt, environment, desk)
    with opened() as copydesk:
        chosen(copydesk.db, prompt)
        if core_releases.current(copydesk.db, where) is None:
            # A desk that is closed by now may be asked for, one that never was may not.
            copydesk.check_desk(desk)
        found = core_releases.live_at(copydesk.db, prompt, environment, desk, when)
    if found is None:
        leave(f"Nothing of {prompt} was live for {where} then.", NOTHING_LIVE)
    _print(found, as_json=as_json)


def _change(function: Any) -> Any:
    """The options of every change."""
    reason = click.option("--reason", default="", help="Why. Production wants to know.")
    seen = click.option(
        "--seen", type=int, help="The number of the release that you saw there; refused if another is there by now."
    )
    return place(author(reason(seen(as_json(function)))))


@releases.command()
@click.argument("prompt")
@click.argument("version", type=int)
@_change
@click.option("--override", default="", help="Release it although the gate does not pass it: the reason, which stays.")
def release(
    prompt: str,
    version: int,
    environment: Environment,
    desk: str | None,
    author: str,
    reason: str,
    seen: int | None,
    override: str,
    as_json: bool,
) -> None:
    """Put VERSION of PROMPT into an environment, for all desks or for one.

    Where a gate stands before the environment, the version must have passed it: see `eval --gate`.
    """
    where = Place(prompt, environment, desk)
    with opened() as copydesk:
        db = copydesk.db
        copydesk.check_desk(desk)
        gates, there = copydesk.settings.gates, _seen(db, where, seen)
        stands = gated.standing(db, gates, where, version)
        if stands is not None and stands.checks_changed:
            click.echo(gated.OLDER_CHECKS, err=True)
        try:
            made = gated.release(db, gates, where, version, author=author, reason=reason, seen=there, override=override)
        except GateClosed as error:
            leave(f"{error.message} {_PAST_THE_GATE.format(prompt=prompt, version=version)}", BAD_INPUT)
    _print(made, as_json=as_json)


@releases.command()
@click.argument("prompt")
@_change
@click.option("--to", type=int, help="The number of an earlier release of this place. Without it: the one before.")
def rollback(
    prompt: str,
    environment: Environment,
    desk: str | None,
    author: str,
    reason: str,
    seen: int | None,
    to: int | None,
    as_json: bool,
) -> None:
    """Put back what was live before."""
    where = Place(prompt, environment, desk)
    with opened() as copydesk:
        db = copydesk.db
        target = None if to is None else core_releases.get(db, to)
        there = _seen(db, where, seen)
        made = core_releases.rollback(db, where, author=author, reason=reason, seen=there, to=target)
    _print(made, as_json=as_json)


@releases.command()
@click.argument("prompt")
@_change
def withdraw(
    prompt: str,
    environment: Environment,
    desk: str | None,
    author: str,
    reason: str,
    seen: int | None,
    as_json: bool,
) -> None:
    """Put one desk back to what all desks have."""
    where = Place(prompt, environment, desk)
    with opened() as copydesk:
        db = copydesk.db
        made = core_releases.withdraw(db, where, author=author, reason=reason, seen=_seen(db, where, seen))
    _print(made, as_json=as_json)


def _history(db: Database, prompt: str) -> list[Release]:
    """All releases of a prompt, the newest first."""
    found: list[Release] = []
    for environment in ENVIRONMENTS:
        page = core_releases.history(db, prompt, environment)
        while page:
            found += page
            page = core_releases.history(db, prompt, environment, before=page[-1].id)
    return sorted(found, key=lambda release: release.id, reverse=True)


def _seen(db: Database, where: Place, release_id: int | None) -> Release | None:
    return core_releases.current(db, where) if release_id is None else core_releases.get(db, release_id)


def _print(release: Release, *, as_json: bool = False) -> None:
    if as_json:
        click.echo(json.dumps(asdict(release), ensure_ascii=False))
        return
    what = "what all desks have" if release.version is None else f"version {release.version}"
    click.echo(
        f"{release.id:>6}  {release.prompt}: {release.place}: {what}, {release.kind} by {release.author} "
        f"at {moment(release.created_at)}"
        + (f": {release.reason}" if release.reason else "")
        + (f" [against the gate: {release.override}]" if release.override else "")
    )
