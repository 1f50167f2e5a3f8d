"""A served Copydesk and a real Chromium. Without a Chromium these tests are skipped, and that is said loudly."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.conftest import ROOT

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


@pytest.fixture(autouse=True)
def only_this_machine() -> None:
    """Playwright speaks to its browser over pipes and sockets of its own; the served app is guarded by its settings."""


@contextmanager
def served(folder: Path, **more: str) -> Iterator[str]:
    """Copydesk, served as `make run` does, with its data in `folder`; yields its address."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    own = {name: value for name, value in os.environ.items() if not name.startswith("COPYDESK_")}
    environment = own | {
        "COPYDESK_DB": str(folder / "copydesk.db"),
        "COPYDESK_MODELS": str(folder / "models.yml"),
        "COPYDESK_GATES": str(folder / "gates"),
        "STREAMLIT_SERVER_PORT": str(port),
        **more,
    }
    log = folder / "app.log"
    with log.open("w") as output:
        command = [sys.executable, "-m", "streamlit", "run", "app.py"]
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=output, stderr=subprocess.STDOUT)
        address = f"http://localhost:{port}"
        try:
            _wait_for(f"{address}/api/health", log)
            yield address
        finally:
            process.terminate()
            process.wait(timeout=20)


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


def _wait_for(address: str, log: Path) -> None:
    """Wait until the app answers, be it with a trouble that its screens then tell."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        try:
            urllib.request.urlopen(address, timeout=5).close()
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise AssertionError(f"The app did not start:\n{log.read_text()}")
