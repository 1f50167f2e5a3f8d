"""`erase`: take one call, or all about one article, off the record and out of the bytes of the file."""

import math
from pathlib import Path

import click

from core.cli.session import BAD_INPUT, author, leave, opened
from core.keeping import backups, erasing, overwriting
from core.keeping.erasing import Erased

LEFT = 1

_reason = click.option("--reason", required=True, help="Why; it stays in the audit log, so quote nothing of the text.")


@click.group()
def erase() -> None:
    """Take texts off the record for good, with a reason.

    Back-ups, exported files and what a provider keeps are not reached.
    """


@erase.command()
@click.argument("trace_id")
@_reason
@author
def trace(trace_id: str, reason: str, author: str) -> None:
    """Erase what was asked and answered in the call TRACE_ID, with what people and judges wrote about it."""
    with opened() as copydesk:
        done = erasing.trace(copydesk.db, trace_id, author=author, reason=reason, within=math.inf)
    _print(done, copydesk.db.path)


@erase.command()
@click.argument("article")
@_reason
@author
def article(article: str, reason: str, author: str) -> None:
    """Erase all about ARTICLE, a file with its text, or its hash: calls, judges' calls, eval cases."""
    path = Path(article)
    try:
        given = path.read_text(encoding="utf-8") if path.is_file() else article
    except UnicodeDecodeError:
        leave("The article is not UTF-8 text.", BAD_INPUT)
    with opened() as copydesk:
        done = erasing.article(copydesk.db, given, author=author, reason=reason, within=math.inf)
    _print(done, copydesk.db.path)


@erase.command()
def finish() -> None:
    """Overwrite what was erased or expired and is still in the bytes of the file, and wait for it.

    While Copydesk is served, it does so by itself. Ends with 1 if somebody reads on and on, so that it is not done.
    """
    with opened() as copydesk:
        if overwriting.owed(copydesk.db) is None:
            click.echo("Nothing is left to overwrite.")
            return
        if not overwriting.overwrite(copydesk.db):
            leave(_STILL_READ, LEFT)
    click.echo("All that was erased is overwritten.")


def _print(erased: Erased, database: Path) -> None:
    click.echo(f"Erased: {erased.traces:,} calls, {erased.cases:,} eval cases, {erased.articles:,} articles.")
    if erased.still_used:
        click.echo(
            "The article was not erased, for other calls or eval cases are about it. To erase it with those: "
            "erase article HASH."
        )
    if not erased.overwritten:
        click.echo(_STILL_READ, err=True)
    for copy in backups.copies(database):
        click.echo(f"{copy} may still hold it. Delete it if you can do without.")
    click.echo("So may back-ups, exported files and whatever the provider keeps.")


_STILL_READ = (
    "Its words are still in the bytes of the file, for something reads what was there before. A served Copydesk overwrites "
    "them once that ends; without one: erase finish."
)
