"""How long does it take to find anything among a million traces?

    .venv/bin/python tests/benchmarks/bench_explorer.py [traces] [database]

Makes the traces (tests/benchmarks/million.py), or takes a database that was made before, and asks for what the Explorer asks
for: 50 different questions of each kind, each asked once, so that none is answered from what the last one left behind.
The aim is a p95 of 20 ms in core, and of a second in Chromium from a gesture to the new content.
"""

import random
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import get_args
from urllib.parse import urlsplit

sys.path.insert(0, str(Path(__file__).parents[2]))

import psutil
from playwright.sync_api import Page, sync_playwright

from core import clock, story
from core.db import Database, open_database
from core.reports import feedback, overview
from core.traces import record
from core.traces.counting.sums import Scope
from core.traces.finding import search
from core.traces.finding.find import Find, Order, parse
from core.traces.finding.search import PAGE
from tests.benchmarks import million, newsroom
from tests.browser.conftest import CHROMIUM, FLAGS, served

TRACES = 1_000_000
ROUNDS = 50
LOOKS = 8
DAY = 86_400_000

Question = Callable[[], object]


def main() -> None:
    many = int(sys.argv[1]) if len(sys.argv) > 1 else TRACES
    with tempfile.TemporaryDirectory(prefix="copydesk-bench-") as folder:
        path = Path(sys.argv[2]) if len(sys.argv) > 2 else Path(folder) / "copydesk.db"
        if not path.exists():
            _make(path, many)
        print(f"{path.stat().st_size / many / 1000:.2f} KB a trace, {path.stat().st_size / 1e9:.2f} GB")
        with closing(open_database(path)) as db:
            _in_core(db)
        print(f"memory of this process at its most: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000:.0f} MB")
        _in_chromium(path)


def _make(path: Path, many: int) -> None:
    start = time.perf_counter()
    for done in million.fill(path, many):
        if done % 100_000 == 0:
            print(f"{done:>9,} traces after {time.perf_counter() - start:.0f} s", flush=True)
    print(f"made at {many / (time.perf_counter() - start):,.0f} a second, summed up and indexed")


def _in_core(db: Database) -> None:
    print(f"\n{'in core':<44}{'median':>9}{'p95':>9}{'worst':>9}   ms")
    for name, questions in _questions(db).items():
        times: list[float] = []
        for question in questions:
            asked = time.perf_counter()
            question()
            times.append((time.perf_counter() - asked) * 1000)
        times.sort()
        p95 = times[int(len(times) * 0.95)]
        print(f"{name:<44}{statistics.median(times):>9.2f}{p95:>9.2f}{times[-1]:>9.2f}", flush=True)


def _questions(db: Database) -> dict[str, Sequence[Question]]:
    """Fifty of each kind."""
    chance = random.Random(7)
    words = _words(db, chance)
    ids = _ids(db, chance)
    month = clock.now_ms() - 30 * DAY

    def one() -> Find:
        return _filtered(chance, 1)

    def word() -> str:
        return chance.choice(words)

    def pages(find: Callable[[], Find], *, order: Order = "newest") -> list[Question]:
        return [partial(search.page, db, find(), order=order) for _ in range(ROUNDS)]

    def counts(find: Callable[[], Find]) -> list[Question]:
        return [partial(search.count, db, find()) for _ in range(ROUNDS)]

    return {
        "newest page": pages(Find),
        "page anywhere (keyset)": [partial(search.page, db, after=at) for at in ids],
        "one filter": pages(one),
        "two filters": pages(lambda: _filtered(chance, 2)),
        "one filter, a week": pages(lambda: replace(one(), **_week(chance))),
        "text": pages(lambda: Find(text=word())),
        "two words": pages(lambda: Find(text=f"{word()} {word()}")),
        "text and filter": pages(lambda: replace(one(), text=word())),
        "beginning of a word": pages(lambda: Find(text=f"{word()[:5]}*")),
        "one filter, dearest first": pages(one, order="cost"),
        "text, slowest first": pages(lambda: Find(text=word()), order="duration"),
        "cost and time above": pages(lambda: Find(min_cost=chance.random() / 500, min_ms=chance.random() * 9_000)),
        "count of one filter": counts(one),
        "count of a text": counts(lambda: Find(text=word())),
        "next and previous of a trace, in a filter": [partial(search.neighbours, db, one(), at) for at in ids],
        "opening a trace": [partial(story.of, db, at) for at in ids],
        **{
            f"overview of {length}": [partial(overview.overview, db, scope, length) for scope in _scopes(chance)]
            for length in overview.LENGTHS
        },
        "report of feedback of 30 days": [
            partial(feedback.groups, db, chance.choice(get_args(feedback.Axis)), feedback.Asked(month, desk=scope.desk))
            for scope in _scopes(chance)
        ],
    }


def _scopes(chance: random.Random) -> Sequence[Scope]:
    desks = [None, *newsroom.DESKS]
    return [Scope("production", overview.BY_PEOPLE, chance.choice(desks)) for _ in range(ROUNDS)]


def _filtered(chance: random.Random, many: int) -> Find:
    """A search by so many filters of different kinds."""
    kinds = {
        "desk": list(newsroom.DESKS),
        "status": list(newsroom.STATUSES),
        "source": list(newsroom.SOURCES),
        "model": list(newsroom.MODELS),
        "check": list(newsroom.FLAGS),
        "feedback": ["picked", "edited", "all_rejected", "thumb_down", "comment"],
        "person": newsroom.PEOPLE,
        "version": ["headlines@1", "headlines@2", "headline-judge@1"],
    }
    return parse({kind: [chance.choice(kinds[kind])] for kind in chance.sample(list(kinds), many)})


