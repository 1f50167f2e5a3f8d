"""Retention: texts go when their time is up, by environment and desk; figures stay, and so does what is still in use."""

import sqlite3
from dataclasses import replace

import pytest

from core import audit, feedback, settings
from core.copydesk import open_copydesk
from core.db import Database
from core.errors import BadInput
from core.evals import sets
from core.evals.case import make
from core.feedback import Given
from core.keeping import erasing, overwriting, retention
from core.keeping.retention import Due, Rule
from core.traces import erasing as trace_erasing
from core.traces import record
from core.traces.counting import rollups
from core.traces.finding import search
from core.traces.finding.find import Find
from tests.conftest import HeldClock
from tests.core.keeping.file_bytes import held as held_bytes
from tests.records import ARTICLE, put

DAY = 86_400_000
RULES = retention.parse("production=90, production/sport=30")


def expire(db: Database, text: str = "production=90, production/sport=30") -> int:
    return sum(retention.expire(db, retention.parse(text)))


def has_texts(db: Database, trace_id: str) -> bool:
    return record.get(db, trace_id).has_texts


class TestTheRules:
    def test_a_desks_own_comes_before_that_of_all(self) -> None:
        assert RULES.rule("production", "sport") == Rule("production", "sport", 30)
        assert RULES.rule("production", "local") == Rule("production", None, 90)

    def test_without_one_there_is_none(self) -> None:
        assert RULES.rule("development", "sport") is None
        assert retention.parse(None).rules == []

    @pytest.mark.parametrize(
        "text", ["live=30", "production", "production=", "production=ninety", "production/=3", "production=-1", "=3"]
    )
    def test_that_cannot_be_read_are_refused_with_an_example(self, text: str) -> None:
        with pytest.raises(BadInput, match="production=90,production/sport=30"):
            retention.parse(text)

    @pytest.mark.parametrize("days", ["0", "36501", "99999999999"])
    def test_keep_for_at_least_a_day_and_at_most_a_century(self, days: str) -> None:
        with pytest.raises(BadInput, match="1 to 36,500 days"):
            retention.parse(f"production={days}")

    def test_name_each_place_once(self) -> None:
        with pytest.raises(BadInput, match="names production twice"):
            retention.parse("production=90,production=30")

    def test_that_cannot_be_read_keep_copydesk_from_starting(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("COPYDESK_RETENTION", "for ever")
        with pytest.raises(BadInput, match="COPYDESK_RETENTION"):
            open_copydesk(settings.load())


class TestExpiry:
    def test_takes_the_texts_away_whose_time_is_up_and_no_others(self, db: Database, held: HeldClock) -> None:
        old = {desk: put(db, "Bridge closes", desk=desk) for desk in ("sport", "local")}
        held.now += 40 * DAY
        young = put(db, "Bridge opens", desk="sport")
        assert expire(db) == 1
        assert [has_texts(db, each) for each in (old["sport"], old["local"], young)] == [False, True, True]

    def test_ends_with_the_day(self, db: Database, held: HeldClock) -> None:
        trace_id = put(db, "Bridge closes", desk="sport")
        held.now += 30 * DAY
        assert expire(db) == 0
        held.now += 1
        assert expire(db) == 1
        assert not has_texts(db, trace_id)

    def test_leaves_figures_scores_and_decisions(self, db: Database, held: HeldClock) -> None:
        trace_id = put(db, "Bridge closes", "CLOSED!", desk="sport")
        feedback.give(db, Given(trace_id, "edited", "ben", "app", position=0, text="The bridge is closed"))
        feedback.give(db, Given(trace_id, "label", "ben", "app", text="dull"))
        before = record.get(db, trace_id)
        held.now += 31 * DAY
        expire(db)
        after = record.get(db, trace_id)
        assert after.line == before.line
        assert before.scoring
        assert after.scoring
        assert [len(each) for each in after.scoring.findings] == [len(each) for each in before.scoring.findings]
        assert [(each.kind, each.text) for each in feedback.of_trace(db, trace_id)] == [
            ("edited", ""),
            ("label", "dull"),
        ]

    def test_leaves_the_counts_as_they_were(self, db: Database, held: HeldClock) -> None:
        trace_id = put(db, "Bridge closes", desk="sport")
        feedback.give(db, Given(trace_id, "edited", "ben", "app", position=0, text="The bridge is closed"))
        before = _sums(db)
        held.now += 31 * DAY
        expire(db)
        assert _sums(db) == before
        assert any(row["word_edits"] for row in before)

    def test_leaves_an_article_that_a_younger_trace_is_about(self, db: Database, held: HeldClock) -> None:
        put(db, "Bridge closes", desk="sport")
        held.now += 29 * DAY
        young = put(db, "Bridge opens", desk="sport")
        held.now += 2 * DAY
        assert expire(db) == 1
        assert record.get(db, young).article == ARTICLE
        held.now += 29 * DAY
        expire(db)
        assert overwriting.overwrite(db)
        assert held_bytes(db.path, ["160 pupils"]) == set()

    def test_leaves_an_article_that_an_eval_case_uses(self, db: Database, held: HeldClock) -> None:
        case = make({"id": "bridge", "article": ARTICLE, "desk": "sport"})
        sets.save(db, "ours", [case], note="The first.", author="ada", seen=None, article_limit=None)
        put(db, "Bridge closes", desk="sport")
        held.now += 31 * DAY
        expire(db)
        assert sets.get(db, "ours").cases == (case,)

    def test_takes_the_words_out_of_the_search(self, db: Database, held: HeldClock) -> None:
        trace_id = put(db, "Qzxjwanda closes", desk="sport")
        held.now += 31 * DAY
        expire(db)
        assert search.page(db, Find(text="qzxjwanda")).lines == []
        assert [line.id for line in search.page(db, Find(desk=("sport",))).lines] == [trace_id]
        assert overwriting.overwrite(db)
        assert held_bytes(db.path, ["Qzxjwanda"]) == set()

    def test_says_on_the_trace_why(self, db: Database, held: HeldClock) -> None:
        trace_id = put(db, "Bridge closes", desk="sport")
        held.now += 31 * DAY
        expire(db)
        gone = trace_erasing.of_trace(db, trace_id)
        assert gone
        assert (gone.kind, gone.reason) == ("expired", "Texts are kept for 30 days in production/sport.")

    def test_is_in_the_audit_log_once(self, db: Database, held: HeldClock) -> None:
        for _ in range(25):
            put(db, "Bridge closes", desk="sport")
        held.now += 31 * DAY
        assert expire(db) == 25
        (entry,) = audit.newest(db)
        assert entry.after == '{"articles": 1, "traces": {"production/sport": 25}}'
        assert expire(db) == 0
        assert len(audit.newest(db)) == 1

    def test_that_is_stopped_midway_goes_on_and_says_what_it_did(self, db: Database, held: HeldClock) -> None:
        for _ in range(45):
            put(db, "Bridge closes", desk="sport")
        held.now += 31 * DAY
        steps = retention.expire(db, RULES)
        assert next(steps) == 20
        steps.close()
        assert '"production/sport": 20' in (audit.newest(db)[0].after or "")
        assert expire(db) == 25

    def test_leaves_what_somebody_erased_as_it_is(self, db: Database, held: HeldClock) -> None:
        trace_id = put(db, "Bridge closes", desk="sport")
        erasing.trace(db, trace_id, author="ada", reason="The source withdrew.")
        held.now += 31 * DAY
        assert expire(db) == 0
        gone = trace_erasing.of_trace(db, trace_id)
        assert gone
        assert gone.author == "ada"

    def test_without_rules_takes_nothing(self, db: Database, held: HeldClock) -> None:
        trace_id = put(db, "Bridge closes", desk="sport")
        held.now += 31_000 * DAY
        assert expire(db, "") == 0
        assert has_texts(db, trace_id)

    def test_is_a_chore(self, monkeypatch: pytest.MonkeyPatch, held: HeldClock) -> None:
        monkeypatch.setenv("COPYDESK_RETENTION", "production/sport=30")
        with open_copydesk(settings.load()) as copydesk:
            trace_id = put(copydesk.db, "Bridge closes", desk="sport")
            held.now += 31 * DAY
            copydesk.expire_texts()
            assert not has_texts(copydesk.db, trace_id)

    def test_that_failed_is_done_at_the_next_turn(self, monkeypatch: pytest.MonkeyPatch, held: HeldClock) -> None:
        monkeypatch.setenv("COPYDESK_RETENTION", "production/sport=30")
        with open_copydesk(settings.load()) as copydesk:
            trace_id = put(copydesk.db, "Bridge closes", desk="sport")
            held.now += 31 * DAY
            copydesk.db.write(
                lambda connection: connection.execute(
                    "create trigger refused before delete on trace_bodies begin select raise(abort, 'no'); end"
                )
            )
            with pytest.raises(sqlite3.IntegrityError):
                copydesk.expire_texts()
            copydesk.db.write(lambda connection: connection.execute("drop trigger refused"))
            copydesk.expire_texts()
            assert not has_texts(copydesk.db, trace_id)


class TestWhatIsDue:
    def test_is_told_before_anything_goes(self, db: Database, held: HeldClock) -> None:
        first = held.now
        for desk in ("sport", "sport", "local"):
            put(db, "Bridge closes", desk=desk)
        held.now += 31 * DAY
        assert retention.due(db, RULES) == [Due(Rule("production", "sport", 30), 2, first)]
        assert search.count(db, replace(Find(), desk=("sport",))).number == 2
        assert audit.newest(db) == []


def _sums(db: Database) -> list[dict[str, object]]:
    assert rollups.waiting(db) == 0
    with db.read() as connection:
        return [dict(row) for row in connection.execute("select * from rollups order by span, start, desk")]
