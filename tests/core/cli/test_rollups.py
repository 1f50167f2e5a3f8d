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

    def test_that_know_what_an_older_copydesk_erased_are_no_fault(self) -> None:
        trace = printed("suggest", SAMPLE, "--desk", "local")[0]["trace"]
        printed("feedback", "give", trace, "edited", "--position", "1", "--text", "Bridge shut", "--author", "Ada")
        assert run("erase", "trace", trace, "--reason", "So.", "--author", "Ada").exit_code == 0
        assert run("rollups", "check").stderr == "All sums say what the record says.\n"
        with closing(open_database(settings.load().db)) as db:
            db.write(lambda connection: connection.execute("delete from edit_efforts"))
        result = run("rollups", "check")
        assert result.exit_code == 0
        assert "edited words in the sums, 0 on record" in result.stdout
        assert "2 sums know how much was edited in headlines whose texts are gone since" in result.stderr

    def test_are_counted_anew(self) -> None:
        spoilt()
        assert run("rollups", "rebuild").exit_code == 0
        assert run("rollups", "check").exit_code == 0
