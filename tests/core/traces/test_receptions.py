"""Whatever people do with sets, in whatever order, their narrow rows say what a plain reading of the record says."""

from collections.abc import Iterator
from contextlib import closing
from statistics import fmean
from typing import Any

import pytest
from hypothesis import given, settings

from core.db import Database, open_database
from core.edits import Edit
from core.feedback import Given, give, of_trace
from core.traces import record
from core.traces.counting import receptions
from tests.calls import Calls
from tests.core.traces.test_rollups import events, play


def kept(db: Database) -> dict[str, dict[str, Any]]:
    with db.read() as connection:
        return {row["trace"]: dict(row) for row in connection.execute("select * from receptions")}


def plain(db: Database) -> dict[str, dict[str, Any]]:
    """The same, read one by one in Python."""
    found: dict[str, dict[str, Any]] = {}
    with db.read() as connection:
        ids = [row[0] for row in connection.execute("select distinct trace from feedback")]
    for trace_id in ids:
        line = record.line(db, trace_id)
        stands = [each for each in of_trace(db, trace_id) if each.stands]
        told = [each for each in stands if each.kind in ("picked", "edited", "rejected", "all_rejected", "thumb")]
        here = [each for each in told if each.position is not None and each.position < line.given]
        taken = [each for each in here if each.kind in ("picked", "edited")]
        efforts = [each.edit if each.kind == "edited" else Edit(0, 1) for each in taken]
        measured = [each for each in efforts if each is not None]
        everything = any(each.kind == "all_rejected" for each in told)
        decided = {each.position for each in here if each.kind != "thumb"}
        thumbs = [each.value for each in told if each.kind == "thumb"]
        found[trace_id] = {
            "trace": trace_id,
            "asked_at": line.started_at,
            "desk": line.desk,
            "prompt": line.prompt,
            "version": line.version or 0,
            "model": line.answered_by or line.model or "",
            "said": bool(told),
            "decided": line.given if everything else len(decided),
            "ranks": " ".join(str(place + 1) for place in sorted({each.position or 0 for each in taken})),
            "edited": len({each.position for each in taken if each.kind == "edited"}),
            "hter": pytest.approx(fmean(each.hter for each in measured)) if measured else None,
            "word_edits": fmean(each.word_edits for each in measured) if measured else None,
            "all_rejected": everything,
            "thumbs_up": thumbs.count(1),
            "thumbs_down": thumbs.count(-1),
        }
    return found


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    with closing(open_database(tmp_path_factory.mktemp("shared") / "copydesk.db")) as database:
        yield database


class TestReceptions:
    @settings(max_examples=25)
    @given(happened=events)
    def test_are_what_a_plain_reading_of_the_record_says(self, shared: Database, happened: list[Any]) -> None:
        play(Calls(shared), happened)
        assert kept(shared) == plain(shared)

    def test_are_of_nobody_who_decided_while_a_headline_has_a_thumb_alone(self, db: Database) -> None:
        trace = Calls(db).closed()
        give(db, Given(trace, "thumb", person="ada", source="api", position=0, value=1))
        assert kept(db) == plain(db)
        assert (kept(db)[trace]["decided"], kept(db)[trace]["thumbs_up"]) == (0, 1)

    def test_of_an_older_copydesk_are_brought_in(self, shared: Database) -> None:
        before = kept(shared)
        shared.write(lambda connection: connection.execute("delete from receptions"))
        shared.write(lambda connection: connection.execute("delete from edit_efforts"))
        shared.write(lambda connection: connection.execute("update reception_progress set kept_from = 'g'"))
        assert receptions.are_waiting(shared)
        assert sum(receptions.catch_up(shared)) == len(before) > 0
        assert (kept(shared), receptions.are_waiting(shared)) == (before, False)
