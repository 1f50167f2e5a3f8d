"""What does Copydesk add to a call of a model?

Two arms take turns on one event loop, against a server on this machine that answers at once: litellm alone with the
messages and settings that Copydesk would send, and `suggest()`, which returns when the whole trace is on the disk. The
difference of their medians is the answer; the aim is at most 1.5 ms. Then each part of `suggest()` is timed by itself.
"""

import asyncio
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from core import clock, settings
from core.copydesk import Copydesk, open_copydesk
from core.headlines import Request, language, parse, samples, suggest
from core.llm import gateway
from core.llm.attempt import Attempt
from core.llm.door import litellm
from core.llm.models import Model, Models
from core.prompts import releases, template, versions
from core.prompts.contract import sift
from core.traces import record, writing
from core.traces.finding import search
from core.traces.model import Closing, Headline, Opening
from tests.benchmarks import servers

ROOT = Path(__file__).parents[2]
AIM_MS = 1.5
WARM_UP = 50
PAIRS = 500
PART_ROUNDS = 200
MODEL = "bench"


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="copydesk-bench-") as folder, servers.running() as base:
        chosen = settings.load().model_copy(
            update={"db": Path(folder) / "copydesk.db", "models": Path(folder) / "none"}
        )
        with open_copydesk(chosen) as copydesk:
            model = Model(MODEL, "openai/gpt-4o-mini", {"api_base": base, "api_key": "sk-none"})
            copydesk.models = Models({MODEL: model})
            asyncio.run(_measure(copydesk, model, Path(folder)))


async def _measure(copydesk: Copydesk, model: Model, folder: Path) -> None:
    sample = next(each for each in samples.listing(ROOT / "prompts" / "samples") if each.name == "local-harbour-bridge")
    request = Request(article=sample.text, desk=sample.desk, model=MODEL, source="api")
    first = await suggest(copydesk.newsroom, request)
    assert first.status == "valid", first.trace.error
    kept = record.get(copydesk.db, first.trace.id)
    arguments = _bare_arguments(copydesk, model, kept.messages)

    async def bare() -> None:
        await litellm().acompletion(**arguments)

    async def ours() -> None:
        await suggest(copydesk.newsroom, request)

    for _ in range(WARM_UP):
        await bare()
        await ours()
    bare_ms, ours_ms = await _take_turns(bare, ours)
    added = statistics.median(ours_ms) - statistics.median(bare_ms)
    print(f"One call, {PAIRS} pairs in turn, article of {len(sample.text):,} characters, server without latency\n")
    print(f"{'':34}{'median':>10}{'p95':>10}")
    for name, times in (("litellm alone", bare_ms), ("suggest(), trace on disk", ours_ms)):
        print(f"{name:34}{statistics.median(times):7.2f} ms{_p95(times):7.2f} ms")
    print(f"{'added':34}{added:7.2f} ms{_p95(ours_ms) - _p95(bare_ms):7.2f} ms   (aim: at most {AIM_MS} ms)")
    pairs = [mine - plain for plain, mine in zip(bare_ms, ours_ms, strict=True)]
    print(f"{'added, pair by pair':34}{statistics.median(pairs):7.2f} ms{_p95(pairs):7.2f} ms")
    ratio = statistics.median(ours_ms) / statistics.median(bare_ms)
    print(f"{'ratio':34}{ratio:7.2f} x\n")
    await _parts(copydesk, request, kept.messages, bare=statistics.median(bare_ms))
    flush = statistics.median(_flushes(folder))
    print(f"\nA commit of one small row, flushed, takes {flush:.2f} ms on this disk; suggest() waits for two.")
    print(
        f"Result: suggest() adds {added:.1f} ms (x {ratio:.2f}) to a call of litellm, of which two flushes to the disk "
        f"are about {2 * flush:.1f} ms; the whole trace is on the disk when it returns."
    )


def _bare_arguments(copydesk: Copydesk, model: Model, messages: Sequence[gateway.Message]) -> dict[str, object]:
    """What the gateway hands to litellm for the same request."""
    number = releases.resolve(copydesk.db, "headlines", "production", "local").version
    assert number is not None
    content = versions.get(copydesk.db, "headlines", number).content
    return {
        **model.settings,
        **content.parameters.sent(),
        "model": model.call,
        "messages": list(messages),
        "response_format": content.response_format(),
        "timeout": copydesk.newsroom.patience.timeout,
        "max_retries": 0,
        "num_retries": 0,
    }


