"""The page of one call, whatever became of it, and what can be done from there."""

import threading
import time

import pytest
from streamlit.testing.v1 import AppTest

from core import feedback
from core.copydesk import shared
from core.evals import pairing, sets
from core.feedback import Given
from core.headlines import Request, replay
from core.prompts import versions
from core.traces import record, related, writing
from core.traces.model import Trace
from tests.core.traces.openings import opening
from tests.pages import eval_runs
from tests.pages.test_screens import ARTICLE, choose, screen, sentences, trace_ids


def asked(**more: object) -> str:
    wish = {"article": ARTICLE, "desk": "local", "language": "en", "count": 3, **more}
    return shared().suggest(Request(**wish)).trace.id  # pyright: ignore[reportArgumentType]


def page(trace_id: str, **more: str) -> AppTest:
    at = screen("traces.py", trace=trace_id, **more)
    assert not at.exception
    return at


def links(at: AppTest) -> list[str]:
    return [str(link.proto.label) for link in at.get("page_link")]


def press(at: AppTest, label: str) -> AppTest:
    next(button for button in at.button if button.label == label).click().run()
    assert not at.exception
    return at


class TestAPage:
    def test_says_who_asked_and_which_release_chose_the_version(self) -> None:
        said = sentences(page(asked(person="Ada", source="api")))
        assert "Asked by Ada through the API, for the local desk and the channel web" in said.replace("\\", "")
        assert "Version 2 was chosen by its release to production for all desks, by copydesk" in said.replace("\\", "")

    def test_of_a_named_version_names_no_release(self) -> None:
        at = page(asked(version=1))
        assert "Version 1 was asked for by its number" in sentences(at).replace("\\", "")
        assert "Its release" not in links(at)

    def test_of_a_draft_says_so(self) -> None:
        draft = versions.get(shared().db, "headlines", 2).content
        assert "It asked a draft" in sentences(page(asked(draft=draft)))

    def test_of_what_was_refused_shows_the_article_and_the_reason(self) -> None:
        at = page(asked(desk="gardening"))
        assert "There is no desk" in at.error[0].value
        assert any(ARTICLE.strip() in code.value for code in at.code)

    def test_of_a_judges_call_leads_to_what_was_judged(self) -> None:
        judging = shared().judge(asked()).result().line.id
        at = page(judging)
        assert "The headlines" in links(at)
        assert "Replay" not in [button.label for button in at.button]

    def test_of_an_evaluation_leads_to_its_run_and_case(self) -> None:
        eval_runs.put_set(shared(), many=1)
        eval_runs.finished(shared())
        with shared().db.read() as connection:
            trace_id = connection.execute("select trace from eval_results").fetchone()[0]
        at = page(trace_id)
        assert {"The run", "The case"} <= set(links(at))
        assert "Case case-0 of eight 1" in sentences(at).replace("\\", "")

    def test_of_one_of_a_blind_pair_does_not_speak_of_an_evaluation(self) -> None:
        recent = pairing.Recent(desk="local", prompt="headlines", one=1, other=2, environment="production")
        trace_id = shared().suggest(recent.request("hash", ARTICLE, 1)).trace.id
        said = sentences(page(trace_id))
        assert "Asked for a blind comparison" in said
        assert "for an evaluation" not in said

    def test_of_a_replay_leads_to_what_it_repeats(self) -> None:
        again = shared().suggest(replay.request(shared().db, asked())).trace.id
        assert {"The call that it repeats", "Both side by side"} <= set(links(page(again)))

    def test_of_a_call_that_goes_on_says_that_it_is_followed(self) -> None:
        alive = opening()
        process = shared().db.liveness.process
        shared().db.write(writing.open_trace(alive, process=process))
        assert "The page follows it" in sentences(page(alive.id))

    def test_without_its_texts_keeps_its_figures(self) -> None:
        trace_id = asked()
        for table in ("attempt_bodies", "trace_bodies"):
            statement = f"delete from {table} where trace = ?"
            shared().db.write(lambda connection, done=statement: connection.execute(done, (trace_id,)))
        at = page(trace_id)
        assert "not on record any more" in at.info[0].value
        assert at.metric[0].value == "3 of 3"


