"""`audit`: the log of every change."""

import json
from dataclasses import asdict

import click

from core import audit as log
from core.cli.session import as_json, leave, moment, opened

BROKEN = 1


@click.group()
def audit() -> None:
    """The log of every change: who, when, what and why."""


@audit.command(name="list")
@click.option(
    "--limit", type=click.IntRange(1, 1_000_000), default=50, show_default=True, help="How many, the newest first."
)
@as_json
def list_(limit: int, as_json: bool) -> None:
    """Print the latest changes."""
    with opened() as copydesk:
        entries = log.newest(copydesk.db, limit=limit)
    for entry in entries:
        if as_json:
            click.echo(json.dumps(asdict(entry), ensure_ascii=False))
        else:
            change = f"{entry.before or 'nothing'} → {entry.after or 'nothing'}"
            click.echo(f"{entry.id:>6}  {moment(entry.at)}  {entry.author}: {entry.subject} {entry.action}  {change}")
            click.echo(f"        {entry.reason}")


@audit.command()
@click.option("--head", help="A hash that an earlier check printed; the log must still hold it.")
@as_json
def verify(head: str | None, as_json: bool) -> None:
    """Follow the chain of hashes. Ends with 1 and names the first broken link if there is one."""
    with opened() as copydesk:
        verdict = log.verify(copydesk.db, head=head)
    if as_json:
        click.echo(json.dumps(asdict(verdict)))
    elif verdict.fault is None:
        click.echo(f"{verdict.entries:,} entries, each in its place. The last hash is {verdict.head}")
    if verdict.fault is not None:
        leave(f"Broken after {verdict.entries:,} entries. {verdict.fault}", BROKEN)
