"""The Evals screen in Streamlit's own test runner: what it says of nothing, of a run, and of what cannot be."""

from core.copydesk import shared
from core.evals import runs
from tests.pages.eval_runs import BOTH, finished, put_set
from tests.pages.test_screens import screen, sentences


class TestRuns:
    def test_of_which_there_are_none_say_what_will_be_here(self) -> None:
        assert "Every run will stand here" in sentences(screen("evals.py"))

    def test_without_a_set_lead_to_one(self) -> None:
        assert "A run needs a set of articles first" in sentences(screen("evals.py", view="start"))

    def test_that_are_not_there_are_told(self) -> None:
        assert "There is no run" in screen("evals.py", run="**none**").error[0].value

    def test_that_are_done_say_so(self) -> None:
        put_set(shared(), many=2)
        run = finished(shared())
        at = screen("evals.py", run=run.id)
        assert not at.exception
        assert [metric.value for metric in at.metric][:2] == ["4 of 4", "0"]


class TestTheStartForm:
    def test_begins_with_what_is_live_against_the_newest_other(self) -> None:
        put_set(shared())
        at = screen("evals.py", view="start")
        assert at.selectbox(key="run_headlines_0_version").value == "2"
        assert at.selectbox(key="run_headlines_1_version").value == "1"

    def test_says_that_nothing_is_known_before_anything_was_asked(self) -> None:
        put_set(shared())
        at = screen("evals.py", view="start")
        assert "Nothing like it was ever measured here" in sentences(at).replace("\\", "")
        assert [metric.value for metric in at.metric] == ["16", "not known", "not known"]

    def test_says_what_it_rests_on_once_it_was(self) -> None:
        put_set(shared(), many=2)
        finished(shared())
        at = screen("evals.py", view="start")
        assert "2 calls of this version" in sentences(at).replace("\\", "")

    def test_starts_the_run(self) -> None:
        put_set(shared(), many=2)
        at = screen("evals.py", view="start")
        at.text_input(key="run_author").set_value("Ada")
        next(button for button in at.button if button.label == "Start").click().run()
        (run,) = runs.listing(shared().db)
        assert (run.author, len(run.plan.candidates)) == ("Ada", 2)

    def test_without_a_name_is_told_and_starts_nothing(self) -> None:
        put_set(shared(), many=2)
        at = screen("evals.py", view="start")
        next(button for button in at.button if button.label == "Start").click().run()
        assert "A run needs a name" in at.error[0].value
        assert runs.listing(shared().db) == []

    def test_of_two_equal_candidates_cannot_be_started(self) -> None:
        put_set(shared(), many=2)
        at = screen("evals.py", view="start")
        at.selectbox(key="run_headlines_1_version").set_value("2").run()
        assert "Two candidates are the same" in at.error[0].value
        assert next(button for button in at.button if button.label == "Start").disabled


class TestNames:
    def test_of_candidates_are_as_short_as_they_can_be(self) -> None:
        put_set(shared(), many=2)
        run = finished(shared())
        assert run.plan.candidates == BOTH
        assert [heading.value for heading in screen("evals.py", run=run.id).subheader] == [
            "Version 1 and version 2 on eight 1"
        ]
