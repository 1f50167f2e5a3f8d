"""Every screen runs, full, empty and in trouble: Streamlit's own test runner, the real core behind it."""

import sqlite3
import time
from contextlib import closing
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from core import settings
from core.copydesk import shared
from core.headlines import Request
from core.traces import record
from tests.conftest import ROOT
from tests.records import put

ARTICLE = (ROOT / "prompts" / "samples" / "local-harbour-bridge.en.txt").read_text().partition("\n\n")[2]


def screen(page: str = "playground.py", **address: str) -> AppTest:
    at = AppTest.from_file(str(ROOT / "pages" / "navigation.py"), default_timeout=30)
    at.run()
    for name, value in address.items():
        at.query_params[name] = value
    return at.switch_page(page).run()


def choose(at: AppTest, key: str, words: str) -> None:
    """Pick the option of a selectbox that a person would read these words in."""
    box = at.selectbox(key=key)
    box.select_index(next(number for number, option in enumerate(box.options) if words in option)).run()


def trace_ids(at: AppTest, parameter: str = "trace") -> list[str]:
    value = at.query_params[parameter]
    return (value if isinstance(value, str) else value[0]).split(",")


def sentences(at: AppTest) -> str:
    """All that the screen says in words."""
    parts = [*at.markdown, *at.caption, *at.error, *at.warning, *at.info]
    return "\n".join(str(part.value) for part in parts)


def made(at: AppTest) -> AppTest:
    """Press the button and look again until the headlines are there."""
    at.button[0].click().run()
    deadline = time.monotonic() + 20
    while "trace" not in at.query_params and not at.error and time.monotonic() < deadline:
        time.sleep(0.1)
        at.run()
    return at


def opened_at(trace_id: str) -> AppTest:
    """The playground in a new window, opened at the address of a trace."""
    at = AppTest.from_file(str(ROOT / "pages" / "navigation.py"), default_timeout=30)
    at.query_params["trace"] = trace_id
    return at.run()


