"""How many calls does one process carry at once, and what does that cost?

2,000 calls, never more than 100 in flight, against a server that takes 200 ms for each: nobody can be done before 4.0 s.
litellm alone and `suggest()` do the same work in turns, each in a fresh process, so that neither warms the other or adds
to its memory. Afterwards every one of the 2,000 traces has to be on record and closed.
"""

import asyncio
import json
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from dataclasses import asdict, dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from core import settings
from core.copydesk import Copydesk, open_copydesk
from core.headlines import Request, samples, suggest
from core.llm.door import litellm
from core.llm.models import Model, Models
from core.prompts import releases, versions
from core.traces import record
from core.traces.finding import search
from tests.benchmarks import servers

ROOT = Path(__file__).parents[2]
CALLS = 2_000
IN_FLIGHT = 100
LATENCY = 0.2
IDEAL = CALLS * LATENCY / IN_FLIGHT
ROUNDS = 2
ARMS = {"bare": "litellm alone", "ours": "suggest(), trace on disk"}


@dataclass(frozen=True)
class Load:
    """What one arm needed: seconds, seconds of CPU, peak and starting memory in MB, and the rows it left by status."""

    wall: float
    cpu: float
    peak: float
    before: float
    rows: dict[str, int]


def main() -> None:
    loads: dict[str, list[Load]] = {arm: [] for arm in ARMS}
    with servers.running(LATENCY) as base:
        for _ in range(ROUNDS):
            for arm, done in loads.items():
                done.append(_in_own_process(arm, base))
    print(
        f"{CALLS:,} calls, {IN_FLIGHT} in flight, server {LATENCY * 1000:.0f} ms: ideal {IDEAL:.1f} s. "
        f"Medians of {ROUNDS} rounds in turn.\n"
    )
    print(f"{'':28}{'wall':>9}{'x ideal':>9}{'calls/s':>9}{'CPU':>10}{'CPU/call':>11}{'peak':>10}{'grown by':>11}")
    for arm, name in ARMS.items():
        wall, cpu, peak, before = (_median(loads[arm], part) for part in ("wall", "cpu", "peak", "before"))
        print(
            f"{name:28}{wall:7.2f} s{wall / IDEAL:9.2f}{CALLS / wall:9.0f}{cpu:8.2f} s{cpu / CALLS * 1000:8.2f} ms"
            f"{peak:7.0f} MB{peak - before:8.0f} MB"
        )
    walls, cpus = ({arm: _median(loads[arm], part) for arm in ARMS} for part in ("wall", "cpu"))
    wall_ratio, cpu_ratio = walls["ours"] / walls["bare"], cpus["ours"] / cpus["bare"]
    print(f"{'ratio':28}{wall_ratio:7.2f} x{'':18}{cpu_ratio:8.2f} x\n")
    for load in loads["ours"]:
        print(f"On record: {', '.join(f'{many:,} {status}' for status, many in load.rows.items())}")
    print(
        f"Result: {CALLS:,} calls at {IN_FLIGHT} in flight take {walls['ours']:.1f} s, {walls['ours'] / IDEAL:.2f} times the "
        f"ideal; litellm alone takes {walls['bare']:.1f} s. CPU x {cpu_ratio:.2f}. All traces closed: "
        f"{'yes' if all(load.rows == {'valid': CALLS} for load in loads['ours']) else 'NO'}."
    )


def _median(loads: list[Load], part: str) -> float:
    return statistics.median(getattr(load, part) for load in loads)


def _in_own_process(arm: str, base: str) -> Load:
    done = subprocess.run([sys.executable, __file__, arm, base], stdout=subprocess.PIPE, text=True, check=True)
    return Load(**json.loads(done.stdout.splitlines()[-1]))


def run_arm(arm: str, base: str) -> None:
    """Do one arm's work in this process and print its `Load`."""
    with tempfile.TemporaryDirectory(prefix="copydesk-bench-") as folder:
        chosen = settings.load().model_copy(
            update={"db": Path(folder) / "copydesk.db", "models": Path(folder) / "none"}
        )
        with open_copydesk(chosen) as copydesk:
            model = Model("bench", "openai/gpt-4o-mini", {"api_base": base, "api_key": "sk-none"})
            copydesk.models = Models({model.name: model})
            print(json.dumps(asdict(asyncio.run(_carry(arm, copydesk, model)))))


async def _carry(arm: str, copydesk: Copydesk, model: Model) -> Load:
    sample = next(each for each in samples.listing(ROOT / "prompts" / "samples") if each.name == "local-harbour-bridge")

    async def ours(number: int) -> None:
        # No two articles are the same, as in life: each is hashed, compressed and written.
        await suggest(
            copydesk.newsroom, Request(article=f"{number}. {sample.text}", desk=sample.desk, model=model.name)
        )

    await ours(-1)
    first = record.get(copydesk.db, search.page(copydesk.db, limit=1).lines[0].id)
    version = releases.resolve(copydesk.db, "headlines", "production", sample.desk).version
    assert version is not None
    content = versions.get(copydesk.db, "headlines", version).content

    async def bare(number: int) -> None:
        await litellm().acompletion(
            **model.settings,
            **content.parameters.sent(),
            model=model.call,
            messages=[{**message, "content": f"{number}. {message['content']}"} for message in first.messages],
            response_format=content.response_format(),
            timeout=copydesk.newsroom.patience.timeout,
            max_retries=0,
            num_retries=0,
        )

    await _all({"bare": bare, "ours": ours}[arm], 2 * IN_FLIGHT)
    rows_before = _rows(copydesk)
    before, wall, cpu = peak(), time.perf_counter(), time.process_time()
    await _all({"bare": bare, "ours": ours}[arm], CALLS)
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    rows = {status: many - rows_before.get(status, 0) for status, many in _rows(copydesk).items()}
    return Load(wall, cpu, peak(), before, {status: many for status, many in rows.items() if many})


async def _all(call: Callable[[int], Awaitable[None]], many: int) -> None:
    """Make `many` calls, `IN_FLIGHT` at a time: a new one leaves as soon as one is back."""
    numbers = iter(range(many))

    async def worker() -> None:
        for number in numbers:
            await call(number)

    await asyncio.gather(*(worker() for _ in range(IN_FLIGHT)))


def _rows(copydesk: Copydesk) -> dict[str, int]:
    with copydesk.db.read() as connection:
        return dict(map(tuple, connection.execute("select status, count(*) from traces group by status")))


def peak() -> float:
    """The most memory that this process ever had, in MB."""
    kilobytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return kilobytes / (1024 * 1024 if sys.platform == "darwin" else 1024)


if __name__ == "__main__":
    run_arm(*sys.argv[1:]) if len(sys.argv) > 1 else main()
