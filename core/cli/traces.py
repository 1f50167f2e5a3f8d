"""`traces`: the record of every call."""

import dataclasses
import json
from typing import NoReturn

import click

from core import clock
from core.cli.session import opened
from core.cli.suggest import answer
from core.headlines import replay as replaying
from core.traces import record
from core.traces.model import Trace


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
