"""What a list shows of its traces beside their figures: the first headline, and what people decided.

A search reads narrow rows only. This is asked for the traces of the page that is shown, and no others.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from core.db import Database

HEADLINES = """
select trace, text from headlines where trace in (select value from json_each(?)) and position = 0
"""
DECISIONS = """
select trace, kind, count(*) as many from standing_feedback
where trace in (select value from json_each(?)) and kind in ('picked', 'edited', 'rejected', 'all_rejected')
group by trace, kind order by trace, kind = 'picked' desc, kind
"""


@dataclass(frozen=True)
class Glance:
    """The first headline, None if there is none on record; how often people decided what, as far as it stands."""

    headline: str | None = None
    decided: Mapping[str, int] = field(default_factory=dict[str, int])


def at(db: Database, traces: Sequence[str]) -> dict[str, Glance]:
    """A glance at each of these traces."""
    named = json.dumps(list(traces))
    with db.read() as connection:
        first = {row["trace"]: row["text"] for row in connection.execute(HEADLINES, (named,))}
        decided: dict[str, dict[str, int]] = {}
        for row in connection.execute(DECISIONS, (named,)):
            decided.setdefault(row["trace"], {})[row["kind"]] = row["many"]
    return {trace: Glance(first.get(trace), decided.get(trace, {})) for trace in traces}