class TestReplay:
    def test_ends_with_both_sets_side_by_side(self) -> None:
        trace_id = asked()
        at = page(trace_id)
        choose(at, f"replay-version-{trace_id}", "1: The naive prompt")
        press(at, "Ask again")
        deadline = time.monotonic() + 20
        while "with" not in at.query_params and time.monotonic() < deadline:
            time.sleep(0.1)
            at.run()
        assert "headlines are in both" in sentences(at)
        again = record.get(shared().db, trace_ids(at, "with")[0])
        assert (again.line.version, again.replays) == (1, trace_id)

    def test_takes_the_number_of_a_version_that_is_not_on_the_list(self) -> None:
        trace_id = asked()
        content = versions.get(shared().db, "headlines", 2).content
        for seed in range(12):
            other = content.model_copy(update={"parameters": content.parameters.model_copy(update={"seed": seed})})
            versions.save(shared().db, "headlines", other, note="Another.", author="ada", parent=2)
        at = page(trace_id)
        choose(at, f"replay-version-{trace_id}", "Another, by its number")
        assert next(button for button in at.button if button.label == "Ask again").disabled
        at.number_input(key=f"replay-number-{trace_id}").set_value(3).run()
        press(at, "Ask again")
        (again,) = waited(at)
        assert again.line.version == 3

    def test_of_which_several_are_made_shows_the_way_to_each_and_takes_nobody_away(self) -> None:
        trace_id = asked()
        at = page(trace_id)
        # Nothing can be put on record, so nothing is asked, until both were started.
        both_started = threading.Event()
        shared().db.submit(lambda _: both_started.wait(20))
        press(at, "Ask again")
        choose(at, f"replay-version-{trace_id}", "1: The naive prompt")
        press(at, "Ask again")
        said = [each.value for each in at.info]
        both_started.set()
        assert [each.split("\\")[0] for each in said] == ["The same", "Version 1"]
        made = waited(at, many=2)
        at.run()
        assert "with" not in at.query_params
        assert {f"{each}, asked again: both side by side" for each in ("The same", "Version 1")} <= set(
            plainly(links(at))
        )
        assert {each.line.version for each in made} == {1, 2}
        # Another window knows of them from the record.
        assert "headlines 1, offline/lede, a moment ago" in plainly(links(page(trace_id)))


def waited(at: AppTest, *, many: int = 1) -> list[Trace]:
    """The replays of the call on the page, once they are made."""
    trace_id = trace_ids(at)[0]
    deadline = time.monotonic() + 20
    while True:
        at.run()
        made = related.replays(shared().db, trace_id)
        if len(made) == many and all(line.status != "open" for line in made):
            return [record.get(shared().db, line.id) for line in made]
        assert time.monotonic() < deadline
        time.sleep(0.1)


def plainly(texts: list[str]) -> list[str]:
    return [each.replace("\\", "") for each in texts]


class TestTwoCalls:
    def test_of_the_same_article_say_how_much_is_the_same(self) -> None:
        one, other = asked(), asked(desk="sport")
        said = sentences(page(one, **{"with": other}))
        assert "the same article" in said
        assert "in both" in said

    def test_of_which_one_is_not_there_is_told(self) -> None:
        assert "There is no trace" in page(asked(), **{"with": "0" * 32}).error[0].value


class TestOpenInThePlayground:
    def test_fills_in_article_desk_channel_language_version_and_model(self) -> None:
        at = press(page(asked(desk="sport", channel="push", version=1)), "Open in the playground")
        state = at.session_state
        assert state["article"] == ARTICLE
        assert (state["desk"], state["channel"], state["language"]) == ("sport", "push", "en")
        assert (state["version_0"], state["model_0"]) == (1, "")

    def test_says_what_is_not_on_offer_any_more(self) -> None:
        trace_id = asked(desk="gardening", model="gone")
        at = press(page(trace_id), "Open in the playground")
        assert at.session_state["article"] == ARTICLE
        assert at.session_state["desk"] == "politics"
        assert "the model gone, the desk gardening" in at.info[0].value


