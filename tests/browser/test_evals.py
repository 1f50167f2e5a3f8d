"""A lead evaluates a prompt: starts a run, watches it, reads the comparison down to a trace, and mends a case."""

import json
import re
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from core import settings
from core.copydesk import Copydesk, open_copydesk
from core.evals import case, sets
from core.evals.running import runs
from core.evals.running.plan import Candidate, Plan
from tests.browser.conftest import served
from tests.browser.test_first_headlines import choose, headlines
from tests.conftest import ROOT

BOTH = (Candidate(prompt="headlines", version=1), Candidate(prompt="headlines", version=2))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("evals")


@pytest.fixture(scope="module")
def finished_run(folder: Path) -> str:
    """A run of versions 1 and 2 on `newsroom`, done; two sets are there before the app is."""
    with elsewhere(folder) as copydesk:
        lines = (ROOT / "prompts" / "evals" / "newsroom.jsonl").read_text(encoding="utf-8").splitlines()
        cases = [case.make(json.loads(line)) for line in lines if line.strip()]
        for name, chosen in (("newsroom", cases), ("eight", cases[::8])):
            if sets.newest(copydesk.db, name) is None:
                sets.save(copydesk.db, name, chosen, note="The first.", author="Ada", seen=None, article_limit=None)
        number = sets.history(copydesk.db, "newsroom")[0].number
        plan = Plan(set_name="newsroom", set_number=number, candidates=BOTH, judge=True)
        run = copydesk.runs.start(plan, note="The naive prompt against ours", author="Ada")
        future = copydesk.runs.get(run.id)
        if future is not None:
            future.result(timeout=120)
        return run.id


@pytest.fixture(scope="module")
def app(folder: Path, finished_run: str) -> Iterator[str]:
    with served(folder, COPYDESK_OFFLINE_LATENCY="0.5") as address:
        yield address


def elsewhere(folder: Path, **more: object) -> Copydesk:
    """The same installation in another process than the app's."""
    here = {"db": folder / "copydesk.db", "models": folder / "models.yml"}
    return open_copydesk(settings.load().model_copy(update={**here, **more}))


def evals(page: Page, app: str, address: str = "") -> None:
    page.goto(f"{app}/evals{address}")
    expect(page.get_by_role("radio", name="Runs")).to_be_visible(timeout=30_000)


def started(page: Page, app: str, set_name: str) -> None:
    """Fill in the form for version 1 against 2, and start."""
    evals(page, app)
    page.get_by_role("button", name="Start a run").click()
    expect(page.get_by_text("What it will take")).to_be_visible()
    choose(page, "Set", set_name)
    choose(page, "Baseline", re.compile("^1: "))
    choose(page, "Candidate", re.compile("^2, live"))
    page.get_by_label("Note").fill("Which is better?")
    page.get_by_label("Your name").fill("Ada")
    page.get_by_label("Your name").press("Tab")
    page.get_by_role("button", name="Start", exact=True).click()
    expect(page).to_have_url(re.compile("run="), timeout=15_000)


def badge(page: Page, status: str):
    return page.get_by_text(re.compile(f"{status}$")).first


class TestALead:
    def test_finds_out_which_version_is_better_and_why(self, page: Page, app: str, errors: list[str]) -> None:
        started(page, app, "eight")
        expect(page.get_by_text("16 of 16")).to_be_visible(timeout=60_000)
        expect(page.get_by_text("Everything was tried.")).to_be_visible()
        page.get_by_role("button", name="Open the comparison").click()
        expect(page.get_by_text("Version 2 is better than version 1 at contract met at once")).to_be_visible(
            timeout=30_000
        )
        expect(page.locator(".js-plotly-plot")).to_have_count(2, timeout=30_000)
        page.get_by_role("link", name="better by 100 points").first.click()
        expect(headlines(page)).to_have_count(20)
        expect(page).to_have_url(re.compile("case="))
        page.get_by_role("link", name="Trace", exact=True).first.click()
        expect(page.get_by_text("What was asked")).to_be_visible()
        assert errors == []

    def test_is_told_what_a_run_will_take_before_it_starts(self, page: Page, app: str) -> None:
        evals(page, app, "?view=start&of=newsroom")
        expect(page.get_by_text("128", exact=True)).to_be_visible()
        choose(page, "Desks", "sport")
        expect(page.get_by_text("16", exact=True)).to_be_visible()
        expect(page.get_by_text("calls of this version").first).to_be_visible()

    def test_cancels_a_run_and_resumes_it(self, page: Page, app: str) -> None:
        started(page, app, "newsroom")
        expect(page.get_by_text(re.compile(r"^[1-9]\d? of 128"))).to_be_visible(timeout=30_000)
        expect(page.get_by_text(re.compile(r"\d\.\d per s"))).to_be_visible(timeout=30_000)
        page.get_by_role("button", name="Cancel").click()
        expect(page.get_by_role("button", name="Resume")).to_be_visible(timeout=10_000)
        expect(badge(page, "cancelled")).to_be_visible()
        page.get_by_role("button", name="Resume").click()
        expect(page.get_by_text("128 of 128")).to_be_visible(timeout=90_000)
        expect(badge(page, "done")).to_be_visible()

    def test_mends_a_case(self, page: Page, app: str, errors: list[str]) -> None:
        evals(page, app, "?set=eight")
        page.get_by_role("link", name="sport-1", exact=True).click()
        field = page.get_by_label("Reference headline")
        expect(field).not_to_be_empty()
        field.fill("Ferrant's hat-trick settles a derby of seven goals")
        page.get_by_label("What changes, and why?").fill("Sharper.")
        page.get_by_label("Your name").fill("Ada")
        page.get_by_role("button", name="Save as a new version").click()
        expect(page.get_by_text("Saved as eight 2.")).to_be_visible()
        expect(page.get_by_role("link", name="Ferrant's hat-trick settles a derby of seven goals")).to_be_visible()
        page.get_by_role("link", name="Versions").click()
        expect(page.get_by_text("changed: reference headline")).to_be_visible()
        assert errors == []

    def test_brings_a_spreadsheet_in_and_takes_it_out_again(self, page: Page, app: str, tmp_path: Path) -> None:
        sheet = tmp_path / "cup.csv"
        sheet.write_text(
            "Stueck;Ressort;Zeile\nDie Brücke ist zu.;local;Brücke zu\nDer Pokal ist weg.;sport;Pokal weg\n"
        )
        evals(page, app, "?view=sets")
        page.get_by_role("button", name="Import a file").click()
        page.locator("input[type=file]").set_input_files(sheet)
        expect(page.get_by_text("Say which header holds the article.")).to_be_visible()
        choose(page, "Article", "Stueck")
        expect(page.get_by_text("2 cases: local 1, sport 1")).to_be_visible()
        page.get_by_label("Name of the set").fill("pokal")
        page.get_by_label("Your name").fill("Ada")
        page.get_by_role("button", name="Save as a new version").click()
        expect(page.get_by_text("Saved as pokal 1: 2 cases.")).to_be_visible(timeout=20_000)
        page.get_by_role("button", name="Export").click()
        choose(page, "Format", "Spreadsheet, CSV")
        with page.expect_download() as file:
            page.get_by_role("button", name="Download").click()
        assert "case-2,Der Pokal ist weg.,sport,web" in file.value.path().read_text()


