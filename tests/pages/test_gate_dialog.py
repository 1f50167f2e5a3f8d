"""The gate in the release dialog: what a missing run will take stands there before anybody starts it."""

import re
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from core.copydesk import shared
from core.evals.gates import gated as gated_releases
from core.evals.running import runs
from core.evals.running.runs import Run
from core.prompts import releases
from core.prompts.releases import Place
from tests.pages.eval_runs import BOTH, finished, put_set
from tests.pages.test_screens import screen, sentences


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> None:
    """A model that takes its time, in an installation that is still to be opened."""
    monkeypatch.setenv("COPYDESK_OFFLINE_LATENCY", "0.2")


@pytest.fixture
def gated(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A gate of production that asks for a low cost on a set of eight cases."""
    (tmp_path / "gates").mkdir()
    (tmp_path / "gates" / "headlines.yml").write_text(
        "prompt: headlines\nenvironments: [production]\nset: eight\nrules:\n  - {measure: cost, at_most: 0.02}\n"
    )
    monkeypatch.setenv("COPYDESK_GATES", str(tmp_path / "gates"))
    put_set(shared())


def dialog() -> AppTest:
    at = screen("prompts.py", prompt="headlines", version="1", release="production")
    assert not at.exception
    return at


def press(at: AppTest, label: str) -> AppTest:
    next(button for button in at.button if button.label == label).click().run()
    assert not at.exception
    return at


def ended() -> Run:
    """The only run there is, once it is done."""
    (run,) = runs.listing(shared().db)
    future = shared().runs.get(run.id)
    if future is not None:
        future.result(timeout=60)
    return runs.get(shared().db, run.id)


def link_to(at: AppTest, label: str) -> str:
    """The parameters behind a link."""
    return next(link.proto.query_string for link in at.get("page_link") if link.proto.label == label)


@pytest.mark.usefixtures("gated")
def test_a_release_begins_nowhere_until_somebody_says_where_and_for_whom() -> None:
    at = press(screen("prompts.py", prompt="headlines", version="1"), "Release")
    where, for_whom = (next(box for box in at.selectbox if box.label == label) for label in ("Environment", "For"))
    assert (where.value, for_whom.value) == (None, None)
    assert not any(button.label.startswith("Release 1") for button in at.button)


@pytest.mark.usefixtures("gated")
def test_an_address_asks_for_a_place_once() -> None:
    at = screen("prompts.py", prompt="headlines", version="1", release="staging", **{"for": "sport"})
    assert "Staging, sport desk" in sentences(at)
    assert "Gate of" not in sentences(at)
    assert set(at.query_params) == {"prompt", "version"}


@pytest.mark.parametrize("asked", [{"release": "moon"}, {"release": "staging", "for": "gardening"}])
def test_an_address_that_asks_for_no_place_opens_nothing(asked: dict[str, str]) -> None:
    at = screen("prompts.py", prompt="headlines", version="1", **asked)
    assert not at.exception
    assert "Environment" not in [box.label for box in at.selectbox]


@pytest.mark.usefixtures("slow", "gated")
def test_a_missing_run_is_watched_and_leads_back_to_the_release_that_asked_for_it() -> None:
    at = dialog()
    # A browser runs the dialog by itself; here all runs, and the address has to ask for it again.
    at.query_params["release"] = "production"
    press(at, "Start the missing run")
    (bar,) = at.get("progress")
    assert re.fullmatch(r"The run that the gate asks for is under way: \d+ of 48\.", bar.proto.text)
    run = ended()
    at.query_params["release"] = "production"
    press(at, "See what the gate says")
    assert at.success[0].value.startswith("The gate passes for all desks")
    at = screen("evals.py", run=run.id)
    assert "The gate of production, all desks asked for this run" in sentences(at)
    assert link_to(at, "Release headlines 1 …") == "prompt=headlines&version=1&release=production"
    place = Place("headlines", "production")
    seen = releases.current(shared().db, place)
    gated_releases.release(shared().db, shared().settings.gates, place, 1, author="Ada", reason="Cheaper.", seen=seen)
    at = screen("evals.py", run=run.id)
    assert "On this run headlines 1 was released to production, all desks, by Ada" in sentences(at)
    assert link_to(at, "The release") == "prompt=headlines&history=production"


@pytest.mark.usefixtures("gated")
def test_a_reason_in_the_wrong_field_is_shown_the_right_one() -> None:
    at = dialog()
    assert "This is for the history, and opens no gate" in sentences(at)
    at.text_input(key="release_author").set_value("Ada")
    at.text_input(key="release_reason").set_value("The final.")
    at.query_params["release"] = "production"
    press(at, "Release 1 to production, all desks")
    assert "goes into “Release it against the gate, because”, above, and not into “Reason”" in at.error[0].value


@pytest.mark.usefixtures("gated")
def test_a_missing_run_says_what_it_takes_before_it_is_started() -> None:
    at = dialog()
    assert [metric.label for metric in at.metric] == ["Calls", "Expected cost", "Expected time"]
    assert at.metric[0].value == "48"
    assert "Start the missing run" in [button.label for button in at.button]


@pytest.mark.usefixtures("gated")
def test_a_verdict_says_that_a_comparison_asks_something_else() -> None:
    finished(shared(), candidates=BOTH[::-1])
    at = dialog()
    assert "may be inconclusive where the gate passes" in sentences(at)


def test_a_comparison_says_that_the_gate_asks_something_else() -> None:
    put_set(shared())
    at = screen("evals.py", run=finished(shared()).id, compare="1")
    assert "can pass where this is inconclusive" in sentences(at)
