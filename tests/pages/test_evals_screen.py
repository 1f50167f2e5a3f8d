"""The Evals screen in Streamlit's own test runner: what it says of nothing, of a run, and of what cannot be."""

from contextlib import closing
from itertools import product
from pathlib import Path

import pytest

from core.copydesk import shared
from core.db import open_database
from core.evals.results import Result
from core.evals.running import entries, runs
from core.evals.running.entries import Entry
from core.evals.running.plan import Candidate, Plan
from core.evals.running.runs import Status
from tests import records
from tests.pages.eval_runs import BOTH, finished, put_set, ship_no_sets
from tests.pages.test_screens import choose, screen, sentences

HOSTILE = "**bold** [link](http://evil.example) <b> $x$ :red[x]"


class TestRuns:
    def test_of_which_there_are_none_say_what_will_be_here(self) -> None:
        assert "Every run will stand here" in sentences(screen("evals.py"))

    def test_without_a_set_lead_to_one(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        ship_no_sets(tmp_path / "prompts", monkeypatch)
        assert "A run needs a set of articles first" in sentences(screen("evals.py", view="start"))

    def test_that_are_not_there_are_told(self) -> None:
        assert "There is no run" in screen("evals.py", run="**none**").error[0].value

    def test_that_are_done_say_so(self) -> None:
        put_set(shared(), many=2)
        run = finished(shared())
        at = screen("evals.py", run=run.id)
        assert not at.exception
        assert [metric.value for metric in at.metric][:2] == ["4 of 4", "0"]

    def test_whose_process_died_can_be_resumed(self) -> None:
        put_set(shared())
        run = runs.create(
            shared().db, Plan(set_name="eight", set_number=1, candidates=BOTH), units=16, note="", author="a"
        )
        other = open_database(shared().db.path)
        runs.claim(other, run.id, process=other.liveness.process)
        other.close()
        at = screen("evals.py", run=run.id)
        assert "interrupted" in sentences(at)
        assert "Resume" in [button.label for button in at.button]

    def test_of_another_living_process_can_be_cancelled(self) -> None:
        put_set(shared())
        run = runs.create(
            shared().db, Plan(set_name="eight", set_number=1, candidates=BOTH), units=16, note="", author="a"
        )
        with closing(open_database(shared().db.path)) as other:
            runs.claim(other, run.id, process=other.liveness.process)
            at = screen("evals.py", run=run.id)
            labels = [button.label for button in at.button]
            next(button for button in at.button if button.label == "Cancel").click().run()
            assert runs.is_cancelled(shared().db, run.id)
        assert "Resume" not in labels

    def test_lead_from_what_failed_to_the_call(self) -> None:
        put_set(shared())
        trace = records.put(shared().db)
        at = screen("evals.py", run=half(*BOTH, trace=trace))
        assert "**2 results:** The provider is down" in sentences(at)
        (link,) = (link for link in at.page_link if "case" in link.label)
        assert trace in str(link.proto)

    def test_say_which_version_failed_and_how_often_it_was_tried(self) -> None:
        put_set(shared())
        at = screen("evals.py", run=half(*BOTH, ended="done", tries=2))
        said = sentences(at).replace("\\", "")
        assert "Version 1: 1 of 8 failed" in said
        assert "Version 2: 1 of 8 failed" in said
        assert "Tried 2 times. What fails in the same words" in sentences(at)
        assert "done, 2 failed" in sentences(at)

    def test_show_foreign_text_as_text(self) -> None:
        put_set(shared())
        candidates = (*BOTH, Candidate(prompt="headlines", version=1, model=HOSTILE))
        run_id = half(*candidates, words=HOSTILE)
        for address in ({"view": "runs"}, {"run": run_id}, {"run": run_id, "compare": "1"}):
            at = screen("evals.py", **address)
            assert not at.exception
            shown = sentences(at) + "".join(str(table.value) for table in at.table)
            shown += "".join(heading.value for heading in at.subheader)
            assert "**bold**" not in shown
            assert "](http" not in shown

    def test_show_the_names_of_candidates_as_text(self) -> None:
        put_set(shared())
        run_id = half(*BOTH, Candidate(prompt="headlines", version=1, model=HOSTILE))
        at = screen("evals.py", run=run_id, compare="1")
        assert "**bold**" not in str(at.button_group(key="compared_candidate").options)


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

    def test_numbers_the_candidates_only_where_there_are_several_and_keeps_what_was_chosen(self) -> None:
        put_set(shared())
        at = screen("evals.py", view="start")
        assert at.selectbox(key="run_headlines_1_version").label == "Candidate"
        at.selectbox(key="run_headlines_1_version").set_value("2").run()
        next(button for button in at.button if button.label == "Add a candidate").click().run()
        second, third = (at.selectbox(key=f"run_headlines_{place}_version") for place in (1, 2))
        assert (second.label, second.value, third.label) == ("Candidate 1", "2", "Candidate 2")

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


class TestAComparison:
    def test_says_the_verdict_in_a_sentence(self) -> None:
        put_set(shared())
        at = screen("evals.py", run=finished(shared()).id, compare="1")
        assert not at.exception
        assert "Version 2 is better than version 1 at contract met at once" in at.success[0].value
        assert "Opened on the measure of quality in which these two are furthest apart" in sentences(at)

    def test_asks_each_question_above_its_answer(self) -> None:
        put_set(shared())
        at = screen("evals.py", run=finished(shared()).id, compare="1")
        assert [heading.value for heading in at.subheader] == [
            "Version 2 against version 1 on eight 1",
            "On which desks is it better, on which worse?",
            "How do they stand in every measure?",
            "What does quality cost?",
            "How long does quality take?",
            "Which cases changed most?",
        ]

    def test_opens_a_case_with_both_sets_of_headlines(self) -> None:
        put_set(shared())
        at = screen("evals.py", run=finished(shared()).id, compare="1", case="case-3")
        assert "**headlines 1**" in sentences(at)
        assert "**headlines 2**" in sentences(at)

    def test_opens_a_case_that_did_not_change_too(self) -> None:
        put_set(shared())
        at = screen("evals.py", run=finished(shared()).id, compare="1", of="cost")
        assert "No case changed in cost" in sentences(at)
        assert "Opened on the measure" not in sentences(at)
        choose(at, "any_case", "case-3")
        assert not at.exception
        assert "**headlines 1**" in sentences(at)
        assert "**headlines 2**" in sentences(at)

    def test_says_what_case_it_has_no_result_of(self) -> None:
        put_set(shared())
        at = screen("evals.py", run=half(*BOTH), compare="1", case="case-7")
        assert "no result of a case 'case\\-7'" in at.warning[1].value

    def test_of_a_run_without_results_says_what_will_be_here(self) -> None:
        put_set(shared())
        plan = Plan(set_name="eight", set_number=1, candidates=BOTH)
        run = runs.create(shared().db, plan, units=16, note="", author="ada")
        at = screen("evals.py", run=run.id, compare="1")
        assert "as soon as the first results are in" in sentences(at)

    def test_of_half_a_run_says_that_figures_may_change(self) -> None:
        put_set(shared())
        run = half(*(BOTH))
        at = screen("evals.py", run=run, compare="1")
        assert "14 of 16 were tried. Figures may still change." in at.warning[0].value

    def test_counts_and_names_what_failed(self) -> None:
        put_set(shared())
        at = screen("evals.py", run=half(*BOTH), compare="1")
        shown = "".join(str(table.value) for table in at.table)
        assert "The provider is down" in shown.replace("\\", "")
        assert "case-6" in shown.replace("\\", "")

    def test_of_one_candidate_leads_to_a_run_with_two(self) -> None:
        put_set(shared())
        at = screen("evals.py", run=half(BOTH[0]), compare="1")
        assert "This run has one candidate" in sentences(at)

    def test_of_three_lets_one_choose(self) -> None:
        put_set(shared())
        three = Candidate(prompt="headlines", version=2, model="offline/lede")
        at = screen("evals.py", run=half(*BOTH, three), compare="1", candidate="3")
        assert "Version 2 on offline/lede against version 1 on its own model" in at.subheader[0].value.replace("\\", "")

    def test_by_what_was_not_measured_is_told(self) -> None:
        put_set(shared())
        at = screen("evals.py", run=half(*BOTH), compare="1", of="judge:**x**")
        assert "Nothing in this run was measured by" in at.error[0].value

    def test_of_a_candidate_that_is_not_there_is_told(self) -> None:
        put_set(shared())
        assert "no candidate" in screen("evals.py", run=half(*BOTH), compare="1", candidate="9").error[0].value


def half(
    *candidates: Candidate, words: str = "", trace: str | None = None, ended: Status = "cancelled", tries: int = 1
) -> str:
    """A run that ended before its last case, whose case-6 failed for all; returns its id."""
    db = shared().db
    plan = Plan(set_name="eight", set_number=1, candidates=candidates)
    run = runs.create(db, plan, units=8 * len(candidates), note=words, author=words or "ada")
    for place, number in product(range(len(candidates)), range(7)):
        error = (words or "The provider is down.") if number == 6 else None
        values = {} if error else {"met_at_once": float(place > 0), "duration_ms": 100.0 + number}
        outcome = "failed" if error else "done"
        result = Result(
            place, f"case-{number}", f"a{number}", words or "sport", "en", (), 0, outcome, trace, values, error
        )
        db.write(entries.keep(Entry(result, tries, f"{place}-{number}", None), run.id))
    runs.claim(db, run.id, process=db.liveness.process)
    db.write(runs.finishing(run.id, ended, process=db.liveness.process))
    return run.id
