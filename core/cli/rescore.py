"""`rescore`: check headlines on record again, with today's checks and profiles."""

import json
import sys
from dataclasses import asdict

import click

from core.cli.session import DAMAGED, as_json, milliseconds, name_damaged, opened
from core.headlines.rescore import Progress, rescore


@click.command("rescore")
@click.option("--since", help="Only what was asked from then on, such as 2026-11-17 14:00.")
@click.option("--desk", help="One desk. Without it: all desks.")
@as_json
def rescore_command(since: str | None, desk: str | None, as_json: bool) -> None:
    """Check the headlines on record again; what was found before stays beside it.

    Traces that these checks and profiles have scored already are passed over, so a run that was stopped can go on. Ends with
    1 if texts of a trace are damaged; such a trace is named and keeps what it has.
    """
    start = 0 if since is None else milliseconds(since)
    with opened() as copydesk:
        copydesk.check_desk(desk)
        progress = Progress()
        for progress in rescore(copydesk.db, copydesk.profiles, since=start, desk=desk):
            click.echo(f"\r{progress.seen:,} traces …", err=True, nl=False)
    if progress.seen:
        click.echo(err=True)
    _print(progress, as_json=as_json)
    if progress.damaged:
        name_damaged(progress.damaged, "It was not checked again.")
        sys.exit(DAMAGED)


def _print(progress: Progress, *, as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps(asdict(progress)))
        return
    left = progress.seen - progress.rescored - progress.without_article - len(progress.damaged)
    click.echo(f"Checked again: {progress.rescored:,} of {progress.seen:,} traces.")
    if left:
        click.echo(f"{left:,} have these checks and profiles already.")
    if progress.without_article:
        click.echo(f"{progress.without_article:,} have no article any more and were left as they are.")
    if progress.damaged:
        click.echo(f"{len(progress.damaged):,} are damaged and were left as they are.")
