"""Runs lose their provider, their disk and their writer, say so, and do the rest when there is one again."""

import sys
from pathlib import Path

import pytest

from tests.core.evals.killed.house import AT_ONCE, Books, House, Nursery, built, until
from tests.provider import Provider

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="processes are forked")

# What counts as the disk is the size that one file may have, which a process can change for itself.
FILL_THE_DISK = """
import resource
from core.errors import CopydeskError
from core.evals.running import runs

def full(yes):
    hard = resource.getrlimit(resource.RLIMIT_FSIZE)[1]
    resource.setrlimit(resource.RLIMIT_FSIZE, (order["bytes"] if yes else hard, hard))

full(True)
reported = 0
future = copydesk.runs.resume(order["run"])
while not future.done():
    reported = runs.get(copydesk.db, order["run"]).done
try:
    say(future.result().why)
except CopydeskError as error:
    say(error.message)
full(False)
say(reported)
say(runs.get(copydesk.db, order["run"]).done)
ended = copydesk.runs.resume(order["run"]).result()
say(ended.status)
"""

# An exception from nowhere, wherever the thread is at that moment.
STRIKE_THE_WRITER = """
import ctypes, threading, time
from core.evals.running import runs

class Struck(Exception):
    pass

threading.excepthook = lambda _: None
future = copydesk.runs.resume(order["run"])
while not runs.get(copydesk.db, order["run"]).done:
    time.sleep(0.001)
time.sleep(order["seconds"])
(writer,) = (thread for thread in threading.enumerate() if thread.name == "copydesk-writer")
ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(writer.ident), ctypes.py_object(Struck))
future.exception(30)
ended = runs.get(copydesk.db, order["run"])
say(ended.status)
say(ended.why)
say(ended.process)
say(copydesk.runs.resume(order["run"]).result(30).status)
"""


class TestAnOutageOfTheProvider:
    def test_leaves_failures_that_are_made_good_alone(self, nursery: Nursery, tmp_path: Path) -> None:
        with Provider(latency=0.04) as provider:
            house = built(tmp_path, provider)
            child = nursery.start(house)
            until(lambda: house.results() > 5)
        # Nobody listens on the port any more: what is left fails, and the run comes to its end.
        assert child.said() == ["done"]
        failed = house.count("select count(*) from eval_results where outcome = 'failed'")
        assert 0 < failed < house.results() == house.run.units
        with Provider(latency=0.04, port=provider.port) as back:
            assert nursery.start(house, again=True).said() == ["done"]
            assert len(back.seen) == failed
            house.provider.seen += back.seen
        Books(house).balance()


class TestAFullDisk:
    @pytest.mark.parametrize("room", [40_000, 200_000, 400_000])
    def test_stops_the_run_with_a_sentence_and_it_goes_on_in_the_same_process_when_there_is_room(
        self, nursery: Nursery, house: House, room: int
    ) -> None:
        why, acknowledged, on_record, status = nursery.start(house, FILL_THE_DISK, bytes=room).said()
        assert why.startswith("The disk that holds the database refuses to write or read: it is full")
        assert acknowledged <= on_record < house.run.units
        assert status == "done"
        assert house.results() == house.run.units


class TestAWriterThatDies:
    @pytest.mark.parametrize("seconds", [0.05, 0.2])
    def test_stops_the_run_and_the_next_one_in_the_same_process_does_the_rest(
        self, nursery: Nursery, house: House, seconds: float
    ) -> None:
        status, why, process, again = nursery.start(house, STRIKE_THE_WRITER, seconds=seconds).said()
        assert (status, process, again) == ("stopped", None, "done")
        assert why
        assert house.results() == house.run.units
        assert len(house.provider.seen) <= house.run.units + 2 * AT_ONCE
