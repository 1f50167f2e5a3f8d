"""What the screens say of a call whose texts are gone, and of a case whose article is."""

import pytest

from core import feedback
from core.copydesk import shared
from core.evals import sets
from core.evals.case import make
from core.feedback import Feedback, Given
from core.headlines import Request
from core.keeping import erasing
from core.keeping.erasing import Erased
from pages.components.traces.erase_dialog import told_in_words
from pages.components.traces.feedback_history import sections
from tests.core.keeping.test_erasing import WHY
from tests.pages.test_screens import ARTICLE, screen, sentences


@pytest.fixture
def trace_id() -> str:
    return shared().suggest(Request(article=ARTICLE, desk="local")).trace.id


def test_an_erased_trace_says_who_erased_it_and_why(trace_id: str) -> None:
    erasing.trace(shared().db, trace_id, **WHY)
    at = screen("traces.py", trace=trace_id)
    assert not at.exception
    assert "Erased by ada on" in sentences(at)
    assert "The source withdrew" in sentences(at)
    assert "Erase" not in [button.label for button in at.button]


def test_an_erased_trace_says_that_its_headlines_are_not_kept_not_that_there_were_none(trace_id: str) -> None:
    feedback.give(shared().db, Given(trace_id, "picked", "Ben", "app", position=1))
    erasing.trace(shared().db, trace_id, **WHY)
    at = screen("traces.py", trace=trace_id)
    captions = [caption.value for caption in at.caption]
    assert "None." not in captions
    assert captions.count("Not kept any more.") >= 2
    (attempt,) = [each.label for each in at.expander if each.label.startswith("1")]
    assert "no headline found" not in attempt
    assert "its headlines are not kept any more" in attempt
    assert "feedback_form" not in at.session_state


def test_feedback_on_an_erased_headline_names_its_place() -> None:
    assert [each["title"] for each in sections([standing_on(1), standing_on(None)], [], gone=True)] == [
        "The whole set", "Headline 2, text not kept",
    ]  # fmt: skip


def standing_on(position: int | None) -> Feedback:
    return Feedback(
        id=1, trace="0" * 32, position=position, kind="picked", criterion=None, value=None, text=None, person="Ben",
        source="app", given_at=0, received_at=0, key=None, suggested=None, stands=True,
    )  # fmt: skip


def test_a_trace_offers_to_erase_it(trace_id: str) -> None:
    at = screen("traces.py", trace=trace_id)
    (button,) = [each for each in at.button if each.label == "Erase"]
    button.click().run()
    assert not at.exception
    assert "This cannot be undone" in sentences(at)


def test_what_stays_of_an_erased_call_is_not_said_to_be_gone() -> None:
    assert told_in_words(Erased(1, 0, 0, still_used=True, overwritten=True)) == (
        "Erased: 1 call. Nothing of what was erased is left in the bytes of the file. The article was not erased, for "
        "other calls or eval cases are about it."
    )


def test_a_judges_call_about_an_erased_trace_is_shown_too(trace_id: str) -> None:
    judged = shared().judge(trace_id).result()
    erasing.trace(shared().db, trace_id, **WHY)
    at = screen("traces.py", trace=judged.line.id)
    assert not at.exception
    assert "Erased by ada" in sentences(at)


def test_a_set_says_which_of_its_cases_are_asked_no_more() -> None:
    db = shared().db
    cases = [make({"id": name, "article": f"{ARTICLE} {name}", "desk": "local"}) for name in ("bridge", "ferry")]
    sets.save(db, "ours", cases, note="The first.", author="ada", seen=None, article_limit=60_000)
    erasing.article(db, cases[0].article, **WHY)
    at = screen("evals.py", set="ours")
    assert not at.exception
    assert "1 of its cases are not asked any more" in sentences(at)
    assert "bridge" in sentences(at)
    at = screen("evals.py", set="ours", case="bridge")
    assert not at.exception
    assert "was erased" in sentences(at)


def test_an_erased_edit_is_still_told_without_its_words(trace_id: str) -> None:
    feedback.give(shared().db, Given(trace_id, "edited", "Ben", "app", position=0, text="Bridge shut for good"))
    erasing.trace(shared().db, trace_id, **WHY)
    at = screen("traces.py", trace=trace_id)
    assert not at.exception
    (given,) = feedback.of_trace(shared().db, trace_id)
    assert (given.text, given.suggested, feedback.accepted([given])) == ("", None, None)


def test_a_trace_says_how_much_was_taken_out_of_its_article(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COPYDESK_REDACT", "email,phone")
    article = f"{ARTICLE} Write to ada@paper.example or ben@paper.example, or call 020 7946 0018."
    made = shared().suggest(Request(article=article, desk="local"))
    at = screen("traces.py", trace=made.trace.id)
    assert "Taken out before it was asked: 2 e-mail addresses, 1 telephone number." in sentences(at).replace("\\", "")


def test_a_desk_without_texts_has_its_headlines_only_in_the_window_that_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COPYDESK_TEXTLESS_DESKS", "local")
    made = shared().suggest(Request(article=ARTICLE, desk="local"))
    assert made.headlines
    at = screen("playground.py", trace=made.trace.id)
    assert not at.exception
    assert "The headlines of this set are not on record" in sentences(at)
