"""Every test gets an installation of its own, and none reaches the network or this machine's settings."""

import os
import shutil
import socket
from collections.abc import Iterator
from pathlib import Path

import hypothesis
import pytest

from core import clock, settings
from core.copydesk import Copydesk, close_shared, open_copydesk
from core.db import Database, open_database

ROOT = Path(__file__).parent.parent

# A test machine that is busy is no fault of the code; what must be fast is measured in tests/benchmarks. Fifty examples
# are for every run; `--hypothesis-profile afternoon` tries a thousand.
hypothesis.settings.register_profile("copydesk", deadline=None, max_examples=50)
hypothesis.settings.register_profile("afternoon", deadline=None, max_examples=1_000)
hypothesis.settings.load_profile("copydesk")


MEMORY = Path("/dev/shm")
ROOM = 1_000_000_000


def pytest_configure() -> None:
    """Keep the folders of tests in memory where the machine lets us: each write of a database waits for its disk."""
    if MEMORY.is_dir() and os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free > ROOM:
        os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(MEMORY))


def pytest_xdist_auto_num_workers() -> int:
    """Three for two cores: tests wait about half of their time, for answers, browsers and other processes."""
    cores = os.cpu_count() or 1
    return min(cores + cores // 2, 6)


@pytest.fixture(autouse=True)
def own_installation(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Every setting points into the test's own folder."""
    settle_in(tmp_path, monkeypatch)
    yield
    close_shared()


def settle_in(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Make `folder` the place where everything is read and written, whatever this machine has set."""
    for name in [name for name in os.environ if name.startswith("COPYDESK_")]:
        monkeypatch.delenv(name)
    monkeypatch.chdir(folder)
    monkeypatch.setenv("COPYDESK_DB", str(folder / "copydesk.db"))
    monkeypatch.setenv("COPYDESK_MODELS", str(folder / "models.yml"))
    # Without a gate, unless a test is about one.
    monkeypatch.setenv("COPYDESK_GATES", str(folder / "gates"))


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


@pytest.fixture(scope="session")
def empty_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty database. Every test that wants one takes a copy, for making one takes all migrations."""
    path = tmp_path_factory.mktemp("empty") / "copydesk.db"
    open_database(path).close()
    return path


@pytest.fixture(scope="session")
def installed_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database after a first start: it holds what ships."""
    folder = tmp_path_factory.mktemp("installed")
    with pytest.MonkeyPatch.context() as monkeypatch:
        settle_in(folder, monkeypatch)
        open_copydesk(settings.load()).close()
    return folder / "copydesk.db"


@pytest.fixture
def db(empty_file: Path, tmp_path: Path) -> Iterator[Database]:
    """An empty database."""
    database = open_database(shutil.copyfile(empty_file, tmp_path / "copydesk.db"))
    yield database
    database.close()


@pytest.fixture
def installed(installed_file: Path, tmp_path: Path) -> None:
    """The test's own installation was started before, with the shipped prompts and the offline model."""
    shutil.copyfile(installed_file, tmp_path / "copydesk.db")


@pytest.fixture
def never_started(installed: None, tmp_path: Path) -> None:
    """Where others find an installation that was started before, there is none yet."""
    (tmp_path / "copydesk.db").unlink()


@pytest.fixture
def copydesk(installed: None) -> Iterator[Copydesk]:
    """An open installation with the shipped prompts and the offline model."""
    with open_copydesk(settings.load()) as opened:
        yield opened
