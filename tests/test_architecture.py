"""Imports point one way, litellm has one door, and each table is written in one place."""

import sqlite3
from contextlib import closing

import pytest

from core.db import Database
from tests import architecture
from tests.architecture import Sources

# Every area, and what it may import of ours: itself, and these. The longest name that fits a module is its area.
FOUNDATION = {"core.errors", "core.clock", "core.settings", "core.foreign_text", "core.redaction", "core.policy"}
BELOW_TASK = FOUNDATION | {
    "core.checks", "core.db", "core.audit", "core.edits", "core.llm", "core.profiles", "core.prompts", "core.traces"
}  # fmt: skip
BELOW_JUDGE = BELOW_TASK | {"core.headlines", "core.feedback", "core.reports", "core.statistics"}
BELOW_EVALS = BELOW_JUDGE | {"core.judge"}
BELOW_KEEPING = BELOW_EVALS | {"core.evals", "core.review"}
BELOW_WIRING = BELOW_KEEPING | {"core.keeping", "core.alerts", "core.chores"}
BELOW_ENTRIES = BELOW_WIRING | {"core.copydesk", "core.exports", "core.story"}
MAY_IMPORT: dict[str, set[str]] = {
    "core": set(),
    "core.errors": set(),
    "core.clock": set(),
    "core.foreign_text": set(),
    "core.settings": {"core.errors"},
    "core.redaction": {"core.errors"},
    "core.policy": {"core.errors", "core.redaction", "core.settings"},
    "core.chores": FOUNDATION,
    "core.db": FOUNDATION,
    "core.llm": FOUNDATION,
    "core.llm.attempt": FOUNDATION,
    "core.edits": FOUNDATION,
    "core.audit": FOUNDATION | {"core.db"},
    "core.prompts": FOUNDATION | {"core.db", "core.audit"},
    "core.checks": FOUNDATION,
    "core.statistics": FOUNDATION,
    "core.profiles": FOUNDATION | {"core.db", "core.audit", "core.checks"},
    "core.traces": FOUNDATION | {"core.edits", "core.db", "core.checks", "core.llm.attempt"},
    "core.feedback": FOUNDATION | {"core.edits", "core.db", "core.traces"},
    "core.evals": BELOW_EVALS,
    "core.keeping": BELOW_KEEPING | {"core.chores"},
    "core.reports": FOUNDATION
    | {"core.checks", "core.db", "core.edits", "core.feedback", "core.prompts", "core.statistics", "core.traces"},
    "core.review": FOUNDATION
    | {"core.edits", "core.db", "core.audit", "core.traces", "core.feedback", "core.statistics"},
    "core.alerts": FOUNDATION | {"core.audit", "core.db", "core.prompts", "core.reports", "core.traces"},
    "core.headlines": BELOW_TASK,
    "core.judge": BELOW_JUDGE,
    "core.exports": FOUNDATION | {"core.db", "core.feedback", "core.traces"},
    "core.copydesk": BELOW_WIRING,
    "core.story": BELOW_WIRING,
    "core.api": BELOW_ENTRIES,
    "core.api.guard": FOUNDATION | {"core.api.errors"},
    "core.api.errors": FOUNDATION,
    "core.cli": BELOW_ENTRIES,
    "core.__main__": {"core.cli"},
    "pages": BELOW_ENTRIES,
    "app": BELOW_ENTRIES | {"core.api", "pages"},
}

# Who may import these packages; everybody may import the rest.
ONLY_IN: dict[str, tuple[str, ...]] = {
    "litellm": ("core.llm",),
    "streamlit": ("pages", "app"),
    "plotly": ("pages",),
    "scipy": ("core.statistics.door",),
    "pyarrow": ("core.exports.parquet",),
}

