"""What does it cost to ask the database, at every call, which version is live?

10,000 versions and 100,000 releases: 20 prompts, 3 environments, 10 desks and all desks. `releases.resolve` and then
`versions.get`, as `suggest()` does them: warm; through a connection that was just opened; and cold, with nothing of the
file in memory either. The aim is 0.1 ms for a warm `resolve`. Then the share of both in a whole `suggest()` on the same
database, against a server on this machine that answers at once.
"""

import asyncio
import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from core import clock, settings
from core.copydesk import Copydesk, open_copydesk
from core.db import Database, open_database
from core.db.sqlite import connect
from core.headlines import Request, samples, suggest
from core.llm.models import Model, Models
from core.prompts import files, releases, versions
from core.prompts.content import Content
from core.prompts.releases import ENVIRONMENTS, Place
from tests.benchmarks import servers

ROOT = Path(__file__).parents[2]
VERSIONS = 10_000
RELEASES = 100_000
PROMPTS = ["headlines", *(f"prompt-{number}" for number in range(2, 21))]
DESKS = ["politics", "business", "sport", "culture", "science", "tech", "local", "world", "opinion", "weekend"]
AIM_MS = 0.1
WARM = 20_000
COLD = 200
CALLS = 300
MODEL = "bench"


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="copydesk-bench-") as folder:
        path = Path(folder) / "copydesk.db"
        start = time.perf_counter()
        fill(path)
        size = path.stat().st_size / 1e6
        print(
            f"{VERSIONS:,} versions and {RELEASES:,} releases, {size:.0f} MB, filled in {time.perf_counter() - start:.1f} s\n"
        )
        with closing(open_database(path)) as db:
            warm = _measure(db, path)
            for name, plan in _plans(db):
                print(f"\n{name}:\n{plan}")
        share, call = _share(path)
    print(f"\nsuggest() on this database: {call:.2f} ms in the middle; resolve and get are {share:.1%} of it.")
    print(
        f"Result: a warm resolve takes {warm:.3f} ms (aim: at most {AIM_MS} ms) and, with the version, is {share:.1%} "
        f"of a call whose model answers at once."
    )


def fill(path: Path) -> None:
    """The rows of several years, in one transaction and past our own checks, but in the shape that those would give."""
    chance = random.Random(3)
    content = files.read(sorted((ROOT / "prompts").glob("*.prompt.yml"))[-1]).content
    open_database(path).close()
    with closing(connect(path)) as connection:
        connection.execute("begin")
        each = VERSIONS // len(PROMPTS)
        connection.executemany(
            "insert into prompt_versions (prompt, number, hash, parent, content, note, author, created_at) "
            "values (?, ?, ?, ?, ?, 'A note of the usual length about what changed.', 'ada', ?)",
            (_version_row(prompt, number, content) for number in range(1, each + 1) for prompt in PROMPTS),
        )
        places = [Place(prompt, environment, desk) for prompt in PROMPTS for environment in ENVIRONMENTS
                  for desk in (None, *DESKS)]  # fmt: skip
        # All desks get most of the releases; every fourth of a desk's own is a withdrawal.
        weights = [5 if place.desk is None else 1 for place in places]
        newest: dict[Place, int] = {}
        now = clock.now_ms() - RELEASES * 1000
        for number, place in enumerate([*places, *chance.choices(places, weights, k=RELEASES - len(places))], 1):
            withdrawn = place.desk is not None and place in newest and chance.random() < 0.25
            version = None if withdrawn else chance.randint(1, each)
            connection.execute(
                "insert into releases (id, prompt, environment, desk, version, replaced, author, reason, created_at) "
                "values (?, ?, ?, ?, ?, ?, 'ada', 'A reason of the usual length.', ?)",
                (number, place.prompt, place.environment, place.desk, version, newest.get(place), now + number * 1000),
            )
            newest[place] = number
        connection.execute("commit")


def _version_row(prompt: str, number: int, content: Content) -> tuple[object, ...]:
    made = content.model_copy(update={"description": f"{prompt} {number}"})
    return prompt, number, made.hash, number - 1 or None, made.canonical(), clock.now_ms()