def _week(chance: random.Random) -> dict[str, int]:
    start = clock.now_ms() - chance.randrange(10, million.DAYS) * DAY
    return {"since": start, "until": start + 7 * DAY}


def _words(db: Database, chance: random.Random) -> list[str]:
    """Words as people would look for, common ones and rare ones, from articles all over the time."""
    found: list[str] = []
    for at in _ids(db, chance):
        article = record.get(db, at).article or ""
        found += [word for word in article.split() if word.isalpha() and len(word) > 5][:4]
    return found


def _ids(db: Database, chance: random.Random) -> list[str]:
    with db.read() as connection:
        most = connection.execute("select max(number) from traces").fetchone()[0]
        numbers = [chance.randint(1, most) for _ in range(ROUNDS)]
        return [connection.execute("select id from traces where number = ?", (each,)).fetchone()[0] for each in numbers]


def _in_chromium(path: Path) -> None:
    """From a person's gesture to the new content, in an app that is open."""
    chance = random.Random(11)
    with closing(open_database(path)) as db:
        words = _words(db, chance)
    print(f"\n{'in Chromium, from a gesture to the content':<44}{'median':>9}{'p95':>9}{'worst':>9}   ms")
    with served(path.parent, COPYDESK_DB=str(path)) as app, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        page = browser.new_page(viewport={"width": 1440, "height": 950})
        page.goto(f"{app}/traces")
        rows, search_box = page.locator("tbody tr"), page.get_by_label("Search", exact=True)
        rows.first.wait_for(timeout=30_000)

        def search_for(text: str) -> None:
            search_box.fill(text)
            search_box.press("Enter")

        def without_a_filter() -> None:
            page.get_by_role("button", name="Desk", exact=False).first.click()

        search_for(words[0])
        page.get_by_role("button", name="Clear all").click(timeout=30_000)
        rows.nth(PAGE - 1).wait_for(timeout=30_000)
        _tell("the next page", [_took(page, page.get_by_role("button", name="Next page").click) for _ in range(LOOKS)])
        _tell("a text", [_took(page, partial(search_for, chance.choice(words))) for _ in range(LOOKS)])
        times: list[float] = []
        for desk in list(newsroom.DESKS)[:LOOKS]:
            page.goto(f"{app}/traces?desk={desk}&status=valid")
            rows.first.wait_for(timeout=30_000)
            times.append(_took(page, without_a_filter))
        _tell("one filter instead of two", times)
        times = []
        for place in range(LOOKS):
            times.append(_took(page, rows.nth(place).get_by_role("link").first.click))
            page.get_by_role("button", name="The search", exact=True).click()
            rows.first.wait_for(timeout=30_000)
        _tell("opening a trace", times)
        times = []
        for desk in list(newsroom.DESKS)[:LOOKS]:
            asked = time.perf_counter()
            page.goto(f"{app}/overview?period=30d&desk={desk}")
            page.get_by_text("Which version did the work?").wait_for(timeout=30_000)
            times.append((time.perf_counter() - asked) * 1000)
        _tell("overview of 30 days, opened anew", times)
        times = []
        for desk in list(newsroom.DESKS)[:LOOKS]:
            page.goto(f"{app}/overview?period=7d&desk={desk}")
            page.get_by_text("Which version did the work?").wait_for(timeout=30_000)
            page.wait_for_function(_IDLE, timeout=30_000)
            times.append(_took(page, page.get_by_role("radio", name="30 days").click))
        _tell("overview of 30 days instead of 7", times)
        print(f"memory of the app: {_memory(app):.0f} MB")
        browser.close()


def _took(page: Page, act: Callable[[], object]) -> float:
    """Milliseconds from a gesture until the app has drawn all that follows from it."""
    page.evaluate(_WATCH)
    asked = time.perf_counter()
    act()
    page.wait_for_function(_DRAWN, timeout=30_000)
    return (time.perf_counter() - asked) * 1000


_WATCH = """() => {
  const app = document.querySelector("[data-testid=stApp]");
  window.ran = false;
  new MutationObserver(() => { window.ran ||= app.dataset.testScriptState === "running"; }).observe(app, { attributes: true });
}"""
_IDLE = "() => document.querySelector('[data-testid=stApp]').dataset.testScriptState === 'notRunning'"
_DRAWN = "() => window.ran && document.querySelector('[data-testid=stApp]').dataset.testScriptState === 'notRunning'"


def _tell(name: str, times: list[float]) -> None:
    times.sort()
    print(
        f"{name:<44}{statistics.median(times):>9.0f}{times[int(len(times) * 0.95)]:>9.0f}{times[-1]:>9.0f}", flush=True
    )


def _memory(address: str) -> float:
    """Of the process that answers at this address, in MB."""
    port = urlsplit(address).port
    (app,) = (
        each
        for each in psutil.Process().children(recursive=True)
        if each.status() != psutil.STATUS_ZOMBIE
        and any(one.status == psutil.CONN_LISTEN and one.laddr.port == port for one in each.net_connections("tcp"))
    )
    return app.memory_info().rss / 1e6


if __name__ == "__main__":
    main()
