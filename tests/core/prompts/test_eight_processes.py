"""Eight processes release, roll back and resolve on one database, all at once and for some seconds.

Real processes on a real file. Whoever is overtaken looks again and repeats; nobody else should notice that they are not
alone. EIGHT_PROCESSES_SECONDS says how long.
"""

import json
import os
import subprocess
import sys
from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest

from core import audit
from core.audit import Verdict
from core.db import open_database
from core.prompts import releases, versions
from core.prompts.content import Content, MessageTemplate
from core.prompts.releases import Place, Release
from tests.conftest import ROOT

PROCESSES = 8
SECONDS = float(os.environ.get("EIGHT_PROCESSES_SECONDS", "4"))
PATIENCE = 60
VERSIONS = 5
ENVIRONMENTS = ("staging", "production")

# Few places, so that they meet. "local" never gets a release of its own and so shows what all desks have.
LEAD = f"""
import json, random, sys, time, traceback
from pathlib import Path
from core.db import open_database
from core.errors import Conflict
from core.prompts import releases
from core.prompts.releases import Place

db, name = open_database(Path(sys.argv[1])), sys.argv[2]
chance = random.Random(name)
places = [Place("headlines", environment, desk) for environment in {ENVIRONMENTS} for desk in (None, "sport", "tech")]
told = {{"acknowledged": [], "resolved": [], "conflicts": 0, "errors": [], "slowest": 0.0}}

def decide(place):
    seen = releases.current(db, place)
    step = chance.random()
    who = {{"author": name, "reason": "In a hurry.", "seen": seen}}
    if step < 0.3 and seen and (place.desk or releases.previous(db, seen)):
        return releases.rollback(db, place, **who)
    if step < 0.4 and seen and place.desk and seen.version:
        return releases.withdraw(db, place, **who)
    return releases.release(db, place, chance.randint(1, {VERSIONS}), **who)

def change(place):
    while True:
        try:
            return decide(place)
        except Conflict:
            told["conflicts"] += 1

def work():
    place = chance.choice(places)
    if chance.random() < 0.5:
        made = change(place)
        told["acknowledged"].append([made.id, place.environment, place.desk, made.version])
    desk = chance.choice(["sport", "tech", "local"])
    found = releases.resolve(db, "headlines", place.environment, desk)
    told["resolved"].append([found.id, place.environment, desk])

print("ready", flush=True)
sys.stdin.readline()
end = time.monotonic() + {SECONDS}
while time.monotonic() < end:
    start = time.perf_counter()
    try:
        work()
    except Exception:
        told["errors"].append(traceback.format_exc())
    told["slowest"] = max(told["slowest"], time.perf_counter() - start)
db.close()
print(json.dumps(told))
"""


@dataclass(frozen=True)
class Lead:
    """What one of the processes tells: its changes in order, what it saw in between, and what went wrong."""

    acknowledged: list[tuple[int, str, str | None, int | None]]
    resolved: list[tuple[int, str, str]]
    conflicts: int
    errors: list[str]
    slowest: float
    stderr: str


@dataclass(frozen=True)
class Aftermath:
    leads: list[Lead]
    releases: dict[int, Release]
    first: set[int]
    saved: int
    verdict: Verdict
    logged: list[audit.Entry]

    def by_place(self) -> dict[Place, list[Release]]:
        places: dict[Place, list[Release]] = {}
        for release in self.releases.values():
            places.setdefault(release.place, []).append(release)
        return places


@pytest.fixture(scope="module")
def aftermath(tmp_path_factory: pytest.TempPathFactory) -> Aftermath:
    """Let them work, then read what they left. Done once for all who look at it."""
    path = tmp_path_factory.mktemp("eight") / "copydesk.db"
    with closing(open_database(path)) as db:
        for number in range(VERSIONS):
            content = Content(messages=(MessageTemplate(role="user", content=str(number)),), model="offline/lede")
            versions.save(db, "headlines", content, note="Why.", author="ada")
        first = {
            releases.release(db, Place("headlines", each), 1, author="ada", reason="To begin with.", seen=None).id
            for each in ENVIRONMENTS
        }
        leads = _at_work(path)
        made = {
            release.id: release
            for each in ENVIRONMENTS
            for release in releases.history(db, "headlines", each, limit=1_000_000)
        }
        logged = audit.newest(db, limit=1_000_000)
        return Aftermath(leads, made, first, VERSIONS, audit.verify(db), logged)


