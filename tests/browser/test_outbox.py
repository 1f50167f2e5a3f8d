"""What somebody did in the browser is neither lost nor sent twice as something else, whatever becomes of the set meanwhile."""

import re
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from pages.components import person
from pages.components.headlines.browser_files import browser_files
from pages.components.headlines.headline_list import SCRIPTS
from pages.components.person import from_cookie

LIST = person.JS + browser_files(*SCRIPTS)
SCRIPT = person.JS + browser_files("elements.js", "headline_outbox.js") + "\nwindow.Outbox = Outbox;"


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

    def test_a_comment_that_was_not_sent_is_about_the_set_and_stays(self, outbox: Page) -> None:
        outbox.evaluate("() => outbox.draft('set', 'Too flat', '')")
        assert finish(outbox, "Traders worry") == []
        assert outbox.evaluate("() => outbox.drafts.set.text") == "Too flat"


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


@pytest.fixture
def drawn(outbox: Page) -> Page:
    """A page with the list of a set that is final, nobody known yet."""
    outbox.route("**/list.js", lambda route: route.fulfill(body=LIST, content_type="text/javascript"))
    outbox.evaluate(
        """async () => {
            document.body.innerHTML = `<div class="list"><ol></ol><label class="sort"><input type="checkbox"></label>
                <p class="note"></p></div>`;
            window.batches = [];
            const list = (await import("/list.js")).default;
            window.draw = (standing, answered) => list({
                data: { texts: ["Bridge closes", "Ferry runs"], limit: 70, places: 2, note: "", flags: [], gestures: {
                    trace: "drawn", person: window.known ?? "", final: true, standing, answered } },
                parentElement: document.body,
                setStateValue: (_, value) => batches.push(value),
            });
        }"""
    )
    draw(outbox)
    return outbox


def draw(page: Page, *standing: dict[str, Any], answered: dict[str, Any] | None = None) -> None:
    page.evaluate("([standing, answered]) => draw(standing, answered)", [list(standing), answered or {}])


def named(page: Page, name: str) -> None:
    """The server knows who is here; it stands on the list when that is drawn next."""
    page.evaluate("(name) => { window.known = name; }", name)
    draw(page)


def answered(gestures: list[dict[str, Any]]) -> dict[str, Any]:
    return {each["key"]: {"error": "", "again": False} for each in gestures}


def stands(kind: str, position: int | None, person: str, **more: Any) -> dict[str, Any]:
    return {"kind": kind, "position": position, "text": None, "value": None, "person": person, **more}


def waiting(page: Page) -> list[dict[str, Any]]:
    return page.evaluate("() => JSON.parse(sessionStorage.getItem('copydesk.trace.drawn') ?? '{}').gestures ?? []")


def row(page: Page, number: int) -> Locator:
    return page.locator("li").nth(number - 1)


