"""The review queue through the API: a CMS asks that somebody looks at a set."""

from core.copydesk import shared
from core.review import overview
from tests.core.api.caller import client, error
from tests.records import put


def ask(trace: str, **body: str):
    return client().post(f"/api/traces/{trace}/review", json={"person": "ada", "why": "The number is wrong."} | body)


class TestAsking:
    def test_puts_a_set_into_the_queue_once(self) -> None:
        trace = put(shared().db, "Bridge closes for twelve weeks")
        answer, again = ask(trace), ask(trace, person="ben")
        assert answer.status_code == 201
        assert answer.json() == {"item": 1, "trace": trace, "desk": "local", "state": "waiting", "reasons": ["by_hand"]}
        assert again.json()["item"] == 1
        (line,) = overview.lines(shared().db)
        assert [reason.person for reason in line.item.reasons] == ["ada", "ben"]

    def test_for_what_cannot_be_is_told(self) -> None:
        assert error(ask("0" * 32)) == (404, "not_found")
        assert error(ask(put(shared().db), why="Look.")) == (422, "bad_input")
        assert error(ask(put(shared().db, "A headline"), why=" ")) == (422, "bad_input")
