"""`eval`: run candidates on an eval set, compare them, and hold one against the gate, as CI does before a release."""

import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

import click

from core.cli.session import author, opened
from core.copydesk import Copydesk
from core.errors import BadInput
from core.evals import sets
from core.evals.comparing import comparison, wording
from core.evals.comparing.comparison import Question
from core.evals.gates import gated, reports, rules
from core.evals.gates.gate import GateVerdict
from core.evals.results import MEASURES, Measure, measure
from core.evals.running import entries, runs
from core.evals.running.plan import Candidate, Plan
from core.evals.running.runs import Run
from core.prompts import releases, versions
from core.prompts.releases import ENVIRONMENTS, Environment, Place

_EXIT_CODES = {"pass": 0, "fail": 1, "inconclusive": 3}
_NOT_DONE = 4
_GLANCE = 0.5


@click.command(name="eval")
@click.argument("name", metavar="SET")
@click.option("--candidate", "wanted", multiple=True, help="PROMPT@VERSION, or PROMPT@VERSION=MODEL. Several compare.")
@click.option(
    "--baseline", help="What candidates are compared with: PROMPT@VERSION, or an environment for what is live."
)
@click.option("--version", "number", type=int, help="A version of the set. Without it: the newest.")
@click.option("--repeats", type=click.IntRange(1, 20), default=1, show_default=True)
@click.option("--concurrency", type=click.IntRange(1, 200), default=8, show_default=True)
@click.option("--spend", type=float, help="Stop when so many US dollars are spent.")
@click.option("--by", default="met_at_once", show_default=True, help="The measure to compare by, such as without_fail.")
@click.option("--desk", help="Hold the candidate against the gate for this desk alone.")
@click.option("--gate", "with_gate", is_flag=True, help="Hold the candidate against the gate before production.")
@click.option("--judge", is_flag=True, help="Have a judge score every set of headlines, too.")
@click.option("--resume", metavar="RUN", help="Go on with a run in the place of a new one.")
@click.option("--junit", type=click.Path(dir_okay=False, path_type=Path), help="Write the gate's verdict as JUnit XML.")
@click.option("--markdown", type=click.Path(dir_okay=False, path_type=Path), help="Write it as Markdown.")
@click.option("--note", default="", help="What this run is for.")
@author
def eval_command(
    name: str,
    wanted: Sequence[str],
    baseline: str | None,
    number: int | None,
    repeats: int,
    concurrency: int,
    spend: float | None,
    by: str,
    desk: str | None,
    with_gate: bool,
    judge: bool,
    resume: str | None,
    junit: Path | None,
    markdown: Path | None,
    note: str,
    author: str,
) -> NoReturn:
    """Run candidates on the eval set SET and say how they compare.

    With --gate it ends with 0 if the gate passes, 1 if it fails, 3 if these cases cannot tell. A run that could not be
    finished ends with 4; `--resume` does the rest.
    """
    of = _measure(by)
    with opened() as copydesk:
        if resume is None:
            plan = _plan(copydesk, name, wanted, baseline, desk)
            plan = plan.model_copy(
                update={"repeats": repeats, "concurrency": concurrency, "spending_limit": spend, "judge": judge}
                | ({"set_number": number} if number else {})
            )
            run = copydesk.runs.start(plan, note=note, author=author)
        else:
            run = runs.get(copydesk.db, resume)
            copydesk.runs.resume(resume)
        run = _watched(copydesk, run)
        if run.status != "done":
            click.echo(f"The run is {run.status}. {run.why} Go on with --resume {run.id}".replace("  ", " "), err=True)
            sys.exit(_NOT_DONE)
        if run.why:
            click.echo(run.why, err=True)
        _compare(copydesk, run, of)
        if not with_gate:
            sys.exit(0)
        verdict = _verdict(copydesk, run, desk)
        if gated.is_by_older_checks(copydesk.db, run):
            click.echo(gated.OLDER_CHECKS, err=True)
        _write(copydesk, run, verdict, junit, markdown)
    sys.exit(_EXIT_CODES[verdict.outcome])


def _plan(copydesk: Copydesk, name: str, wanted: Sequence[str], baseline: str | None, desk: str | None) -> Plan:
    if not wanted:
        other = f" Or did you mean `evals {name}`?" if name in ("list", "show", "import", "export") else ""
        raise BadInput(f"Name a candidate, such as --candidate headlines@2.{other}")
    candidates = [_candidate(copydesk, each) for each in wanted]
    if baseline is not None:
        candidates.insert(0, _baseline(copydesk, baseline, candidates[0].prompt, desk))
    unlike = list(dict.fromkeys(candidate.model_dump_json() for candidate in candidates))
    return Plan(
        set_name=name,
        set_number=sets.get(copydesk.db, name).number,
        candidates=tuple(Candidate.model_validate_json(each) for each in unlike),
    )