class TestPlayground:
    def test_it_starts_with_what_production_serves(self) -> None:
        at = screen()
        assert not at.exception
        assert at.selectbox(key="channel").value == "web"
        assert "no language model" in sentences(at)

    def test_a_sample_fills_in_article_and_desk(self) -> None:
        at = screen()
        choose(at, "sample", "sport: Women")
        assert "Penmarrow" in str(at.text_area(key="article").value)
        assert at.selectbox(key="desk").value == "sport"

    def test_the_language_is_guessed(self) -> None:
        at = screen()
        at.text_area(key="article").set_value(
            "De gemeenteraad keurde dinsdag een nieuwe brug over de haven goed."
        ).run()
        assert at.selectbox(key="language").value == "nl"

    def test_the_button_brings_a_trace_into_the_address(self) -> None:
        at = screen()
        at.text_area(key="article").set_value(ARTICLE).run()
        made(at)
        (trace_id,) = trace_ids(at)
        assert "offline/lede" in sentences(at)
        assert shared().db.path == settings.load().db
        assert len(trace_id) == 32

    def test_a_name_that_was_given_stands_on_the_trace(self) -> None:
        at = screen()
        at.session_state["person"] = "Ada"
        at.text_area(key="article").set_value(ARTICLE).run()
        made(at)
        assert record.line(shared().db, trace_ids(at)[0]).person == "Ada"

    def test_several_versions_answer_side_by_side(self) -> None:
        at = screen()
        at.text_area(key="article").set_value(ARTICLE)
        at.button_group(key="variants").set_value(2).run()
        choose(at, "version_1", "1: The naive prompt")
        made(at)
        assert len(trace_ids(at)) == 2
        assert "headlines 1" in sentences(at)
        assert "headlines 2" in sentences(at)

    def test_an_empty_article_is_told_and_on_record(self) -> None:
        at = made(screen())
        assert "There is no article" in at.error[0].value
        assert not at.exception

    def test_what_is_in_the_form_is_still_there_after_another_screen(self) -> None:
        at = screen()
        at.text_area(key="article").set_value(ARTICLE).run()
        choose(at, "desk", "sport")
        at.selectbox(key="channel").set_value("push").run()
        at.selectbox(key="language").set_value("da").run()
        choose(at, "version_0", "1: The naive prompt")
        at.switch_page("traces.py").run()
        at.switch_page("playground.py").run()
        assert not at.exception
        assert at.text_area(key="article").value == ARTICLE
        assert [at.selectbox(key=key).value for key in ("desk", "channel", "language", "version_0")] == [
            "sport", "push", "da", 1,
        ]  # fmt: skip

    def test_the_last_headlines_are_still_there_after_another_screen(self) -> None:
        at = screen()
        at.text_area(key="article").set_value(ARTICLE).run()
        made(at)
        at.switch_page("traces.py").run()
        del at.query_params["trace"]
        at.switch_page("playground.py").run()
        assert "Ten headlines will stand here" not in sentences(at)
        assert "Headlines for “Quillport" in sentences(at)
        assert "offline/lede" in sentences(at)

    def test_headlines_are_marked_as_soon_as_another_article_is_in_the_form(self) -> None:
        at = screen()
        at.text_area(key="article").set_value(ARTICLE).run()
        (trace_id,) = trace_ids(made(at))
        assert "earlier article" not in sentences(at)
        choose(at, "sample", "sport: Women")
        assert "Of an earlier article:" in sentences(at)
        assert f"[its trace](traces?trace={trace_id})" in sentences(at)
        at.text_area(key="article").set_value(ARTICLE).run()
        assert "earlier article" not in sentences(at)

    def test_the_desk_of_a_sample_goes_with_its_text(self) -> None:
        at = screen()
        own = at.selectbox(key="desk").value
        choose(at, "sample", "sport: Women")
        choose(at, "sample", "tech: ")
        at.text_area(key="article").set_value(f"{at.text_area(key='article').value} More.").run()
        assert at.selectbox(key="desk").value == "tech"
        at.text_area(key="article").set_value(ARTICLE).run()
        assert (at.selectbox(key="desk").value, at.selectbox(key="sample").value) == (own, None)

    def test_a_desk_that_was_chosen_beside_a_sample_stays(self) -> None:
        at = screen()
        choose(at, "sample", "sport: Women")
        choose(at, "desk", "politics")
        at.text_area(key="article").set_value(ARTICLE).run()
        assert at.selectbox(key="desk").value == "politics"

    def test_an_address_that_names_a_trace_fills_in_what_it_was_asked(self) -> None:
        asked = Request(article=ARTICLE, desk="sport", channel="push", language="en", version=1)
        at = opened_at(shared().suggest(asked).trace.id)
        assert at.text_area(key="article").value == ARTICLE
        assert [at.selectbox(key=key).value for key in ("desk", "channel", "language")] == ["sport", "push", "en"]

    def test_what_is_not_on_offer_stays_said_until_the_button_was_pressed(self) -> None:
        said = "Not on offer here"
        at = opened_at(put(shared().db, "Bridge closes for eleven weeks", desk="gardening"))
        assert said in sentences(at)
        at.text_area(key="article").set_value(f"{ARTICLE} More.").run()
        assert said in sentences(at)
        assert said not in sentences(made(at))

    def test_an_address_leaves_alone_what_was_typed_or_taken_away(self) -> None:
        trace_id = shared().suggest(Request(article=ARTICLE, desk="sport")).trace.id
        at = opened_at(trace_id)
        at.text_area(key="article").set_value("").run()
        assert at.text_area(key="article").value == ""
        at.text_area(key="article").set_value("A bridge closes.").run()
        at.switch_page("traces.py").run()
        at.query_params["trace"] = trace_id
        at.switch_page("playground.py").run()
        assert at.text_area(key="article").value == "A bridge closes."

    def test_a_model_without_its_key_is_shown_as_such_and_says_what_to_set(self, tmp_path: Path) -> None:
        (tmp_path / "models.yml").write_text(
            "model_list: [{model_name: locked, litellm_params: {model: openai/gpt-4o, api_key: os.environ/NOT_SET_KEY}}]"
        )
        at = screen()
        assert "locked, not set up" in at.selectbox(key="model_0").options
        at.text_area(key="article").set_value(ARTICLE)
        choose(at, "model_0", "locked")
        assert "Set NOT\\_SET\\_KEY in the environment" in sentences(at)
        made(at)
        assert "set NOT\\_SET\\_KEY" in at.error[0].value
        assert at.text_area(key="article").value == ARTICLE


class TestTraces:
    def test_an_empty_list_says_what_will_be_here(self) -> None:
        assert "Every call will stand here" in sentences(screen("traces.py"))

    def test_one_trace_is_told_in_full(self) -> None:
        suggestions = shared().suggest(Request(article=ARTICLE, desk="local", version=1))
        at = screen("traces.py", trace=suggestions.trace.id)
        assert not at.exception
        assert at.metric[0].value == "10 of 10"
        raw = "\n".join(code.value for code in at.code)
        assert "You are a helpful assistant" in raw
        assert "Write exactly" in raw

    def test_markup_in_an_article_stays_text(self) -> None:
        hostile = "**bold** <script>alert(1)</script> [link](http://evil.example) $x$ The bridge closes today."
        suggestions = shared().suggest(Request(article=hostile, desk="local", model="**nope** <b>"))
        at = screen("traces.py", trace=suggestions.trace.id)
        assert "<b>" not in at.error[0].value
        assert "**nope**" not in at.error[0].value

    def test_a_trace_that_is_not_there_is_told(self) -> None:
        assert "There is no trace" in screen("traces.py", trace="0" * 32).error[0].value


class TestBrokenInstallation:
    @pytest.mark.usefixtures("never_started")
    def test_every_screen_says_what_is_wrong(self) -> None:
        with closing(sqlite3.connect(settings.load().db)) as connection:
            connection.execute("create table other (id integer)")
        at = AppTest.from_file(str(ROOT / "pages" / "navigation.py"), default_timeout=30).run()
        assert "belongs to another program" in at.error[0].value.replace("\\", "")

    def test_a_wrong_setting_is_named(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("COPYDESK_RETRIES", "many")
        at = AppTest.from_file(str(ROOT / "pages" / "navigation.py"), default_timeout=30).run()
        assert "COPYDESK_RETRIES" in at.error[0].value.replace("\\", "")
