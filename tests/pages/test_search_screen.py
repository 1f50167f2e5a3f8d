"""The search of traces on a screen: what is chosen is in the address, and what is in the address is chosen."""

from collections.abc import Mapping

import pytest
from streamlit.testing.v1 import AppTest

from core import exports
from core.copydesk import shared
from core.db import Database
from core.traces.finding import views
from core.traces.finding.find import Find
from core.traces.finding.views import View
from tests.conftest import ROOT
from tests.core.traces.found import Kept, put
from tests.pages.test_screens import sentences
from tests.records import spoil

PEOPLE = ["playground", "api", "cli", "replay"]


@pytest.fixture
def db() -> Database:
    return shared().db


def traces(**address: str | list[str]) -> AppTest:
    at = AppTest.from_file(str(ROOT / "pages" / "navigation.py"), default_timeout=30)
    at.run()
    for name, value in address.items():
        at.query_params[name] = value
    return at.switch_page("traces.py").run()


def address(at: AppTest) -> dict[str, list[str]]:
    found: Mapping[str, str | list[str]] = at.query_params
    return {name: value if isinstance(value, list) else [value] for name, value in found.items()}


def chips(at: AppTest) -> list[str]:
    return [button.label.replace("\\", "") for button in at.button if str(button.key).startswith("chip_")]


class TestTheFilters:
    def test_leave_out_judges_and_evals_until_that_is_removed(self, db: Database) -> None:
        put(db, Kept(), Kept(source="judge"), Kept(source="eval"))
        at = traces()
        assert (chips(at), "1 found" in sentences(at)) == (["without judges, evals and trials"], True)
        at.button(key="chip_source").click().run()
        assert address(at) == {"source": ["any"]}
        assert (chips(at), "3 found" in sentences(at)) == ([], True)

    def test_go_into_the_address(self, db: Database) -> None:
        put(db, Kept(article="The bridge closes."), Kept(desk="local"), Kept())
        at = traces()
        at.multiselect(key="find_desk").set_value(["sport"]).run()
        at.text_input(key="find_text").set_value("bridge").run()
        at.number_input(key="find_min_ms").set_value(0.001).run()
        at.selectbox(key="find_order").set_value("duration").run()
        assert address(at) == {
            "text": ["bridge"], "desk": ["sport"], "source": PEOPLE, "min_ms": ["1.0"], "order": ["duration"]
        }  # fmt: skip
        assert "1 found" in sentences(at)

    def test_come_from_the_address(self, db: Database) -> None:
        put(db, Kept())
        at = traces(desk=["sport", "gone"], since="2026-09-01", until="2026-10-01", period="30d", min_cost="0.5")
        assert not at.exception
        assert at.multiselect(key="find_desk").value == ["sport", "gone"]
        assert (str(at.date_input(key="find_since").value), str(at.date_input(key="find_until").value)) == (
            "2026-09-01",
            "2026-09-30",
        )
        assert chips(at) == [
            "last 30 days", "from 01 Sep 2026 UTC", "before 01 Oct 2026 UTC", "at least $0.5000", "Desk sport", "Desk gone"
        ]  # fmt: skip

    def test_are_taken_away_one_by_one_or_all(self, db: Database) -> None:
        put(db, Kept())
        at = traces(desk=["sport", "local"], status="valid")
        at.button(key="chip_desk_local").click().run()
        assert address(at) == {"desk": ["sport"], "status": ["valid"]}
        at.button(key="find_clear").click().run()
        assert address(at) == {}

    def test_that_find_nothing_together_say_which_to_loosen(self, db: Database) -> None:
        put(db, Kept(), Kept(desk="local", status="failed"))
        at = traces(desk="sport", status="failed")
        assert "Nothing has all of that" in sentences(at)
        assert at.button(key="loosen_status").label == "Without the status\\: 1"
        at.button(key="loosen_desk").click().run()
        assert address(at) == {"status": ["failed"]}
        assert "1 found" in sentences(at)

    def test_that_cannot_be_read_are_told(self, db: Database) -> None:
        put(db, Kept())
        for wrong in ({"period": "2w"}, {"order": "best"}, {"after": "x"}, {"text": "&"}):
            at = traces(**wrong)
            assert not at.exception
            assert len(at.error) == 1

    def test_lead_straight_to_a_trace_whose_id_is_pasted(self, db: Database) -> None:
        one, _ = put(db, Kept(at=10**9), Kept())
        at = traces()
        at.text_input(key="find_text").set_value(f" {one[:12]} ").run()
        assert address(at) == {"trace": [one]}


