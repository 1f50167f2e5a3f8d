"""`traces`: the record of every call."""

import dataclasses
import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NoReturn

import click

from core import clock, exports
from core.cli.session import DAMAGED, as_json, leave, name_damaged, opened
from core.cli.suggest import answer
from core.errors import BadInput
from core.exports import Form
from core.headlines import replay as replaying
from core.traces import record
from core.traces.finding import find as finding
from core.traces.finding import search
from core.traces.finding.find import KINDS, OF_PEOPLE, ORDERS, Find, Order
from core.traces.model import Trace, TraceLine


@click.group()
def traces() -> None:
    """The record of every call."""


@traces.command()
@click.argument("trace_id")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def show(trace_id: str, as_json: bool) -> None:
    """Print the full record of one call."""
    with opened() as copydesk:
        trace = record.get(copydesk.db, trace_id)
    if as_json:
        click.echo(json.dumps(dataclasses.asdict(trace), ensure_ascii=False, indent=2))
    else:
        _print_trace(trace)


@traces.command()
@click.argument("trace_id")
@click.option("--version", type=int, help="Another version of the prompt. Without it: the same, or the same draft.")
@click.option("--model", help="Another model on offer. Without it: the same.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def replay(trace_id: str, version: int | None, model: str | None, as_json: bool) -> NoReturn:
    """Ask again what TRACE_ID asked, about its own article and for its own desk, whatever was changed since.

    Prints and ends as `suggest` does.
    """
    with opened() as copydesk:
        request = replaying.request(copydesk.db, trace_id, version=version, model=model)
        suggestions = copydesk.suggest(request)
    answer(suggestions, as_json=as_json)


def _filters(function: Any) -> Any:
    """An option for each filter; those that can have several values can be given several times."""
    for name, help_text in reversed([*finding.FILTERS.items()]):
        option = f"--{name.replace('_', '-')}"
        function = click.option(option, name, multiple=name in KINDS, help=help_text)(function)
    return function


@traces.command()
@_filters
@click.option("--order", type=click.Choice(ORDERS), default="newest", show_default=True)
@click.option("--limit", type=click.IntRange(1, 10_000), default=20, show_default=True)
@click.option("--after", help="Go on after this trace.")
@as_json
def find(order: Order, limit: int, after: str | None, as_json: bool, **filters: Any) -> None:
    """Print the traces that have all of this, a line each; without --source, what people asked for."""
    with opened() as copydesk:
        page = search.page(copydesk.db, _find(filters), order=order, after=after, limit=limit)
    for line in page.lines:
        click.echo(json.dumps(dataclasses.asdict(line), ensure_ascii=False) if as_json else _in_a_line(line))
    _say_what_is_left_out(filters)
    if page.more:
        click.echo(f"There are more: --after {page.lines[-1].id}", err=True)


@traces.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@_filters
@click.option("--format", "form", type=click.Choice(exports.FORMS), help="Without it: what the name of FILE ends with.")
def export(file: Path, form: Form | None, **filters: Any) -> None:
    """Write all traces that have all of this to FILE: a row each, or with `jsonl` the full record.

    Without --source, only what people asked for.

    Ends with 1 if texts of a trace are damaged; such a trace is named, and FILE has what is left of it.
    """
    form = form or next((each for each in exports.FORMS if file.suffix == f".{each}"), None)
    if form is None:
        raise BadInput(f"What is {file.name} to be? Name it .csv, .jsonl or .parquet, or say --format.")
    done: int = 0
    damaged: Sequence[str] = ()
    with opened() as copydesk:
        for piece in exports.write(copydesk.db, _find(filters), form, file):
            done, damaged = piece.traces, piece.damaged
            if sys.stderr.isatty():
                click.echo(f"\r{done:,} traces", nl=False, err=True)
    end = "\r" if sys.stderr.isatty() else ""
    traces = "1 trace is" if done == 1 else f"{done:,} traces are"
    click.echo(f"{end}{traces} in {file}.", err=True)
    _say_what_is_left_out(filters)
    if damaged:
        name_damaged(damaged, "The file has what is left of it.")
        leave(f"{len(damaged):,} of them are damaged.", DAMAGED)


def _find(filters: Mapping[str, Any]) -> Find:
    """What is looked for; the same as on the screen, which leaves out what machines asked until somebody wants it."""
    given = {name: value if name in KINDS else [value] for name, value in filters.items() if value not in (None, ())}
    return finding.parse({"source": OF_PEOPLE.source} | given)


def _say_what_is_left_out(filters: Mapping[str, Any]) -> None:
    if not filters["source"]:
        click.echo("Without the calls of judges, evals and trials; --source any finds them, too.", err=True)


def _in_a_line(line: TraceLine) -> str:
    version = f"{line.prompt}@{line.version or 'draft'}"
    headlines = f"{line.given}/{line.asked or '?'}"
    return (
        f"{line.id}  {clock.as_datetime(line.started_at):%Y-%m-%d %H:%M:%S}  {line.status:<11}  {headlines:>5}  "
        f"{line.desk:<10}  {version}  {line.answered_by or line.model or '-'}"
    )


def _print_trace(trace: Trace) -> None:
    line = trace.line
    version = "draft" if "draft" in trace.settings else line.version or "?"
    click.echo(f"trace     {line.id}")
    click.echo(f"status    {line.status}" + (f": {line.error}" if line.error else ""))
    click.echo(
        f"asked     {clock.as_datetime(line.started_at):%Y-%m-%d %H:%M:%S} UTC, {line.desk} desk, by {line.source}"
    )
    if trace.replays is not None:
        click.echo(f"replays   {trace.replays}")
    click.echo(f"prompt    {line.prompt} {version} in {line.environment}, model {line.model or '?'}")
    click.echo(f"result    {line.given} of {line.asked or '?'} headlines in {line.duration_ms or 0:.0f} ms")
    for message in trace.messages:
        click.echo(f"\n--- {message['role']}\n{message['content']}")
    for number, attempt in enumerate(trace.attempts, 1):
        click.echo(f"\n--- attempt {number}: {attempt.kind}, {attempt.model}, {attempt.duration_ms:.0f} ms")
        click.echo(attempt.error or "")
        click.echo(attempt.answer or "(no answer)")
    click.echo("\n--- headlines")
    for headline in trace.headlines:
        click.echo(headline.text)
    for rejection in trace.rejections:
        click.echo(f"not taken ({', '.join(rejection.rules)}): {rejection.text}")
