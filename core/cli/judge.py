"""`judge` and `compare`: have a model judge headlines that are on record."""

import json
import sys
from collections.abc import Sequence
from typing import NoReturn

import click

from core import clock
from core.cli.session import as_json, name_damaged, opened
from core.errors import BadInput
from core.feedback.model import CRITERIA
from core.judge import store
from core.judge.judging import Compared, Judged
from core.traces import record
from core.traces.bodies import DamagedText

_FAILED = 4
_DAY = 86_400_000
_SAYS_WHY_BELOW = 4
"""What people want the reason of; `--json` has all of them."""

_SAID = {
    "one": "The first set is better, in both orders.",
    "other": "The second set is better, in both orders.",
    "tie": "Neither set is better, in both orders.",
    "order": "The judge changed its mind with the order, so neither set is better.",
    "unknown": "The judge gave no answer in at least one order.",
}


@click.command()
@click.argument("traces", nargs=-1)
@click.option("--missing", is_flag=True, help="Those of the last --days that no judge has scored yet, newest first.")
@click.option("--days", type=click.IntRange(1), default=7, show_default=True)
@click.option("--most", type=click.IntRange(1), default=100, show_default=True, help="How many with --missing.")
@click.option("--model", help="A model on offer. Without it: the one of the judge's prompt.")
@as_json
def judge(traces: Sequence[str], missing: bool, days: int, most: int, model: str | None, as_json: bool) -> NoReturn:
    """Score the headlines of TRACES for accuracy, clarity and tone, from 1 to 5.

    Ends with 0 if every set was scored, 4 if one was not.
    """
    if missing == bool(traces):
        raise BadInput("Name traces to judge, or say --missing.")
    with opened() as copydesk:
        if missing:
            traces = store.unjudged(copydesk.db, since=clock.now_ms() - days * _DAY, limit=most)
        failed = False
        for trace_id in traces:
            try:
                judged = copydesk.judge(trace_id, model=model).result()
            except DamagedText:
                name_damaged([trace_id], "It was not judged.")
                failed = True
                continue
            failed = failed or judged.verdicts is None
            texts = [headline.text for headline in record.get(copydesk.db, trace_id).headlines]
            (_print_json if as_json else _print)(trace_id, texts, judged)
    sys.exit(_FAILED if failed else 0)


@click.command()
@click.argument("one")
@click.argument("other")
@click.option("--model", help="A model on offer. Without it: the one of the judge's prompt.")
@as_json
def compare(one: str, other: str, model: str | None, as_json: bool) -> NoReturn:
    """Say which of two traces of one article has the better headlines; the judge is asked in both orders.

    Ends with 0 if it answered both times, 4 if not.
    """
    with opened() as copydesk:
        compared = copydesk.compare(one, other, model=model).result()
    if as_json:
        click.echo(json.dumps(_comparison(one, other, compared), ensure_ascii=False))
    else:
        click.echo(_SAID[compared.better])
        for line, preference in zip(compared.lines, compared.preferences, strict=True):
            said = f"{preference.better}: {preference.reason}" if preference else line.error
            click.echo(f"  {line.answered_by or line.model} · trace {line.id} · {said}")
    sys.exit(_FAILED if compared.better == "unknown" else 0)


def _print(trace_id: str, texts: Sequence[str], judged: Judged) -> None:
    line = judged.line
    click.echo(
        f"{trace_id} judged by {line.answered_by or line.model} · {line.prompt} {line.version} · trace {line.id}"
    )
    if judged.verdicts is None:
        click.echo(f"  {line.error}", err=True)
    for verdict in judged.verdicts or ():
        scores = ", ".join(f"{criterion} {verdict.scores[criterion].value}" for criterion in CRITERIA)
        click.echo(f"  {scores} · {texts[verdict.position]}")
        for criterion in CRITERIA:
            if verdict.scores[criterion].value < _SAYS_WHY_BELOW:
                click.echo(f"    {criterion}: {verdict.scores[criterion].reason}")


def _print_json(trace_id: str, texts: Sequence[str], judged: Judged) -> None:
    line = judged.line
    verdicts = [
        {"headline": texts[each.position]}
        | {name: {"score": score.value, "reason": score.reason} for name, score in each.scores.items()}
        for each in judged.verdicts or ()
    ]
    said = {"judged": trace_id, "trace": line.id, "judge": line.answered_by, "version": line.version}
    click.echo(json.dumps(said | {"error": line.error, "verdicts": verdicts}, ensure_ascii=False))


def _comparison(one: str, other: str, compared: Compared) -> dict[str, object]:
    orders = [
        {"trace": line.id, "judge": line.answered_by, "better": said and said.better, "reason": said and said.reason}
        for line, said in zip(compared.lines, compared.preferences, strict=True)
    ]
    return {"one": one, "other": other, "better": compared.better, "orders": orders}
