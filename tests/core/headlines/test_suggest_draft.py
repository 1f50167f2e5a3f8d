"""A draft answers like a version, and its trace keeps what no version does: the draft as it was."""

import pytest

from core.copydesk import Copydesk
from core.errors import Conflict
from core.headlines import Request, Suggestions
from core.prompts import files, versions
from core.prompts.content import Content, MessageTemplate
from core.traces import record
from core.traces.model import Trace
from tests.conftest import ROOT

ARTICLE = (ROOT / "prompts" / "samples" / "local-harbour-bridge.en.txt").read_text().partition("\n\n")[2]
SHIPPED = files.read(ROOT / "prompts" / "headlines-2.prompt.yml").content


def draft(text: str = "", **changed: object) -> Content:
    """The shipped prompt with a text before its last message."""
    *first, last = SHIPPED.messages
    messages = (*first, MessageTemplate(role=last.role, content=f"{text}{last.content}"))
    return SHIPPED.model_copy(update={"messages": messages, **changed})


def wish(content: Content | None, **more: object) -> Request:
    return Request(**{"article": ARTICLE, "desk": "local", "draft": content, "source": "playground", **more})  # pyright: ignore[reportArgumentType]


def asked(copydesk: Copydesk, content: Content, **more: object) -> tuple[Suggestions, Trace]:
    suggestions = copydesk.suggest(wish(content, **more))
    return suggestions, record.get(copydesk.db, suggestions.trace.id)


class TestAnswer:
    def test_is_ten_headlines_like_a_versions(self, copydesk: Copydesk) -> None:
        suggestions, _ = asked(copydesk, draft("Dear colleague. "))
        assert (suggestions.status, len(suggestions.texts)) == ("valid", 10)

    def test_is_asked_with_the_drafts_own_words(self, copydesk: Copydesk) -> None:
        _, trace = asked(copydesk, draft("Dear {{ desk }} colleague. "))
        assert trace.attempts[0].messages[-1]["content"].startswith("Dear local colleague. ")

    def test_keeps_the_drafts_own_contract(self, copydesk: Copydesk) -> None:
        contract = SHIPPED.contract.model_copy(update={"count": 3, "limits": {"web": 50}})
        suggestions, _ = asked(copydesk, draft(contract=contract))
        assert (suggestions.limit, len(suggestions.texts)) == (50, 3)
        assert all(len(text) <= 50 for text in suggestions.texts)

    def test_can_be_had_of_a_prompt_that_has_no_version_yet(self, copydesk: Copydesk) -> None:
        assert asked(copydesk, draft(), prompt="poems")[0].status == "valid"

    def test_makes_no_version(self, copydesk: Copydesk) -> None:
        before = versions.listing(copydesk.db, "headlines")
        asked(copydesk, draft("New. "))
        assert versions.listing(copydesk.db, "headlines") == before


class TestTrace:
    def test_names_no_version_and_no_release(self, copydesk: Copydesk) -> None:
        line = asked(copydesk, draft())[1].line
        assert (line.prompt, line.version, line.release) == ("headlines", None, None)

    def test_holds_the_whole_draft_and_its_hash(self, copydesk: Copydesk) -> None:
        content = draft("Größe 🌉 {{ desk }}. ", other={"evaluators": [{"name": "x", "nothing": None}]})
        settings = asked(copydesk, content)[1].settings
        assert Content.model_validate(settings["draft"]) == content
        assert settings["version_hash"] == Content.model_validate(settings["draft"]).hash

    def test_of_a_version_holds_no_draft(self, copydesk: Copydesk) -> None:
        trace = record.get(copydesk.db, copydesk.suggest(wish(None, version=2)).trace.id)
        assert "draft" not in trace.settings

    def test_explains_the_draft_before_a_version_that_was_named_too(self, copydesk: Copydesk) -> None:
        trace = asked(copydesk, draft("Dear colleague. "), version=1)[1]
        assert (trace.line.version, "draft" in trace.settings) == (None, True)


class TestRequestId:
    def test_with_the_same_draft_is_the_same_trace(self, copydesk: Copydesk) -> None:
        first, second = (copydesk.suggest(wish(draft("A. "), request_id="try-1")) for _ in range(2))
        assert first == second

    @pytest.mark.parametrize("other", [draft("B. "), draft("A. ", model="gpt"), None])
    def test_with_another_draft_or_none_is_refused(self, copydesk: Copydesk, other: Content | None) -> None:
        copydesk.suggest(wish(draft("A. "), request_id="try-1"))
        with pytest.raises(Conflict, match="used for another request"):
            copydesk.suggest(wish(other, request_id="try-1"))

    def test_of_a_versions_request_is_not_a_drafts_with_the_same_content(self, copydesk: Copydesk) -> None:
        copydesk.suggest(wish(None, version=2, request_id="try-1"))
        with pytest.raises(Conflict):
            copydesk.suggest(wish(SHIPPED, version=2, request_id="try-1"))


class TestBrokenDraft:
    @pytest.mark.parametrize(
        ("text", "sentence"),
        [
            ("One.\n{% if desk %}", "The template breaks at line"),
            ("{{ article | tojson }}", "The template uses the filter 'tojson'"),
            ("{% for letter in article %}{% endfor %}", "The template uses 'for'"),
            ("{{ weather }}", "The prompt uses a variable that it is not given: 'weather' is undefined."),
            ("{{ article / 2 }}", "The template uses 'div'"),
        ],
    )
    def test_is_a_failed_trace_with_the_sentence(self, copydesk: Copydesk, text: str, sentence: str) -> None:
        suggestions, trace = asked(copydesk, draft(text))
        assert (suggestions.status, trace.line.error_kind, trace.attempts) == ("refused", "bad_input", [])
        assert sentence in (trace.line.error or "")

    def test_of_a_model_that_is_not_on_offer_names_it(self, copydesk: Copydesk) -> None:
        suggestions, _ = asked(copydesk, draft(model="gpt-99"))
        assert (suggestions.status, suggestions.trace.error_kind) == ("failed", "not_found")
        assert "There is no model 'gpt-99' on offer" in (suggestions.trace.error or "")

    def test_of_a_channel_that_it_does_not_have_names_those_it_has(self, copydesk: Copydesk) -> None:
        contract = SHIPPED.contract.model_copy(update={"limits": {"radio": 90}})
        assert "it has radio" in (asked(copydesk, draft(contract=contract))[0].trace.error or "")

    def test_is_on_record_as_it_was(self, copydesk: Copydesk) -> None:
        content = draft("{{ weather }}")
        assert Content.model_validate(asked(copydesk, content)[1].settings["draft"]) == content

    def test_leaves_the_article_on_record(self, copydesk: Copydesk) -> None:
        assert asked(copydesk, draft("{{ weather }}"))[1].article == ARTICLE
