"""How much was changed in the headlines that people took: counted while the texts are there, and known for good.

A headline that was picked as it was has no edits. What was never counted, for its texts went before or were never kept, is
not known.
"""

import sqlite3

from core import edits


def measure(connection: sqlite3.Connection, trace_id: str) -> None:
    """Count what was not counted yet of a trace; to be done before its texts go."""
    rows = connection.execute(
        """
        select feedback.id, kind, headlines.text as suggested, feedback.text as edited
        from feedback join headlines using (trace, position)
        where trace = ? and kind in ('picked', 'edited')
            and not exists (select 1 from edit_efforts where edit_efforts.feedback = feedback.id)
        """,
        (trace_id,),
    ).fetchall()
    for row in rows:
        found = edits.Edit(0, 1) if row["kind"] == "picked" else of(row["suggested"], row["edited"])
        if found is not None:
            connection.execute(
                "insert into edit_efforts (feedback, word_edits, words) values (?, ?, ?)",
                (row["id"], found.word_edits, found.words),
            )


def of(suggested: str | None, edited: str | None) -> edits.Edit | None:
    """How much was changed; None where a text is gone, or cannot be counted."""
    if suggested is None or edited is None or len(suggested) > edits.LONGEST or not edits.has_word(edited):
        return None
    return edits.measure(suggested, edited)
