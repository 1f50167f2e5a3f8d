"""Every test gets an installation of its own, and none reaches the network or this machine's settings."""

import os
import socket
from collections.abc import Iterator
from pathlib import Path

import hypothesis
import pytest

from core import clock, settings
from core.copydesk import Copydesk, close_shared, open_copydesk
from core.db import Database, open_database

ROOT = Path(__file__).parent.parent

# A test machine that is busy is no fault of the code; what must be fast is measured in tests/benchmarks.
hypothesis.settings.register_profile("copydesk", deadline=None)
hypothesis.settings.load_profile("copydesk")


@pytest.fixture(autouse=True)
def own_installation(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Point every setting into the test's own folder."""
    for name in [name for name in os.environ if name.startswith("COPYDESK_")]:
        monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COPYDESK_DB", str(tmp_path / "copydesk.db"))
    monkeypatch.setenv("COPYDESK_MODELS", str(tmp_path / "models.yml"))
    # Without a gate, unless a test is about one.
    monkeypatch.setenv("COPYDESK_GATES", str(tmp_path / "gates"))
    yield
    close_shared()


@pytest.fixture(autouse=True)
def only_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    """Refuse every connection that would leave the machine."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: object) -> None:
        host = address[0] if isinstance(address, tuple) else "localhost"
        assert host in ("127.0.0.1", "::1", "localhost"), f"a test tried to reach {host}"
        connect(self, address)  # pyright: ignore[reportArgumentType]

    monkeypatch.setattr(socket.socket, "connect", guarded)


class HeldClock:
    """A clock that stands still; `now` moves it, forwards or back."""

    now = 1_700_000_000_000


@pytest.fixture
def held(monkeypatch: pytest.MonkeyPatch) -> HeldClock:
    """Time stands still in this process, but for what the test moves it."""
    held = HeldClock()
    monkeypatch.setattr(clock, "now_ms", lambda: held.now)
    return held


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    """An empty database."""
    database = open_database(tmp_path / "copydesk.db")
    yield database
    database.close()


@pytest.fixture
def copydesk() -> Iterator[Copydesk]:
    """An open installation with the shipped prompts and the offline model."""
    with open_copydesk(settings.load()) as opened:
        yield opened
