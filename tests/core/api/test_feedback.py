"""Feedback through the API, as a CMS sends it: with a key, early, twice, and wrong."""

from typing import Any

import httpx
import pytest

from core.copydesk import close_shared, shared
from core.headlines import Request
from core.keeping import erasing
from tests.core.api.caller import client, error

ARTICLE = "The harbour bridge closes for eleven weeks from Monday, the town council said. A ferry carries 160 pupils."


@pytest.fixture
def trace() -> str:
    """A closed trace with two headlines."""
    return shared().suggest(Request(article=ARTICLE, desk="local", language="en", count=2)).trace.id


def post(trace: str, *, key: str | None = None, **body: Any) -> httpx.Response:
    headers = {} if key is None else {"Idempotency-Key": key}
    whole = {"kind": "picked", "person": "ada", "position": 0} | body
    return client().post(f"/api/traces/{trace}/feedback", json=whole, headers=headers)


class TestGiving:
    def test_is_201_with_what_is_on_record(self, trace: str) -> None:
        answer = post(trace, kind="edited", text="Bridge shut until June")
        kept = answer.json()
        assert answer.status_code == 201
        assert (kept["trace"], kept["position"], kept["person"], kept["source"]) == (trace, 0, "ada", "api")
        assert (kept["text"], kept["words"], kept["stands"]) == ("Bridge shut until June", 4, True)
        assert kept["hter"] == kept["word_edits"] / 4
        assert kept["suggested"] == client().get(f"/api/traces/{trace}").json()["headlines"][0]["text"]

    def test_again_with_the_same_key_is_200_with_the_first(self, trace: str) -> None:
        first, again = (post(trace, key="k") for _ in range(2))
        assert (first.status_code, again.status_code) == (201, 200)
        assert first.json() == again.json()

    def test_again_after_the_call_was_erased_is_200_without_the_text(self, trace: str) -> None:
        first = post(trace, key="k", kind="label", position=None, text="wrong name").json()
        erasing.trace(shared().db, trace, author="ada", reason="The source withdrew.")
        again = post(trace, key="k", kind="label", position=None, text="wrong name")
        assert (again.status_code, again.json()) == (200, first | {"text": ""})

    def test_again_after_more_is_redacted_or_nothing_is_kept_is_200(
        self, trace: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        said = {"kind": "comment", "position": None, "text": "Write to ada@paper.example"}
        first = post(trace, key="k", **said).json()
        close_shared()
        monkeypatch.setenv("COPYDESK_REDACT", "email")
        assert (post(trace, key="k", **said).status_code, post(trace, key="k", **said).json()) == (200, first)
        close_shared()
        monkeypatch.setenv("COPYDESK_TEXTLESS_DESKS", "local")
        assert post(trace, key="k", **said).status_code == 200

    def test_something_else_with_the_same_key_is_a_conflict(self, trace: str) -> None:
        post(trace, key="k")
        assert error(post(trace, key="k", position=1)) == (409, "conflict")

    def test_without_a_key_is_new_every_time(self, trace: str) -> None:
        assert [post(trace).status_code for _ in range(2)] == [201, 201]

    def test_on_a_trace_that_is_not_there_is_404(self) -> None:
        assert error(post("0" * 32)) == (404, "not_found")

    @pytest.mark.parametrize(
        "wrong",
        [
            {"position": 2},
            {"position": -1},
            {"position": 2**70},
            {"position": "0"},
            {"position": None},
            {"kind": "liked"},
            {"kind": "edited"},
            {"kind": "edited", "text": " "},
            {"kind": "edited", "text": "x" * 1_001},
            {"kind": "comment", "text": "x" * 5_001},
            {"kind": "thumb", "value": 2},
            {"kind": "thumb", "value": True},
            {"kind": "score", "value": 3},
            {"kind": "score", "value": 3, "criterion": "wit"},
            {"person": ""},
            {"person": None},
            {"person": "x" * 201},
            {"given_at": 1},
            {"given_at": 2**70},
            {"given_at": "today"},
            {"colour": "red"},
            {"source": "app"},
            {"key": "x" * 201},
            {"key": ""},
        ],
    )
    def test_what_cannot_be_is_422_and_leaves_nothing(self, trace: str, wrong: dict[str, Any]) -> None:
        response = post(trace, **wrong)
        assert error(response) == (422, "bad_input")
        assert response.json()["error"]["message"]
        assert client().get(f"/api/traces/{trace}/feedback").json() == []

    def test_half_a_character_is_422(self, trace: str) -> None:
        body = b'{"kind": "comment", "person": "ada", "text": "\\ud800"}'
        headers = {"content-type": "application/json"}
        response = client().post(f"/api/traces/{trace}/feedback", content=body, headers=headers)
        assert error(response) == (422, "bad_input")

    def test_is_guarded_as_the_rest(self, trace: str) -> None:
        response = client(host="10.0.0.7").post(f"/api/traces/{trace}/feedback", json={})
        assert error(response) == (403, "forbidden")


class TestReading:
    def test_tells_all_of_it_and_what_stands(self, trace: str) -> None:
        post(trace)
        post(trace, kind="rejected")
        post(trace, kind="thumb", value=-1, position=None)
        told = client().get(f"/api/traces/{trace}/feedback").json()
        assert [(each["kind"], each["position"], each["stands"]) for each in told] == [
            ("picked", 0, False), ("rejected", 0, True), ("thumb", None, True)
        ]  # fmt: skip

    def test_of_a_trace_that_is_not_there_is_404(self) -> None:
        assert error(client().get(f"/api/traces/{'0' * 32}/feedback")) == (404, "not_found")


class TestDocumentation:
    def test_describes_every_field(self) -> None:
        schemas = client().get("/api/openapi.json").json()["components"]["schemas"]
        assert schemas["GivenBody"]["additionalProperties"] is False
        assert set(schemas["GivenBody"]["required"]) == {"kind", "person"}
        assert set(schemas["GivenBody"]["properties"]) == {
            "kind", "person", "position", "value", "text", "criterion", "given_at"
        }  # fmt: skip
