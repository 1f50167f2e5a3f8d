"""Take the README's pictures, and, into a folder of your own, every screen in every state for a look before a release.

`make pictures` writes docs/pictures; `make pictures REVIEW=folder` fills the folder instead.
"""

import io
import json
import re
import sys
import tempfile
import urllib.request
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.error import HTTPError

from PIL import Image
from playwright.sync_api import Browser, Page, expect, sync_playwright

from core.db import open_database
from core.feedback import Given, give
from core.headlines import samples
from tests import records
from tests.benchmarks import million
from tests.browser import story_pictures
from tests.browser.conftest import CHROMIUM, FLAGS, served
from tests.browser.test_first_headlines import choose, finished, side_by_side, unfold
from tests.conftest import ROOT
from tests.provider import Provider

PICTURES = ROOT / "docs" / "pictures"
SAMPLES = ROOT / "prompts" / "samples"
WIDE, NARROW = (1440, 900), (390, 844)
FAULTS = ("refusal", "401", "429", "too_long")
NOWHERE = "0" * 32
PROMPTS = {"prompts": "", "compare": "&compare=1..2", "releases": "&history=production", "draft-unknown": "&draft=none"}
SEASON = {
    "overview": ("overview?period=30d", "Which desk stands out?"),
    "traces": ("traces?desk=sport&check=number&source=playground&source=api", "found"),
    "reports": ("feedback?view=reports", "How often is a headline taken?"),
    "queue": ("feedback?view=queue", "Review next"),
    "pairs": ("feedback?view=pairs", "Blind pairs"),
    "keeping": ("keeping", "Keeping"),
}
CHECKS = {"profiles": "near duplicate", "edit": "What changes, and why?", "versions": "In use since"}


def main() -> None:
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        if sys.argv[1:]:
            review(browser, Path(folder), Path(sys.argv[1]))
        else:
            for_readme(browser, Path(folder))
            with tempfile.TemporaryDirectory() as another:
                of_story(browser, Path(another))
            with tempfile.TemporaryDirectory() as another:
                of_a_season(browser, Path(another))
        browser.close()


