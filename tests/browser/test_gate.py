"""A lead releases past the gate: what is missing is run from the dialog, each rule is shown, and an override stays."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from core import settings
from core.copydesk import open_copydesk
from core.evals import sets
from core.evals.case import Case
from tests.browser.conftest import served

ARTICLE = (
    "The harbour bridge closes for eleven weeks from Monday, the town council said. Traders fear for their Easter sales. "
    "A ferry carries 160 pupils to school. The mayor promised a second one by April. The bridge was built in 1931."
)


@pytest.fixture
def gated(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A served Copydesk with a gate that asks for a low cost, and a set of eight cases."""
    (tmp_path / "gates").mkdir()
    (tmp_path / "gates" / "headlines.yml").write_text(
        "prompt: headlines\nenvironments: [production]\nset: bridges\nrules:\n  - {measure: cost, at_most: 0.02}\n"
    )
    cases = [Case(id=f"case-{n}", article=f"{ARTICLE} It carries {n + 2},000 cars.", desk="local") for n in range(8)]
    with open_copydesk(settings.load()) as copydesk:
        sets.save(copydesk.db, "bridges", cases, note="The first.", author="ada", seen=None, article_limit=60_000)
    with served(tmp_path) as address:
        yield address


def dialog(page: Page, app: str) -> None:
    page.goto(f"{app}/prompts?prompt=headlines&version=1&release=production")
    expect(page.get_by_text("Gate of production")).to_be_visible(timeout=20_000)


class TestTheGate:
    def test_asks_for_a_run_starts_it_and_then_lets_the_version_through(self, page: Page, gated: str) -> None:
        dialog(page, gated)
        expect(page.get_by_text("Version 1 was not run beside version 2")).to_be_visible()
        page.get_by_role("button", name="Start the missing run").click()
        page.get_by_role("link", name="Watch the run").click()
        expect(page.get_by_text("Everything was tried.")).to_be_visible(timeout=60_000)
        dialog(page, gated)
        expect(page.get_by_text("The gate passes for all desks")).to_be_visible()
        page.get_by_label("Your name").fill("Ada")
        page.get_by_label("Reason").fill("Cheaper.")
        page.get_by_role("button", name="Release 1").click()
        expect(page.get_by_text("now get version 1")).to_be_visible(timeout=20_000)

    def test_refuses_without_a_run_and_an_override_stays_in_the_history(self, page: Page, gated: str) -> None:
        dialog(page, gated)
        page.get_by_label("Your name").fill("Ada")
        page.get_by_label("Reason", exact=True).fill("The final.")
        page.get_by_role("button", name="Release 1").click()
        expect(page.get_by_text("Run it there, or release it against the gate with a reason.")).to_be_visible(
            timeout=20_000
        )
        page.get_by_label("Release it against the gate, because").fill("The final is tonight.")
        page.get_by_role("button", name="Release 1").click()
        expect(page.get_by_text("now get version 1")).to_be_visible(timeout=20_000)
        page.goto(f"{gated}/prompts?prompt=headlines&history=production")
        expect(page.get_by_text("against the gate")).to_be_visible(timeout=20_000)
        expect(page.get_by_text("The final is tonight.")).to_be_visible()
