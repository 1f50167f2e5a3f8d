"""How long until somebody who starts Copydesk can begin to work?

`streamlit run app.py` in a fresh process with a fresh database, and Chromium with an empty cache: from the start of the
server until it answers, and from there, in the browser, until the first text of our own stands on the screen. An empty
Streamlit app with the same configuration and one text area takes turns with it: the aim is at most 0.4 s more than that.
A second start, with the database in place, is up within 3 s.
"""

import contextlib
import http.client
import os
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Generator
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).parents[2]

ROUNDS = 5
AIM_OVER_EMPTY = 0.4
AIM_UP = 3.0
PATIENCE = 60
LABEL = "Article"
CHROMIUM = [
    "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--no-first-run",
]  # fmt: skip

EMPTY = {
    "app.py": 'import streamlit as st\n\napp = st.App("pages/navigation.py")\n',
    "pages/navigation.py": f'import streamlit as st\n\nst.text_area("{LABEL}")\n',
}


def main() -> None:
    times: dict[str, list[float]] = {}

    def note(what: str, seconds: float) -> None:
        times.setdefault(what, []).append(seconds)

    with tempfile.TemporaryDirectory(prefix="copydesk-bench-") as name, _chromium() as browser:
        folder = Path(name)
        empty = _empty_app(folder / "empty")
        with _serving(empty, folder / "copydesk.db") as (port, _):
            _first_text(browser, port)  # the first of all only warms the disk's cache and the browser itself
        for round_ in range(ROUNDS):
            database = folder / f"{round_}" / "copydesk.db"
            for title, app in (("empty app", empty), ("Copydesk", ROOT)):
                with _serving(app, database) as (port, up):
                    text = _first_text(browser, port)
                note(f"{title}: up", up)
                note(f"{title}: text", text)
                note(f"{title}: both", up + text)
            with _serving(ROOT, database) as (_, up):
                note("second start: up", up)
    middle = {what: statistics.median(each) for what, each in times.items()}
    print(f"A fresh process, a fresh database, an empty browser cache; medians of {ROUNDS} rounds in turn\n")
    print(f"{'':22}{'server is up':>14}{'first own text':>18}{'(from to)':>18}{'together':>12}")
    for title in ("empty app", "Copydesk"):
        text = times[f"{title}: text"]
        print(
            f"{title:22}{middle[f'{title}: up']:12.2f} s{middle[f'{title}: text']:16.2f} s"
            f"{f'({min(text):.2f} to {max(text):.2f})':>18}{middle[f'{title}: both']:10.2f} s"
        )
    over = {part: middle[f"Copydesk: {part}"] - middle[f"empty app: {part}"] for part in ("up", "text", "both")}
    ratio = middle["Copydesk: text"] / middle["empty app: text"]
    print(
        f"{'over the empty app':22}{over['up']:+12.2f} s{over['text']:+16.2f} s{f'(x {ratio:.2f})':>18}{over['both']:+10.2f} s"
    )
    print(f"{'second start':22}{middle['second start: up']:12.2f} s")
    print(
        f"\nAims: first own text at most {AIM_OVER_EMPTY} s over the empty app, a second start up within {AIM_UP:.0f} s."
    )
    print(
        f"Result: right after a first start the first own text stands {middle['Copydesk: text']:.1f} s after the navigation, "
        f"{over['text']:+.2f} s (x {ratio:.2f}) against an empty Streamlit app; a second start is up in "
        f"{middle['second start: up']:.1f} s."
    )


def _empty_app(folder: Path) -> Path:
    """The least that Streamlit can serve in our shape: an ASGI app, one script, our configuration."""
    for path, text in EMPTY.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text)
    shutil.copytree(ROOT / ".streamlit", folder / ".streamlit", ignore=shutil.ignore_patterns("secrets.toml"))
    return folder


@contextlib.contextmanager
def _chromium() -> Generator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=CHROMIUM)
        yield browser
        browser.close()


@contextlib.contextmanager
def _serving(app: Path, database: Path) -> Generator[tuple[int, float]]:
    """A server in a fresh process; gives its port and the seconds until it answered."""
    port = _free_port()
    command = [
        sys.executable,
        "-m",
        "streamlit",
        "run",
        "app.py",
        "--server.port",
        str(port),
        "--server.address",
        "127.0.0.1",
    ]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("COPYDESK_")}
    environment |= {"COPYDESK_DB": str(database), "COPYDESK_MODELS": str(database.with_name("none"))}
    start = time.perf_counter()
    with tempfile.TemporaryFile() as log:
        server = subprocess.Popen(command, cwd=app, env=environment, stdout=log, stderr=log, start_new_session=True)
        try:
            _wait_until_up(server, port)
            yield port, time.perf_counter() - start
        except Exception:
            log.seek(0)
            print(log.read().decode(errors="replace"), file=sys.stderr)
            raise
        finally:
            _stop(server)


def _wait_until_up(server: subprocess.Popen[bytes], port: int) -> None:
    deadline = time.monotonic() + PATIENCE
    while True:
        # Streamlit takes connections long before it answers them, so only an answer counts.
        with (
            contextlib.suppress(OSError, http.client.HTTPException),
            contextlib.closing(http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)) as connection,
        ):
            connection.request("GET", "/_stcore/health")
            if connection.getresponse().status == 200:
                return
        if server.poll() is not None or time.monotonic() > deadline:
            raise RuntimeError(f"The server did not come up (exit code {server.poll()}).")
        time.sleep(0.005)


def _stop(server: subprocess.Popen[bytes]) -> None:
    """End the server and whatever it started, politely first."""
    if server.poll() is None:
        server.terminate()
        with contextlib.suppress(subprocess.TimeoutExpired):
            server.wait(5)
    # A session of its own, so that this reaches its children and nobody else.
    with contextlib.suppress(ProcessLookupError):
        os.killpg(server.pid, signal.SIGKILL)
    server.wait()


def _first_text(browser: Browser, port: int) -> float:
    """Seconds from the navigation of a browser that was never here until the label can be read."""
    context = browser.new_context()
    try:
        page = context.new_page()
        start = time.perf_counter()
        page.goto(f"http://127.0.0.1:{port}/", wait_until="commit")
        page.get_by_text(LABEL, exact=True).first.wait_for(state="visible", timeout=PATIENCE * 1000)
        return time.perf_counter() - start
    finally:
        context.close()


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return server.getsockname()[1]


if __name__ == "__main__":
    main()
