"""What does a run cost over the calls that it makes?

500 cases at 50 in flight and 2,000 at 100, against a server that takes 200 ms for each: nobody can be done before 2.0 s and
4.0 s. litellm alone, `suggest()` without a run, and a run with its results and checks do the same work in turns, each in a
fresh process. Afterwards every case has to be on record, with its trace.

    python tests/benchmarks/bench_runs.py                    the table
    python tests/benchmarks/bench_runs.py profile 500 50     where the event loop's thread spends its time in a run
"""

import asyncio
import cProfile
import json
import pstats
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Coroutine
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[2]))

from core import settings
from core.copydesk import Copydesk, open_copydesk
from core.evals import sets
from core.evals.case import Case
from core.evals.running import runs
from core.evals.running.plan import Candidate, Plan
from core.evals.running.plan import check as check_plan
from core.evals.running.runner import carry_out
from core.headlines import Request, samples, suggest
from core.llm.door import litellm
from core.llm.models import Model, Models
from core.prompts import versions
from core.traces import record
from core.traces.finding import search
from tests.benchmarks import servers
from tests.benchmarks.bench_throughput import peak

ROOT = Path(__file__).parents[2]
LATENCY = 0.2
ROUNDS = 3
LOADS = ((500, 50), (2_000, 100))
ARMS = {"bare": "litellm alone", "suggest": "suggest(), no run", "run": "a run"}
VERSION = 2

Work = Coroutine[Any, Any, object]


@dataclass(frozen=True)
class Took:
    """What one arm needed: seconds, seconds of CPU, peak and starting memory in MB, and how much of it is on record."""

    wall: float
    cpu: float
    peak: float
    before: float
    on_record: int


def main() -> None:
    with servers.running(LATENCY) as base:
        for cases, at_once in LOADS:
            taken: dict[str, list[Took]] = {arm: [] for arm in ARMS}
            for _ in range(ROUNDS):
                for arm, rounds in taken.items():
                    rounds.append(_in_own_process(arm, base, cases, at_once))
            _report(taken, cases, at_once)


def _report(taken: dict[str, list[Took]], cases: int, at_once: int) -> None:
    ideal = cases * LATENCY / at_once
    print(
        f"{cases:,} cases, {at_once} in flight, server {LATENCY * 1000:.0f} ms: ideal {ideal:.1f} s. "
        f"Medians of {ROUNDS} rounds in turn; the fastest round in brackets.\n"
    )
    print(f"{'':20}{'wall':>9}{'':>10}{'x ideal':>9}{'CPU':>10}{'CPU/case':>11}{'peak':>10}{'grown by':>11}")
    for arm, name in ARMS.items():
        wall, cpu, most, before = (
            statistics.median(getattr(each, part) for each in taken[arm]) for part in ("wall", "cpu", "peak", "before")
        )
        best = min(each.wall for each in taken[arm])
        print(
            f"{name:20}{wall:7.2f} s {f'({best:.2f} s)':>9}{wall / ideal:9.2f}{cpu:8.2f} s{cpu / cases * 1000:8.2f} ms"
            f"{most:7.0f} MB{most - before:8.0f} MB"
        )
    complete = all(each.on_record == cases for each in taken["run"])
    print(f"Results on record, each with its closed trace: {'all' if complete else 'NOT ALL'}.\n")


def _in_own_process(arm: str, base: str, cases: int, at_once: int) -> Took:
    command = [sys.executable, __file__, arm, str(cases), str(at_once), base]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    return Took(**json.loads(done.stdout.splitlines()[-1]))


