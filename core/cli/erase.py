"""`erase`: take one call, or all about one article, off the record."""

from pathlib import Path

import click

from core.cli.session import BAD_INPUT, author, leave, opened
from core.keeping import backups, erasing
from core.keeping.erasing import Erased

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
        _print(erasing.trace(copydesk.db, trace_id, author=author, reason=reason), copydesk.db.path)


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
        _print(erasing.article(copydesk.db, given, author=author, reason=reason), copydesk.db.path)


def _print(erased: Erased, database: Path) -> None:
    click.echo(f"Erased: {erased.traces:,} calls, {erased.cases:,} eval cases, {erased.articles:,} articles.")
    if erased.still_used:
        click.echo(
            "The article stays, for other calls or eval cases are about it. To erase those too: erase article HASH."
        )
    if not erased.overwritten:
        click.echo(
            "Its bytes are in the journal until everybody who reads is done. Erase it again then, or stop Copydesk.",
            err=True,
        )
    for copy in backups.copies(database):
        click.echo(f"{copy} may still hold it. Delete it if you can do without.")
    click.echo("So may back-ups, exported files and whatever the provider keeps.")
