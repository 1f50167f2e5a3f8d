"""An examination finds each fault that is really there, says it in words, and tells no secret."""

import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from core import settings
from core.copydesk import open_copydesk
from core.db import Database, open_database
from core.keeping import doctor, erasing, file_findings, record_findings
from core.keeping.finding import Finding
from core.prompts import releases, versions
from core.prompts.content import Content, MessageTemplate
from core.prompts.releases import Place
from tests.calls import Calls
from tests.command_line import run
from tests.conftest import ROOT, HeldClock
from tests.core.keeping.test_backups import damage
from tests.records import put, spoil

SECRET = "sk-this-is-nobodys-business"

OPEN_A_TRACE_AND_DIE = """
import os, sys
from pathlib import Path
from core.db import open_database
db = open_database(Path(sys.argv[1]))
process = db.liveness.process
db.write(lambda c: c.execute(
    "insert into traces (id, fingerprint, status, source, environment, desk, channel, prompt, started_at, process) "
    "values (?, '', 'open', 'api', 'production', 'local', 'web', 'headlines', 0, ?)", ("0" * 32, process)))
os._exit(9)
"""


@pytest.fixture(scope="module")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The database of a fresh installation."""
    chosen = settings.load().model_copy(update={"db": tmp_path_factory.mktemp("fresh") / "fresh.db"})
    with open_copydesk(chosen):
        pass
    return chosen.db.read_bytes()


@pytest.fixture(autouse=True)
def database(fresh: bytes) -> Path:
    """A fresh installation in which nothing is wrong."""
    chosen = settings.load()
    chosen.db.touch(mode=0o600)
    chosen.db.write_bytes(fresh)
    chosen.models.write_text("model_list: []\n")
    chosen.gates.mkdir()
    (chosen.gates / "headlines.yml").write_bytes((ROOT / "prompts" / "gates" / "headlines.yml").read_bytes())
    return chosen.db


def found(*, about: str = "") -> list[Finding]:
    return [each for each in doctor.examine() if about in ("", each.about)]


def the_one(about: str) -> Finding:
    """The only finding about a thing, which has something to do about it."""
    (finding,) = found(about=about)
    assert finding.sentence.endswith((".", "."))
    assert finding.remedy
    return finding


def change(path: Path, *statements: str) -> None:
    with closing(sqlite3.connect(path)) as connection:
        for statement in statements:
            connection.execute(statement)
        connection.commit()


def save(db: Database, *, model: str = "offline/lede") -> int:
    content = Content(messages=(MessageTemplate(role="user", content="{{ article }}"),), model=model)
    return versions.save(db, "headlines", content, note="Why.", author="ada").number


class TestAHealthyInstallation:
    def test_has_no_finding(self) -> None:
        assert found() == []

    def test_stays_byte_for_byte(self, database: Path) -> None:
        before = database.read_bytes()
        found()
        assert database.read_bytes() == before

    def test_ends_with_0(self) -> None:
        result = run("doctor")
        assert (result.exit_code, result.stdout) == (0, "Nothing to mend.\n")

    def test_without_a_database_is_one_that_was_not_started_yet(self, database: Path) -> None:
        database.unlink()
        assert the_one("database").weight == "mind"


class TestTheCommand:
    def test_ends_with_1_where_something_is_to_be_mended(self, database: Path) -> None:
        database.chmod(0o666)
        result = run("doctor")
        assert result.exit_code == 1
        assert f"Mend  database: Other users of this machine can write to {database}." in result.stdout
        assert "chmod 600" in result.stdout

    def test_ends_with_0_where_there_is_only_something_to_mind(self, database: Path) -> None:
        database.chmod(0o644)
        result = run("doctor", "--json")
        assert result.exit_code == 0
        assert json.loads(result.stdout)["weight"] == "mind"


class TestSettings:
    def test_that_do_not_parse_are_all_named(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("COPYDESK_TIMEOUT", "soon")
        monkeypatch.setenv("COPYDESK_DESKS", "")
        said = " ".join(each.sentence for each in found(about="settings"))
        assert "COPYDESK_TIMEOUT is wrong" in said
        assert "COPYDESK_DESKS is wrong" in said

    def test_tell_no_secret(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("COPYDESK_API_TOKEN", SECRET[:12])
        monkeypatch.setenv("OPENAI_API_KEY", SECRET)
        settings_file = Path(os.environ["COPYDESK_MODELS"])
        settings_file.write_text(f"model_list:\n - model_name: m\n   litellm_params: {{model: x, api_key: {SECRET}\n")
        assert "API_TOKEN is wrong" in the_one("settings").sentence
        monkeypatch.delenv("COPYDESK_API_TOKEN")
        assert "line" in the_one("models").sentence
        assert SECRET[:12] not in run("doctor").output

    def test_screens_that_all_can_reach_are_told(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("STREAMLIT_SERVER_ADDRESS", "0.0.0.0")
        assert "no sign-in" in the_one("address").sentence
        assert "COPYDESK_API_TOKEN" in the_one("API").sentence

    def test_a_file_of_keys_that_others_can_read_is_told(self) -> None:
        Path(".env").write_text(f"OPENAI_API_KEY={SECRET}\n")
        Path(".env").chmod(0o644)
        assert the_one(".env").weight == "mend"
        Path(".env").chmod(0o600)
        assert found(about=".env") == []

    def test_a_model_without_its_key_is_told_by_the_name_of_the_key(self) -> None:
        settings.load().models.write_text(
            "model_list:\n  - model_name: big\n    litellm_params: {model: x, api_key: os.environ/BIG_KEY}\n"
        )
        finding = the_one("models")
        assert (finding.weight, "BIG_KEY is not set" in finding.sentence) == ("mind", True)

    def test_a_list_of_words_that_others_can_read_or_nobody_can_is_told(
        self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        words = tmp_path / "words.txt"
        monkeypatch.setenv("COPYDESK_REDACT_WORDS", str(words))
        assert "cannot be read" in the_one("redaction").sentence
        words.write_text("Jane Doe\n")
        words.chmod(0o644)
        assert "Other users of this machine can read" in the_one("redaction").sentence
        words.chmod(0o600)
        assert found(about="redaction") == []

    def test_retention_of_a_desk_that_there_is_not_is_told(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("COPYDESK_RETENTION", "production/weather=30")
        assert "no such desk" in the_one("retention").sentence

    def test_missing_prompts_are_told(self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
        monkeypatch.setenv("COPYDESK_PROMPTS", str(tmp_path / "nowhere"))
        assert "There are no prompts" in the_one("prompts").sentence

    def test_a_prompt_that_cannot_be_read_is_told(self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
        (tmp_path / "prompts").mkdir()
        (tmp_path / "prompts" / "bad.prompt.yml").write_text("messages: 7\n")
        monkeypatch.setenv("COPYDESK_PROMPTS", str(tmp_path / "prompts"))
        assert "bad.prompt.yml" in the_one("prompts").sentence

    def test_a_gate_that_cannot_be_read_is_told(self) -> None:
        (settings.load().gates / "headlines.yml").write_text("rules: nonsense\n")
        assert the_one("gates").weight == "mend"

    def test_missing_gates_are_told(self) -> None:
        (settings.load().gates / "headlines.yml").unlink()
        assert "released untested" in the_one("gates").sentence


class TestTheFile:
    def test_that_others_can_read_is_to_be_minded(self, database: Path) -> None:
        database.chmod(0o640)
        assert "can read" in the_one("database").sentence

    def test_that_this_user_may_not_touch_is_told(self, database: Path) -> None:
        if os.getuid():
            pytest.skip("only root can become somebody else")
        for folder in database.parents[:-2]:
            folder.chmod(folder.stat().st_mode | 0o055)
        os.seteuid(65534)
        try:
            said = [each.sentence for each in file_findings.place(database)]
        finally:
            os.seteuid(0)
        assert said == [
            f"Nothing can be written into the folder {database.parent}.",
            f"{database} cannot be read and written by this user.",
        ]

    def test_a_disk_that_is_nearly_full_is_told(self, database: Path) -> None:
        (finding,) = file_findings.place(database, least_free=2**62)
        assert "MB left" in finding.sentence

    def test_a_journal_that_only_grows_is_told(self, database: Path) -> None:
        with database.with_name("copydesk.db-wal").open("wb") as journal:
            journal.truncate(file_findings.LARGEST_JOURNAL + 1)
        (finding,) = file_findings.place(database)
        assert "has grown to 256 MB" in finding.sentence

    def test_that_is_damaged_is_told(self, database: Path) -> None:
        damage(database)
        said = [each.sentence for each in found(about="database")]
        assert any("damaged" in each for each in said)
        assert all(each.weight == "mend" for each in found(about="database"))

    def test_that_is_no_database_is_told(self, database: Path) -> None:
        database.write_text("These are my notes.\n" * 100)
        assert "not a database" in the_one("database").sentence

    def test_of_another_program_is_told(self, database: Path) -> None:
        change(database, "pragma application_id = 7")
        assert "not a database of Copydesk" in the_one("database").sentence

    def test_of_a_newer_copydesk_is_told(self, database: Path) -> None:
        change(database, "pragma user_version = 999")
        assert "newer Copydesk" in the_one("database").sentence

    def test_of_an_older_copydesk_is_to_be_minded(self, database: Path) -> None:
        change(database, "pragma user_version = 3")
        assert the_one("database").weight == "mind"

    def test_with_a_row_that_refers_to_nothing_is_told(self, database: Path) -> None:
        change(database, "insert into trace_bodies values ('nothing', x'00')")
        assert "A row of trace_bodies belongs to a row of traces" in the_one("database").sentence

    def test_with_a_broken_log_is_told(self, database: Path) -> None:
        change(
            database,
            "drop trigger audit_entries_stay",
            "update audit set author = 'eve' where id = (select max(id) from audit)",
        )
        assert "was changed after it was written" in the_one("audit log").sentence


class TestTheRecord:
    @pytest.fixture
    def db(self, database: Path) -> Iterator[Database]:
        with closing(open_database(database)) as db:
            yield db

    def test_a_trace_that_is_in_no_index_is_to_be_minded(self, db: Database) -> None:
        put(db, "Bridge closes")
        db.write(lambda connection: connection.execute("update traces set indexed = null"))
        assert the_one("search").weight == "mind"

    def test_an_article_that_cannot_be_read_is_told_and_can_be_erased(self, db: Database) -> None:
        put(db, "Bridge closes")
        db.write(
            lambda connection: connection.execute(
                "update articles set text = x'00ff' where hash in (select article from traces)"
            )
        )
        told = the_one("articles")
        assert "1 articles are damaged" in told.sentence
        db.close()
        arguments = told.remedy.rpartition("python -m core ")[2].split()
        assert run(*arguments, "--reason", "Damaged.", "--author", "ada").exit_code == 0
        assert found(about="articles") == []

    def test_a_call_that_cannot_be_read_is_told_and_can_be_erased(self, db: Database) -> None:
        trace_id = put(db, "Bridge closes")
        spoil(db, trace_id)
        assert the_one("calls").remedy.endswith(f"python -m core erase trace {trace_id}")
        assert run("erase", "trace", trace_id, "--reason", "Damaged.", "--author", "ada").exit_code == 0
        assert found(about="calls") == []

    def test_what_is_still_to_be_overwritten_is_told_and_how_to_finish_it(self, db: Database, held: HeldClock) -> None:
        erasing.trace(db, put(db, "One"), author="ada", reason="So.", within=0)
        assert the_one("erasing").weight == "mind"
        held.now += 7_200_000
        assert "nothing overwrites it" in the_one("erasing").sentence
        assert run("erase", "finish").exit_code == 0
        assert found(about="erasing") == []

    def test_an_index_without_a_trace_that_should_be_there_is_told_and_mended(self, db: Database) -> None:
        put(db, "Bridge closes")
        db.write(lambda connection: connection.execute("insert into trace_search (trace_search) values ('delete-all')"))
        assert "1 of the traces that were looked up are not found" in the_one("search").sentence
        db.close()
        assert run("doctor", "--rebuild-index").exit_code == 0
        assert found(about="search") == []

    def test_counts_that_do_not_fit_are_told_and_mended(self, db: Database) -> None:
        put(db, "Bridge closes")
        assert found(about="counts") == []
        db.write(lambda connection: connection.execute("update rollups set calls = calls + 1"))
        assert "do not fit the record in 2 of their rows" in the_one("counts").sentence
        db.close()
        run("doctor", "--rebuild-figures")
        assert found(about="counts") == []

    def test_counts_are_looked_at_for_the_newest_calls_where_there_are_many(self, db: Database) -> None:
        calls = Calls(db)
        for hours in (0, 24 * 7, 24 * 8):
            calls.closed(hours=hours)
        db.write(lambda connection: connection.execute("update rollups set calls = calls + 1"))
        (finding,) = record_findings.counts(db, newest=1)
        assert "in 2 of their rows, counted for the newest 1 calls" in finding.sentence
        newest = calls.openings[-1].started_at - 86_400_000
        db.write(lambda connection: connection.execute("update rollups set calls = 1 where start > ?", (newest,)))
        assert list(record_findings.counts(db, newest=1)) == []

    def test_an_index_of_other_words_is_told(self, db: Database) -> None:
        put(db, "Bridge closes")
        db.write(lambda connection: connection.execute("update headlines set text = 'Tunnel opens'"))
        assert the_one("search").weight == "mend"

    def test_a_call_of_a_dead_process_is_told(self, database: Path) -> None:
        done = subprocess.run(
            [sys.executable, "-c", OPEN_A_TRACE_AND_DIE, str(database)], cwd=ROOT, check=False, timeout=30
        )
        assert done.returncode == 9
        assert "1 calls were under way" in the_one("calls").sentence

    def test_a_call_of_a_living_process_is_none(self, db: Database) -> None:
        process = db.liveness.process
        db.write(
            lambda connection: connection.execute(
                "insert into traces (id, fingerprint, status, source, environment, desk, channel, prompt, started_at, process) "
                "values (?, '', 'open', 'api', 'production', 'local', 'web', 'headlines', 0, ?)",
                ("0" * 32, process),
            )
        )
        assert found(about="calls") == []

    def test_a_desk_that_nothing_serves_is_told(self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
        (tmp_path / "prompts").mkdir()
        (tmp_path / "prompts" / "headlines-1.prompt.yml").write_bytes(
            (ROOT / "prompts" / "headlines-1.prompt.yml").read_bytes()
        )
        monkeypatch.setenv("COPYDESK_DB", str(tmp_path / "other.db"))
        monkeypatch.setenv("COPYDESK_PROMPTS", str(tmp_path / "prompts"))
        with closing(open_database(tmp_path / "other.db")) as db:
            save(db)
        assert "released in production for politics, business" in the_one("releases").sentence

    def test_a_live_version_whose_model_is_not_on_offer_is_told(self, db: Database) -> None:
        version = save(db, model="gone/model")
        place = Place("headlines", "production", "sport")
        releases.release(db, place, version, author="ada", reason="Why not.", seen=None)
        finding = the_one("models")
        assert "live on gone/model, which is not on offer, for sport" in finding.sentence

    def test_a_clock_that_was_wrong_is_told(self, db: Database, held: HeldClock) -> None:
        held.now += 86_400_000 * 30_000
        put(db, "Bridge closes")
        held.now -= 86_400_000
        assert "still to come" in the_one("clock").sentence
