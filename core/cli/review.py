"""`review`: what waits for a reader, the rules that bring it in, and how far two readers agree."""

import json
from dataclasses import asdict

import click

from core import clock
from core.cli.session import as_json, moment, opened
from core.review import agreement as core_agreement
from core.review import by_hand, filling, overview
from core.review import rules as core_rules
from core.review.item import REASONS, ReasonKind, Wanted
from core.review.overview import PAGE, Line


@click.group()
def review() -> None:
    """What people should look at."""


@review.command("list")
@click.option("--desk", help="One desk. Without it: all desks.")
@click.option("--reason", type=click.Choice(REASONS), help="Only what is there for this reason.")
@click.option("--done", is_flag=True, help="What was read, the newest first. Without it: what waits, the oldest first.")
@click.option("--most", type=click.IntRange(1), default=PAGE, show_default=True)
@as_json
def list_items(desk: str | None, reason: ReasonKind | None, done: bool, most: int, as_json: bool) -> None:
    """Print items of the queue, a line each."""
    with opened() as copydesk:
        copydesk.check_desk(desk)
        for _ in filling.catch_up(copydesk.db):
            pass
        state = "done" if done else "waiting"
        for line in overview.lines(copydesk.db, Wanted(desk, reason), state=state, limit=most):
            click.echo(json.dumps(_fields(line), ensure_ascii=False) if as_json else _sentence(line))


@review.command()
@click.argument("trace")
@click.option("--why", required=True, help="What should somebody look at?")
@click.option("--author", default="ci", show_default=True, help="Who asks for it.")
def add(trace: str, why: str, author: str) -> None:
    """Put TRACE into the queue."""
    with opened() as copydesk:
        item = by_hand.add(copydesk.db, trace, person=author, why=why)
    click.echo(f"{item.id:>6}  {item.trace}  {item.desk}")


@review.command()
@as_json
def rules(as_json: bool) -> None:
    """Print what brings headlines into the queue, and who said so."""
    with opened() as copydesk:
        version = core_rules.in_force(copydesk.db)
    if as_json:
        said = {"number": version.number, "author": version.author, "note": version.note}
        click.echo(json.dumps(said | {"rules": version.rules.model_dump(mode="json")}, ensure_ascii=False))
        return
    click.echo(f"version {version.number} by {version.author}, {moment(version.created_at)}: {version.note}")
    for desk, wanted in {"all desks": version.rules.everywhere, **version.rules.desks}.items():
        values = wanted.model_dump(mode="json").items()
        click.echo(f"{desk}: " + ", ".join(f"{name.replace('_', ' ')} {_value(value)}" for name, value in values))
    click.echo(f"read by two: {version.rules.second_share:g}")
    click.echo(f"labels: {', '.join(version.rules.labels)}")


@review.command()
@click.option("--desk", help="One desk. Without it: all desks.")
@as_json
def agreement(desk: str | None, as_json: bool) -> None:
    """Print how far two readers of the same item agree (Cohen's κ)."""
    with opened() as copydesk:
        copydesk.check_desk(desk)
        found = core_agreement.of_labels(copydesk.db, desk=desk)
    if as_json:
        mixed = [{"labels": labels, "items": many} for labels, many in found.mixed_up.items()]
        kappa = None if found.value is None else asdict(found.value)
        click.echo(
            json.dumps(
                {"items": found.items, "same": found.same, "kappa": kappa, "mixed_up": mixed}, ensure_ascii=False
            )
        )
        return
    click.echo(found.sentence)
    for (one, other), many in found.mixed_up.items():
        click.echo(f"{many:>6}  {one} / {other}")


def _fields(line: Line) -> dict[str, object]:
    item = line.item
    return {
        "item": item.id,
        "trace": item.trace,
        "desk": item.desk,
        "state": item.state,
        "waiting_since": item.waiting_since,
        "reasons": [asdict(reason) for reason in item.reasons],
        "reader": item.held_by(clock.now_ms()),
        "assignee": item.assignee,
        "headline": line.headline,
        "label": line.label,
    }


def _sentence(line: Line) -> str:
    item = line.item
    why = (
        line.label or ", ".join(dict.fromkeys(reason.kind for reason in item.reasons if reason.stands)) or "taken back"
    )
    return f"{item.id:>6}  {item.trace}  {item.desk}  {moment(item.waiting_since)}  {why}: {line.headline or '–'}"


def _value(value: object) -> str:
    if value is None or value is False:
        return "off"
    return "on" if value is True else f"{value:g}"
