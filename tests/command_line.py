"""The command line as a test calls it: in this process, or as CI does, in one of its own."""

import json
import os
import subprocess
import sys
from typing import Any

from click.testing import CliRunner, Result

from core.cli import commands
from tests.conftest import ROOT

SAMPLE = str(ROOT / "prompts" / "samples" / "local-harbour-bridge.en.txt")


def run(*arguments: str, given: str | bytes | None = None) -> Result:
    return CliRunner().invoke(commands, arguments, input=given)


def printed(*arguments: str) -> list[Any]:
    """The objects that a command prints with `--json`, one a line."""
    result = run(*arguments, "--json")
    assert result.exit_code == 0, result.output
    return [json.loads(line) for line in result.stdout.splitlines()]


def refusal(*arguments: str) -> str:
    """The one sentence with which a command that cannot be done ends."""
    result = run(*arguments)
    assert (result.exit_code, result.stdout) == (2, ""), result.output
    assert isinstance(result.exception, SystemExit)
    (sentence,) = result.stderr.splitlines()
    return sentence


def call(
    *arguments: str | bytes, given: bytes | None = None, user: int | None = None, **environment: str
) -> subprocess.CompletedProcess[bytes]:
    """`python -m core`, in a process of its own."""
    command = [sys.executable, "-m", "core", *arguments]
    return subprocess.run(
        command,
        cwd=ROOT,
        input=given,
        user=user,
        env=os.environ | environment,
        capture_output=True,
        timeout=60,
        check=False,
    )


def said(result: subprocess.CompletedProcess[bytes]) -> tuple[int, str, str]:
    """The exit code and both streams, as UTF-8."""
    return result.returncode, result.stdout.decode(), result.stderr.decode()
