"""`backup` and `restore`: the whole record as one file, and back."""

import json
from dataclasses import asdict
from pathlib import Path

import click

from core import settings
from core.cli.session import as_json, author
from core.keeping import backups

_FILE = click.Path(path_type=Path, dir_okay=False)


@click.command()
@click.argument("file", type=_FILE)
@as_json
def backup(file: Path, as_json: bool) -> None:
    """Copy the database to FILE while Copydesk runs, and look the copy over.

    The copy holds every article, headline and comment that the database holds: keep it as safe, and delete it in time.
    """
    made = backups.back_up(settings.load().db, file)
    if as_json:
        click.echo(json.dumps(asdict(made) | {"path": str(made.path)}))
        return
    click.echo(
        f"{made.path}: {made.traces:,} traces, {made.bytes:,} bytes, whole. The last hash of its log is {made.head}"
    )


@click.command()
@click.argument("file", type=_FILE)
@click.option("--reason", required=True, help="Why; it stands in the audit log.")
@author
def restore(file: Path, reason: str, author: str) -> None:
    """Put the back-up FILE in the place of the database, while Copydesk is stopped.

    The file that was there stays beside it.
    """
    done = backups.restore(settings.load().db, file, author=author, reason=reason)
    click.echo(f"Restored: {done.backup.traces:,} traces from {file}.")
    if done.aside is not None:
        click.echo(f"What was there before is in {done.aside}. Delete it once you do not need it.")
    if done.erased_again is None:
        click.echo("What was there before cannot be read: if anything was erased since, erase it again.", err=True)
    elif done.erased_again:
        click.echo(f"Erased again, as it had been since: {done.erased_again:,} calls and eval cases.")
