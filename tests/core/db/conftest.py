"""Other interpreters for the tests of the database: what several processes do can only be shown with processes."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]

Process = subprocess.Popen[str]
Start = Callable[..., Process]


@pytest.fixture
def start() -> Iterator[Start]:
    """Start a program in an interpreter of its own; whatever still runs at the end of the test is killed."""
    yield from _starting()


@pytest.fixture(scope="module")
def start_once() -> Iterator[Start]:
    """The same for a process that several tests look at."""
    yield from _starting()


def _starting() -> Iterator[Start]:
    started: list[Process] = []

    def run(program: str, *arguments: object) -> Process:
        process = subprocess.Popen(
            [sys.executable, "-c", program, *map(str, arguments)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        )
        started.append(process)
        return process

    yield run
    for process in started:
        process.kill()
        process.wait()
        for pipe in (process.stdin, process.stdout, process.stderr):
            assert pipe
            pipe.close()
