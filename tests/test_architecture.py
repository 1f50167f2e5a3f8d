"""Imports point one way, litellm has one door, and each table is written in one place.

The rules are data. The functions that hold them take source texts, so that the last tests can show them failing.
"""

import ast
import re
import sqlite3
from collections.abc import Mapping
from contextlib import closing
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

from core.db import Database

ROOT = Path(__file__).parent.parent

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
    "app": BELOW_ENTRIES | {"core.api"},
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
    "traces": "core.traces.record",
    "trace_bodies": "core.traces.record",
    "articles": "core.traces.record",
    "attempts": "core.traces.record",
    "attempt_bodies": "core.traces.record",
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
    "headlines": "core.traces.record",
    "rejections": "core.traces.record",
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
    "eval_set_versions": "core.evals.sets.saving",
    "eval_set_cases": "core.evals.sets.saving",
    "eval_runs": "core.evals.running.runs",
    "gate_verdicts": "core.evals.gates.gated",
    "eval_results": "core.evals.running.runs",
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

# A table's name that is put in at run time, or added to the text, is no name: it shows as {} or as nothing.
_WRITE = re.compile(
    r"\b(?:insert\s+(?:or\s+\w+\s+)?into|replace\s+into|delete\s+from|update\s+(?:or\s+\w+\s+)?(?=[\w{}\"]+\s+set\b))\s*"
    r"[\"'`\[]?(\w+|\{\}|$)",
    re.IGNORECASE,
)

Sources = Mapping[str, str]


def read_sources() -> dict[str, str]:
    """Every module of ours with its text."""
    paths = [ROOT / "app.py", *(ROOT / "core").rglob("*.py"), *(ROOT / "pages").rglob("*.py")]
    return {_module(path): path.read_text(encoding="utf-8") for path in paths}