class TestAViewOfOnesOwn:
    def test_is_saved_renamed_and_deleted(self, db: Database) -> None:
        put(db, Kept())
        at = traces(desk="sport", order="cost")
        at.text_input(key="views_of").set_value("Ada").run()
        at.text_input(key="view_name").set_value("Dear sport")
        next(button for button in at.button if button.label == "Save").click().run()
        assert views.of_person(db, "Ada") == [View("Dear sport", "desk=sport&order=cost")]
        at.text_input(key="view_new_name").set_value("Sport").run()
        at.button(key="view_rename").click().run()
        assert [view.name for view in views.of_person(db, "Ada")] == ["Sport"]
        at.button(key="view_delete").click().run()
        assert views.of_person(db, "Ada") == []

    def test_that_has_a_name_of_everybodys_is_refused(self, db: Database) -> None:
        put(db, Kept())
        at = traces()
        at.text_input(key="views_of").set_value("Ada").run()
        at.text_input(key="view_name").set_value("Thumbs down")
        next(button for button in at.button if button.label == "Save").click().run()
        assert "everybody has" in sentences(at)


class TestWhatWasFound:
    def test_can_be_exported_and_collected(self, db: Database) -> None:
        put(db, *[Kept()] * 3)
        at = traces(desk="sport")
        at.button(key="export_traces").click().run()
        assert "**3** traces" in sentences(at)
        at.button(key="collect_traces").click().run()
        assert "3 traces were found" in sentences(at)
        at.selectbox(key="collect_set").set_value("regressions")
        at.button(key="collect_traces").click().run()
        assert "1 case for regressions, after its version 1" in sentences(at)
        assert "2 left out, the same article as another" in sentences(at)

    def test_that_is_damaged_is_named_beside_the_file(self, db: Database) -> None:
        (found,) = put(db, Kept())
        spoil(db, found)
        at = traces(desk="sport")
        *_, piece = exports.pieces(db, Find(desk=("sport",)), "jsonl")
        # The first form on offer; what is under way in a dialog is not drawn anew here.
        at.session_state["export_made"] = ("csv", Find(desk=("sport",)), piece.data, piece.damaged)
        at.button(key="export_traces").click().run()
        (told,) = [each.value for each in at.warning]
        assert told.startswith(f"1 trace has a text that is damaged and cannot be read: `{found}`.")


class TestATraceOfASearch:
    def test_leads_to_those_before_and_after_it(self, db: Database) -> None:
        ids = put(db, Kept(), Kept(desk="local"), Kept(), Kept())
        at = traces(trace=ids[2], desk="sport")
        at.button(key="trace_next").click().run()
        assert address(at) == {"desk": ["sport"], "trace": [ids[0]]}
        assert at.button(key="trace_next").disabled
        at.button(key="trace_previous").click().run()
        assert address(at)["trace"] == [ids[2]]
        at.button(key="the_search").click().run()
        assert address(at) == {"desk": ["sport"]}

    def test_alone_leads_to_all(self, db: Database) -> None:
        (one,) = put(db, Kept())
        at = traces(trace=one)
        at.button(key="all_traces").click().run()
        assert address(at) == {}


class TestPages:
    def test_lead_on_and_back(self, db: Database) -> None:
        ids = put(db, *[Kept()] * 60)[::-1]
        at = traces(desk="sport")
        at.button(key="page_next").click().run()
        assert address(at) == {"desk": ["sport"], "after": [ids[49]]}
        at.button(key="page_previous").click().run()
        assert address(at) == {"desk": ["sport"], "before": [ids[50]]}
        assert "page_first" not in [button.key for button in at.button]
