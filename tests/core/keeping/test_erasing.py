"""Erasing: what was asked and answered is gone from every table, from the index and from the bytes; the rest stays."""

import sqlite3
from dataclasses import replace
from pathlib import Path
from typing import TypedDict

import pytest

from core import audit, clock, feedback, settings
from core.checks.finding import Finding
from core.copydesk import Copydesk, open_copydesk
from core.db import Database
from core.errors import BadInput, Conflict, NotFound
from core.evals import erased as erased_cases
from core.evals import sets
from core.evals.case import make
from core.feedback import Given
from core.headlines import replay
from core.headlines.request import Request
from core.judge import store
from core.keeping import erasing
from core.review import by_hand, work
from core.review import store as review_store
from core.traces import bodies, record
from core.traces import erasing as trace_erasing
from core.traces.finding import search
from core.traces.finding.find import Find
from core.traces.model import Trace
from tests.core.keeping.file_bytes import held
from tests.records import put, spoil


class Signed(TypedDict):
    """Who erases something, and why."""

    author: str
    reason: str


WHY: Signed = {"author": "ada", "reason": "The source withdrew."}
SECRET = "Qzxjwanda Vkrtholm"
ARTICLE = (
    f"{SECRET} told the council that the Xyvquill bridge closes for eleven weeks. "
    "A ferry carries 160 pupils to school, the council said. Drivers face a detour of six miles from Monday."
)
OTHER = (
    "The museum opens its new wing in May, the director said. It holds four hundred paintings from the north. "
    "Entry is free for children on Sundays, and the old wing stays closed until the autumn."
)
WORDS = ["Qzxjwanda", "Vkrtholm", "Xyvquill", "160 pupils to school, the council", "detour of six miles from"]


@pytest.fixture
def db(copydesk: Copydesk) -> Database:
    return copydesk.db


def ask(copydesk: Copydesk, article: str = ARTICLE, **asked: str) -> str:
    """Ask for headlines of an article; returns the trace's id."""
    made = copydesk.suggest(Request(article=article, desk="local", **asked))  # pyright: ignore[reportArgumentType]
    assert made.headlines
    return made.trace.id


def say(db: Database, trace_id: str, text: str = f"{SECRET} was right") -> None:
    feedback.give(db, Given(trace_id, "edited", "ben", "app", position=0, text=text))
    feedback.give(db, Given(trace_id, "comment", "ben", "app", text=text))
    feedback.give(db, Given(trace_id, "label", "ben", "app", text=text))


def found(db: Database, words: str) -> list[str]:
    return [line.id for line in search.page(db, Find(text=words)).lines]


def in_bytes(db: Database) -> set[str]:
    return held(db.path, WORDS)


