"""One warm process from which others are forked, and for each test a newsroom with a run that nobody has begun."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.core.evals.killed.house import NURSERY, PATIENCE, House, Nursery, built
from tests.provider import Provider


@pytest.fixture(scope="session")
def nursery(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Nursery]:
    folder = tmp_path_factory.mktemp("nursery")
    environment = {name: value for name, value in os.environ.items() if not name.startswith("COPYDESK_")}
    process = subprocess.Popen(
        [sys.executable, "-c", NURSERY], cwd=folder, env=environment | {"PYTHONPATH": str(ROOT)},
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert process.stdin
    assert process.stdout
    assert process.stdout.readline() == "warm\n"
    yield Nursery(process, folder)
    process.stdin.close()
    process.wait(PATIENCE)
    process.stdout.close()


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    with Provider(latency=0.04) as provider:
        yield built(tmp_path, provider)