class TestAnEvalCase:
    def test_is_made_with_the_edited_headline_as_its_reference(self) -> None:
        trace_id = asked()
        feedback.give(shared().db, Given(trace_id, "edited", "Ada", "app", position=0, text="Bridge shut for 11 weeks"))
        at = page(trace_id)
        assert (
            at.text_input(key=f"collect-reference-{trace_id}-Bridge shut for 11 weeks").value
            == "Bridge shut for 11 weeks"
        )
        at.selectbox(key=f"collect-set-{trace_id}").set_value("newsroom")
        at.text_input(key=f"collect-note-{trace_id}").set_value("A complaint from the desk.")
        at.text_input(key=f"collect-author-{trace_id}").set_value("Ada")
        press(at, "Add the case")
        newest = sets.newest(shared().db, "newsroom")
        assert newest
        assert f"Added as a case of newsroom {newest.number}" in at.success[0].value.replace("\\", "")
        case = sets.case(shared().db, "newsroom", newest.number, sets.from_trace(shared().db, trace_id).id)
        assert (case.reference, case.source_trace) == ("Bridge shut for 11 weeks", trace_id)

    def test_of_a_new_set_names_the_set_before_it_is_made(self) -> None:
        trace_id = asked()
        at = page(trace_id)
        field = f"collect-set-{trace_id}"
        at.selectbox(key=field).select("A new set").run()
        for unfit, said in (("newsroom", "There is a set newsroom already"), ("Cup finals", "Small letters")):
            at.text_input(key=f"{field}-name").set_value(unfit).run()
            assert said in sentences(at)
            assert "Add the case" in [button.label for button in at.button]
        at.text_input(key=f"{field}-name").set_value("cup-finals").run()
        assert "The set cup-finals will be made" in sentences(at).replace("\\", "")
        assert sets.newest(shared().db, "cup-finals") is None
        at.text_input(key=f"collect-note-{trace_id}").set_value("A complaint from the desk.")
        at.text_input(key=f"collect-author-{trace_id}").set_value("Ada")
        press(at, "Make the set and add the case")
        assert sets.newest(shared().db, "cup-finals") is not None

    def test_that_was_added_closes_the_form_and_is_told_below_the_buttons(self) -> None:
        trace_id = asked()
        at = page(trace_id)
        at.selectbox(key=f"collect-set-{trace_id}").set_value("newsroom").run()
        at.text_input(key=f"collect-note-{trace_id}").set_value("A complaint from the desk.")
        at.text_input(key=f"collect-author-{trace_id}").set_value("Ada")
        press(at, "Add the case")
        assert at.selectbox(key=f"collect-set-{trace_id}-1").value is None
        assert "Added as a case of newsroom" in at.success[0].value


class TestFeedback:
    def form(self, at: AppTest) -> str:
        """The key of the form on the page."""
        return next(iter(at.session_state["feedback_form"].values()))

    def test_on_a_call_without_texts_has_a_label_and_no_comment(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("COPYDESK_TEXTLESS_DESKS", "local")
        trace_id = asked(article="Rain.")  # so short that no headline came of it
        at = page(trace_id)
        key = self.form(at)
        assert "Comment" not in [field.label for field in at.text_area]
        assert "No texts are kept of this call, and so no comment." in sentences(at)
        at.text_input(key=f"{key}-label").set_value("wrong number")
        at.text_input(key=f"{key}-person").set_value("Ada")
        press(at, "Save")
        assert [(given.kind, given.text) for given in feedback.of_trace(shared().db, trace_id)] == [
            ("label", "wrong number")
        ]

    def test_on_the_set_is_kept_and_shown(self) -> None:
        trace_id = asked()
        at = page(trace_id)
        key = self.form(at)
        at.button_group(key=f"{key}-thumb").set_value("Bad")
        at.button_group(key=f"{key}-rating").set_value(2)
        at.text_area(key=f"{key}-comment").set_value("All alike.")
        at.text_input(key=f"{key}-label").set_value("no variety")
        at.text_input(key=f"{key}-person").set_value("Ben")
        press(at, "Save")
        given = feedback.of_trace(shared().db, trace_id)
        assert [(each.kind, each.value, each.text, each.position) for each in given] == [
            ("thumb", -1, None, None), ("rating", 2, None, None),
            ("comment", None, "All alike.", None), ("label", None, "no variety", None),
        ]  # fmt: skip
        assert self.form(at) != key

    def test_without_a_name_asks_for_one_and_keeps_what_was_typed(self) -> None:
        trace_id = asked()
        at = page(trace_id)
        key = self.form(at)
        at.text_area(key=f"{key}-comment").set_value("All alike.")
        press(at, "Save")
        assert "whose is it?" in at.error[0].value
        assert at.text_area(key=f"{key}-comment").value == "All alike."
        assert feedback.of_trace(shared().db, trace_id) == []
