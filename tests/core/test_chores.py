import threading
from collections.abc import Callable, Generator

from core.chores import Chore, Chores, Lasting, Outcome
from core.errors import DatabaseError


def done(*chores: Chore, until: Callable[[Chores], bool]) -> Chores:
    """Chores that were at work until something is so."""
    keeper = Chores(chores)
    keeper.start()
    wait = threading.Event()
    while not until(keeper):
        assert not wait.wait(0.005)
    keeper.stop()
    return keeper


def failing(error: Exception) -> Callable[[], None]:
    def do() -> None:
        raise error

    return do


class TestChores:
    def test_are_done_again_and_again(self) -> None:
        times: list[int] = []
        done(Chore("count", 0.001, lambda: times.append(1)), until=lambda _: len(times) > 3)

    def test_one_that_has_more_to_do_goes_on_and_tells_only_its_end(self) -> None:
        left, told = [False, False, None], list[Outcome]()
        keeper = Chores(
            [Chore("long", 0.001, lambda: left.pop(0) if left else None)], tell=lambda _, how: told.append(how)
        )
        keeper.start()
        wait = threading.Event()
        while not told:
            assert not wait.wait(0.005)
        keeper.stop()
        assert left == []

    def test_tell_when_they_are_next_due(self) -> None:
        told = dict[str, Outcome]()
        keeper = Chores(
            [Chore("hourly", 3_600, lambda: None), Chore("fails", 3_600, failing(DatabaseError("Full.")))],
            tell=told.__setitem__,
        )
        keeper.start()
        wait = threading.Event()
        while len(told) < 2:
            assert not wait.wait(0.005)
        keeper.stop()
        waits = {name: how.next_at - how.at for name, how in told.items()}
        assert waits == {"hourly": 3_600_000, "fails": 60_000}

    def test_are_not_begun_after_the_stop(self) -> None:
        times: list[int] = []
        done(Chore("count", 0.001, lambda: times.append(1)), until=lambda _: bool(times))
        many = len(times)
        threading.Event().wait(0.02)
        assert len(times) == many

    def test_one_that_fails_says_why_and_keeps_none_of_the_others(self) -> None:
        times: list[int] = []
        keeper = done(
            Chore("fails", 0.001, failing(DatabaseError("The disk is full."))),
            Chore("breaks", 0.001, failing(RuntimeError("secret"))),
            Chore("count", 0.001, lambda: times.append(1)),
            until=lambda keeper: len(keeper.outcomes) == 3,
        )
        errors = {name: outcome.error for name, outcome in keeper.outcomes.items()}
        assert errors == {
            "fails": "The disk is full.",
            "breaks": "Copydesk failed at this: RuntimeError.",
            "count": None,
        }

    def test_the_stop_waits_for_what_is_under_way(self) -> None:
        begun, ended = threading.Event(), threading.Event()

        def slow() -> None:
            begun.set()
            threading.Event().wait(0.05)
            ended.set()

        keeper = Chores([Chore("slow", 1, slow)])
        keeper.start()
        assert begun.wait(5)
        keeper.stop()
        assert ended.is_set()

    def test_work_of_many_steps_is_gone_on_with_where_it_had_to_wait(self) -> None:
        done: list[str] = []

        def steps() -> Generator[bool]:
            for name in ("first", "wait", "last"):
                done.append(name)
                yield name != "wait"

        lasting = Lasting(steps)
        assert (lasting.turn(), done) == (False, ["first", "wait"])
        assert (lasting.turn(), done) == (True, ["first", "wait", "last"])
        lasting.close()

    def test_without_any_it_can_be_started_and_stopped(self) -> None:
        keeper = Chores([])
        keeper.stop()
        keeper = Chores([])
        keeper.start()
        keeper.stop()
