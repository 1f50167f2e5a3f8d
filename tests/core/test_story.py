"""Everything about one call is told at once: what chose it, what it was for, what came of it and after it."""

from pathlib import Path

import pytest

from core import feedback, settings, story
from core.copydesk import Copydesk, open_copydesk
from core.errors import NotFound
from core.feedback import Given
from core.headlines import Request, replay
from core.llm.attempt import Attempt
from core.traces import writing
from core.traces.model import Closing, TraceLine
from tests.core.traces.openings import opening
from tests.pages import eval_runs
from tests.provider import Provider

ARTICLE = "The harbour bridge closes for eleven weeks from Monday, the town council said. A ferry carries 160 pupils."


def asked(copydesk: Copydesk, **more: object) -> TraceLine:
    wish = {"article": ARTICLE, "desk": "local", "language": "en", "count": 2, **more}
    return copydesk.suggest(Request(**wish)).trace  # pyright: ignore[reportArgumentType]


class TestAStory:
    def test_names_the_release_that_chose_and_the_version_that_was_chosen(self, copydesk: Copydesk) -> None:
        told = story.of(copydesk.db, asked(copydesk).id)
        assert told.release
        assert told.version
        assert (told.release.version, told.version.number) == (2, 2)
        assert (told.release.environment, bool(told.version.note)) == ("production", True)

    def test_names_no_release_where_a_version_was_asked_for(self, copydesk: Copydesk) -> None:
        told = story.of(copydesk.db, asked(copydesk, version=1).id)
        assert told.version
        assert (told.release, told.version.number) == (None, 1)

    def test_names_no_version_where_there_is_none(self, copydesk: Copydesk) -> None:
        assert story.of(copydesk.db, asked(copydesk, version=99).id).version is None

    def test_leads_from_a_replay_to_its_original_and_back(self, copydesk: Copydesk) -> None:
        original = asked(copydesk)
        again = copydesk.suggest(replay.request(copydesk.db, original.id)).trace
        told = story.of(copydesk.db, again.id)
        assert told.original == original
        assert [line.id for line in story.of(copydesk.db, original.id).replays] == [again.id]

    def test_names_other_calls_about_the_article_once(self, copydesk: Copydesk) -> None:
        first, second = asked(copydesk), asked(copydesk, desk="sport")
        again = copydesk.suggest(replay.request(copydesk.db, first.id)).trace
        copydesk.judge(first.id).result()
        told = story.of(copydesk.db, first.id)
        assert [line.id for line in told.others] == [second.id]
        assert [line.id for line in story.of(copydesk.db, again.id).others] == [second.id]

    def test_tells_replays_and_other_calls_together_the_newest_first(self, copydesk: Copydesk) -> None:
        first, second = asked(copydesk), asked(copydesk, desk="sport")
        again = copydesk.suggest(replay.request(copydesk.db, first.id)).trace
        last = asked(copydesk, desk="politics")
        assert [line.id for line in story.of(copydesk.db, first.id).related] == [last.id, again.id, second.id]

    def test_has_what_judges_and_people_said(self, copydesk: Copydesk) -> None:
        line = asked(copydesk)
        copydesk.judge(line.id).result()
        for value in (1, -1):
            feedback.give(copydesk.db, Given(line.id, "thumb", "ada", "app", value=value))
        told = story.of(copydesk.db, line.id)
        assert len(told.judgings) == 1
        assert [(each.value, each.stands) for each in told.feedback] == [(1, False), (-1, True)]

    def test_leads_to_the_run_and_the_case(self, copydesk: Copydesk) -> None:
        eval_runs.put_set(copydesk, many=1)
        run = eval_runs.finished(copydesk, repeats=1)
        with copydesk.db.read() as connection:
            row = connection.execute("select trace, candidate from eval_results where candidate = 1").fetchone()
        (origin,) = story.of(copydesk.db, row["trace"]).origins
        assert (origin.run, origin.set_name, origin.set_number, origin.case, origin.repeat, origin.reused) == (
            run.id, "eight", 1, "case-0", 0, False,
        )  # fmt: skip
        assert "headlines 2" in origin.candidate

    def test_of_a_trace_that_is_not_there_is_not_found(self, copydesk: Copydesk) -> None:
        with pytest.raises(NotFound, match="There is no trace"):
            story.of(copydesk.db, "0" * 32)

    def test_of_one_whose_process_died_says_so(self, copydesk: Copydesk) -> None:
        lost = opening()
        copydesk.db.write(writing.open_trace(lost, process="gone-1"))
        assert story.of(copydesk.db, lost.id).trace.line.status == "interrupted"

    def test_of_one_that_is_being_asked_leaves_it_open(self, copydesk: Copydesk) -> None:
        process = copydesk.db.liveness.process
        alive = opening()
        copydesk.db.write(writing.open_trace(alive, process=process))
        assert story.of(copydesk.db, alive.id).trace.line.status == "open"

    def test_is_read_by_indexes_and_no_text_twice(self, copydesk: Copydesk) -> None:
        original = asked(copydesk)
        again = copydesk.suggest(replay.request(copydesk.db, original.id)).trace.id
        copydesk.judge(again).result()
        feedback.give(copydesk.db, Given(again, "picked", "ada", "app", position=0))
        statements: list[str] = []
        with copydesk.db.read() as connection:
            connection.set_trace_callback(statements.append)
        story.of(copydesk.db, again)
        with copydesk.db.read() as connection:
            connection.set_trace_callback(None)
            plans = [row["detail"] for each in statements for row in connection.execute(f"explain query plan {each}")]
        assert [plan for plan in plans if plan.startswith("SCAN") and "CONSTANT ROW" not in plan] == []
        for table in ("trace_bodies", "attempt_bodies", "feedback"):
            assert sum(f"from {table}" in each or f"join {table}" in each for each in statements) == 1, table

    def test_goes_on_with_every_attempt_and_at_the_end(self, copydesk: Copydesk) -> None:
        asking = opening()
        process = copydesk.db.liveness.process
        copydesk.db.write(writing.open_trace(asking, process=process))
        told = story.of(copydesk.db, asking.id)
        assert not story.goes_on(copydesk.db, told)
        failed = Attempt("ask", "gpt", [], asking.started_at, 5.0, error_kind="provider_down", error="Down.")
        copydesk.db.write(writing.add_attempts(asking, [failed]))
        assert story.goes_on(copydesk.db, told)
        told = story.of(copydesk.db, asking.id)
        assert not story.goes_on(copydesk.db, told)
        closing = Closing("failed", 9.0, attempts=[failed], error="Down.")
        copydesk.db.write(writing.close_trace(asking, closing))
        assert story.goes_on(copydesk.db, told)

    def test_without_its_texts_still_tells_what_came_of_it(self, copydesk: Copydesk, tmp_path: Path) -> None:
        with Provider() as provider:
            provider.write_models(tmp_path / "models.yml", "500+five+ok")
            with open_copydesk(settings.load()) as asking:
                line = asked(asking, model="500+five+ok", count=10)
        for table in ("attempt_bodies", "trace_bodies"):
            statement = f"delete from {table} where trace = ?"
            copydesk.db.write(lambda connection, done=statement: connection.execute(done, (line.id,)))
        trace = story.of(copydesk.db, line.id).trace
        assert (trace.has_texts, trace.messages, trace.settings) == (False, [], {})
        assert [(each.kind, each.answer, list(each.messages)) for each in trace.attempts] == [
            ("ask", None, []), ("retry", None, []), ("repair", None, []),
        ]  # fmt: skip
        assert len(trace.headlines) == 10