def run_arm(arm: str, cases: int, at_once: int, base: str) -> None:
    """Do one arm's work in this process and print what it took."""
    with tempfile.TemporaryDirectory(prefix="copydesk-bench-") as folder:
        chosen = settings.load().model_copy(
            update={"db": Path(folder) / "copydesk.db", "models": Path(folder) / "none"}
        )
        with open_copydesk(chosen) as copydesk:
            model = Model("bench", "openai/gpt-4o-mini", {"api_base": base, "api_key": "sk-none"})
            copydesk.models = Models({model.name: model})
            work = {"bare": _bare, "suggest": _suggest}.get(arm, _run)(copydesk, model, cases, at_once)
            asyncio.run(_all(_asking(copydesk, model, 1), 2 * at_once, at_once))
            profile = cProfile.Profile()
            before, wall, cpu = peak(), time.perf_counter(), time.process_time()
            if arm == "profile":
                profile.runcall(asyncio.run, work())
            else:
                asyncio.run(work())
            wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
            took = Took(wall, cpu, peak(), before, _on_record(copydesk))
    if arm == "profile":
        pstats.Stats(profile).sort_stats("tottime").print_stats(45)
        pstats.Stats(profile).sort_stats("cumulative").print_stats("core/|evals|sqlite|litellm/main|openai", 60)
    print(json.dumps(asdict(took)))


def _articles(many: int) -> list[str]:
    # No two articles are the same, as in life: each is hashed, compressed and written.
    sample = next(each for each in samples.listing(ROOT / "prompts" / "samples") if each.name == "local-harbour-bridge")
    return [f"{number}. {sample.text}" for number in range(many)]


def _run(copydesk: Copydesk, model: Model, many: int, at_once: int) -> Callable[[], Work]:
    db = copydesk.db
    cases = [
        Case(id=f"case-{number}", article=text, desk="local", language="en")
        for number, text in enumerate(_articles(many))
    ]
    sets.save(db, "bench", cases, note="The first.", author="bench", seen=None, article_limit=60_000)
    candidate = Candidate(prompt="headlines", version=VERSION, model=model.name)
    plan = Plan(
        set_name="bench", set_number=1, candidates=(candidate,), concurrency=at_once, profile=copydesk.profiles.version
    )
    run = runs.create(db, plan, units=check_plan(plan, cases), note="", author="bench")
    return lambda: carry_out(copydesk.newsroom, run.id, cases)


def _suggest(copydesk: Copydesk, model: Model, many: int, at_once: int) -> Callable[[], Work]:
    return lambda: _all(_asking(copydesk, model, many), many, at_once)


def _asking(copydesk: Copydesk, model: Model, many: int) -> Callable[[int], Work]:
    articles = _articles(many)

    async def ask(number: int) -> None:
        text = articles[number % many]
        await suggest(
            copydesk.newsroom,
            Request(article=text, desk="local", language="en", version=VERSION, model=model.name, source="eval"),
        )

    return ask


def _bare(copydesk: Copydesk, model: Model, many: int, at_once: int) -> Callable[[], Work]:
    asyncio.run(_asking(copydesk, model, 1)(0))
    messages = record.get(copydesk.db, search.page(copydesk.db, limit=1).lines[0].id).messages
    content = versions.get(copydesk.db, "headlines", VERSION).content

    async def ask(number: int) -> None:
        await litellm().acompletion(
            **model.settings,
            **content.parameters.sent(),
            model=model.call,
            messages=[{**message, "content": f"{number}. {message['content']}"} for message in messages],
            response_format=content.response_format(),
            timeout=copydesk.newsroom.patience.timeout,
            max_retries=0,
            num_retries=0,
        )

    return lambda: _all(ask, many, at_once)


async def _all(call: Callable[[int], Work], many: int, at_once: int) -> None:
    """Make `many` calls, `at_once` at a time: a new one leaves as soon as one is back."""
    numbers = iter(range(many))

    async def worker() -> None:
        for number in numbers:
            await call(number)

    await asyncio.gather(*(worker() for _ in range(at_once)))


def _on_record(copydesk: Copydesk) -> int:
    with copydesk.db.read() as connection:
        return connection.execute(
            "select count(*) from eval_results join traces on traces.id = trace "
            "where outcome = 'done' and status = 'valid' and \"values\" ->> 'flagged:too_long' is not null"
        ).fetchone()[0]


if __name__ == "__main__":
    if sys.argv[1:2] == ["profile"]:
        with servers.running(LATENCY) as address:
            run_arm("profile", int(sys.argv[2]), int(sys.argv[3]), address)
    elif len(sys.argv) > 1:
        run_arm(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), sys.argv[4])
    else:
        main()
