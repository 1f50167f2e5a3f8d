"""Make a case of a trace."""

from collections.abc import Sequence

from core import clock
from core.db import Database
from core.errors import BadInput
from core.evals.case import Case, make
from core.feedback import accepted, standing
from core.traces import record
from core.traces.model import TraceLine


def from_trace(
    db: Database,
    trace_id: str,
    *,
    case_id: str | None = None,
    must_mention: Sequence[str] = (),
    must_not_mention: Sequence[str] = (),
    tags: Sequence[str] = (),
) -> Case:
    """A case of a trace's article, desk, channel and language, called as `_name` says unless `case_id` does.

    Its reference is the headline that somebody picked or edited last, if anybody did. `BadInput` if there is no article.
    """
    trace = record.get(db, trace_id)
    if not (trace.article or "").strip():
        raise BadInput(f"Trace {trace_id} has no article to make a case of.")
    return make(
        {
            "id": case_id or _name(trace.line),
            "article": trace.article,
            "desk": trace.line.desk,
            "channel": trace.line.channel,
            "language": trace.line.language,
            "reference": accepted(standing(db, trace_id)),
            "must_mention": must_mention,
            "must_not_mention": must_not_mention,
            "tags": tags,
            "source_trace": trace_id,
        }
    )


def _name(line: TraceLine) -> str:
    """A name to be read, such as sport-2026-11-27-3fb14a08: desk, day and the end of the trace's id.

    No word of the article stands in it, for the name of a case outlives the erasure of its article.
    """
    return f"{line.desk.strip()[:60]}-{clock.as_datetime(line.started_at):%Y-%m-%d}-{line.id[-8:]}"
