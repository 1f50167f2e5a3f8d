"""Release a version only if it showed on an eval set what the gate of its environment asks; or with a reason why it may not.

    gated.release(db, gates, place, 5, author="ada", reason="Shorter for push.", seen=seen)

Whoever releases comes through here. A verdict is drawn anew at each release, from the newest run of exactly this version
on the newest version of the gate's set, beside what is live in that very place, by the rules as they are now. It is kept
with the release, and so is the reason of somebody who releases against it. A rollback and a withdrawal put back what was
live before: they must work at once, and no gate stands before them.
"""

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from core import clock, profiles
from core.db import Database
from core.errors import BadInput, GateClosed, NotFound
from core.evals import sets
from core.evals.gates import gate as gates_
from core.evals.gates import rules
from core.evals.gates.gate import GateVerdict
from core.evals.gates.rule_verdict import Outcome
from core.evals.gates.rules import Gate
from core.evals.running import entries, runs
from core.evals.running.plan import Candidate
from core.evals.running.runs import Run
from core.judge import agreement
from core.judge.agreement import Judge
from core.prompts import releases, versions
from core.prompts.releases import Clearance, Place, Release
from core.prompts.tasks import JUDGE

OLDER_CHECKS = "The checks were changed since this run. What the gate says is by the old ones."


@dataclass(frozen=True)
class Standing:
    """Where a version stands before the gate of a place.

    `verdict` is None where no run can say anything; then `why` says what is missing, and a run of `needed` on the set's
    newest version would change that.
    """

    gate: Gate
    set_number: int
    run: Run | None
    verdict: GateVerdict | None
    why: str
    needed: Sequence[Candidate]
    """What a run has to compare: what is live now, if anything is, and the version."""
    checks_changed: bool = False
    """Whether other profiles are in use than those that the run's headlines were checked by."""

    @property
    def passes(self) -> bool:
        return self.verdict is not None and self.verdict.outcome == "pass"


@dataclass(frozen=True)
class KeptVerdict:
    """A verdict as it stands with a release: `rules` has the words, outcome and sentence of each."""

    id: int
    prompt: str
    version: int
    environment: str
    desk: str | None
    gate: str
    set_name: str
    set_number: int
    run: str | None
    baseline: int | None
    outcome: Outcome
    sentence: str
    rules: Sequence[dict[str, Any]]
    created_at: int


def standing(db: Database, gates: Path, place: Place, version: int) -> Standing | None:
    """How a version stands before a place. A broken gate file is `BadInput`.

    None if no gate stands there, or if the version serves that place already, so that nothing would change.
    """
    gate = rules.of(gates, place.prompt, place.environment)
    live = releases.live_at(db, place.prompt, place.environment, place.desk, None)
    if gate is None or (live is not None and live.version == version):
        return None
    newest = sets.newest(db, gate.set)
    if newest is None:
        raise BadInput(f"The gate of {place.prompt} asks for the eval set {gate.set!r}, which there is not.")
    baseline = None if live is None else live.version
    needed = [Candidate(prompt=place.prompt, version=number) for number in (baseline, version) if number is not None]
    run = _newest_run(db, gate, newest.number, needed)
    if run is None:
        beside = f" beside version {baseline}, which is live," if baseline is not None else ""
        why = f"Version {version} was not run{beside} on {gate.set} {newest.number}."
        return Standing(gate, newest.number, None, None, why, needed)
    verdict = verdict_on(db, gate, run, place, version, baseline)
    return Standing(gate, newest.number, run, verdict, "", needed, is_by_older_checks(db, run))


def is_by_older_checks(db: Database, run: Run) -> bool:
    """Whether other profiles are in use than those that a run's headlines were checked by."""
    return run.plan.profile not in ("", profiles.current(db).version)


def begun(db: Database, stands: Standing) -> Run | None:
    """The newest run that was begun and will say what is missing, if it is brought to its end."""
    return _newest_run(db, stands.gate, stands.set_number, stands.needed, done=False)


def verdict_on(db: Database, gate: Gate, run: Run, place: Place, version: int, baseline: int | None) -> GateVerdict:
    """What the gate says of a version in a finished run, for a place where `baseline` is live."""
    return gates_.judge_rules(
        gate,
        entries.results(db, run.id),
        baseline=None if baseline is None else _place_of(run, place.prompt, baseline),
        candidate=_place_of(run, place.prompt, version),
        desk=place.desk,
        calibrated=_calibrated(db, place),
    )