def _at_work(path: Path) -> list[Lead]:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("COPYDESK_")}
    started: list[subprocess.Popen[str]] = []
    try:
        for number in range(PROCESSES):
            process = subprocess.Popen(
                [sys.executable, "-c", LEAD, str(path), f"lead {number}"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                text=True,
                env={**environment, "PYTHONPATH": str(ROOT)},
            )
            started.append(process)
        for process in started:
            assert process.stdout
            assert process.stdout.readline() == "ready\n"
        # All are ready before the first one starts: `communicate` would start one and wait for its end.
        for process in started:
            assert process.stdin
            process.stdin.write("go\n")
            process.stdin.flush()
        told = [process.communicate(timeout=SECONDS + PATIENCE) for process in started]
    finally:
        for process in started:
            process.kill()
            process.wait()
    return [_lead(said, errors) for said, errors in told]


def _lead(said: str, errors: str) -> Lead:
    told = (
        json.loads(said) if said else {"acknowledged": [], "resolved": [], "conflicts": 0, "errors": [], "slowest": 0}
    )
    acknowledged = [(number, environment, desk, version) for number, environment, desk, version in told["acknowledged"]]
    resolved = [(number, environment, desk) for number, environment, desk in told["resolved"]]
    return Lead(acknowledged, resolved, told["conflicts"], told["errors"], told["slowest"], errors)


def _never_falls(numbers: Iterable[int]) -> bool:
    listed = list(numbers)
    return listed == sorted(listed)


class TestEightProcessesAtOnce:
    def test_all_work_and_get_into_each_others_way(self, aftermath: Aftermath) -> None:
        assert all(lead.acknowledged and lead.resolved for lead in aftermath.leads)
        assert sum(lead.conflicts for lead in aftermath.leads) > 0

    def test_meet_no_error_but_that_they_were_overtaken(self, aftermath: Aftermath) -> None:
        assert [error for lead in aftermath.leads for error in lead.errors] == []
        assert [lead.stderr for lead in aftermath.leads] == [""] * PROCESSES

    def test_are_never_kept_waiting_for_long(self, aftermath: Aftermath) -> None:
        # SQLite gives up a lock after ten seconds; a person would long before.
        assert max(lead.slowest for lead in aftermath.leads) < 5

    def test_lose_no_release_that_was_acknowledged(self, aftermath: Aftermath) -> None:
        acknowledged = [change for lead in aftermath.leads for change in lead.acknowledged]
        kept = {(made.id, made.environment, made.desk, made.version) for made in aftermath.releases.values()}
        assert len(acknowledged) == len({change[0] for change in acknowledged})
        assert set(acknowledged) <= kept

    def test_leave_no_release_that_nobody_was_told_of(self, aftermath: Aftermath) -> None:
        acknowledged = {change[0] for lead in aftermath.leads for change in lead.acknowledged}
        assert acknowledged | aftermath.first == aftermath.releases.keys()

    def test_replace_one_release_by_the_next_without_a_gap_or_a_fork(self, aftermath: Aftermath) -> None:
        for made in aftermath.by_place().values():
            in_order = sorted(made, key=lambda release: release.id)
            assert [release.replaced for release in in_order] == [None, *(release.id for release in in_order[:-1])]

    def test_leave_times_in_the_order_of_the_releases(self, aftermath: Aftermath) -> None:
        assert _never_falls(made.created_at for _, made in sorted(aftermath.releases.items()))

    def test_resolve_to_a_release_of_a_version_for_that_very_desk(self, aftermath: Aftermath) -> None:
        for lead in aftermath.leads:
            for number, environment, desk in lead.resolved:
                found = aftermath.releases[number]
                assert (found.environment, found.version is None) == (environment, False)
                assert found.desk in (desk, None)

    def test_resolve_to_nothing_older_than_they_saw_before(self, aftermath: Aftermath) -> None:
        for lead in aftermath.leads:
            for each in ENVIRONMENTS:
                seen = [number for number, environment, desk in lead.resolved if (environment, desk) == (each, "local")]
                assert _never_falls(seen)

    def test_leave_an_unbroken_log_with_one_entry_for_each_change(self, aftermath: Aftermath) -> None:
        assert aftermath.verdict.fault is None
        assert aftermath.verdict.entries == aftermath.saved + len(aftermath.releases)
        told = [json.loads(entry.after or "").get("release") for entry in aftermath.logged]
        assert sorted(number for number in told if number) == sorted(aftermath.releases)
