"""`rollups`: the sums of hours and days looked after, from the command line."""

from contextlib import closing

from core import settings
from core.db import open_database
from tests.command_line import SAMPLE, printed, run


def spoilt() -> None:
    printed("suggest", SAMPLE, "--desk", "local")
    with closing(open_database(settings.load().db)) as db:
        db.write(lambda connection: connection.execute("update rollups set calls = 7"))


class TestRollups:
    def test_that_hold_are_told_so(self) -> None:
        printed("suggest", SAMPLE, "--desk", "local")
        result = run("rollups", "check")
        assert (result.exit_code, result.stdout) == (0, "")
        assert result.stderr == "All sums say what the record says.\n"

    def test_that_differ_are_named(self) -> None:
        spoilt()
        result = run("rollups", "check")
        assert result.exit_code == 1
        assert "local, headlines 2, cli: 7 calls in the sums, 1 on record." in result.stdout
        assert "rollups rebuild" in result.stderr

    def test_are_counted_anew(self) -> None:
        spoilt()
        assert run("rollups", "rebuild").exit_code == 0
        assert run("rollups", "check").exit_code == 0