class TestADecision:
    def test_does_not_look_kept_until_it_is_answered(self, drawn: Page) -> None:
        place = row(drawn, 2).bounding_box()
        drawn.get_by_role("button", name="Pick headline 1").click()
        expect(row(drawn, 1)).to_contain_text("not kept yet")
        expect(drawn.get_by_role("button", name="Picked headline 1")).to_have_count(0)
        assert row(drawn, 2).bounding_box() == place
        drawn.get_by_label("Your name").fill("Ada")
        drawn.keyboard.press("Enter")
        expect(row(drawn, 1)).to_contain_text("not kept yet")
        (gesture,) = waiting(drawn)
        draw(drawn, stands("picked", 0, "Ada"), answered={gesture["key"]: {"error": "", "again": False}})
        expect(drawn.get_by_role("button", name="Picked headline 1")).to_be_visible()
        expect(row(drawn, 1)).not_to_contain_text("not kept yet")

    def test_that_stands_is_taken_back_by_the_same_button_and_key(self, drawn: Page) -> None:
        named(drawn, "Ada")
        draw(drawn, stands("picked", 0, "Ada"), stands("rejected", 1, "Ada"), stands("thumb", None, "Ada", value=1))
        drawn.get_by_role("button", name="Picked headline 1").click()
        expect(row(drawn, 1)).to_contain_text("not kept yet")
        row(drawn, 2).press("r")
        drawn.get_by_role("button", name="Good set").click()
        assert [(each["kind"], each.get("position"), each.get("value")) for each in waiting(drawn)] == [
            ("taken_back", 0, None), ("taken_back", 1, None), ("thumb", None, 0)
        ]  # fmt: skip
        draw(drawn, answered=answered(waiting(drawn)))
        expect(drawn.get_by_role("button", name="Pick headline 1")).to_be_visible()
        expect(drawn.get_by_text("not kept yet").filter(visible=True)).to_have_count(0)

    def test_on_all_is_taken_back_as_one(self, drawn: Page) -> None:
        named(drawn, "Ada")
        drawn.get_by_role("button", name="Reject all").click()
        draw(drawn, stands("all_rejected", None, "Ada"), answered=answered(waiting(drawn)))
        drawn.get_by_role("button", name="All rejected").click()
        expect(drawn.get_by_role("button", name="Reject headline 1")).to_be_visible()
        assert [(each["kind"], each["position"]) for each in waiting(drawn)] == [("taken_back", None)]

    def test_to_edit_is_taken_back_from_the_field(self, drawn: Page) -> None:
        named(drawn, "Ada")
        draw(drawn, stands("edited", 0, "Ada", text="Bridge shut"))
        drawn.get_by_role("button", name="Edited headline 1").click()
        drawn.get_by_role("button", name="Take back").click()
        expect(row(drawn, 1).locator(".text")).to_have_text("Bridge closes")
        assert [(each["kind"], each["position"]) for each in waiting(drawn)] == [("taken_back", 0)]

    def test_that_was_never_sent_leaves_nothing_behind(self, drawn: Page) -> None:
        drawn.get_by_role("button", name="Pick headline 1").click()
        drawn.get_by_role("button", name="Pick headline 1").click()
        assert waiting(drawn) == []
        expect(drawn.get_by_label("Your name")).to_have_count(0)

    def test_by_a_double_click_is_one(self, drawn: Page) -> None:
        named(drawn, "Ada")
        drawn.get_by_role("button", name="Pick headline 1").dblclick()
        assert [each["kind"] for each in waiting(drawn)] == ["picked"]

    def test_to_edit_shows_the_flags_of_the_new_text(self, drawn: Page) -> None:
        named(drawn, "Ada")
        flag = {"kind": "warn", "words": "“12” not found in the article.", "more": "The article: eleven weeks"}
        draw(drawn, stands("edited", 0, "Ada", text="Bridge closes for 12 weeks", flags=[flag]))
        expect(row(drawn, 1).locator(".flag")).to_have_text(re.compile("^“12” not found"))
        row(drawn, 1).locator("summary").click()
        draw(drawn, stands("edited", 0, "Ada", text="Bridge closes for 12 weeks", flags=[flag]))
        expect(row(drawn, 1).get_by_text("The article: eleven weeks")).to_be_visible()
        draw(drawn)
        expect(row(drawn, 1).locator(".flag")).to_have_count(0)

    def test_of_a_colleague_stands_quietly_on_the_headline(self, drawn: Page) -> None:
        draw(drawn, stands("all_rejected", None, "Nora"), stands("picked", 1, "Nora"), stands("rejected", 1, "Ben"))
        expect(row(drawn, 1).locator(".said")).to_have_text("Rejected by Nora")
        expect(row(drawn, 2).locator(".said")).to_have_text("Picked by NoraRejected by Ben")


class TestTheSet:
    def test_comment_leaves_the_box_open_that_poor_set_opened(self, drawn: Page) -> None:
        named(drawn, "Ada")
        drawn.get_by_role("button", name="Poor set").click()
        drawn.get_by_role("button", name="Comment", exact=True).click()
        expect(drawn.get_by_label("Comment on the set")).to_be_focused()

    def test_the_keys_are_listed_at_a_click(self, drawn: Page) -> None:
        drawn.get_by_text("Keys", exact=True).click()
        expect(drawn.get_by_text("P picks it")).to_be_visible()


class TestTheName:
    def test_is_kept_for_the_next_window_and_told_to_the_server(self, drawn: Page) -> None:
        drawn.get_by_role("button", name="Pick headline 1").click()
        drawn.get_by_label("Your name").fill("Zoë; d'Arc")
        drawn.keyboard.press("Enter")
        assert drawn.evaluate("() => batches.at(-1).person") == "Zoë; d'Arc"
        (cookie,) = drawn.context.cookies()
        assert from_cookie(cookie.get("value", "")) == "Zoë; d'Arc"

    def test_that_was_taken_back_is_not_the_servers_old_one_again(self, drawn: Page) -> None:
        named(drawn, "Ada")
        drawn.get_by_role("button", name="Not you?").click()
        assert drawn.evaluate("() => batches.at(-1)")["person"] == ""
        draw(drawn)
        expect(drawn.get_by_text("As Ada")).to_have_count(0)
        named(drawn, "Ben")
        expect(drawn.get_by_text("As Ben")).to_be_visible()