OWNERS = {
    "prompt_versions": "core.prompts.versions",
    "releases": "core.prompts.releases",
    "drafts": "core.prompts.drafts",
    "audit": "core.audit",
    "traces": "core.traces.writing",
    "trace_bodies": "core.traces.writing",
    "articles": "core.traces.writing",
    "attempts": "core.traces.writing",
    "attempt_bodies": "core.traces.writing",
    "trace_search": "core.traces.finding.index",
    "limits": "core.alerts.limits",
    "breaches": "core.alerts.breaches",
    "alert_messages": "core.alerts.messages",
    "rollups": "core.traces.counting.rollups",
    "edit_efforts": "core.traces.counting.efforts",
    "receptions": "core.traces.counting.receptions",
    "reception_progress": "core.traces.counting.receptions",
    "rollup_progress": "core.traces.counting.rollups",
    "replays": "core.traces.replays",
    "saved_views": "core.traces.finding.views",
    "headlines": "core.traces.writing",
    "rejections": "core.traces.writing",
    "scorings": "core.traces.scores",
    "scores": "core.traces.scores",
    "judgings": "core.judge.store",
    "verdicts": "core.judge.store",
    "preferences": "core.judge.store",
    "feedback": "core.feedback.store",
    "blind_judgements": "core.feedback.pairs",
    "eval_cases": "core.evals.sets.saving",
    "case_erasures": "core.evals.erased",
    "erasures": "core.traces.erasing",
    "overwritings": "core.keeping.overwriting",
    "chores": "core.keeping.chore_record",
    "eval_set_versions": "core.evals.sets.saving",
    "eval_set_cases": "core.evals.sets.saving",
    "eval_runs": "core.evals.running.runs",
    "gate_verdicts": "core.evals.gates.gated",
    "eval_results": "core.evals.running.entries",
    "profile_versions": "core.profiles",
    "profile_releases": "core.profiles",
    "review_rules": "core.review.rules",
    "review_progress": "core.review.filling",
    "review_pending": "core.review.filling",
    "review_items": "core.review.store",
    "review_reasons": "core.review.store",
    "review_events": "core.review.store",
}
# Who may write to a table of another module, and why.
ALSO_WRITES = {
    "core.traces.finding.index_care": {"traces", "trace_search"},  # empties the index, so that all is brought in again
    # what is erased goes from all tables of a trace in one go
    "core.traces.erasing": {"trace_bodies", "attempt_bodies", "headlines", "rejections", "scores", "articles"},
    "core.evals.erased": {"eval_cases"},  # blanks what a case quotes of an erased article
    "core.traces.finding.index": {"traces"},  # that a trace is in the index stands on its row
}
# What ships with Copydesk is released before anybody could have run it.
MAY_RELEASE = {"core.evals.gates.gated", "core.prompts.shipped"}


@pytest.fixture(scope="module")
def sources() -> dict[str, str]:
    return architecture.read_sources()


class TestTheCode:
    def test_is_read_in_full(self, sources: Sources) -> None:
        assert {"app", "core.db", "core.db.writer", "core.llm.door", "pages.playground"} <= sources.keys()

    def test_imports_point_one_way(self, sources: Sources) -> None:
        assert architecture.wrong_imports(sources, MAY_IMPORT) == []

    def test_packages_stay_where_they_belong(self, sources: Sources) -> None:
        assert architecture.wrong_packages(sources, ONLY_IN) == []

    def test_nothing_imports_itself_on_a_detour(self, sources: Sources) -> None:
        assert architecture.cycle(sources) == []

    def test_each_table_is_written_in_one_module(self, sources: Sources) -> None:
        assert architecture.wrong_writes(sources, OWNERS, ALSO_WRITES) == []

    def test_the_door_to_litellm_is_seen(self, sources: Sources) -> None:
        assert "litellm" in architecture.imports("core.llm.door", sources)

    @pytest.mark.parametrize("table", OWNERS)
    def test_each_owner_does_write_to_its_table(self, sources: Sources, table: str) -> None:
        assert table in architecture.written_tables(sources[OWNERS[table]])

    def test_people_and_programs_release_past_the_gate(self, sources: Sources) -> None:
        assert architecture.ungated(sources, MAY_RELEASE) == []


class TestTheTables:
    def test_all_have_an_owner(self, db: Database) -> None:
        with closing(sqlite3.connect(db.path)) as connection:
            # What SQLite keeps behind a virtual table belongs to that, and so does the list of its terms.
            rows = connection.execute(
                "select name from pragma_table_list where schema = 'main' and type in ('table', 'virtual') "
                "and name not like '%sqlite%' and name <> 'trace_terms'"
            )
            assert {row[0] for row in rows} == OWNERS.keys()
