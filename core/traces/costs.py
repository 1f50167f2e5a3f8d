"""What calls cost, of whatever came of them: answered, refused, cut off."""

import sqlite3
from dataclasses import dataclass

from core.db import Database


@dataclass(frozen=True)
class Cost:
    """US dollars of one trace, as far as they are known.

    `priced`, `unpriced` and `cut_off` count its attempts: those whose cost is known, those that were answered without
    one, and those that were cut off or ran into a time-out, for which the provider may have charged as well.
    """

    known: float
    priced: int
    unpriced: int
    cut_off: int


def of_requests(db: Database, prefix: str) -> dict[str, tuple[str, Cost]]:
    """By trace the request id and the cost of all calls whose request id begins so; `prefix` ends with a hyphen."""
    # "." is what comes after "-".
    return _read(db, "where request_id >= ?1 || '-' and request_id < ?1 || '.'", prefix.removesuffix("-"))


def of_trace(db: Database, trace_id: str) -> Cost:
    """What one call cost; one that was never made cost nothing."""
    found = _read(db, "where traces.id = ?1", trace_id)
    return found[trace_id][1] if found else Cost(0.0, 0, 0, 0)


def _read(db: Database, where: str, value: str) -> dict[str, tuple[str, Cost]]:
    with db.read() as connection:
        rows: list[sqlite3.Row] = connection.execute(
            f"""
            select traces.id, coalesce(traces.request_id, '') as request_id,
                total(attempts.cost) as known,
                count(attempts.cost) as priced,
                count(*) filter (where attempts.trace not null and attempts.cost is null and attempts.error is null)
                    as unpriced,
                count(*) filter (where attempts.cost is null and attempts.error_kind = 'provider_timeout')
                    + (status in ('open', 'interrupted')) as cut_off
            from traces left join attempts on attempts.trace = traces.id {where} group by traces.id
            """,
            (value,),
        ).fetchall()
    return {
        row["id"]: (row["request_id"], Cost(row["known"], row["priced"], row["unpriced"], row["cut_off"]))
        for row in rows
    }
