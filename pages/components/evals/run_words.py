"""What runs and their candidates are called, the same on every screen."""

from collections import Counter

from core.copydesk import Copydesk
from core.evals.running import runs
from core.evals.running.plan import Candidate, Plan
from core.evals.running.runs import Run
from pages.components.link_table import Tone

_TONES: dict[str, Tone] = {
    "waiting": "gray",
    "running": "blue",
    "done": "green",
    "cancelled": "gray",
    "stopped": "orange",
    "interrupted": "red",
}
MEANINGS = {
    "waiting": "Nothing of it has begun yet.",
    "running": "It is being carried out.",
    "done": "Everything was tried.",
    "cancelled": "Somebody cancelled it. What it has is kept.",
    "stopped": "It could not go on. What it has is kept.",
    "interrupted": "The Copydesk that carried it out was stopped. What it has is kept.",
}


def status(copydesk: Copydesk, run: Run) -> str:
    """The status of a run, *interrupted* where nobody carries it out any more."""
    return "interrupted" if _is_left(copydesk, run) else run.status


def tone(status: str, run: Run) -> Tone:
    """The colour of a status; a run of which something failed is not simply done."""
    return "orange" if status == "done" and run.failed else _TONES[status]


def settled(copydesk: Copydesk, run: Run) -> Run:
    """The run as it is now, if it ended since it was read: its end is on record before its mark is given up."""
    return runs.get(copydesk.db, run.id) if _is_left(copydesk, run) else run


def _is_left(copydesk: Copydesk, run: Run) -> bool:
    return run.status == "running" and (run.process is None or copydesk.db.liveness.is_dead(run.process))


def is_under_way(copydesk: Copydesk, run: Run) -> bool:
    """Whether this process or another one carries a run out."""
    return copydesk.runs.get(run.id) is not None or status(copydesk, run) == "running"


def names(plan: Plan) -> list[str]:
    """What the candidates are called in a sentence: "version 2"; with prompt and model only where these differ."""
    several_prompts = len({each.prompt for each in plan.candidates}) > 1
    several_models = len({each.model for each in plan.candidates}) > 1
    found = [_name(each, prompt=several_prompts, model=several_models) for each in plan.candidates]
    twice = {name for name, times in Counter(found).items() if times > 1}
    return [f"{name} (candidate {place})" if name in twice else name for place, name in enumerate(found, 1)]


def set_version(plan: Plan) -> str:
    return f"{plan.set_name} {plan.set_number}"


def title(run: Run) -> str:
    """The run in a line: what was run on what."""
    words = f"{_listed(names(run.plan))} on {set_version(run.plan)}"
    return words[0].upper() + words[1:]


def _name(candidate: Candidate, *, prompt: bool, model: bool) -> str:
    if candidate.version is None:
        what = f"a draft of {candidate.prompt}" if prompt else "the draft"
    else:
        what = f"{candidate.prompt} {candidate.version}" if prompt else f"version {candidate.version}"
    return f"{what} on {candidate.model or 'its own model'}" if model else what


def _listed(words: list[str]) -> str:
    return " and ".join([", ".join(words[:-1]), words[-1]]) if len(words) > 1 else words[0]
