"""What a list shows of its traces beside their figures: a headline, and what people decided.

A search reads narrow rows only. This is asked for the traces of the page that is shown, and no others.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from core.db import Database
from core.traces.finding import index
from core.traces.finding.find import Term

HEADLINES = """
select trace, text from headlines where trace in (select value from json_each(?)) and position = 0
"""
ALL_HEADLINES = """
select trace, text from headlines where trace in (select value from json_each(?)) order by trace, position
"""
DECISIONS = """
select trace, kind, count(*) as many from standing_feedback
where trace in (select value from json_each(?)) and kind in ('picked', 'edited', 'rejected', 'all_rejected')
group by trace, kind order by trace, kind = 'picked' desc, kind
"""


@dataclass(frozen=True)
class Glance:
    """The first headline, or the first that holds most of what was looked for; None if there is none on record.

    `holds_words` is False where none holds any of that. `decided` is how often people decided what, as far as it stands.
    """

    headline: str | None = None
    holds_words: bool = True
    decided: Mapping[str, int] = field(default_factory=dict[str, int])


def at(db: Database, traces: Sequence[str], wanted: Sequence[Term] = ()) -> dict[str, Glance]:
    """A glance at each of these traces, which were found by the words that are `wanted`."""
    named = json.dumps(list(traces))
    headlines: dict[str, list[str]] = {}
    with db.read() as connection:
        for row in connection.execute(ALL_HEADLINES if wanted else HEADLINES, (named,)):
            headlines.setdefault(row["trace"], []).append(row["text"])
        decided: dict[str, dict[str, int]] = {}
        for row in connection.execute(DECISIONS, (named,)):
            decided.setdefault(row["trace"], {})[row["kind"]] = row["many"]
    return {trace: _glance(headlines.get(trace, []), wanted, decided.get(trace, {})) for trace in traces}


def _glance(headlines: Sequence[str], wanted: Sequence[Term], decided: Mapping[str, int]) -> Glance:
    if not headlines or not wanted:
        return Glance(next(iter(headlines), None), decided=decided)
    held = [sum(term.occurs_in(words) for term in wanted) for words in map(index.words, headlines)]
    most = max(held)
    return Glance(headlines[held.index(most)], most > 0, decided)