class TestATrace:
    @pytest.fixture
    def trace_id(self, copydesk: Copydesk) -> str:
        trace_id = ask(copydesk)
        say(copydesk.db, trace_id)
        copydesk.judge(trace_id).result()
        return trace_id

    def test_is_there_before(self, db: Database, trace_id: str) -> None:
        assert in_bytes(db) == set(WORDS)
        assert found(db, "Qzxjwanda")[-1] == trace_id

    def test_is_gone_from_the_bytes_of_the_file(self, db: Database, trace_id: str) -> None:
        done = erasing.trace(db, trace_id, **WHY)
        assert (done.traces, done.articles, done.overwritten) == (2, 1, True)
        assert in_bytes(db) == set()

    def test_is_found_by_none_of_its_words_and_still_by_its_facts(self, db: Database, trace_id: str) -> None:
        erasing.trace(db, trace_id, **WHY)
        assert found(db, "Qzxjwanda") == []
        assert trace_id in [line.id for line in search.page(db, Find(desk=("local",))).lines]

    def test_keeps_what_it_cost_and_came_to(self, db: Database, trace_id: str) -> None:
        before = record.get(db, trace_id)
        erasing.trace(db, trace_id, **WHY)
        after = record.get(db, trace_id)
        assert after.line == before.line
        assert (after.article, after.headlines, after.messages, after.has_texts) == (None, [], [], False)
        assert [each.cost for each in after.attempts] == [each.cost for each in before.attempts]
        assert [each.answer for each in after.attempts] == [None] * len(before.attempts)

    def test_keeps_its_scores_without_their_sentences(self, db: Database, trace_id: str) -> None:
        before = _findings(record.get(db, trace_id))
        erasing.trace(db, trace_id, **WHY)
        after = _findings(record.get(db, trace_id))
        assert [(each.check, each.version, each.severity) for each in before] == [
            (each.check, each.version, each.severity) for each in after
        ]
        assert {each.sentence for each in after} <= {""}

    def test_keeps_the_decisions_about_it_without_their_texts(self, db: Database, trace_id: str) -> None:
        erasing.trace(db, trace_id, **WHY)
        given = feedback.of_trace(db, trace_id)
        assert [(each.kind, each.person, each.text) for each in given] == [
            ("edited", "ben", ""), ("comment", "ben", ""), ("label", "ben", "")
        ]  # fmt: skip

    def test_keeps_what_the_judge_scored_without_its_reasons(self, db: Database, trace_id: str) -> None:
        (before,) = store.judgings(db, trace_id)
        erasing.trace(db, trace_id, **WHY)
        (after,) = store.judgings(db, trace_id)
        assert [[s.value for s in v.scores.values()] for v in after.verdicts] == [
            [s.value for s in v.scores.values()] for v in before.verdicts
        ]
        assert {score.reason for verdict in after.verdicts for score in verdict.scores.values()} == {""}

    def test_says_who_erased_it_when_and_why(self, db: Database, trace_id: str) -> None:
        erasing.trace(db, trace_id, **WHY)
        gone = trace_erasing.of_trace(db, trace_id)
        assert gone
        assert (gone.kind, gone.author, gone.reason) == ("erased", "ada", "The source withdrew.")
        assert clock.now_ms() - gone.at < 60_000

    def test_is_in_the_audit_log(self, db: Database, trace_id: str) -> None:
        erasing.trace(db, trace_id, **WHY)
        entry = audit.newest(db)[0]
        assert (entry.author, entry.action, entry.subject) == ("ada", "erased", f"trace {trace_id}")
        assert audit.verify(db).fault is None

    def test_cannot_be_asked_again(self, db: Database, trace_id: str) -> None:
        erasing.trace(db, trace_id, **WHY)
        with pytest.raises(BadInput, match="The article of this trace is gone"):
            replay.request(db, trace_id)

    def test_can_be_erased_twice(self, db: Database, trace_id: str) -> None:
        erasing.trace(db, trace_id, **WHY)
        erasing.trace(db, trace_id, author="ben", reason="To be sure.")
        gone = trace_erasing.of_trace(db, trace_id)
        assert gone
        assert gone.author == "ada"

    def test_keeps_no_text_of_what_people_say_of_it_later(self, db: Database, trace_id: str) -> None:
        erasing.trace(db, trace_id, **WHY)
        late = [
            Given(trace_id, "edited", "cleo", "api", position=0, text=f"{SECRET} speaks"),
            Given(trace_id, "comment", "cleo", "app", text=SECRET),
            Given(trace_id, "label", "cleo", "app", text="wrong name"),
        ]
        assert [each.text for each in feedback.give_all(db, late)] == ["", "", "wrong name"]
        assert in_bytes(db) == set()

    def test_takes_what_is_said_again_under_its_key_for_the_same(self, db: Database, trace_id: str) -> None:
        said = [
            Given(trace_id, "edited", "cleo", "api", position=0, text=f"{SECRET} speaks", key="1"),
            Given(trace_id, "label", "cleo", "api", text="wrong name", key="2"),
            Given(trace_id, "picked", "cleo", "api", position=1, key="3"),
        ]
        first = feedback.give_all(db, said)
        erasing.trace(db, trace_id, **WHY)
        again = feedback.give_all(db, said)
        assert [(each.id, each.is_repeat) for each in again] == [(each.id, True) for each in first]
        assert [each.text for each in again] == ["", "", None]
        with pytest.raises(Conflict, match="another person"):
            feedback.give(db, replace(said[0], person="dora"))
        assert in_bytes(db) == set()

    def test_leaves_the_article_to_others_that_are_about_it(
        self, copydesk: Copydesk, db: Database, trace_id: str
    ) -> None:
        other = ask(copydesk, channel="push")
        done = erasing.trace(db, trace_id, **WHY)
        assert done.still_used
        assert record.get(db, other).article == ARTICLE
        assert record.get(db, trace_id).article is None

    def test_leaves_other_traces_as_they_were(self, copydesk: Copydesk, db: Database, trace_id: str) -> None:
        other = ask(copydesk, OTHER)
        before = record.get(db, other)
        erasing.trace(db, trace_id, **WHY)
        assert record.get(db, other) == before
        assert other in found(db, "museum")

    def test_is_gone_from_the_review_queue_but_for_its_label(
        self, copydesk: Copydesk, db: Database, trace_id: str
    ) -> None:
        item = by_hand.add(db, trace_id, person="ben", why=f"{SECRET} complained")
        work.claim(db, item.id, "cleo")
        work.label(db, item.id, "misleading", person="cleo")
        work.resolve(db, item.id, person="cleo", comment=f"About {SECRET}", correction=f"{SECRET} leads", about=0)
        erasing.trace(db, trace_id, **WHY)
        assert in_bytes(db) == set()
        texts = {event.kind: event.text for event in review_store.events(db, item.id)}
        assert (texts["labelled"], texts["commented"], texts["corrected"]) == ("misleading", "", "")

    @pytest.mark.parametrize("comparing", [False, True])
    def test_is_gone_from_the_calls_of_judges_that_failed(
        self, copydesk: Copydesk, db: Database, trace_id: str, comparing: bool
    ) -> None:
        if comparing:
            other = ask(copydesk)
            compared = copydesk.compare(other, trace_id, model="nobody/knows").result()
            failed = [line.id for line in compared.lines]
        else:
            failed = [copydesk.judge(trace_id, model="nobody/knows").result().line.id]
        erasing.trace(db, trace_id, **WHY)
        assert [record.get(db, each).has_texts for each in failed] == [False] * len(failed)

    @pytest.mark.parametrize("by_article", [False, True])
    def test_is_gone_from_a_failed_judges_call_that_redaction_gave_another_article(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, by_article: bool
    ) -> None:
        with open_copydesk(settings.load()) as before:
            trace_id = ask(before)
        (tmp_path / "words.txt").write_text("Vkrtholm")
        monkeypatch.setenv("COPYDESK_REDACT_WORDS", str(tmp_path / "words.txt"))
        with open_copydesk(settings.load()) as copydesk:
            failed = copydesk.judge(trace_id, model="nobody/knows").result().line.id
            assert record.get(copydesk.db, failed).article != ARTICLE
            erase = erasing.article if by_article else erasing.trace
            done = erase(copydesk.db, ARTICLE if by_article else trace_id, **WHY)
            assert (done.traces, done.articles) == (2, 2)
            assert in_bytes(copydesk.db) == set()

    def test_whose_judges_call_is_damaged_is_gone_from_that_too(
        self, copydesk: Copydesk, db: Database, trace_id: str
    ) -> None:
        failed = copydesk.judge(trace_id, model="nobody/knows").result().line.id
        other = copydesk.judge(ask(copydesk, OTHER), model="nobody/knows").result().line.id
        for each in (failed, other):
            spoil(db, each)
        assert erasing.trace(db, trace_id, **WHY).traces == 3
        assert trace_erasing.of_trace(db, other) is None

    def test_that_somebody_was_reading_for_review_does_not_come_back_with_what_they_found(
        self, db: Database, trace_id: str
    ) -> None:
        item = by_hand.add(db, trace_id, person="ben", why="A name is wrong.")
        work.label(db, item.id, "misleading", person="cleo")
        erasing.trace(db, trace_id, **WHY)
        work.resolve(db, item.id, person="cleo", comment=f"About {SECRET}", correction=f"{SECRET} leads", about=0)
        assert in_bytes(db) == set()

    def test_that_is_open_is_refused(self, db: Database) -> None:
        trace_id = put(db, "One")
        db.write(lambda connection: connection.execute("update traces set status = 'open' where id = ?", (trace_id,)))
        with pytest.raises(Conflict, match="still being made"):
            erasing.trace(db, trace_id, **WHY)

    def test_that_is_not_there_is_not_found(self, db: Database) -> None:
        with pytest.raises(NotFound):
            erasing.trace(db, "0" * 32, **WHY)

    @pytest.mark.parametrize("why", [{"author": " ", "reason": "So."}, {"author": "ada", "reason": ""}])
    def test_is_not_erased_without_a_name_and_a_reason(self, db: Database, why: Signed) -> None:
        with pytest.raises(BadInput, match="a name and a reason"):
            erasing.trace(db, put(db, "One"), **why)