def _measure(db: Database, path: Path) -> float:
    chance = random.Random(4)
    asked = [(chance.choice(PROMPTS), chance.choice(ENVIRONMENTS), chance.choice(DESKS)) for _ in range(WARM)]

    def resolve(one: tuple[str, str, str]) -> None:
        releases.resolve(db, *one)

    def both(one: tuple[str, str, str]) -> None:
        found = releases.resolve(db, *one)
        assert found.version is not None
        versions.get(db, one[0], found.version)

    def newcomer() -> None:
        releases.resolve(db, "headlines", "production", "a new desk")

    def first_look(one: tuple[str, str, str], *, forget: bool) -> float:
        with closing(Database(path)) as fresh:
            if forget:
                _forget(path)
            start = time.perf_counter()
            found = releases.resolve(fresh, *one)
            assert found.version is not None
            versions.get(fresh, one[0], found.version)
            return (time.perf_counter() - start) * 1000

    busy = [one for one in asked if one[0] == "headlines"][:30] * (WARM // 30)
    for one in asked[:1000]:
        both(one)
    warm = _times(resolve, asked)
    print(f"{'':58}{'median':>12}{'p95':>12}")
    for name, times in (
        ("resolve, warm", warm),
        ("resolve, warm, for a desk that never had its own", [_time(newcomer) for _ in range(WARM)]),
        ("resolve and get, warm, 30 places in use", _times(both, busy)),
        ("resolve and get, warm, any of 600 places", _times(both, asked)),
        ("resolve and get, first of a connection", [first_look(one, forget=False) for one in asked[:COLD]]),
        ("resolve and get, the same, file not in memory", [first_look(one, forget=True) for one in asked[:COLD]]),
    ):
        print(f"{name:58}{statistics.median(times):9.4f} ms{_p95(times):9.4f} ms")
    return statistics.median(warm)


def _forget(path: Path) -> None:
    """Have the system drop what it holds of the file in memory."""
    for name in (path, path.with_name(f"{path.name}-wal")):
        if name.exists():
            with name.open("rb") as file:
                os.fsync(file.fileno())
                os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


def _plans(db: Database) -> list[tuple[str, str]]:
    """How SQLite answers each statement of a `resolve`, as it says itself."""
    statements: list[str] = []
    with db.read() as connection:
        connection.set_trace_callback(statements.append)
    # The connection that came back last is the one that is lent next.
    releases.resolve(db, "headlines", "production", "sport")
    plans: list[str] = []
    with db.read() as connection:
        connection.set_trace_callback(None)
        for statement in statements:
            rows = connection.execute(f"explain query plan {statement}").fetchall()
            plans.append("\n".join(f"    {row['detail']}" for row in rows))
    return [(f"Statement {number} of a resolve", plan) for number, plan in enumerate(plans, 1)]


def _share(path: Path) -> tuple[float, float]:
    """The share of `resolve` and `get` in a whole `suggest()`, and what the latter takes, in milliseconds."""
    with servers.running() as base:
        chosen = settings.load().model_copy(update={"db": path, "models": path.with_name("none")})
        with open_copydesk(chosen) as copydesk:
            copydesk.models = Models(
                {MODEL: Model(MODEL, "openai/gpt-4o-mini", {"api_base": base, "api_key": "sk-none"})}
            )
            return asyncio.run(_take_turns(copydesk))


async def _take_turns(copydesk: Copydesk) -> tuple[float, float]:
    sample = next(each for each in samples.listing(ROOT / "prompts" / "samples") if each.name == "local-harbour-bridge")
    request = Request(article=sample.text, desk="local", model=MODEL, source="api")
    whole: list[float] = []
    part: list[float] = []

    def look() -> None:
        found = releases.resolve(copydesk.db, request.prompt, request.environment, request.desk)
        assert found.version is not None
        versions.get(copydesk.db, request.prompt, found.version)

    for _ in range(CALLS):
        start = time.perf_counter()
        made = await suggest(copydesk.newsroom, request)
        whole.append((time.perf_counter() - start) * 1000)
        assert made.status == "valid", made.trace.error
        part.append(_time(look))
    call = statistics.median(whole[50:])
    return statistics.median(part[50:]) / call, call


def _times(function: Callable[[tuple[str, str, str]], None], asked: Sequence[tuple[str, str, str]]) -> list[float]:
    return [_time(lambda one=one: function(one)) for one in asked]


def _time(function: Callable[[], None]) -> float:
    start = time.perf_counter()
    function()
    return (time.perf_counter() - start) * 1000


def _p95(times: Sequence[float]) -> float:
    return statistics.quantiles(times, n=20)[-1]


if __name__ == "__main__":
    main()
