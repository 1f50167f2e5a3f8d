"""The gate in the release dialog: what a missing run will take stands there before anybody starts it."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from core.copydesk import shared
from tests.pages.eval_runs import BOTH, finished, put_set
from tests.pages.test_screens import screen, sentences


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
    at = screen("prompts.py", prompt="headlines", version="1")
    next(button for button in at.button if button.label == "Release").click().run()
    assert not at.exception
    return at


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
