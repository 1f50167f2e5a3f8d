"""The API as a CMS uses it: what it sends, what it gets, and how it is told that something is wrong."""

from pathlib import Path

import httpx
import pytest

from tests.core.api.caller import client, error
from tests.provider import Provider

ARTICLE = (
    "The harbour bridge closes for eleven weeks from Monday, the town council said. Traders fear for Easter sales. "
    "A ferry will carry 160 pupils to school. The repair costs 4.2 million euros. Bus route 4 will be cut in two. "
    "Engineers found cracks in two hangers in February. Ambulances will wait on both sides of the water. "
    "The council has set aside 150,000 euros for shops. Drivers face a detour of six miles. Applications open on 1 April."
)


def post(**body: object) -> httpx.Response:
    return client().post("/api/headlines", json={"article": ARTICLE, "desk": "local", **body})


class TestHeadlines:
    def test_an_article_gets_ten_headlines_and_the_id_of_its_trace(self) -> None:
        answer = post().json()
        assert (answer["status"], len(answer["headlines"]), answer["version"]) == ("valid", 10, 2)
        assert all(headline["characters"] == len(headline["text"]) <= 70 for headline in answer["headlines"])
        assert len(answer["trace"]) == 32

    def test_channel_and_count_are_obeyed(self) -> None:
        answer = post(channel="search", count=3).json()
        assert (len(answer["headlines"]), answer["limit"]) == (3, 60)

    def test_the_same_idempotency_key_gives_the_same_answer(self) -> None:
        first, second = (
            client().post(
                "/api/headlines", json={"article": ARTICLE, "desk": "local"}, headers={"Idempotency-Key": "k1"}
            )
            for _ in range(2)
        )
        assert first.json() == second.json()

    def test_a_key_that_was_used_for_something_else_is_a_conflict(self) -> None:
        headers = {"Idempotency-Key": "k1"}
        client().post("/api/headlines", json={"article": ARTICLE, "desk": "local"}, headers=headers)
        again = client().post("/api/headlines", json={"article": ARTICLE, "desk": "sport"}, headers=headers)
        assert error(again) == (409, "conflict")

    def test_fewer_than_asked_for_is_an_answer_that_says_so(self) -> None:
        answer = post(article="Rain fell on the town all day. The river rose by a metre.")
        assert (answer.status_code, answer.json()["status"]) == (200, "incomplete")

    @pytest.mark.parametrize(
        ("wrong", "kind"),
        [
            ({"article": "  "}, "bad_input"),
            ({"desk": "gardening"}, "bad_input"),
            ({"channel": "radio"}, "bad_input"),
            ({"version": 99}, "not_found"),
            ({"model": "gpt-99"}, "not_found"),
        ],
    )
    def test_a_wish_that_cannot_be_met_is_422_with_a_sentence_and_a_trace(
        self, wrong: dict[str, object], kind: str
    ) -> None:
        response = post(**wrong)
        assert error(response) == (422, kind)
        assert response.json()["error"]["message"]
        assert client().get(f"/api/traces/{response.json()['trace']}").status_code == 200

    @pytest.mark.parametrize(
        ("script", "status"), [("401", 502), ("503", 502), ("silent", 504), ("429@60", 503), ("refusal", 502)]
    )
    def test_a_provider_that_fails_is_5xx_with_the_reason(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str, status: int
    ) -> None:
        monkeypatch.setenv("COPYDESK_TIMEOUT", "2")
        monkeypatch.setenv("COPYDESK_RETRIES", "0")
        with Provider() as provider:
            provider.write_models(tmp_path / "models.yml", script)
            response = post(model=script)
        assert response.status_code == status
        assert response.json()["status"] == "failed"
        assert response.json()["error"]["message"]


class TestMalformedRequests:
    def test_a_missing_field_is_named(self) -> None:
        response = client().post("/api/headlines", json={"desk": "local"})
        assert error(response) == (422, "bad_input")
        assert "article" in response.json()["error"]["message"]

    def test_an_unknown_field_is_refused_and_not_ignored(self) -> None:
        assert error(post(tempreature=0)) == (422, "bad_input")

    @pytest.mark.parametrize("body", [b"", b"{", b"[]", b"\xff\xfe", b'"x"'])
    def test_what_is_no_json_object_is_422(self, body: bytes) -> None:
        response = client().post("/api/headlines", content=body, headers={"content-type": "application/json"})
        assert error(response) == (422, "bad_input")

    def test_json_of_absurd_depth_is_refused(self) -> None:
        headers = {"content-type": "application/json"}
        assert error(client().post("/api/headlines", content=b"[" * 20_000, headers=headers)) == (400, "bad_input")

    def test_nothing_of_the_request_is_repeated(self) -> None:
        response = client().post("/api/headlines", json={"article": ["a secret source"], "desk": "local"})
        assert "secret source" not in response.text

    def test_a_body_over_the_limit_is_413(self) -> None:
        assert error(post(article="x" * 1_000_001)) == (413, "too_large")

    def test_an_address_that_is_not_there_is_404(self) -> None:
        assert error(client().get("/api/nothing")) == (404, "not_found")

    def test_a_trace_that_is_not_there_is_404(self) -> None:
        assert error(client().get("/api/traces/0000")) == (404, "not_found")


class TestTrace:
    def test_the_record_holds_messages_attempts_and_headlines(self) -> None:
        answer = post().json()
        trace = client().get(f"/api/traces/{answer['trace']}").json()
        assert trace["article"] == ARTICLE
        assert [attempt["kind"] for attempt in trace["attempts"]] == ["ask"]
        assert [each["text"] for each in trace["headlines"]] == [each["text"] for each in answer["headlines"]]
