"""`rescore`: old headlines checked again, from the command line."""

import json
from contextlib import closing

from core import settings
from core.db import open_database
from tests.command_line import SAMPLE, printed, refusal, run
from tests.records import put, spoil


class TestRescore:
    def test_says_how_many_were_checked_again(self) -> None:
        printed("suggest", SAMPLE, "--desk", "local")
        assert run("rescore").stdout == "Checked again: 0 of 1 traces.\n1 have these checks and profiles already.\n"

    def test_as_json_counts(self) -> None:
        assert printed("rescore") == [{"seen": 0, "rescored": 0, "without_article": 0, "damaged": []}]

    def test_names_what_is_damaged_and_ends_with_1(self) -> None:
        with closing(open_database(settings.load().db)) as db:
            trace_id = put(db, "Bridge closes")
            spoil(db, trace_id)
        result = run("rescore", "--json")
        assert result.exit_code == 1
        assert json.loads(result.stdout)["damaged"] == [trace_id]
        assert (
            f"The texts of trace {trace_id} are damaged and cannot be read. It was not checked again." in result.stderr
        )
        assert "1 are damaged and were left as they are." in run("rescore").stdout

    def test_refuses_a_time_that_is_none_and_a_desk_that_is_not_there(self) -> None:
        assert "is no time" in refusal("rescore", "--since", "yesterday")
        assert "There is no desk 'gardening'" in refusal("rescore", "--desk", "gardening")
