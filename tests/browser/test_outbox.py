"""What somebody did in the browser is neither lost nor sent twice as something else, whatever becomes of the set meanwhile."""

from typing import Any

import pytest
from playwright.sync_api import Page

from pages.components.browser_files import browser_files

SCRIPT = browser_files("elements.js", "headline_outbox.js") + "\nwindow.Outbox = Outbox;"


@pytest.fixture
def outbox(page: Page) -> Page:
    """A page with the outbox of one trace, and what it sends."""
    page.route("**/*", lambda route: route.fulfill(body="<p>A page.</p>", content_type="text/html"))
    page.goto("http://localhost/")
    return opened(page)


def opened(page: Page) -> Page:
    page.add_script_tag(content=SCRIPT)
    page.evaluate("() => { window.sent = []; window.outbox = new Outbox('t'); outbox.open(null); }")
    return page


def pick(page: Page, position: int, seen: str) -> None:
    page.evaluate("([position, seen]) => outbox.add({ kind: 'picked', position, seen })", [position, seen])


def finish(page: Page, *texts: str) -> list[str]:
    """The set is final; returns what is told to be gone."""
    return page.evaluate(
        "(texts) => { outbox.open((value) => sent.push(value)); const gone = outbox.settleIn(texts); outbox.flush(); "
        "return gone; }",
        list(texts),
    )


def sent(page: Page) -> list[list[dict[str, Any]]]:
    return page.evaluate("() => sent.map((each) => each.gestures)")


class TestWhatWasDoneWhileASetGrew:
    def test_waits_for_the_set_and_for_a_name(self, outbox: Page) -> None:
        pick(outbox, 0, "Bridge closes")
        outbox.evaluate("() => { outbox.name = 'Ada'; }")
        assert sent(outbox) == []
        assert finish(outbox, "Bridge closes") == []
        ((gesture,),) = sent(outbox)
        assert (gesture["kind"], gesture["position"], gesture["person"]) == ("picked", 0, "Ada")
        assert "seen" not in gesture

    def test_stays_with_its_headline_where_that_moved(self, outbox: Page) -> None:
        outbox.evaluate("() => { outbox.name = 'Ada'; }")
        pick(outbox, 0, "Bridge closes")
        outbox.evaluate("() => outbox.draft(1, 'Ferry runs late', 'Ferry runs')")
        finish(outbox, "Ferry runs", "Traders worry", "Bridge closes")
        assert [each["position"] for each in sent(outbox)[0]] == [2]
        assert outbox.evaluate("() => outbox.drafts[0].text") == "Ferry runs late"

    def test_is_told_and_not_sent_where_its_headline_is_gone(self, outbox: Page) -> None:
        outbox.evaluate("() => { outbox.name = 'Ada'; }")
        pick(outbox, 0, "Bridge closes")
        outbox.evaluate("() => outbox.draft(1, 'Ferry runs late', 'Ferry runs')")
        assert finish(outbox, "Traders worry") == ["Bridge closes", "Ferry runs late"]
        assert sent(outbox) == []


class TestWhatIsNotAnswered:
    def test_outlives_a_reload_with_its_key_and_its_name(self, outbox: Page) -> None:
        outbox.evaluate("() => { outbox.name = 'Ada'; }")
        pick(outbox, 0, "Bridge closes")
        finish(outbox, "Bridge closes")
        before = sent(outbox)[0]
        outbox.reload()
        opened(outbox)
        outbox.evaluate("() => { outbox.name = 'Ben'; }")
        finish(outbox, "Bridge closes")
        assert sent(outbox)[-1] == before

    def test_is_sent_together_in_the_order_in_which_it_was_done(self, outbox: Page) -> None:
        outbox.evaluate("() => { outbox.name = 'Ada'; }")
        finish(outbox, "Bridge closes", "Ferry runs")
        pick(outbox, 1, "Ferry runs")
        pick(outbox, 0, "Bridge closes")
        assert [[each["position"] for each in batch] for batch in sent(outbox)] == [[1], [1, 0]]

    def test_waits_if_the_record_cannot_be_written_and_goes_back_if_it_is_refused(self, outbox: Page) -> None:
        outbox.evaluate("() => { outbox.name = 'Ada'; }")
        finish(outbox, "A", "B", "C")
        for position, seen in enumerate("ABC"):
            pick(outbox, position, seen)
        kept, refused, again = (each["key"] for each in sent(outbox)[-1])
        told = outbox.evaluate(
            "(answers) => outbox.settle(answers)",
            {
                kept: {"error": "", "again": False},
                refused: {"error": "No.", "again": False},
                again: {"error": "The disk is full.", "again": True},
            },
        )
        assert [(each["position"], each["error"]) for each in told["refused"]] == [(1, "No.")]
        assert told["waiting"] == "The disk is full."
        assert outbox.evaluate("() => outbox.gestures.map((each) => each.key)") == [again]
