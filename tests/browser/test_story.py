"""A lead makes the prompt punchier for sport: it helps sport and harms politics, and the gate lets it out for sport alone."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from core import profiles, settings
from core.checks import profile_files
from core.copydesk import open_copydesk
from tests.browser.conftest import served
from tests.browser.test_first_headlines import choose, headlines, served_in_the_playground
from tests.conftest import ROOT

SENTENCE = "Be punchy: short lines, active verbs, the result and who got it first. Set no scene."
RULES = ROOT / "prompts" / "examples" / "desk-rules.yml"
GATES = ROOT / "prompts" / "gates"


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A newsroom where sport has said how long a line may be, and politics that nobody shouts; its gate is the shipped one."""
    folder = tmp_path_factory.mktemp("story")
    here = {"db": folder / "copydesk.db", "models": folder / "models.yml"}
    with open_copydesk(settings.load().model_copy(update=here)) as copydesk:
        extended = profiles.current(copydesk.db).with_rules(profile_files.read(RULES).rules)
        seen = profiles.in_use(copydesk.db)
        profiles.change(copydesk.db, extended, note="What two desks mind.", author="Ada", seen=seen)
    with served(folder, COPYDESK_GATES=str(GATES)) as address:
        yield address


class TestALead:
    def test_gets_a_punchier_prompt_to_sport_and_not_to_politics(self, page: Page, app: str, errors: list[str]) -> None:
        self.writes_version_3(page, app)
        self.runs_it_beside_version_2(page, app)
        self.sees_which_desk_it_helps_and_which_it_harms(page)
        self.is_refused_for_all_desks(page, app)
        self.releases_it_to_sport(page)
        assert served_in_the_playground(page, app, "sport") == "headlines 3"
        assert served_in_the_playground(page, app, "politics") == "headlines 2"
        assert errors == []

    def writes_version_3(self, page: Page, app: str) -> None:
        page.goto(f"{app}/prompts?prompt=headlines&version=2")
        page.get_by_role("button", name="Edit a copy").click()
        expect(page.get_by_text("tokens to read")).to_be_visible(timeout=30_000)
        page.get_by_label("Text of message 1").press("Control+End")
        page.keyboard.type(f"\n\n{SENTENCE}")
        expect(page.locator("code", has_text=SENTENCE)).to_be_visible(timeout=15_000)
        page.get_by_label("What changes, and why?").fill("Punchier, as sport asks for it.")
        page.get_by_label("Your name").fill("Ada")
        page.get_by_label("Your name").press("Tab")
        page.get_by_role("button", name="Save as a version").click()
        expect(page.get_by_role("heading", name="headlines 3")).to_be_visible(timeout=15_000)

    def runs_it_beside_version_2(self, page: Page, app: str) -> None:
        page.goto(f"{app}/evals?view=start&of=newsroom")
        expect(page.get_by_label("Baseline", exact=True)).to_have_value(re.compile("^2, live"), timeout=30_000)
        expect(page.get_by_label("Candidate", exact=True)).to_have_value(re.compile("^3: Punchier"))
        page.get_by_label("Your name").fill("Ada")
        page.get_by_label("Your name").press("Tab")
        page.get_by_role("button", name="Start", exact=True).click()
        expect(page.get_by_text("128 of 128")).to_be_visible(timeout=90_000)
        page.get_by_role("button", name="Open the comparison").click()

    def sees_which_desk_it_helps_and_which_it_harms(self, page: Page) -> None:
        expect(page.get_by_text("How do they stand in every measure?")).to_be_visible(timeout=30_000)
        choose(page, "Compared by", "headlines without a failed check")
        expect(page.get_by_text("It is worse on politics: 41 of 100 fewer headlines")).to_be_visible(timeout=30_000)
        expect(page.get_by_text("It is better on sport: 28 of 100 more headlines")).to_be_visible()
        page.get_by_role("link", name=re.compile("sport-2")).first.click()
        expect(page).to_have_url(re.compile("case=sport-2"))
        expect(headlines(page)).to_have_count(20, timeout=30_000)

    def is_refused_for_all_desks(self, page: Page, app: str) -> None:
        page.goto(f"{app}/prompts?prompt=headlines&version=3&release=production")
        dialog = page.get_by_role("dialog")
        expect(dialog.get_by_text("The gate fails for all desks: 1 of 9 rules is not met.")).to_be_visible(
            timeout=30_000
        )
        expect(
            dialog.get_by_text(re.compile(r"Not on politics\. The worst is politics: 41 of 100 fewer"))
        ).to_be_visible()
        dialog.get_by_label("Your name").fill("Ada")
        dialog.get_by_label("Reason", exact=True).fill("Sport asked for it.")
        dialog.get_by_label("Reason", exact=True).press("Tab")
        dialog.get_by_role("button", name="Release 3").click()
        expect(dialog.get_by_text("Release it against the gate with a reason, or mend it.")).to_be_visible(
            timeout=30_000
        )

    def releases_it_to_sport(self, page: Page) -> None:
        choose(page, "For", "sport")
        dialog = page.get_by_role("dialog")
        expect(dialog.get_by_text("The gate passes for the sport desk: all 9 rules are met")).to_be_visible(
            timeout=30_000
        )
        expect(dialog.get_by_text("Production, sport desk: from 2 to 3. The other desks keep 2.")).to_be_visible()
        dialog.get_by_role("button", name="Release 3").click()
        expect(page.get_by_text("Done: in production, the sport desk now gets version 3")).to_be_visible(timeout=30_000)