def release(
    db: Database,
    gates: Path,
    place: Place,
    version: int,
    *,
    author: str,
    reason: str,
    seen: Release | None,
    override: str = "",
) -> Release:
    """Put a version into a place, past its gate.

    `GateClosed` if the gate does not pass it; with `override`, a reason that stays on the release for ever, it is
    released all the same.
    """
    # Whoever says why they go against the gate has said why they release.
    reason = reason.strip() or override.strip()
    stands = standing(db, gates, place, version)
    if stands is None:
        return releases.release(db, place, version, author=author, reason=reason, seen=seen)
    if not stands.passes and not override.strip():
        if stands.verdict is None:
            raise GateClosed(f"{stands.why} Run it there, or release it against the gate with a reason.")
        raise GateClosed(f"{_closed_by(stands.verdict)} Release it against the gate with a reason, or mend it.")
    versions.get(db, place.prompt, version)
    kept = db.write(lambda connection: _keep(connection, stands, place, version))
    clearance = Clearance(kept, None if stands.passes else override.strip())
    return releases.release(db, place, version, author=author, reason=reason, seen=seen, clearance=clearance)


def kept(db: Database, verdict_id: int) -> KeptVerdict:
    """The verdict of a release, or `NotFound`."""
    with db.read() as connection:
        row = connection.execute("select * from gate_verdicts where id = ?", (verdict_id,)).fetchone()
    if row is None:
        raise NotFound(f"There is no verdict {verdict_id}.")
    return KeptVerdict(**dict(row) | {"rules": json.loads(row["rules"])})


def released_on(db: Database, run_id: str) -> list[Release]:
    """The releases whose gate's verdict was drawn from a run, the oldest first."""
    with db.read() as connection:
        rows = connection.execute(
            "select releases.* from releases join gate_verdicts on gate_verdicts.id = releases.verdict "
            "where gate_verdicts.run = ? order by releases.id",
            (run_id,),
        )
        return [Release(**dict(row)) for row in rows]


def _closed_by(verdict: GateVerdict) -> str:
    """The verdict with the first rule that it is owed to."""
    rule = next((each for each in verdict.rules if each.outcome == verdict.outcome), None)
    return (
        verdict.sentence
        if rule is None
        else f"{verdict.sentence} {rule.words[0].upper()}{rule.words[1:]}: {rule.sentence}"
    )


def _newest_run(
    db: Database, gate: Gate, set_number: int, needed: Sequence[Candidate], *, done: bool = True
) -> Run | None:
    """The newest run that did, or is to do, all that the gate needs, on all desks of the set's newest version."""
    version = needed[-1].version
    assert version is not None
    for run in runs.of_candidate(db, gate.set, gate.prompt, version, done=done):
        plan = run.plan
        if plan.set_number == set_number and not plan.desks and all(_has(run, each) for each in needed):
            return run
    return None


def _has(run: Run, candidate: Candidate) -> bool:
    """Whether a run has a version with its own model: on another model it is another thing."""
    return any(
        each.model is None and (each.prompt, each.version) == (candidate.prompt, candidate.version)
        for each in run.plan.candidates
    )


def _place_of(run: Run, prompt: str, version: int) -> int:
    for place, each in enumerate(run.plan.candidates):
        if each.model is None and (each.prompt, each.version) == (prompt, version):
            return place
    raise NotFound(f"That run has no {prompt} {version} on its own model.")


def _calibrated(db: Database, place: Place) -> frozenset[str]:
    """The criteria in which the judge that serves this place is known to agree with people, or not to."""
    release = releases.live_at(db, JUDGE, "development", place.desk, None)
    if release is None or release.version is None:
        return frozenset()
    model = versions.get(db, JUDGE, release.version).content.model
    judge = Judge(model, JUDGE, release.version)
    return frozenset(each.criterion for each in agreement.of_judge(db, judge) if each.is_calibrated)


def _keep(connection: sqlite3.Connection, stands: Standing, place: Place, version: int) -> int:
    verdict, gate = stands.verdict, stands.gate
    said = [
        {"words": each.words, "outcome": each.outcome, "sentence": each.sentence, "figure": each.figure}
        for each in (verdict.rules if verdict else ())
    ]
    baseline = stands.needed[0].version if len(stands.needed) > 1 else None
    row = connection.execute(
        """
        insert into gate_verdicts (
            prompt, version, environment, desk, gate, set_name, set_number, run, baseline, outcome, sentence, rules,
            created_at
        ) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) returning id
        """,
        (
            place.prompt, version, place.environment, place.desk, gate.version, gate.set, stands.set_number,
            stands.run and stands.run.id, baseline, verdict.outcome if verdict else "inconclusive",
            verdict.sentence if verdict else stands.why, json.dumps(said, ensure_ascii=False), clock.now_ms(),
        ),
    ).fetchone()  # fmt: skip
    return row["id"]
