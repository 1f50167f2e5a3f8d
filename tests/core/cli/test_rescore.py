"""`rescore`: old headlines checked again, from the command line."""

from tests.command_line import SAMPLE, printed, refusal, run


class TestRescore:
    def test_says_how_many_were_checked_again(self) -> None:
        printed("suggest", SAMPLE, "--desk", "local")
        assert (
            run("rescore").stdout
            == "Checked again: 0 of 1 traces. The others have these checks and profiles already.\n"
        )

    def test_as_json_counts(self) -> None:
        assert printed("rescore") == [{"seen": 0, "rescored": 0, "without_article": 0}]

    def test_refuses_a_time_that_is_none_and_a_desk_that_is_not_there(self) -> None:
        assert "is no time" in refusal("rescore", "--since", "yesterday")
        assert "There is no desk 'gardening'" in refusal("rescore", "--desk", "gardening")
