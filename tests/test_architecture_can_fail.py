"""Each rule of the architecture is seen failing on a module that breaks it, and on no other."""

import pytest

from tests.architecture import cycle, ungated, wrong_imports, wrong_packages, wrong_writes
from tests.test_architecture import ALSO_WRITES, MAY_IMPORT, MAY_RELEASE, ONLY_IN, OWNERS

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
        assert wrong_imports({**INNOCENT, module: source}, MAY_IMPORT) == [said]

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
        assert wrong_imports({**INNOCENT, module: source}, MAY_IMPORT) == []

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
        assert len(wrong_packages({**INNOCENT, module: source}, ONLY_IN)) == 1

    @pytest.mark.parametrize(
        "source",
        [
            "from core.prompts import releases\nreleases.release(db, place, 5)",
            "from core.prompts import releases as core_releases\ncore_releases.release(db, place, 5)",
            "from core.prompts.releases import Place, release",
        ],
    )
    def test_on_a_release_that_no_gate_saw(self, source: str) -> None:
        assert ungated({**INNOCENT, "core.cli.releases": source}, MAY_RELEASE) == ["core.cli.releases"]

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
        assert wrong_writes({"core.api": source}, OWNERS, ALSO_WRITES) == [f"core.api writes to {table}"]

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
        assert wrong_writes({"core.api": source}, OWNERS, ALSO_WRITES) == []

    def test_but_not_on_the_owner(self) -> None:
        assert wrong_writes({OWNERS["traces"]: "c.execute('delete from traces')"}, OWNERS, ALSO_WRITES) == []
