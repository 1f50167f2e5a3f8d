"""`audit`: who changed what, and whether the log is still whole, as people and CI ask."""

import json
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from core.audit import FIRST
from tests.command_line import call, printed, run, said
from tests.conftest import ROOT
from tests.shipped import RELEASES, SETS, VERSIONS

WHOLE = len(VERSIONS) + RELEASES + len(SETS) + 2
"""Entries in a new installation: versions of prompts, their releases, eval sets, a version of the profiles and its use."""


def release(author: str = "ada", reason: str = "Better.") -> None:
    assert run("releases", "release", "headlines", "1", "--author", author, "--reason", reason).exit_code == 0


def tamper(statement: str) -> None:
    """Change the log as another program would that knows of no trigger."""
    with closing(sqlite3.connect(Path("copydesk.db"))) as connection, connection:
        triggers = connection.execute("select name, sql from sqlite_schema where type = 'trigger'").fetchall()
        for name, _ in triggers:
            connection.execute(f"drop trigger {name}")
        connection.execute(statement)
        for _, sql in triggers:
            connection.execute(sql)


class TestList:
    def test_prints_the_newest_first(self) -> None:
        release("zoe")
        authors = [entry["author"] for entry in printed("audit", "list")]
        assert authors == ["zoe", *["copydesk"] * WHOLE]

    def test_prints_who_changed_what_to_what_and_why(self) -> None:
        release("Zoë O’Brien", "„Größe“ zählt 🏉")
        first, second = run("audit", "list", "--limit", "1").stdout.splitlines()
        after = f'{{"release": {printed("releases", "at", "headlines")[0]["id"]}, "version": 1}}'
        assert first.startswith(f"{WHOLE + 1:>6}  2")
        assert first.endswith(f'  Zoë O’Brien: headlines: production, all desks released  {{"version": 2}} → {after}')
        assert second == "        „Größe“ zählt 🏉"

    def test_says_nothing_where_there_was_nothing_before(self) -> None:
        assert "  nothing → {" in run("audit", "list").stdout

    def test_as_json_holds_the_whole_entry(self) -> None:
        release()
        newest, before = printed("audit", "list", "--limit", "2")
        assert (newest["id"], newest["author"], newest["reason"]) == (WHOLE + 1, "ada", "Better.")
        assert newest["previous"] == before["hash"]

    def test_prints_no_more_than_it_is_asked_for(self) -> None:
        assert len(printed("audit", "list", "--limit", "3")) == 3

    @pytest.mark.parametrize("limit", ["0", "-1", "many", "99999999999999999999"])
    def test_of_a_number_that_cannot_be_is_2(self, limit: str) -> None:
        result = run("audit", "list", "--limit", limit)
        assert (result.exit_code, result.stdout) == (2, "")
        assert f"Invalid value for '--limit': {limit if limit != 'many' else repr(limit)} is not" in result.stderr


class TestVerify:
    def test_of_a_whole_log_tells_how_many_and_the_last_hash(self) -> None:
        head = printed("audit", "list", "--limit", "1")[0]["hash"]
        result = run("audit", "verify")
        assert (result.exit_code, result.stdout) == (
            0,
            f"{WHOLE} entries, each in its place. The last hash is {head}\n",
        )

    def test_as_json_gives_ci_the_hash_to_keep(self) -> None:
        head = printed("audit", "list", "--limit", "1")[0]["hash"]
        assert printed("audit", "verify") == [{"entries": WHOLE, "head": head, "fault": None}]

    @pytest.mark.parametrize(
        ("statement", "entries", "fault"),
        [
            ("update audit set reason = 'Harmless.' where id = 3", 2, "Entry 3 was changed after it was written."),
            ("update audit set author = 'ben' where id = 5", 4, "Entry 5 was changed after it was written."),
            ("delete from audit where id = 2", 1, "Entry 2 is missing; the next one there is 3."),
            ("delete from audit where id = 1", 0, "Entry 1 is missing; the next one there is 2."),
        ],
    )
    def test_of_a_log_that_was_meddled_with_names_the_link_and_ends_with_1(
        self, statement: str, entries: int, fault: str
    ) -> None:
        run("audit", "verify")
        tamper(statement)
        result = run("audit", "verify")
        assert (result.exit_code, result.stdout) == (1, "")
        assert result.stderr == f"Broken after {entries} entries. {fault}\n"

    def test_as_json_tells_the_fault_and_ends_with_1(self) -> None:
        run("audit", "verify")
        tamper("delete from audit where id = 2")
        result = run("audit", "verify", "--json")
        assert (result.exit_code, json.loads(result.stdout)["fault"]) == (
            1,
            "Entry 2 is missing; the next one there is 3.",
        )


class TestHead:
    def test_that_was_noted_is_found_after_more_changes(self) -> None:
        head = printed("audit", "verify")[0]["head"]
        release()
        assert printed("audit", "verify", "--head", head)[0]["entries"] == WHOLE + 1

    def test_of_an_empty_log_is_always_found(self) -> None:
        assert run("audit", "verify", "--head", FIRST).exit_code == 0

    def test_finds_out_that_the_newest_entries_are_gone(self) -> None:
        release()
        head = printed("audit", "verify")[0]["head"]
        tamper(f"delete from audit where id > {WHOLE}")
        assert run("audit", "verify").exit_code == 0
        result = run("audit", "verify", "--head", head)
        assert result.exit_code == 1
        assert "The hash that was noted earlier is not in the log any more." in result.stderr

    @pytest.mark.parametrize("head", ["", "abc", "Größe 🌉", "' or 1=1 --"])
    def test_that_is_no_hash_is_not_in_the_log(self, head: str) -> None:
        assert run("audit", "verify", "--head", head).exit_code == 1


class TestAsAProgram:
    def test_ci_notes_the_head_and_finds_out_what_was_meddled_with(self) -> None:
        code, out, _ = said(call("audit", "verify", "--json"))
        head = json.loads(out)["head"]
        assert (code, said(call("audit", "verify", "--head", head))[0]) == (0, 0)
        tamper("update audit set author = 'nobody' where id = 4")
        code, out, err = said(call("audit", "verify", "--head", head))
        assert (code, out) == (1, "")
        assert err == "Broken after 3 entries. Entry 4 was changed after it was written.\n"

    def test_a_reader_that_goes_away_early_is_no_traceback(self) -> None:
        # More than a pipe holds.
        for _ in range(3):
            release(reason="x" * 50_000)
        with subprocess.Popen(
            [sys.executable, "-m", "core", "audit", "list"], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE
        ) as process:
            assert process.stdout is not None
            assert process.stderr is not None
            process.stdout.readline()
            process.stdout.close()
            assert process.stderr.read() == b""

    def test_a_database_that_is_none_is_a_sentence_and_2(self, tmp_path: Path) -> None:
        (tmp_path / "copydesk.db").write_text("No database at all, but a text of some length. " * 50)
        code, out, err = said(call("audit", "verify"))
        assert (code, out) == (2, "")
        assert err.count("\n") == 1

    def test_help_names_every_command(self) -> None:
        code, out, _ = said(call("--help"))
        assert code == 0
        assert all(f"\n  {group} " in out for group in ("audit", "prompts", "releases", "suggest", "traces"))

    def test_a_command_that_there_is_not_is_2(self) -> None:
        assert refused("audit", "seal") == "Error: No such command 'seal'."


def refused(*arguments: str) -> str:
    """The last line of click's own refusal."""
    result = run(*arguments)
    assert result.exit_code == 2
    return result.stderr.splitlines()[-1]
