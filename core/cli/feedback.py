"""`feedback`: what people did with headlines and said about them."""

import json
from dataclasses import asdict
from typing import Literal

import click

from core import feedback as core_feedback
from core.cli.session import as_json, author, beginning, opened
from core.feedback import Given, review
from core.feedback.model import CRITERIA, KINDS, Criterion, Kind


@click.group()
def feedback() -> None:
    """What people did with headlines."""


@feedback.command()
@click.argument("trace")
@click.argument("kind", type=click.Choice(KINDS))
@click.option("--position", type=int, help="The headline, from 0. Without it: the whole set.")
@click.option("--text", help="What it was edited to, a comment, a label.")
@click.option("--value", type=int, help="1 or -1 for a thumb, 1 to 5 for a rating or a score.")
@click.option("--criterion", type=click.Choice(CRITERIA), help="What a score is about.")
@click.option("--key", help="Your id of this feedback. A repeat is kept once.")
@author
@as_json
def give(
    trace: str,
    kind: Kind,
    position: int | None,
    text: str | None,
    value: int | None,
    criterion: Criterion | None,
    key: str | None,
    author: str,
    as_json: bool,
) -> None:
    """Keep what a person did with a headline of TRACE, or with all, or said about it."""
    given = Given(trace, kind, author, "cli", position=position, text=text, value=value, criterion=criterion, key=key)
    with opened() as copydesk:
        kept = core_feedback.give(copydesk.db, given)
    if as_json:
        click.echo(json.dumps(asdict(kept), ensure_ascii=False))
    else:
        about = "the set" if kept.position is None else f"headline {kept.position}"
        click.echo(f"{kept.id:>6}  {kept.kind}: {about} of {kept.trace}, by {kept.person}")


@feedback.command()
@click.option("--format", "form", type=click.Choice(("csv", "jsonl")), default="csv", show_default=True)
@click.option("--since", help="Such as 2026-11-01. Without it: from the first decision on.")
@click.option("--until", help="Such as 2026-12-01, which is left out. Without it: up to now.")
@click.option("--desk", help="Of this desk only.")
def export(form: Literal["csv", "jsonl"], since: str | None, until: str | None, desk: str | None) -> None:
    """Print the editorial review record: who picked, edited or rejected which headline, and when."""
    start = None if since is None else beginning(since)
    end = None if until is None else beginning(until)
    lines = review.csv_lines if form == "csv" else review.json_lines
    with opened() as copydesk:
        copydesk.check_desk(desk)
        for line in lines(core_feedback.review_record(copydesk.db, since=start, until=end, desk=desk)):
            click.echo(line, nl=False)
