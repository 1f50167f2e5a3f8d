"""A process is alive until it ends, however it ends: the operating system says so, not a number that is given again."""

import subprocess
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from core.db.liveness import Liveness

MARK_AND_WAIT = """
import sys
from pathlib import Path
from core.db.liveness import Liveness
mark = Liveness(Path(sys.argv[1]))
print(mark.process, flush=True)
sys.stdin.read()
"""

MARK_AND_RELEASE = """
import sys
from pathlib import Path
from core.db.liveness import Liveness
mark = Liveness(Path(sys.argv[1]))
mark.release()
print(mark.process, flush=True)
sys.stdin.read()
"""


class Other:
    """Another interpreter with a mark of its own in the folder."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process
        assert process.stdout
        self.name = process.stdout.readline().strip()
        assert self.name

    def kill(self) -> None:
        self._process.kill()
        self._process.wait()

    def end(self) -> None:
        assert self._process.stdin
        self._process.stdin.close()
        self._process.wait()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "copydesk.db.processes"


@pytest.fixture
def mine(folder: Path) -> Iterator[Liveness]:
    mark = Liveness(folder)
    yield mark
    mark.release()


@pytest.fixture
def other(folder: Path, start: Callable[..., subprocess.Popen[str]]) -> Other:
    return Other(start(MARK_AND_WAIT, folder))


class TestAnotherProcess:
    def test_is_alive_while_it_runs(self, mine: Liveness, other: Other) -> None:
        assert not mine.is_dead(other.name)

    def test_is_alive_and_keeps_its_file_however_often_it_is_asked_about(
        self, mine: Liveness, other: Other, folder: Path
    ) -> None:
        assert [mine.is_dead(other.name) for _ in range(3)] == [False] * 3
        assert (folder / f"{other.name}.lock").exists()

    def test_is_dead_once_it_was_killed_and_stays_dead(self, mine: Liveness, other: Other) -> None:
        other.kill()
        assert [mine.is_dead(other.name) for _ in range(3)] == [True] * 3

    def test_is_dead_once_it_ended_by_itself(self, mine: Liveness, other: Other) -> None:
        other.end()
        assert mine.is_dead(other.name)

    def test_leaves_no_file_behind_once_it_is_found_dead(self, mine: Liveness, other: Other, folder: Path) -> None:
        other.kill()
        assert (folder / f"{other.name}.lock").exists()
        mine.is_dead(other.name)
        assert [path.name for path in folder.iterdir()] == [f"{mine.process}.lock"]

    def test_that_released_its_mark_is_dead_to_others(
        self, mine: Liveness, folder: Path, start: Callable[..., subprocess.Popen[str]]
    ) -> None:
        released = Other(start(MARK_AND_RELEASE, folder))
        assert mine.is_dead(released.name)

    def test_that_nobody_ever_heard_of_is_dead(self, mine: Liveness) -> None:
        assert mine.is_dead("0" * 32)


class TestTwoThatLookAtOnce:
    def test_do_not_take_each_other_for_who_is_dead(self, mine: Liveness) -> None:
        with ThreadPoolExecutor(4) as threads:
            for number in range(100):
                assert list(threads.map(mine.is_dead, [f"dead-{number}"] * 4)) == [True] * 4


class TestThisProcess:
    def test_is_alive(self, mine: Liveness) -> None:
        assert not mine.is_dead(mine.process)

    def test_is_alive_to_a_second_database_in_it(self, mine: Liveness, folder: Path) -> None:
        second = Liveness(folder)
        assert not second.is_dead(mine.process)
        second.release()

    def test_has_marks_that_live_by_themselves(self, mine: Liveness, folder: Path) -> None:
        run = Liveness(folder)
        assert not mine.is_dead(run.process)
        run.release()
        assert mine.is_dead(run.process)

    def test_removes_its_file_when_it_releases_its_mark(self, folder: Path) -> None:
        Liveness(folder).release()
        assert list(folder.iterdir()) == []

    def test_has_a_new_name_each_time(self, mine: Liveness, folder: Path) -> None:
        second = Liveness(folder)
        assert second.process != mine.process
        second.release()
