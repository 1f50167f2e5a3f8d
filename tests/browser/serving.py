"""Copydesk served as `make run` does, by a process of its own, soon enough to have a fresh one wherever a test wants it.

Python, Streamlit and litellm load for seconds, and so would every served Copydesk. On Linux one process loads them once
and forks; what it has loaded is all that its children share.
"""

import functools
import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from tests.conftest import ROOT

COMMAND = ["streamlit", "run", "app.py"]

FORK = """
import json, os, signal, sys
import numpy, pandas, PIL.Image, plotly.graph_objects, pyarrow
from streamlit.web import cli
from core import api, copydesk
from core.headlines import language
from core.llm import door
from core.statistics import door as statistics_door

door.warm_up()
language.guess("The first guess loads the model.")
statistics_door.special()
# Children that have ended are nobody's to wait for.
signal.signal(signal.SIGCHLD, signal.SIG_IGN)
for line in sys.stdin:
    order = json.loads(line)
    child = os.fork()
    if child:
        print(child, flush=True)
        continue
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    log = os.open(order["log"], os.O_WRONLY | os.O_CREAT)
    os.dup2(log, 1)
    os.dup2(log, 2)
    os.environ.clear()
    os.environ.update(order["environment"])
    sys.argv = order["command"]
    cli.main(prog_name=sys.argv[0])
"""

Stop = Callable[[], None]


@contextmanager
def served(folder: Path, **more: str) -> Iterator[str]:
    """Copydesk with its data in `folder`; yields its address. `more` are variables of its environment."""
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
    stop = (_forked if sys.platform == "linux" else _started)(environment, log)
    try:
        address = f"http://localhost:{port}"
        _wait_for(f"{address}/api/health", log)
        yield address
    finally:
        stop()


def _started(environment: Mapping[str, str], log: Path) -> Stop:
    with log.open("w") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", *COMMAND], cwd=ROOT, env=environment, stdout=output, stderr=subprocess.STDOUT
        )

    def stop() -> None:
        process.terminate()
        process.wait(timeout=60)

    return stop


def _forked(environment: Mapping[str, str], log: Path) -> Stop:
    warm = _warm()
    assert warm.stdin
    assert warm.stdout
    warm.stdin.write(json.dumps({"command": COMMAND, "environment": dict(environment), "log": str(log)}) + "\n")
    warm.stdin.flush()
    child = int(warm.stdout.readline())

    def stop() -> None:
        # What a screen computes is computed to its end, which takes long on a busy machine.
        deadline = time.monotonic() + 60
        try:
            os.kill(child, signal.SIGTERM)
            while time.monotonic() < deadline:
                os.kill(child, 0)
                time.sleep(0.01)
        except ProcessLookupError:
            return
        raise AssertionError(f"The app did not end:\n{log.read_text()}")

    return stop


@functools.cache
def _warm() -> "subprocess.Popen[str]":
    """The process that forks; it ends with this one, when nobody writes to it any more."""
    own = {name: value for name, value in os.environ.items() if not name.startswith("COPYDESK_")}
    return subprocess.Popen(
        [sys.executable, "-c", FORK], cwd=ROOT, env=own, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )


def _wait_for(address: str, log: Path) -> None:
    """Wait until the app answers, be it with a trouble that its screens then tell."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        try:
            urllib.request.urlopen(address, timeout=5).close()
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise AssertionError(f"The app did not start:\n{log.read_text()}")
