"""`rescore`: check headlines on record again, with today's checks and profiles."""

import json

import click

from core.cli.session import as_json, milliseconds, opened
from core.headlines.rescore import Progress, rescore


@click.command("rescore")
@click.option("--since", help="Only what was asked from then on, such as 2026-11-17 14:00.")
@click.option("--desk", help="One desk. Without it: all desks.")
@as_json
def rescore_command(since: str | None, desk: str | None, as_json: bool) -> None:
    """Check the headlines on record again; what was found before stays beside it.

    Traces that these checks and profiles have scored already are passed over, so a run that was stopped can go on.
    """
    start = 0 if since is None else milliseconds(since)
    with opened() as copydesk:
        copydesk.check_desk(desk)
        progress = Progress()
        for progress in rescore(copydesk.db, copydesk.profiles, since=start, desk=desk):
            click.echo(f"\r{progress.seen:,} traces …", err=True, nl=False)
    if progress.seen:
        click.echo(err=True)
    if as_json:
        done = {"seen": progress.seen, "rescored": progress.rescored, "without_article": progress.without_article}
        click.echo(json.dumps(done))
        return
    click.echo(
        f"Checked again: {progress.rescored:,} of {progress.seen:,} traces. The others have these checks and profiles already."
    )
    if progress.without_article:
        click.echo(f"{progress.without_article:,} have no article any more and were left as they are.")
