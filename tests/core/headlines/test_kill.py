"""Copydesk is killed in the middle of 200 calls, and afterwards the record knows of every request that left.

A real process, a real `kill -9`, a provider over real HTTP in this one: nothing gets the chance to tidy up.
"""

import os
import re
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest

from core.copydesk import open_copydesk
from core.settings import Settings
from core.traces import record
from core.traces.finding import search
from core.traces.model import Trace
from tests.conftest import ROOT
from tests.provider import Provider

CALLS = 200
PATIENCE = 40

# Half of them are streamed, as the screens do it, and half are not, as the API does it.
NEWSROOM = f"""
import asyncio
from core import settings
from core.copydesk import open_copydesk
from core.headlines import Request

copydesk = open_copydesk(settings.load())

def wish(number):
    article = f"marker-{{number:04}} The harbour bridge closes for eleven weeks from Monday, the town council said."
    return Request(article=article, desk="local", language="en", model="ok", source="api")

async def ask_all():
    await asyncio.gather(*(copydesk.suggest_async(wish(number)) for number in range(0, {CALLS}, 2)))

streamed = [copydesk.start(wish(number)) for number in range(1, {CALLS}, 2)]
asyncio.run(ask_all())
for running in streamed:
    running.result()
print("nobody killed me")
"""


@dataclass(frozen=True)
class Moment:
    """When to kill: once so many requests reached the provider, or so many traces are closed."""

    requests: int = 0
    closed: int = 0

    def __str__(self) -> str:
        return f"{self.closed}-traces-closed" if self.closed else f"{self.requests}-requests-out"


@dataclass(frozen=True)
class Aftermath:
    """What the provider saw, and what the next start of Copydesk finds."""

    asked: set[str]
    found: list[Trace]
    path: Path

    @property
    def closed(self) -> list[Trace]:
        return [trace for trace in self.found if trace.line.status != "interrupted"]

    @property
    def interrupted(self) -> list[Trace]:
        return [trace for trace in self.found if trace.line.status == "interrupted"]


@pytest.fixture(scope="module", params=[Moment(1), Moment(40), Moment(120), Moment(199), Moment(closed=60)], ids=str)
def aftermath(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Aftermath:
    """Start 200 calls, kill the process at the moment, start again. Done once for all who look at it."""
    moment: Moment = request.param
    folder = tmp_path_factory.mktemp("killed")
    path, models = folder / "copydesk.db", folder / "models.yml"
    with Provider(latency=0.3) as provider:
        provider.write_models(models, "ok")
        environment = {name: value for name, value in os.environ.items() if not name.startswith("COPYDESK_")}
        environment |= {"PYTHONPATH": str(ROOT), "COPYDESK_DB": str(path), "COPYDESK_MODELS": str(models)}
        process = subprocess.Popen(
            [sys.executable, "-c", NEWSROOM], cwd=folder, env=environment, stdout=subprocess.PIPE
        )
        try:
            _wait_for(
                lambda: (
                    process.poll() is not None
                    or (len(provider.seen) >= moment.requests and _closed(path) >= moment.closed)
                )
            )
        finally:
            process.kill()
            said, _ = process.communicate()
        assert (process.returncode, said) == (-signal.SIGKILL, b""), "the process ended before it could be killed"
        # What the process had sent already still trickles in.
        _wait_until_still(lambda: len(provider.seen))
        asked = {_marker(seen.body["messages"][-1]["content"]) for seen in provider.seen}
    with open_copydesk(Settings(db=path, models=models)) as copydesk:  # pyright: ignore[reportCallIssue]
        found = [record.get(copydesk.db, line.id) for line in search.page(copydesk.db, limit=2 * CALLS).lines]
    return Aftermath(asked, found, path)


class TestKilledInTheMiddleOf200Calls:
    def test_every_request_that_reached_the_provider_is_on_record_once(self, aftermath: Aftermath) -> None:
        on_record = [_marker(trace.article or "") for trace in aftermath.found]
        assert aftermath.asked
        assert aftermath.asked <= set(on_record)
        assert len(on_record) == len(set(on_record))

    def test_what_was_open_is_interrupted_at_the_next_start(self, aftermath: Aftermath) -> None:
        assert {trace.line.status for trace in aftermath.found} <= {"valid", "interrupted"}
        assert aftermath.interrupted

    def test_what_was_closed_has_its_attempt_its_answer_and_all_ten_headlines(self, aftermath: Aftermath) -> None:
        for trace in aftermath.closed:
            assert _marker(trace.article or "") in aftermath.asked
            assert trace.line.given == len(trace.headlines) == trace.line.asked == 10
            assert trace.line.attempts == len(trace.attempts) == 1
            assert trace.attempts[0].answer
            assert trace.line.duration_ms

    def test_what_was_interrupted_has_all_that_went_in_and_no_headline(self, aftermath: Aftermath) -> None:
        for trace in aftermath.interrupted:
            assert _marker(trace.messages[-1]["content"]) == _marker(trace.article or "")
            assert trace.line.attempts == len(trace.attempts) <= 1
            assert (trace.line.given, list(trace.headlines), list(trace.rejections)) == (0, [], [])
            assert (trace.line.error_kind, bool(trace.line.error)) == ("interrupted", True)

    def test_the_file_is_sound_and_every_row_has_its_body(self, aftermath: Aftermath) -> None:
        with closing(sqlite3.connect(aftermath.path)) as connection:
            assert connection.execute("pragma integrity_check").fetchall() == [("ok",)]
            assert connection.execute("pragma foreign_key_check").fetchall() == []
            for rows, bodies in (("traces", "trace_bodies"), ("attempts", "attempt_bodies")):
                counts = [connection.execute(f"select count(*) from {table}").fetchone() for table in (rows, bodies)]
                assert counts[0] == counts[1]


def _marker(text: str) -> str:
    match = re.search(r"marker-\d{4}", text)
    assert match, text
    return match[0]


def _closed(path: Path) -> int:
    """How many traces are closed, read while the other process writes."""
    if not path.exists():
        return 0
    with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as connection:
        try:
            return connection.execute("select count(*) from traces where status != 'open'").fetchone()[0]
        except sqlite3.OperationalError:
            return 0  # the other process is still setting the file up


def _wait_for(happened: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not happened():
        assert time.monotonic() < deadline, "the moment to kill never came"
        time.sleep(0.001)


def _wait_until_still(count: Callable[[], int]) -> None:
    before = -1
    while (now := count()) != before:
        before = now
        time.sleep(0.2)
