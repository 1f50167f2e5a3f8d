"""How a call is spoken of, wherever it is: where it came from, what it asked, when."""

from collections.abc import Mapping

from core.evals import pairing
from core.headlines.language import language_name
from core.traces.model import Source, TraceLine
from pages.components.formats import prompt_version

_FROM: Mapping[Source, str] = {
    "playground": "in the playground",
    "api": "through the API",
    "cli": "on the command line",
    "judge": "to judge a set",
    "eval": "for an evaluation",
    "trial": "to try a draft",
    "replay": "as a replay of an earlier call",
}


def asked_from(line: TraceLine) -> str:
    """Where a call came from, or what for."""
    return "for a blind comparison" if pairing.is_blind(line) else _FROM[line.source]


def asked(line: TraceLine) -> str:
    """Who asked, from where, and for what, in a sentence."""
    by = f" by {line.person}" if line.person else ""
    spoken = line.language and language_name(line.language)
    about = f", about an article in {spoken}" if spoken else ""
    return f"Asked{by} {asked_from(line)}, for the {line.desk} desk and the channel {line.channel}{about}."


def called(line: TraceLine) -> str:
    """A call by what answered it: the prompt version and the model."""
    version = (
        f"{line.prompt}, a draft"
        if line.version is None and line.attempts
        else prompt_version(line.prompt, line.version)
    )
    return f"{version}, {line.answered_by or line.model or 'no model'}"


def address(trace_id: str) -> dict[str, str]:
    """The address of a trace on its screen."""
    return {"trace": trace_id}
