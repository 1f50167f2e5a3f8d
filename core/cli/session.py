"""What every command starts and ends with: an open installation, who is asking, an exit code."""

import getpass
import sys
from collections.abc import Sequence
from datetime import datetime
from typing import Any, NoReturn

import click

from core import clock, settings
from core.copydesk import Copydesk, open_copydesk
from core.db import Database
from core.errors import BadInput, NotFound
from core.prompts import versions
from core.prompts.releases import ENVIRONMENTS

DAMAGED = 1
BAD_INPUT = 2


def opened() -> Copydesk:
    """This installation; its settings come from the environment and `.env`."""
    return open_copydesk(settings.load())


def leave(message: str, code: int) -> NoReturn:
    """End with a sentence on standard error."""
    click.echo(message, err=True)
    sys.exit(code)


def name_damaged(traces: Sequence[str], what: str) -> None:
    """Name the traces whose texts cannot be read, on standard error, and say what became of them."""
    for trace in traces:
        click.echo(f"The texts of trace {trace} are damaged and cannot be read. {what}", err=True)


def author(function: Any) -> Any:
    """`--author`: the person whose name a change bears."""
    return click.option("--author", default=_login, show_default="your login", help="Who decides this.")(function)


def as_json(function: Any) -> Any:
    """`--json`: for programs."""
    return click.option("--json", "as_json", is_flag=True, help="Print one JSON object a line.")(function)


def chosen(db: Database, prompt: str | None) -> list[str]:
    """The prompt of this name, or all there are; `NotFound` if there is none."""
    names = versions.prompts(db)
    if prompt is None:
        return names
    if prompt not in names:
        raise NotFound(f"There is no prompt {prompt!r}; there are {', '.join(names)}.")
    return [prompt]


def place(function: Any) -> Any:
    """`--environment` and `--desk`: where a version is live."""
    of_desk = click.option("--desk", help="One desk. Without it: all desks.")
    in_environment = click.option(
        "--environment", type=click.Choice(ENVIRONMENTS), default="production", show_default=True
    )
    return in_environment(of_desk(function))


def moment(milliseconds: int) -> str:
    """A stored time in the time zone of this machine, as `milliseconds` reads it."""
    return clock.as_datetime(milliseconds).astimezone().isoformat(sep=" ", timespec="seconds")


def milliseconds(text: str) -> int:
    """A time that a person wrote, such as `2026-11-17 14:00`, in the time zone of this machine unless it names one.

    It is the end of that second, so that a time from a list finds what happened then.
    """
    time = _time(text)
    return int(time.timestamp()) * 1000 + (time.microsecond // 1000 or 999)


def beginning(text: str) -> int:
    """The same, but the beginning of that second: where one stretch of time ends and the next begins."""
    time = _time(text)
    return int(time.timestamp()) * 1000 + time.microsecond // 1000


def _time(text: str) -> datetime:
    try:
        return datetime.fromisoformat(text).astimezone()
    except (ValueError, OverflowError, OSError):
        raise BadInput(f"{text!r} is no time. Write it like 2026-11-17 14:00.") from None


def _login() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        # In a container, the user may have no name.
        raise BadInput("This machine does not know who you are. Say it with --author.") from None
