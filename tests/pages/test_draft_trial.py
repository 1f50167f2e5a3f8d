"""A draft that is tried on its screen is asked, and so is what is live; neither is an editor's work."""

from core.copydesk import shared
from core.prompts import drafts, files, versions
from core.prompts.files import PromptFile
from core.traces.finding import search
from core.traces.finding.find import EVERYTHING, OF_PEOPLE
from pages.components.traces import trace_words
from tests.pages.test_screens import screen


def test_a_trial_is_found_as_one_and_not_among_what_people_asked_for() -> None:
    db = shared().db
    text = files.dump(PromptFile("headlines", versions.get(db, "headlines", 2).content, ""))
    at = screen("prompts.py", prompt="headlines", draft=drafts.start(db, "headlines", 2, text, author="Ada").id)
    next(button for button in at.button if button.label == "Try it").click().run()
    assert not at.exception
    for pair in at.session_state["trials"]:
        pair.live.result()
        pair.draft.result()
    assert [trace_words.asked_from(line) for line in search.everything(db, EVERYTHING)] == ["to try a draft"] * 2
    assert not list(search.everything(db, OF_PEOPLE))
