"""Those who write take turns, whichever process they are in."""

import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest

from core.db.turns import Turns
from core.errors import DatabaseError

PATIENCE = 10


class TestTurns:
    def test_are_one_at_a_time(self, tmp_path: Path) -> None:
        at_work: list[str] = []
        most: list[int] = []

        def work(name: str) -> None:
            with closing(Turns(tmp_path / "copydesk.db")) as turns:
                for _ in range(200):
                    with turns:
                        at_work.append(name)
                        most.append(len(at_work))
                        at_work.remove(name)

        with ThreadPoolExecutor(3) as threads:
            list(threads.map(work, ["one", "other", "third"]))
        assert (len(most), set(most)) == (600, {1})

    def test_go_to_whoever_waits_once_their_holder_is_gone(self, tmp_path: Path) -> None:
        holder, other = Turns(tmp_path / "copydesk.db"), Turns(tmp_path / "copydesk.db")
        entered = threading.Event()

        def wait() -> None:
            with other:
                entered.set()

        holder.__enter__()
        waiting = threading.Thread(target=wait)
        waiting.start()
        assert not entered.is_set()
        holder.close()
        assert entered.wait(PATIENCE)
        waiting.join(PATIENCE)
        other.close()

    def test_are_taken_again_after_an_error(self, tmp_path: Path) -> None:
        with closing(Turns(tmp_path / "copydesk.db")) as turns, closing(Turns(tmp_path / "copydesk.db")) as other:
            try:
                with turns:
                    raise ValueError
            except ValueError:
                pass
            with other:
                pass

    def test_are_not_waited_for_without_end(self, tmp_path: Path) -> None:
        holder = Turns(tmp_path / "copydesk.db")
        with closing(Turns(tmp_path / "copydesk.db", patience=0.05)) as other:
            with holder, pytest.raises(DatabaseError, match=r"for 0\.05 seconds"), other:
                pass
            # Nor does whoever gave up stand in the way of others, or of itself.
            for turns in (holder, other):
                with turns:
                    pass
        holder.close()

    def test_without_a_place_for_their_file_are_told(self, tmp_path: Path) -> None:
        with pytest.raises(DatabaseError, match=r"copydesk\.db\.turn\.lock"), Turns(tmp_path / "none" / "copydesk.db"):
            pass
