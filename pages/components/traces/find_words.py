"""The filters of a search in words."""

from collections.abc import Mapping

from core import clock
from core.traces.finding.choices import Part
from pages.components.formats import duration, money, version_fact

KINDS: Mapping[str, str] = {
    "environment": "Environment",
    "desk": "Desk",
    "prompt": "Prompt",
    "version": "Version",
    "model": "Model",
    "status": "Status",
    "check": "Check that fired",
    "severity": "Severity of a flag",
    "feedback": "Feedback",
    "source": "Asked from",
    "person": "Asked by",
}
PERIODS = {"24h": "24 hours", "7d": "7 days", "30d": "30 days"}
ORDERS = {"newest": "Newest first", "cost": "Dearest first", "duration": "Slowest first"}
FINISHED = "finished"
WITHOUT_MACHINES = "without judges, evals and trials"

_KINDS_SHORT = KINDS | {"check": "Check", "severity": "Flag", "person": "By", "source": "From"}


def value(kind: str, chosen: str) -> str:
    """A value of a filter as a person says it."""
    if kind == "version":
        return version_fact(chosen)
    return chosen.replace("_", " ") if kind in ("feedback", "check") else chosen


def part(part: Part) -> str:
    """One filter: Desk sport, last 24 hours, at least $0.01."""
    said = str(part.value)
    if part.name == "text":
        return f"“{said}”"
    if part.name == "period":
        return f"last {PERIODS[said]}"
    if part.name in ("since", "until"):
        moment = clock.as_datetime(int(part.value))
        shown = (
            f"{moment:%d %b %Y}" if moment.hour == moment.minute == moment.second == 0 else f"{moment:%d %b %Y, %H:%M}"
        )
        return f"{'from' if part.name == 'since' else 'before'} {shown} UTC"
    if part.name == "min_cost":
        return f"at least {money(float(part.value))}"
    if part.name == "min_ms":
        return f"at least {duration(float(part.value))}"
    return f"{_KINDS_SHORT[part.name]} {value(part.name, said)}"


def kind(name: str) -> str:
    """A kind of filter, in the middle of a sentence."""
    alone = {
        "text": "the words", "period": "the period", "since": "the beginning", "until": "the end", "min_cost": "the cost",
        "min_ms": "the time it took",
    }  # fmt: skip
    return alone.get(name) or f"the {KINDS[name].lower()}"