class TestWhileARunIsUnderWay:
    def test_nothing_jumps(self, page: Page, app: str) -> None:
        started(page, app, "eight")
        expect(page.get_by_text(re.compile(r"\d+ left"))).to_be_visible(timeout=15_000)
        place = page.get_by_text("Failed", exact=True)
        before = place.bounding_box()
        expect(page.get_by_text("16 of 16")).to_be_visible(timeout=60_000)
        expect(page.get_by_text("Everything was tried.")).to_be_visible()
        assert place.bounding_box() == before

    def test_that_of_another_process_is_followed_and_cancelled(self, page: Page, app: str, folder: Path) -> None:
        with elsewhere(folder, offline_latency=1.0) as copydesk:
            plan = Plan(set_name="newsroom", set_number=1, candidates=BOTH, concurrency=4)
            run = copydesk.runs.start(plan, note="", author="Ben")
            evals(page, app, f"?run={run.id}")
            expect(badge(page, "running")).to_be_visible()
            expect(page.get_by_text(re.compile(r"^[1-9]\d? of 128"))).to_be_visible(timeout=30_000)
            page.get_by_role("button", name="Cancel").click()
            deadline = time.monotonic() + 15
            while runs.get(copydesk.db, run.id).status != "cancelled":
                assert time.monotonic() < deadline, "the other process went on"
                time.sleep(0.1)
        page.reload()
        expect(badge(page, "cancelled")).to_be_visible(timeout=15_000)


class TestAComparison:
    def test_opens_cold_at_an_address_for_a_colleague(self, page: Page, app: str, finished_run: str) -> None:
        evals(page, app, f"?run={finished_run}&compare=1&of=judge:clarity&case=sport-1")
        expect(page.get_by_text("clarity by the judge").first).to_be_visible(timeout=30_000)
        expect(page.get_by_text("not calibrated").first).to_be_visible()

    def test_by_another_measure_is_one_choice_away(self, page: Page, app: str, finished_run: str) -> None:
        evals(page, app, f"?run={finished_run}&compare=1&of=met_at_once")
        expect(
            page.get_by_text("contract met at once (95").or_(page.get_by_text("at contract met at once"))
        ).to_be_visible(timeout=30_000)
        choose(page, "Compared by", "likeness to the reference")
        expect(page.get_by_text("at likeness to the reference")).to_be_visible()
        expect(page).to_have_url(re.compile("of=similarity"))

    def test_gives_its_figures_as_a_file_and_its_chart_as_a_picture(
        self, page: Page, app: str, finished_run: str
    ) -> None:
        evals(page, app, f"?run={finished_run}&compare=1&of=met_at_once")
        expect(page.locator(".js-plotly-plot").first).to_be_visible(timeout=30_000)
        with page.expect_download() as file:
            page.get_by_role("button", name="CSV").first.click()
        assert file.value.path().read_text().startswith("desk,articles,")
        page.locator(".js-plotly-plot").first.hover()
        with page.expect_download() as picture:
            page.locator(".modebar-btn").first.click()
        assert picture.value.suggested_filename == "newsroom-met_at_once-by-desk.png"


class TestNarrowScreen:
    @pytest.mark.parametrize(
        "address", ["", "?view=start", "?run={}", "?run={}&compare=1&case=sport-1", "?set=newsroom", "?view=sets&new=1"]
    )
    def test_fits_a_telephone(self, page: Page, app: str, finished_run: str, address: str) -> None:
        page.set_viewport_size({"width": 390, "height": 844})
        evals(page, app, address.format(finished_run))
        expect(page.locator("[data-testid=stApp][data-test-script-state=notRunning]")).to_be_visible(timeout=30_000)
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