async def _take_turns(
    one: Callable[[], Awaitable[None]], other: Callable[[], Awaitable[None]]
) -> tuple[list[float], list[float]]:
    times: tuple[list[float], list[float]] = ([], [])
    for number in range(PAIRS):
        # Whoever comes second finds warmer caches, so they swap.
        arms = ((0, one), (1, other)) if number % 2 else ((1, other), (0, one))
        for place, arm in arms:
            start = time.perf_counter()
            await arm()
            times[place].append((time.perf_counter() - start) * 1000)
    return times


async def _parts(copydesk: Copydesk, request: Request, messages: Sequence[gateway.Message], *, bare: float) -> None:
    """The public steps of a suggestion one by one, each with what `suggest()` gives it."""
    db, newsroom = copydesk.db, copydesk.newsroom
    names = ("guess the language", "resolve and load the version", "render", "write: open", "gateway", "parse and contract",
             "write: attempt and close")  # fmt: skip
    times: dict[str, list[float]] = {name: [] for name in names}
    template_trace = record.get(db, search.page(db, limit=1).lines[0].id)

    for _ in range(PART_ROUNDS):
        laps = _Laps(times)
        language.guess(request.article)
        laps.lap("guess the language")
        number = releases.resolve(db, request.prompt, request.environment, request.desk).version
        assert number is not None
        content = versions.get(db, request.prompt, number).content
        laps.lap("resolve and load the version")
        for message in content.messages:
            template.render(message.content, template_trace.variables)
        laps.lap("render")
        opening = _opening(template_trace, request)
        laps.skip()
        await asyncio.wrap_future(db.submit(writing.open_trace(opening, process=db.liveness.process)))
        laps.lap("write: open")
        attempts: list[Attempt] = []
        question = gateway.Question(
            MODEL, messages, parameters=content.parameters.sent(), response_format=content.response_format()
        )
        answer = await gateway.complete(question, newsroom.models, newsroom.patience, report=attempts.append)
        laps.lap("gateway")
        sifted = sift(parse.parse(answer.answer or ""), count=10, limit=content.contract.limit(request.channel))
        laps.lap("parse and contract")
        closing = Closing("valid", 1.0, headlines=[Headline(text, 0) for text in sifted.valid], attempts=attempts)
        db.submit(writing.add_attempts(opening, attempts))
        await asyncio.wrap_future(db.submit(writing.close_trace(opening, closing)))
        laps.lap("write: attempt and close")

    print(f"Where it goes (each part by itself, {PART_ROUNDS} rounds)\n")
    print(f"{'':34}{'median':>10}{'p95':>10}")
    for name in names:
        print(f"{name:34}{statistics.median(times[name]):7.2f} ms{_p95(times[name]):7.2f} ms")
    gate = statistics.median(times["gateway"])
    total = sum(statistics.median(each) for each in times.values())
    print(
        f"{'all, without litellm itself':34}{total - min(bare, gate):7.2f} ms   (gateway over litellm: {gate - bare:+.2f} ms)"
    )


def _opening(trace: record.Trace, request: Request) -> Opening:
    line = trace.line
    return Opening(
        id=clock.new_trace_id(), request_id=None, fingerprint=request.fingerprint, source=line.source, person=None,
        environment=line.environment, desk=line.desk, channel=line.channel, language=line.language, prompt=line.prompt,
        version=line.version, release=line.release, model=line.model, started_at=clock.now_ms(), asked=line.asked,
        article=trace.article, variables=trace.variables, messages=trace.messages, settings=trace.settings,
    )  # fmt: skip


class _Laps:
    """A stopwatch: each lap is the time since the one before it."""

    def __init__(self, times: dict[str, list[float]]) -> None:
        self._times = times
        self._start = time.perf_counter()

    def lap(self, name: str) -> None:
        self._times[name].append((time.perf_counter() - self._start) * 1000)
        self.skip()

    def skip(self) -> None:
        self._start = time.perf_counter()


def _flushes(folder: Path) -> list[float]:
    """What SQLite itself needs for a durable commit here: the floor that no code of ours gets below."""
    connection = sqlite3.connect(folder / "floor.db", isolation_level=None)
    connection.execute("pragma journal_mode = wal")
    connection.execute("pragma synchronous = full")
    connection.execute("create table rows (text text)")
    times: list[float] = []
    for _ in range(PART_ROUNDS):
        start = time.perf_counter()
        connection.execute("insert into rows values ('a row')")
        times.append((time.perf_counter() - start) * 1000)
    connection.close()
    return times


def _p95(times: Sequence[float]) -> float:
    return statistics.quantiles(times, n=20)[-1]


if __name__ == "__main__":
    main()
