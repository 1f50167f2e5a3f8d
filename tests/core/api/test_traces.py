"""Traces are found over the API as on the screen: by the same parameters, page by page, and as a file."""

import csv
import io
import json
from collections.abc import Mapping

import httpx
import pytest

from core.copydesk import shared
from core.traces.finding.find import ORDERS
from tests.core.api.caller import client, error
from tests.core.traces.found import Kept, put


def get(address: str, parameters: Mapping[str, str | list[str]] | None = None) -> httpx.Response:
    return client().get(address, params=parameters)


def found(response: httpx.Response) -> list[str]:
    return [each["id"] for each in response.json()["traces"]]


@pytest.fixture
def traces() -> list[str]:
    """Three of sport, the newest first, and one of another desk."""
    return put(shared().db, Kept(desk="local"), *[Kept(article="The bridge closes.")] * 3)[:0:-1]


class TestTraces:
    def test_are_found_by_words_and_facts(self, traces: list[str]) -> None:
        both = {"text": "bridge", "desk": ["sport", "world"], "source": "api"}
        assert found(get("/api/traces", both)) == traces
        assert len(found(get("/api/traces"))) == 4

    @pytest.mark.parametrize("order", ORDERS)
    def test_come_in_pages_that_lead_to_the_next(self, traces: list[str], order: str) -> None:
        page = get("/api/traces", {"desk": "sport", "limit": "2", "order": order})
        assert found(page) == traces[:2]
        put(shared().db, Kept(), first=9)
        last = get(page.json()["next"])
        assert found(last)[:1] == traces[2:]
        assert last.json()["next"] is None

    def test_are_refused_with_a_sentence(self) -> None:
        assert error(get("/api/traces", {"status": "fine"})) == (422, "bad_input")
        assert error(get("/api/traces", {"order": "random"})) == (422, "bad_input")
        assert error(get("/api/traces", {"after": "x"})) == (404, "not_found")
        assert "no filter 'desks'" in get("/api/traces", {"desks": "sport"}).json()["error"]["message"]


class TestExport:
    def test_is_what_is_found(self, traces: list[str]) -> None:
        answer = get("/api/traces/export", {"desk": "sport", "format": "csv"})
        assert answer.headers["content-disposition"] == 'attachment; filename="traces.csv"'
        assert [row["trace"] for row in csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig")))] == traces
        lines = get("/api/traces/export", {"desk": "sport"}).text.splitlines()
        assert [json.loads(line)["line"]["id"] for line in lines] == traces
        assert get("/api/traces/export", {"format": "parquet"}).content.startswith(b"PAR1")

    def test_of_what_cannot_be_searched_for_is_refused_before_it_begins(self) -> None:
        put(shared().db, Kept(article=" ".join(f"b{number}" for number in range(600))))
        assert error(get("/api/traces/export", {"text": "b*", "format": "csv"})) == (422, "bad_input")

    def test_of_an_unknown_format_is_refused(self) -> None:
        assert error(get("/api/traces/export", {"format": "xls"})) == (422, "bad_input")
        assert error(get("/api/traces/export", {"period": "2w"})) == (422, "bad_input")