def _candidate(copydesk: Copydesk, text: str) -> Candidate:
    named, _, model = text.partition("=")
    prompt, _, number = named.rpartition("@")
    if not prompt or not number.isdecimal():
        raise BadInput(f"{text!r} is no candidate. Write it like headlines@2, or headlines@2=MODEL.")
    versions.get(copydesk.db, prompt, int(number))
    return Candidate(prompt=prompt, version=int(number), model=model or None)


def _baseline(copydesk: Copydesk, text: str, prompt: str, desk: str | None) -> Candidate:
    environment = _environment(text)
    if environment is None:
        return _candidate(copydesk, text)
    live = releases.live_at(copydesk.db, prompt, environment, desk, None)
    if live is None:
        raise BadInput(f"Nothing of {prompt} is live in {environment}, so there is no baseline.")
    return Candidate(prompt=prompt, version=live.version)


def _environment(text: str) -> Environment | None:
    return next((each for each in ENVIRONMENTS if each == text), None)


def _watched(copydesk: Copydesk, run: Run) -> Run:
    """Wait for a run and say how far it is."""
    future = copydesk.runs.get(run.id)
    at_terminal = sys.stderr.isatty()
    start = "\r" if at_terminal else ""
    while future is not None and not future.done():
        if at_terminal:
            # A log of CI would keep every one of these lines.
            click.echo(f"\r{_so_far(runs.get(copydesk.db, run.id))}", err=True, nl=False)
        time.sleep(_GLANCE)
    if future is not None:
        future.result()
    run = runs.get(copydesk.db, run.id)
    click.echo(f"{start}{_so_far(run)} · run {run.id}", err=True)
    return run


def _so_far(run: Run) -> str:
    return f"{run.done + run.failed:,} of {run.units:,} done, {run.failed:,} failed"


def _measure(name: str) -> Measure:
    try:
        return measure(name)
    except KeyError:
        known = ", ".join(MEASURES)
        raise BadInput(f"There is no measure {name!r}. There are {known}, flagged:CHECK and judge:CRITERION.") from None


def _compare(copydesk: Copydesk, run: Run, of: Measure) -> None:
    """Print what every candidate is like beside the baseline, in a sentence each."""
    results = entries.results(copydesk.db, run.id)
    plan = run.plan
    for place, candidate in enumerate(plan.candidates):
        if place == plan.baseline:
            continue
        asked = Question(plan.baseline, place, of, comparison.margin(of))
        found = comparison.compare(results, asked)
        label = plan.candidates[plan.baseline].label
        click.echo(wording.sentence(found, baseline=label, candidate=candidate.label))


def _verdict(copydesk: Copydesk, run: Run, desk: str | None) -> GateVerdict:
    candidate = run.plan.candidates[-1]
    if candidate.version is None:
        raise BadInput("A draft is held against no gate: save it as a version first.")
    place = Place(candidate.prompt, "production", desk)
    gate = rules.of(copydesk.settings.gates, candidate.prompt, place.environment)
    if gate is None:
        raise BadInput(f"No gate stands before {place.environment} for {candidate.prompt}.")
    if gate.set != run.plan.set_name:
        raise BadInput(f"The gate asks for a run on {gate.set}, and this one is on {run.plan.set_name}.")
    live = releases.live_at(copydesk.db, candidate.prompt, place.environment, desk, None)
    baseline = None if live is None or live.version == candidate.version else live.version
    return gated.verdict_on(copydesk.db, gate, run, place, candidate.version, baseline)


def _write(copydesk: Copydesk, run: Run, verdict: GateVerdict, junit: Path | None, markdown: Path | None) -> None:
    results = entries.results(copydesk.db, run.id)
    place = len(run.plan.candidates) - 1
    name = run.plan.candidates[place].label
    click.echo(verdict.sentence)
    for rule in verdict.rules:
        click.echo(f"  {rule.outcome}: {rule.words}. {rule.sentence}")
    for path, text in (
        (junit, reports.junit(verdict, results, candidate=place, name=name)),
        (markdown, reports.markdown(verdict, results, candidate=place, name=name)),
    ):
        if path is not None:
            path.write_text(text, encoding="utf-8")
