"""The profiles in use: versions that never change, one of them in force everywhere at once, every change on record."""

import subprocess
import sys
from pathlib import Path

import pytest

from core import audit, profiles, settings
from core.checks.profile import Profile, Profiles
from core.checks.profile_files import parse, read
from core.copydesk import Copydesk, open_copydesk
from core.db import Database, open_database
from core.errors import BadInput, Conflict, NotFound
from core.headlines import Request
from core.profiles import Release
from core.traces import record
from tests.conftest import ROOT

SHIPPED = ROOT / "prompts"
OWN = parse("everybody: {longest: 50}", source="Ours")
OTHER = parse("everybody: {longest: 60}", source="Ours")

ARTICLE = "The harbour bridge closes for eleven weeks from Monday, the town council said. It is ninety years old."

USE_ANOTHER = """
import sys
from pathlib import Path
from core import profiles
from core.checks.profile_files import parse
from core.db import open_database

db = open_database(Path(sys.argv[1]))
edited = parse(sys.argv[2], source="Ours")
profiles.change(db, edited, note="From another process.", author="ben", seen=profiles.in_use(db))
db.close()
"""


@pytest.fixture
def db(db: Database) -> Database:
    """A database in which the shipped profiles are in use."""
    profiles.bring_in(db, SHIPPED)
    return db


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The folder of prompts of another Copydesk, whose profiles are others."""
    (tmp_path / "prompts" / "profiles").mkdir(parents=True)
    write(tmp_path / "prompts", "everybody: {longest: 80}")
    return tmp_path / "prompts"


def write(folder: Path, content: str) -> None:
    (folder / "profiles" / "newsroom.yml").write_text(content, encoding="utf-8")


def change(db: Database, edited: Profiles, *, author: str = "ada", note: str = "Shorter.") -> Release:
    return profiles.change(db, edited, note=note, author=author, seen=profiles.in_use(db))


def use(db: Database, number: int, *, author: str = "ada", reason: str = "Better.") -> Release:
    return profiles.use(db, number, author=author, reason=reason, seen=profiles.in_use(db))


def logged(db: Database) -> list[tuple[str, str, str, str]]:
    return [(entry.author, entry.action, entry.subject, entry.reason) for entry in reversed(audit.newest(db))]


class TestBringIn:
    def test_puts_what_ships_in_use(self, db: Database) -> None:
        assert profiles.current(db).version == read(SHIPPED / "profiles" / "newsroom.yml").version
        assert profiles.in_use(db).author == profiles.AUTHOR

    def test_twice_changes_nothing(self, db: Database) -> None:
        before = profiles.history(db), profiles.versions(db), logged(db)
        profiles.bring_in(db, SHIPPED)
        assert (profiles.history(db), profiles.versions(db), logged(db)) == before

    def test_without_a_file_puts_the_usual_in_use(self, tmp_path: Path, db: Database) -> None:
        profiles.bring_in(db, tmp_path / "nowhere")
        assert profiles.in_use(db).version == 1

    def test_of_an_update_takes_the_place_of_what_shipped_before(self, db: Database, folder: Path) -> None:
        profiles.bring_in(db, folder)
        assert profiles.current(db).everybody.longest == 80
        assert [line.number for line in profiles.versions(db)] == [2, 1]

    def test_leaves_a_newsrooms_own_and_has_the_update_at_hand(self, db: Database, folder: Path) -> None:
        change(db, OWN)
        profiles.bring_in(db, folder)
        assert profiles.current(db) == OWN
        assert profiles.get(db, 3).profiles.everybody.longest == 80

    def test_leaves_a_shipped_one_that_a_person_went_back_to(self, db: Database, folder: Path) -> None:
        change(db, OWN)
        use(db, 1)
        profiles.bring_in(db, folder)
        assert profiles.in_use(db).version == 1

    def test_of_a_broken_file_says_where(self, db: Database, folder: Path) -> None:
        write(folder, "everybody: {longst: 80}")
        with pytest.raises(BadInput, match=r"newsroom.yml, everybody: there is no 'longst'"):
            profiles.bring_in(db, folder)


class TestSave:
    def test_numbers_versions_and_names_them_by_their_content(self, db: Database) -> None:
        saved = profiles.save(db, OWN, note=" Shorter. ", author="ada", parent=1)
        assert (saved.number, saved.hash, saved.parent, saved.note) == (2, OWN.version, 1, "Shorter.")
        assert profiles.get(db, 2) == saved

    def test_of_the_same_is_the_same_version(self, db: Database) -> None:
        first = profiles.save(db, OWN, note="Shorter.", author="ada")
        assert profiles.save(db, OWN, note="Again.", author="ben") == first

    def test_puts_nothing_in_use(self, db: Database) -> None:
        profiles.save(db, OWN, note="Shorter.", author="ada")
        assert profiles.in_use(db).version == 1

    @pytest.mark.parametrize(
        ("note", "author", "said"),
        [("  ", "ada", "needs a note"), ("Why.", " ", "needs a name"), ("Why.", "Copydesk", "a name of your own")],
    )
    def test_wants_a_note_and_a_name(self, db: Database, note: str, author: str, said: str) -> None:
        with pytest.raises(BadInput, match=said):
            profiles.save(db, OWN, note=note, author=author)

    def test_refuses_a_check_that_there_is_not(self, db: Database) -> None:
        with pytest.raises(BadInput, match=r"Everybody: there is no check 'no_such_check'"):
            profiles.save(db, Profiles(everybody=Profile(checks={"no_such_check": "off"})), note="x", author="ada")


class TestUse:
    def test_holds_from_the_next_question_on(self, db: Database) -> None:
        change(db, OWN)
        assert profiles.current(db) == OWN

    def test_of_an_earlier_version_goes_back(self, db: Database) -> None:
        before = profiles.current(db)
        change(db, OWN)
        use(db, 1)
        assert profiles.current(db) == before
        assert [release.version for release in profiles.history(db)] == [1, 2, 1]

    def test_is_refused_to_the_slower_of_two(self, db: Database) -> None:
        seen = profiles.in_use(db)
        change(db, OWN, author="ben", note="Readers skim.")
        with pytest.raises(Conflict, match=r"Since you looked, ben put version 2 in use, because: Readers skim\. Look"):
            profiles.use(db, 1, author="ada", reason="Back.", seen=seen)

    def test_that_is_refused_saves_nothing_either(self, db: Database) -> None:
        seen = profiles.in_use(db)
        change(db, OWN)
        with pytest.raises(Conflict):
            profiles.change(db, OTHER, note="Longer.", author="ada", seen=seen)
        assert len(profiles.versions(db)) == 2

    def test_of_what_is_in_use_already_is_refused(self, db: Database) -> None:
        with pytest.raises(BadInput, match=r"Version 1 is in use already\."):
            change(db, profiles.current(db))

    def test_of_a_version_that_is_not_there_is_refused(self, db: Database) -> None:
        with pytest.raises(NotFound, match="no version 9 of the profiles; the newest is 1"):
            use(db, 9)

    @pytest.mark.parametrize("number", [0, -1, 2**64])
    def test_of_a_number_that_is_none_is_refused(self, db: Database, number: int) -> None:
        with pytest.raises(NotFound):
            use(db, number)

    def test_wants_a_reason(self, db: Database) -> None:
        profiles.save(db, OWN, note="Shorter.", author="ada")
        with pytest.raises(BadInput, match="need a reason"):
            use(db, 2, reason=" ")

    def test_in_another_process_holds_here(self, db: Database) -> None:
        assert profiles.current(db).everybody.longest is None
        command = [sys.executable, "-c", USE_ANOTHER, str(db.path), "everybody: {longest: 44}"]
        subprocess.run(command, cwd=ROOT, check=True, timeout=30)
        assert profiles.current(db).everybody.longest == 44


class TestTheLog:
    def test_names_every_change_with_its_reason(self, db: Database) -> None:
        change(db, OWN)
        use(db, 1, author="ben", reason="Too short.")
        assert logged(db) == [
            ("copydesk", "profiles saved", "profiles 1", "From newsroom.yml."),
            ("copydesk", "profiles put in use", "profiles 1", "Shipped with Copydesk."),
            ("ada", "profiles saved", "profiles 2", "Shorter."),
            ("ada", "profiles put in use", "profiles 2", "Shorter."),
            ("ben", "profiles put in use", "profiles 1", "Too short."),
        ]

    def test_holds_nothing_of_what_was_refused(self, db: Database) -> None:
        before = logged(db)
        with pytest.raises(BadInput):
            change(db, OWN, author=" ")
        assert logged(db) == before
        assert audit.verify(db).fault is None


class TestATrace:
    def test_names_the_version_that_its_headlines_were_checked_by(self, copydesk: Copydesk) -> None:
        made = copydesk.suggest(Request(article=ARTICLE, desk="local", language="en", request_id="1"))
        change(copydesk.db, OWN)
        later = copydesk.suggest(Request(article=ARTICLE, desk="local", language="en", request_id="2"))
        assert profiles.find(copydesk.db, of(copydesk, made.trace.id)).number == 1
        assert profiles.find(copydesk.db, of(copydesk, later.trace.id)).number == 2

    def test_is_checked_by_what_is_in_use_at_that_moment(self, copydesk: Copydesk) -> None:
        flagged_too_long(copydesk, False)
        change(copydesk.db, parse("everybody: {longest: 20}", source="Ours"))
        flagged_too_long(copydesk, True)
        use(copydesk.db, 1)
        flagged_too_long(copydesk, False)

    def test_of_two_installations_on_one_database_agree(self, copydesk: Copydesk) -> None:
        with open_copydesk(settings.load()) as elsewhere:
            change(elsewhere.db, OWN)
        assert copydesk.profiles == OWN

    def test_with_a_hash_that_nobody_saved_is_told(self, db: Database) -> None:
        with pytest.raises(NotFound, match="No version of the profiles has the hash 'abc'"):
            profiles.find(db, "abc")


class TestProfilesOfAnEarlierCopydesk:
    def test_serve_though_they_name_a_check_that_is_gone(self, db: Database) -> None:
        gone = Profiles(everybody=Profile(checks={"gone": "off"}))
        db.write(
            lambda connection: (
                connection.execute(
                    "insert into profile_versions values (2, ?, null, ?, 'Old.', 'ada', 0)",
                    (gone.version, gone.canonical()),
                ),
                connection.execute("insert into profile_releases values (2, 2, 'ada', 'Old.', 0)"),
            )
        )
        assert profiles.current(db) == gone


class TestNothingInUse:
    def test_is_told(self, tmp_path: Path) -> None:
        empty = open_database(tmp_path / "empty.db")
        with pytest.raises(NotFound, match="No profiles are in use yet"):
            profiles.current(empty)
        with pytest.raises(NotFound, match="No profiles are in use yet"):
            profiles.in_use(empty)
        empty.close()


def of(copydesk: Copydesk, trace_id: str) -> str:
    return record.get(copydesk.db, trace_id).settings["profile"]


def flagged_too_long(copydesk: Copydesk, expected: bool) -> None:
    made = copydesk.suggest(Request(article=ARTICLE, desk="local", language="en"))
    flags = {finding.check for findings in made.findings for finding in findings}
    assert made.texts
    assert ("too_long" in flags) is expected