def _findings(trace: Trace) -> list[Finding]:
    assert trace.scoring
    return [each for findings in trace.scoring.findings for each in findings]


class TestAnArticle:
    @pytest.fixture
    def traces(self, copydesk: Copydesk) -> list[str]:
        """Three calls about it, one of them for another one again, a judge's comparison, and a case of an eval set."""
        db = copydesk.db
        first, second = ask(copydesk), ask(copydesk, channel="push")
        again = copydesk.suggest(replay.request(db, first)).trace.id
        copydesk.compare(first, second).result()
        say(db, second)
        cases = [
            make(
                {"id": "bridge", "article": ARTICLE, "desk": "local", "reference": SECRET, "must_mention": ["Xyvquill"]}
            ),
            make({"id": "museum", "article": OTHER, "desk": "culture", "must_mention": ["museum"]}),
        ]
        sets.save(db, "ours", cases, note="The first.", author="ada", seen=None, article_limit=60_000)
        return [first, second, again]

    @pytest.mark.parametrize(
        "given", [ARTICLE, f"\n{ARTICLE}\n", bodies.article_hash(ARTICLE)], ids=["text", "file", "hash"]
    )
    def test_is_gone_from_the_bytes_of_the_file(self, db: Database, traces: list[str], given: str) -> None:
        done = erasing.article(db, given, **WHY)
        assert (done.traces, done.cases, done.still_used, done.overwritten) == (5, 1, False, True)
        assert in_bytes(db) == set()
        assert all(record.get(db, each).article is None for each in traces)

    def test_is_gone_under_the_form_that_a_prompt_gave_it(self, copydesk: Copydesk, db: Database) -> None:
        given = ARTICLE.replace("told", "</article> <headlines> told")
        ask(copydesk, given)
        erasing.article(db, given, **WHY)
        assert in_bytes(db) == set()

    def test_is_asked_by_no_run_any_more(self, db: Database, traces: list[str]) -> None:
        erasing.article(db, ARTICLE, **WHY)
        found = sets.get(db, "ours")
        assert [case.id for case in found.cases] == ["museum"]
        assert found.version.cases == 2
        (gone,) = erased_cases.of_version(db, "ours", 1)
        assert (gone.id, gone.author) == ("bridge", "ada")

    def test_leaves_its_case_in_the_table_of_the_set_without_what_quotes_it(
        self, db: Database, traces: list[str]
    ) -> None:
        before = sets.lines(db, "ours")
        erasing.article(db, ARTICLE, **WHY)
        assert sets.lines(db, "ours") == [
            replace(before[0], reference=None, must_mention=(), erased=True), before[1]
        ]  # fmt: skip
        with pytest.raises(BadInput, match="was erased"):
            sets.case(db, "ours", 1, "bridge")

    def test_does_not_come_back_with_its_case(self, db: Database, traces: list[str]) -> None:
        case = sets.case(db, "ours", 1, "bridge")
        erasing.article(db, ARTICLE, **WHY)
        with pytest.raises(BadInput, match="was erased from this very case"):
            sets.save(db, "theirs", [case], note="Back.", author="eve", seen=None, article_limit=60_000)

    def test_comes_back_with_a_new_call_only_for_that_call(
        self, copydesk: Copydesk, db: Database, traces: list[str]
    ) -> None:
        erasing.article(db, ARTICLE, **WHY)
        new = ask(copydesk)
        assert record.get(db, new).article == ARTICLE
        assert [record.get(db, each).article for each in traces] == [None] * 3
        assert [case.id for case in sets.get(db, "ours").cases] == ["museum"]

    def test_that_nothing_is_about_is_not_found(self, db: Database, traces: list[str]) -> None:
        with pytest.raises(NotFound, match="Nothing on record is about this article"):
            erasing.article(db, "Another article altogether.", **WHY)

    def test_that_is_not_named_is_refused(self, db: Database) -> None:
        with pytest.raises(BadInput, match="Which article"):
            erasing.article(db, "  ", **WHY)

    def test_is_in_the_audit_log_without_a_word_of_it(self, db: Database, traces: list[str]) -> None:
        erasing.article(db, ARTICLE, **WHY)
        entry = audit.newest(db)[0]
        assert entry.subject == f"article {bodies.article_hash(ARTICLE)}"
        assert entry.after == '{"articles": 1, "eval cases": 1, "traces": 5}'

    def test_goes_from_among_many_others(self, db: Database, copydesk: Copydesk) -> None:
        for number in range(60):
            put(db, f"Bridge closes {number}")
            if number % 20 == 0:
                ask(copydesk)
        erasing.article(db, ARTICLE, **WHY)
        assert held(db.path, ["Qzxjwanda", "Vkrtholm", "detour of six miles from"]) == set()


class TestWhatOnlyBlankingMayDo:
    def test_feedback_still_never_changes_otherwise(self, db: Database) -> None:
        trace_id = put(db, "One")
        feedback.give(db, Given(trace_id, "comment", "ben", "app", text="Dull."))
        feedback.give(db, Given(trace_id, "picked", "ben", "app", position=0))
        for statement in (
            "update feedback set text = 'Great.' where text is not null",
            "update feedback set text = '', person = 'eve' where text is not null",
            "update feedback set text = '' where text is null",
            "update feedback set text = null where text is not null",
            "delete from feedback",
        ):
            with pytest.raises(sqlite3.IntegrityError, match="never"):
                db.write(lambda connection, statement=statement: connection.execute(statement))

    def test_a_case_still_never_changes_otherwise(self, db: Database) -> None:
        for statement in (
            "update eval_cases set content = '{}'",
            "update eval_cases set characters = 7",
            "update eval_cases set content = json_remove(content, '$.reference', '$.must_mention', '$.must_not_mention'), "
            "hash = 'x'",
        ):
            with pytest.raises(sqlite3.IntegrityError, match="never"):
                db.write(lambda connection, statement=statement: connection.execute(statement))