def imports(module: str, sources: Sources) -> set[str]:
    """What a module imports, wherever in its text: our modules by their full name, others by their package and name."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(sources[module])):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            base = _absolute(module, node, sources)
            inner = {f"{base}.{alias.name}" for alias in node.names}
            # `from core import clock` imports a module, `from core.clock import now_ms` a part of one.
            found |= {name if name in sources else base for name in inner}
        elif isinstance(node, ast.Call) and ast.unparse(node.func).split(".")[-1] in ("import_module", "__import__"):
            found |= {_text(argument) for argument in node.args[:1]} - {""}
    return found


def wrong_imports(sources: Sources) -> list[str]:
    """Imports that go up or sideways, and modules that have no place yet."""
    wrong: list[str] = []
    for module in sources:
        area = _area(module)
        if area is None:
            wrong.append(f"{module} has no place in MAY_IMPORT")
            continue
        for name in sorted(imports(module, sources)):
            target = _area(name)
            allowed = MAY_IMPORT[area] | {area}
            if target is None or any(_within(target, each) for each in allowed):
                continue
            wrong.append(f"{module} imports {name}")
    return wrong


def wrong_packages(sources: Sources) -> list[str]:
    """Imports of a package outside the places that it is kept to."""
    return [
        f"{module} imports {name}"
        for module in sources
        for name in sorted(imports(module, sources))
        for package, places in ONLY_IN.items()
        if _within(name, package) and not any(_within(module, place) for place in places)
    ]


def cycle(sources: Sources) -> list[str]:
    """The modules of a cycle of imports, or none."""
    graph = {module: imports(module, sources) & sources.keys() for module in sources}
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        return list(error.args[1])
    return []


def wrong_writes(sources: Sources) -> list[str]:
    """SQL that writes to a table outside the module that owns it, or to a table whose name cannot be read."""
    return [
        f"{module} writes to {table}"
        for module, source in sources.items()
        for table in sorted(written_tables(source))
        if OWNERS.get(table) != module and table not in ALSO_WRITES.get(module, ())
    ]


def written_tables(source: str) -> set[str]:
    """The tables that the texts of a source write to; `?` stands for one whose name is put in at run time."""
    tree = ast.parse(source)
    prose = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    inner = {id(part) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in node.values}
    texts = [_text(node) for node in ast.walk(tree) if id(node) not in prose | inner]
    tables = {match[1] for text in texts for match in _WRITE.finditer(text)}
    return {table if re.fullmatch(r"\w+", table) else "?" for table in tables}


def ungated(sources: Sources) -> list[str]:
    """Modules that put a version into a place without asking its gate."""
    called = re.compile(r"(?:\b|_)releases\.release\(|from core\.prompts\.releases import[^\n]*\brelease\b")
    return [
        module
        for module, source in sources.items()
        if module not in MAY_RELEASE and called.search(_without_docstrings(source))
    ]


def _without_docstrings(source: str) -> str:
    tree = ast.parse(source)
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            node.value = ast.Constant(None)
    return ast.unparse(tree)


def _module(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def _absolute(module: str, node: ast.ImportFrom, sources: Sources) -> str:
    if not node.level:
        return node.module or ""
    package = module if any(name.startswith(f"{module}.") for name in sources) else module.rpartition(".")[0]
    parts = package.split(".")
    return ".".join([*parts[: len(parts) - node.level + 1], *([node.module] if node.module else [])])


def _area(module: str) -> str | None:
    """The area of one of our modules; `core` itself is the place of nothing but its own docstring."""
    fitting = [area for area in MAY_IMPORT if _within(module, area) and (area != "core" or module == "core")]
    return max(fitting, key=len, default=None)


def _within(name: str, area: str) -> bool:
    return name == area or name.startswith(f"{area}.")


def _text(node: ast.AST) -> str:
    if isinstance(node, ast.JoinedStr):
        return "".join(_text(part) or "{}" for part in node.values)
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


@pytest.fixture(scope="module")
def sources() -> dict[str, str]:
    return read_sources()


class TestTheCode:
    def test_is_read_in_full(self, sources: Sources) -> None:
        assert {"app", "core.db", "core.db.writer", "core.llm.door", "pages.playground"} <= sources.keys()

    def test_imports_point_one_way(self, sources: Sources) -> None:
        assert wrong_imports(sources) == []

    def test_packages_stay_where_they_belong(self, sources: Sources) -> None:
        assert wrong_packages(sources) == []

    def test_nothing_imports_itself_on_a_detour(self, sources: Sources) -> None:
        assert cycle(sources) == []

    def test_each_table_is_written_in_one_module(self, sources: Sources) -> None:
        assert wrong_writes(sources) == []

    def test_the_door_to_litellm_is_seen(self, sources: Sources) -> None:
        assert "litellm" in imports("core.llm.door", sources)

    @pytest.mark.parametrize("table", OWNERS)
    def test_each_owner_does_write_to_its_table(self, sources: Sources, table: str) -> None:
        assert table in written_tables(sources[OWNERS[table]])

    def test_people_and_programs_release_past_the_gate(self, sources: Sources) -> None:
        assert ungated(sources) == []


class TestTheTables:
    def test_all_have_an_owner(self, db: Database) -> None:
        with closing(sqlite3.connect(db.path)) as connection:
            # What SQLite keeps behind a virtual table belongs to that, and so does the list of its terms.
            rows = connection.execute(
                "select name from pragma_table_list where schema = 'main' and type in ('table', 'virtual') "
                "and name not like '%sqlite%' and name <> 'trace_terms'"
            )
            assert {row[0] for row in rows} == OWNERS.keys()


# What stands around the wrong module in the tests below.
INNOCENT = dict.fromkeys(
    [
        "core.errors",
        "core.db",
        "core.db.database",
        "core.llm.gateway",
        "core.llm.attempt",
        "core.traces.record",
        "core.copydesk",
    ],
    "",
)


class TestTheRulesCanFail:
    @pytest.mark.parametrize(
        ("module", "source", "said"),
        [
            ("core.errors", "from core import db", "core.errors imports core.db"),
            (
                "core.db.writer",
                "from core.prompts.content import Content",
                "core.db.writer imports core.prompts.content",
            ),
            ("core.llm.gateway", "from core.db import Database", "core.llm.gateway imports core.db"),
            ("core.prompts.files", "import core.llm.gateway", "core.prompts.files imports core.llm.gateway"),
            ("core.traces.record", "from core.llm import gateway", "core.traces.record imports core.llm.gateway"),
            (
                "core.headlines.suggest",
                "from core.copydesk import shared",
                "core.headlines.suggest imports core.copydesk",
            ),
            ("core.copydesk", "import core.api", "core.copydesk imports core.api"),
            ("core.cli", "import core.api", "core.cli imports core.api"),
            ("core.api", "from pages.components import formats", "core.api imports pages.components"),
            ("pages.traces", "import core.cli", "pages.traces imports core.cli"),
            ("core.db.writer", "def late():\n    import core.copydesk", "core.db.writer imports core.copydesk"),
            ("core.db.writer", "if TYPE_CHECKING:\n    import core.copydesk", "core.db.writer imports core.copydesk"),
            ("core.db.writer", "from ..copydesk import shared", "core.db.writer imports core.copydesk"),
            ("core.db.writer", "importlib.import_module('core.copydesk')", "core.db.writer imports core.copydesk"),
            ("core.db.writer", "__import__('core.copydesk')", "core.db.writer imports core.copydesk"),
            ("core.novelty", "", "core.novelty has no place in MAY_IMPORT"),
        ],
    )
    def test_on_an_import_that_goes_the_wrong_way(self, module: str, source: str, said: str) -> None:
        assert wrong_imports({**INNOCENT, module: source}) == [said]

    @pytest.mark.parametrize(
        ("module", "source"),
        [
            ("core.traces.model", "from core.llm.attempt import Attempt"),
            ("core.traces.model", "from core.llm import attempt"),
            ("core.headlines.suggest", "from core.llm import gateway"),
            ("core.db.writer", "import sqlite3\nfrom core.errors import DatabaseError"),
            ("pages.traces", "from core.copydesk import shared"),
        ],
    )
    def test_but_not_on_one_that_goes_the_right_way(self, module: str, source: str) -> None:
        assert wrong_imports({**INNOCENT, module: source}) == []

    @pytest.mark.parametrize(
        ("module", "source"),
        [
            ("core.headlines.suggest", "import litellm"),
            ("core.api", "from litellm import completion"),
            ("pages.playground", "import_module('litellm')"),
            ("core.traces.record", "import litellm.exceptions"),
            ("core.copydesk", "import streamlit as st"),
            ("core.llm.gateway", "from plotly import graph_objects"),
            ("core.statistics.verdict", "from scipy import stats"),
        ],
    )
    def test_on_a_package_out_of_place(self, module: str, source: str) -> None:
        assert len(wrong_packages({**INNOCENT, module: source})) == 1

    @pytest.mark.parametrize(
        "source",
        [
            "from core.prompts import releases\nreleases.release(db, place, 5)",
            "from core.prompts import releases as core_releases\ncore_releases.release(db, place, 5)",
            "from core.prompts.releases import Place, release",
        ],
    )
    def test_on_a_release_that_no_gate_saw(self, source: str) -> None:
        assert ungated({**INNOCENT, "core.cli.releases": source}) == ["core.cli.releases"]

    def test_on_a_cycle(self) -> None:
        circular = {"core.a": "from core import b", "core.b": "import core.c", "core.c": "from core.a import x"}
        assert set(cycle(circular)) == {"core.a", "core.b", "core.c"}

    @pytest.mark.parametrize(
        ("source", "table"),
        [
            ("c.execute('insert into traces values (1)')", "traces"),
            ("c.execute('INSERT OR REPLACE INTO traces values (1)')", "traces"),
            ("c.execute('replace into traces values (1)')", "traces"),
            ('c.execute("""\n    update\n    traces set status = 1""")', "traces"),
            ("c.execute('update or ignore traces set status = 1')", "traces"),
            ("c.execute('delete from traces')", "traces"),
            ("c.execute('with x as (select 1) delete from traces')", "traces"),
            ("c.execute(f'insert into traces ({columns}) values (1)')", "traces"),
            ("c.execute(f'delete from {table}')", "?"),
            ("c.execute(f'update {table} set a = 1')", "?"),
            ("c.execute('insert into ' + table)", "?"),
            ("SQL = 'delete from nowhere'", "nowhere"),
        ],
    )
    def test_on_a_table_that_another_module_owns(self, source: str, table: str) -> None:
        assert wrong_writes({"core.api": source}) == [f"core.api writes to {table}"]

    @pytest.mark.parametrize(
        "source",
        [
            "c.execute('select * from traces')",
            "c.execute('on conflict do update set a = 1')",
            '"""Delete from traces what is old."""',
            "'create trigger t before update on traces begin select 1; end'",
            "print('Update this one; the file was not touched.')",
        ],
    )
    def test_but_not_on_reading_or_prose(self, source: str) -> None:
        assert wrong_writes({"core.api": source}) == []

    def test_but_not_on_the_owner(self) -> None:
        assert wrong_writes({OWNERS["traces"]: "c.execute('delete from traces')"}) == []
