"""A served Copydesk and a real Chromium. Without a Chromium these tests are skipped, and that is said loudly."""

import shutil
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.browser.serving import served

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "tests/browser" not in item.nodeid:
            continue
        if CHROMIUM is None:
            item.add_marker(pytest.mark.skip(reason="NO CHROMIUM FOUND: THE SCREENS WERE NOT TESTED IN A BROWSER"))
        # A person whose click was lost clicks again. What needed a second try is counted in the summary.
        item.add_marker(pytest.mark.flaky(reruns=1))


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    return {**browser_type_launch_args, "executable_path": CHROMIUM, "args": FLAGS}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    permissions = ["clipboard-read", "clipboard-write"]
    return {**browser_context_args, "viewport": {"width": 1440, "height": 950}, "permissions": permissions}


@pytest.fixture(scope="module")
def context(browser: Browser, browser_context_args: dict[str, Any]) -> Iterator[BrowserContext]:
    """One profile for the tests of a module, so that what it has loaded of Streamlit stays loaded."""
    context = browser.new_context(**browser_context_args)
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    """A new window, and nothing remembered of the test before: what lives longer than a window is cookies."""
    context.clear_cookies()
    yield context.new_page()
    for page in context.pages:
        page.close()


@pytest.fixture(autouse=True)
def only_this_machine() -> None:
    """Playwright speaks to its browser over pipes and sockets of its own; the served app is guarded by its settings."""


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a Copydesk that the tests of a module share; its offline model takes a second to answer."""
    with served(tmp_path_factory.mktemp("app"), COPYDESK_OFFLINE_LATENCY="1") as address:
        yield address


@pytest.fixture
def errors(page: Page) -> list[str]:
    """What the browser's console complained of."""
    found: list[str] = []

    def note(message: Any) -> None:
        # Streamlit asks for its health below the page's own path first, and is told 404.
        if message.type == "error" and "_stcore" not in str(message.location):
            found.append(message.text)

    page.on("console", note)
    page.on("pageerror", lambda error: found.append(str(error)))
    return found
