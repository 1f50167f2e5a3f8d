"""`suggest`: headlines for an article in a file or on standard input."""

import json
import sys
from typing import NoReturn, TextIO

import click

from core.cli.session import BAD_INPUT, leave, opened
from core.headlines.request import Request, Suggestions
from core.prompts.releases import ENVIRONMENTS

_EXIT_CODES = {"valid": 0, "repaired": 0, "incomplete": 3, "failed": 4, "interrupted": 4}


@click.command()
@click.argument("file", type=click.File("r", encoding="utf-8"), default="-")
@click.option("--desk", required=True, help="The desk that asks, such as sport.")
@click.option("--channel", default="web", show_default=True, help="Where it will stand; decides the character limit.")
@click.option("--language", help="The article's language, such as en. Guessed without it.")
@click.option("--prompt", default="headlines", show_default=True)
@click.option("--version", type=int, help="A version of the prompt. Without it: what the environment serves.")
@click.option("--model", help="A model on offer. Without it: the version's own.")
@click.option("--count", type=int, help="How many headlines. Without it: what the prompt's contract says.")
@click.option("--environment", type=click.Choice(ENVIRONMENTS), help="Without it: that of this installation.")
@click.option("--request-id", help="Your id of this request. A repeat gets the same answer.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def suggest(file: TextIO, environment: str | None, as_json: bool, **asked: object) -> NoReturn:
    """Suggest headlines for the article in FILE, or on standard input.

    Ends with 0 if the headlines keep the contract (valid or repaired), 3 if there are fewer than asked for (incomplete),
    4 if there are none (failed), 2 if the request itself is wrong.
    """
    try:
        article = file.read()
    except UnicodeDecodeError:
        leave("The article is not UTF-8 text.", BAD_INPUT)
    with opened() as copydesk:
        environment = environment or copydesk.settings.environment
        request = Request(article=article, environment=environment, source="cli", **asked)  # pyright: ignore[reportArgumentType]
        suggestions = copydesk.suggest(request)
    answer(suggestions, as_json=as_json)


def answer(suggestions: Suggestions, *, as_json: bool) -> NoReturn:
    """Print the headlines and end with the exit code that tells what became of the request."""
    if as_json:
        click.echo(_json(suggestions))
    else:
        _print_suggestions(suggestions)
    line = suggestions.trace
    sys.exit(BAD_INPUT if line.error_kind in ("bad_input", "not_found") else _EXIT_CODES[line.status])


def _json(suggestions: Suggestions) -> str:
    line = suggestions.trace
    said = {
        "trace": line.id,
        "status": line.status,
        "headlines": suggestions.texts,
        "asked": line.asked,
        "limit": suggestions.limit,
        "prompt": line.prompt,
        "version": line.version,
        "model": line.model,
        "answered_by": line.answered_by,
        "attempts": line.attempts,
        "duration_ms": line.duration_ms,
        "cost_usd": line.cost,
        "error": line.error_kind and {"kind": line.error_kind, "message": line.error},
    }
    return json.dumps(said, ensure_ascii=False)


def _print_suggestions(suggestions: Suggestions) -> None:
    line = suggestions.trace
    for text in suggestions.texts:
        click.echo(text)
    if line.error:
        click.echo(line.error, err=True)
    version = f"{line.prompt} {line.version}" if line.version else line.prompt
    click.echo(
        f"{line.status}: {line.given} of {line.asked or '?'} · {version} · {line.model} · trace {line.id}", err=True
    )
