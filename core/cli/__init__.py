"""The command line. What it prints can be read by a person, or, with `--json`, by a program."""

import io
import sys
from typing import Any

import click

from core.cli.audit import audit
from core.cli.backup import backup, restore
from core.cli.check import check
from core.cli.doctor import doctor_command
from core.cli.erase import erase
from core.cli.eval import eval_command
from core.cli.evals import evals
from core.cli.feedback import feedback
from core.cli.judge import compare, judge
from core.cli.profiles import profiles
from core.cli.prompts import prompts
from core.cli.releases import releases
from core.cli.rescore import rescore_command
from core.cli.retention import retention_command
from core.cli.review import review
from core.cli.rollups import rollups
from core.cli.session import BAD_INPUT, leave
from core.cli.suggest import suggest
from core.cli.traces import traces
from core.errors import CopydeskError
from core.prompts.content import is_whole


class _Commands(click.Group):
    """Ends with a sentence where anything in Copydesk says what is wrong."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        broken = next((each for each in args if not is_whole(each)), None)
        if broken is not None:
            leave(f"{broken!a} is not UTF-8 text.", BAD_INPUT)
        return super().parse_args(ctx, args)

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except CopydeskError as error:
            leave(error.message, BAD_INPUT)


def main() -> None:
    for stream in (sys.stdout, sys.stderr):
        # Headlines are UTF-8 whatever this machine's own encoding is; a pipe on Windows has another.
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    commands(prog_name="python -m core")


@click.group(cls=_Commands)
def commands() -> None:
    """Copydesk: headline suggestions under editorial control."""


for command in (
    suggest, check, profiles, rescore_command, judge, compare, traces, feedback, review, prompts, releases, evals,
    eval_command, audit, backup, restore, erase, retention_command, doctor_command, rollups,
):  # fmt: skip
    commands.add_command(command)