def for_readme(browser: Browser, folder: Path) -> None:
    """Ten headlines, two versions side by side, the record of a call, a draft, a comparison, checks, an evaluation."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    with served(folder) as app, opened(browser, WIDE, "light") as page:
        fill(app, many=1)  # so that no picture shows how long litellm takes to load
        sample(page, app)
        page.get_by_role("button", name="Suggest headlines").click()
        finished(page)
        take(page, PICTURES / "playground.png")
        page.get_by_role("link", name="Trace", exact=True).click()
        expect(page.get_by_text("What was asked")).to_be_visible()
        take(page, PICTURES / "trace.png")
        sample(page, app)
        side_by_side(page)
        take(page, PICTURES / "side-by-side.png")
        page.goto(f"{app}/prompts?prompt=headlines&version=2")
        page.get_by_role("button", name="Edit a copy").click()
        expect(page.get_by_text("tokens to read")).to_be_visible(timeout=30_000)
        take(page, PICTURES / "draft.png")
        page.goto(f"{app}/prompts?prompt=headlines&compare=1..2")
        expect(page.locator("ins").first).to_be_visible()
        take(page, PICTURES / "compare.png")
        page.goto(f"{app}/checks?for_desk=sport")
        expect(page.get_by_text("near duplicate").first).to_be_visible(timeout=30_000)
        take(page, PICTURES / "checks.png")
        complained(app)
        page.goto(f"{app}/feedback?view=queue&desk=local")
        page.get_by_label("Your name").first.fill("Ada")
        page.get_by_label("Your name").first.press("Enter")
        page.get_by_role("button", name="Review next").click()
        expect(page.get_by_text("is yours until")).to_be_visible()
        take(page, PICTURES / "review.png")
        page.goto(f"{app}/evals?run={evaluated(folder)}&compare=1")
        expect(page.get_by_text("How do they stand in every measure?")).to_be_visible(timeout=60_000)
        take(page, PICTURES / "evals.png")


def complained(app: str) -> None:
    """Somebody says of the newest headlines what is wrong with the second."""
    with urllib.request.urlopen(f"{app}/api/traces?desk=local&limit=1") as answer:
        trace = json.load(answer)["traces"][0]["id"]
    for body in ({"kind": "thumb", "value": -1}, {"kind": "comment", "text": "It opens again on 23 June, not in May."}):
        about = json.dumps({"person": "Ben", "position": 1, **body}).encode()
        address = f"{app}/api/traces/{trace}/feedback"
        urllib.request.urlopen(urllib.request.Request(address, about, {"content-type": "application/json"})).close()


def evaluated(folder: Path) -> str:
    """The id of a run in which the naive version was held against the structured one."""
    asked = ("--candidate", "headlines@1", "--baseline", "headlines@2", *story_pictures.ME)
    return story_pictures.said(folder, "eval", "newsroom", *asked).stderr.split()[-1]


def of_story(browser: Browser, folder: Path) -> None:
    """The story of a punchier prompt, in an installation of its own, before the gate that ships."""
    run = story_pictures.told(folder)
    gates = str(ROOT / "prompts" / "gates")
    with served(folder, COPYDESK_GATES=gates) as app, opened(browser, WIDE, "light") as page:
        story_pictures.pictures(page, app, run, lambda page, name: take(page, PICTURES / f"{name}.png"))


def of_a_season(browser: Browser, folder: Path) -> None:
    """What a newsroom sees that has worked with it for three months."""
    with served_for_a_season(folder) as app, opened(browser, WIDE, "light") as page:
        for name, (address, words) in SEASON.items():
            page.goto(f"{app}/{address}")
            expect(page.get_by_text(words).first).to_be_visible(timeout=60_000)
            if name in ("overview", "traces"):
                take(page, PICTURES / f"{name}.png")


@contextmanager
def served_for_a_season(folder: Path) -> Iterator[str]:
    """A Copydesk with three months of calls, and a complaint from this morning."""
    path = folder / "copydesk.db"
    list(million.fill(path, 6_000))
    with closing(open_database(path)) as db:
        harbour = next(each for each in samples.listing(SAMPLES) if "harbour" in each.name)
        headlines = ("Bridge closes for 12 weeks", "Harbour bridge shut until 23 June", "Ferry to carry 160 pupils")
        trace = records.put(db, *headlines, version=2, article=harbour.text)
        give(db, Given(trace, "thumb", "Ben", "app", position=0, value=-1))
        give(db, Given(trace, "comment", "Ben", "app", position=0, text="It is eleven weeks."))
    with served(folder) as app:
        yield app


def review(browser: Browser, folder: Path, target: Path) -> None:
    """Every screen: empty, full, failed; wide and narrow; light and dark; as tall as what it holds."""
    target.mkdir(parents=True, exist_ok=True)
    looks = [(size, scheme) for size in (WIDE, NARROW) for scheme in ("light", "dark")]
    with Provider() as provider:
        provider.write_models(folder / "models.yml", *FAULTS)
        with served(folder, COPYDESK_RETRIES="1") as app:
            for size, scheme in looks:
                with opened(browser, size, scheme) as page:
                    name = f"{size[0]}-{scheme}"
                    page.goto(app)
                    expect(page.get_by_label("Article", exact=True)).to_be_visible(timeout=30_000)
                    take_all(page, target / f"playground-empty-{name}.png")
                    page.goto(f"{app}/traces")
                    expect(page.get_by_role("heading", name="Traces")).to_be_visible()
                    take_all(page, target / f"traces-empty-{name}.png")
                    page.goto(f"{app}/traces?trace={NOWHERE}")
                    expect(page.get_by_role("link", name="All traces")).to_be_visible()
                    take_all(page, target / f"trace-unknown-{name}.png")
            fill(app)
            for size, scheme in looks:
                with opened(browser, size, scheme) as page:
                    played(page, app, target, f"{size[0]}-{scheme}")
    with tempfile.TemporaryDirectory() as another, served_for_a_season(Path(another)) as app:
        for size, scheme in looks:
            with opened(browser, size, scheme) as page:
                for name, (address, words) in SEASON.items():
                    page.goto(f"{app}/{address}")
                    expect(page.get_by_text(words).first).to_be_visible(timeout=60_000)
                    take_all(page, target / f"{name}-{size[0]}-{scheme}.png")
    with (
        served(folder, COPYDESK_MODELS=str(ROOT / "models.yml")) as app,
        opened(browser, WIDE, "light") as page,
    ):
        sample(page, app)
        unfold(page)
        page.get_by_label("Model", exact=True).click()
        expect(page.get_by_role("option").first).to_be_visible()
        take(page, target / "models.png")


def played(page: Page, app: str, target: Path, name: str) -> None:
    """The screens after somebody has worked with them: well, and with models that fail."""
    sample(page, app)
    page.get_by_role("button", name="Suggest headlines").click()
    finished(page)
    take_all(page, target / f"playground-full-{name}.png")
    page.get_by_role("link", name="Trace", exact=True).click()
    expect(page.get_by_text("What was asked")).to_be_visible()
    take_all(page, target / f"trace-full-{name}.png")
    for fault in ("refusal", "too_long"):
        sample(page, app)
        unfold(page)
        choose(page, "Model", fault)
        page.get_by_role("button", name="Suggest headlines").click()
        finished(page)
        take_all(page, target / f"playground-{fault}-{name}.png")
        page.get_by_role("link", name="Trace", exact=True).click()
        expect(page.get_by_text("What was asked")).to_be_visible()
        take_all(page, target / f"trace-{fault}-{name}.png")
    sample(page, app)
    side_by_side(page)
    take_all(page, target / f"playground-two-{name}.png")
    page.get_by_role("link", name="Trace", exact=True).last.click()
    page.get_by_role("link", name="headlines 2, offline/lede", exact=True).first.click()
    expect(page.get_by_text("Settings that differ")).to_be_visible(timeout=30_000)
    take_all(page, target / f"traces-compared-{name}.png")
    page.goto(f"{app}/traces")
    expect(page.get_by_role("link", name="headlines 2", exact=True).first).to_be_visible()
    take_all(page, target / f"traces-full-{name}.png")
    for title, address in PROMPTS.items():
        page.goto(f"{app}/prompts?prompt=headlines{address}")
        expect(page.get_by_role("radio", name="Versions")).to_be_visible()
        take_all(page, target / f"{title}-{name}.png")
    for view, words in CHECKS.items():
        page.goto(f"{app}/checks?view={view}")
        expect(page.get_by_text(words).first).to_be_visible()
        take_all(page, target / f"checks-{view}-{name}.png")


def fill(app: str, many: int | None = None) -> None:
    """Ask for headlines as a CMS does, for every sample, from models that work and models that fail."""
    for number, text in enumerate(samples.listing(SAMPLES)[:many]):
        body: dict[str, object] = {"article": text.text, "desk": text.desk, "language": text.language}
        if number % 3 == 1:
            body["version"] = 1
        if number % 4 == 3:
            body["model"] = FAULTS[number // 4 % len(FAULTS)]
        request = urllib.request.Request(
            f"{app}/api/headlines", json.dumps(body).encode(), {"content-type": "application/json"}
        )
        try:
            urllib.request.urlopen(request, timeout=60).close()
        except HTTPError as error:
            error.close()  # a failure has a trace, which is what is wanted


@contextmanager
def opened(browser: Browser, size: tuple[int, int], scheme: str) -> Iterator[Page]:
    """A page of this size, for a person who likes it light or dark."""
    dark = "dark" if scheme == "dark" else "light"
    context = browser.new_context(viewport={"width": size[0], "height": size[1]}, color_scheme=dark)
    context.set_default_timeout(30_000)
    yield context.new_page()
    context.close()


def sample(page: Page, app: str) -> None:
    """Pick the sample about the bridge."""
    page.goto(app)
    choose(page, "Sample article", re.compile("^local: "))
    expect(page.get_by_label("Article", exact=True)).not_to_be_empty()
    expect(page.get_by_label("Desk", exact=True)).to_have_value("local")


def take_all(page: Page, path: Path) -> None:
    """A picture as tall as the page, which scrolls inside a frame of Streamlit's."""
    size = page.viewport_size
    assert size
    settled(page)
    tall = page.evaluate("document.querySelector('[data-testid=stMain]').scrollHeight")
    page.set_viewport_size({"width": size["width"], "height": max(size["height"], tall + 60)})
    take(page, path)
    page.set_viewport_size(size)


def take(page: Page, path: Path) -> None:
    """A picture in 128 colours, which a screen of text never uses up."""
    page.mouse.move(0, 0)
    page.evaluate("document.querySelector('[data-testid=stMain]').scrollTo(0, 0)")
    page.evaluate("document.querySelector('textarea')?.scrollTo(0, 0)")
    settled(page)
    with Image.open(io.BytesIO(page.screenshot(animations="disabled"))) as image:
        image.convert("RGB").quantize(128, dither=Image.Dither.NONE).save(path, optimize=True)
    print(path, f"{path.stat().st_size / 1000:.0f} kB")


def settled(page: Page) -> None:
    """Wait until the screen is drawn to its end and nothing fades any more."""
    page.wait_for_timeout(300)
    expect(page.locator("[data-testid=stApp][data-test-script-state=notRunning]")).to_be_visible(timeout=30_000)
    page.wait_for_timeout(600)


if __name__ == "__main__":
    main()
