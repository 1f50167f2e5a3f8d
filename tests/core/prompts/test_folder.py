"""A folder of prompts carries every version unchanged, decides nothing, and is refused as a whole if anything in it is wrong."""

import os
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from core.db import Database, open_database
from core.errors import BadInput
from core.prompts import files, folder, releases, versions
from core.prompts.content import Content, MessageTemplate, Parameters
from core.prompts.releases import Place
from core.prompts.versions import Version

PRODUCTION = Place("headlines", "production")
SPORT = Place("headlines", "production", "sport")


@pytest.fixture
def other(tmp_path: Path) -> Iterator[Database]:
    """A second installation, empty."""
    database = open_database(tmp_path / "other.db")
    yield database
    database.close()


@pytest.fixture
def newsroom(db: Database) -> Database:
    """Four versions of headlines, one of another prompt, and some releases."""
    for number, parent in ((1, None), (2, 1), (3, 2), (4, 2)):
        save(db, f"Version {number}\n\nof {{{{ article }}}}", parent=parent)
    save(db, "Sum up {{ article }}", prompt="summary")
    put(db, PRODUCTION, 2)
    put(db, SPORT, 3)
    put(db, PRODUCTION, 4)
    return db


@pytest.fixture
def exported(newsroom: Database, tmp_path: Path) -> Path:
    """The newsroom as a folder."""
    folder.export_folder(newsroom, tmp_path / "out")
    return tmp_path / "out"


def save(db: Database, text: str, *, prompt: str = "headlines", parent: int | None = None) -> Version:
    content = Content(
        messages=(MessageTemplate(role="user", content=text),),
        model="offline/lede",
        parameters=Parameters(temperature=0.5),
        other={"testData": [{"article": "A", "on": "2026-01-05"}]},
    )
    return versions.save(db, prompt, content, note=f"Note on {text[:9]}.", author="ada", parent=parent)


def put(db: Database, place: Place, version: int | None) -> None:
    seen = releases.current(db, place)
    if version is None:
        releases.withdraw(db, place, author="ada", reason="No more.", seen=seen)
    else:
        releases.release(db, place, version, author="ada", reason="It is better.", seen=seen)


def record(db: Database) -> list[tuple[str, int, str, int | None, str]]:
    found = [versions.get(db, line.prompt, line.number) for name in versions.prompts(db) for line in listing(db, name)]
    return [(one.prompt, one.number, one.hash, one.parent, one.note) for one in found]


def listing(db: Database, prompt: str = "headlines") -> list[versions.VersionLine]:
    return versions.listing(db, prompt)


def bytes_of(path: Path) -> dict[str, bytes]:
    return {str(one.relative_to(path)): one.read_bytes() for one in sorted(path.rglob("*")) if one.is_file()}


def refused(db: Database, path: Path) -> str:
    with pytest.raises(BadInput) as caught:
        folder.import_folder(db, path, author="bo")
    assert versions.prompts(db) == []
    return caught.value.message


class TestAnExport:
    def test_has_a_file_for_each_version_and_one_for_the_releases(self, exported: Path) -> None:
        assert list(bytes_of(exported)) == [
            "headlines/1.prompt.yml",
            "headlines/2.prompt.yml",
            "headlines/3.prompt.yml",
            "headlines/4.prompt.yml",
            "headlines/releases.yml",
            "summary/1.prompt.yml",
            "summary/releases.yml",
        ]

    def test_names_its_files(self, newsroom: Database, tmp_path: Path) -> None:
        report = folder.export_folder(newsroom, tmp_path / "out")
        assert sorted(report.written) == sorted(path for path in (tmp_path / "out").rglob("*") if path.is_file())

    def test_gives_identical_bytes_a_second_time(self, newsroom: Database, exported: Path) -> None:
        before = bytes_of(exported)
        folder.export_folder(newsroom, exported)
        assert bytes_of(exported) == before

    def test_gives_identical_bytes_elsewhere(self, newsroom: Database, exported: Path, tmp_path: Path) -> None:
        folder.export_folder(newsroom, tmp_path / "second")
        assert bytes_of(tmp_path / "second") == bytes_of(exported)

    def test_does_not_touch_a_file_that_stays_the_same(self, newsroom: Database, exported: Path) -> None:
        path = exported / "headlines" / "1.prompt.yml"
        os.utime(path, (1, 1))
        folder.export_folder(newsroom, exported)
        assert path.stat().st_mtime == 1

    def test_changes_one_file_for_one_release(self, newsroom: Database, exported: Path) -> None:
        before = bytes_of(exported)
        put(newsroom, SPORT, 4)
        folder.export_folder(newsroom, exported)
        after = bytes_of(exported)
        assert [name for name in after if after[name] != before[name]] == ["headlines/releases.yml"]

    def test_tells_of_a_version_who_saved_it_when_from_what_and_why(self, newsroom: Database, exported: Path) -> None:
        file, version = files.read(exported / "headlines" / "3.prompt.yml"), versions.get(newsroom, "headlines", 3)
        assert (file.author, file.created_at, file.parent, file.note) == (
            "ada",
            version.created_at,
            2,
            "Note on Version 3.",
        )

    def test_holds_each_content_unchanged(self, newsroom: Database, exported: Path) -> None:
        for line in listing(newsroom):
            assert files.read(exported / "headlines" / f"{line.number}.prompt.yml").content.hash == line.hash

    def test_tells_what_is_live_with_its_hash(self, newsroom: Database, exported: Path) -> None:
        hashes = {line.number: line.hash for line in listing(newsroom)}
        assert yaml.safe_load((exported / "headlines" / "releases.yml").read_text())["live"] == [
            {"environment": "production", "desk": "all desks", "version": 4, "hash": hashes[4]},
            {"environment": "production", "desk": "sport", "version": 3, "hash": hashes[3]},
        ]

    def test_tells_how_it_came_to_that_newest_first(self, exported: Path) -> None:
        history = yaml.safe_load((exported / "headlines" / "releases.yml").read_text())["history"]
        assert [(one["desk"], one["version"], one["author"], one["reason"]) for one in history] == [
            ("all desks", 4, "ada", "It is better."),
            ("sport", 3, "ada", "It is better."),
            ("all desks", 2, "ada", "It is better."),
        ]

    def test_tells_of_a_withdrawal(self, newsroom: Database, exported: Path) -> None:
        put(newsroom, SPORT, None)
        folder.export_folder(newsroom, exported)
        told = yaml.safe_load((exported / "headlines" / "releases.yml").read_text())
        assert [one["desk"] for one in told["live"]] == ["all desks"]
        assert told["history"][0]["kind"] == "withdrawn"

    def test_of_long_reasons_can_still_be_read(self, newsroom: Database, other: Database, tmp_path: Path) -> None:
        for _ in range(3):
            place = Place("headlines", "staging")
            seen = releases.current(newsroom, place)
            releases.release(newsroom, place, 1, author="ada", reason="why " * 100_000, seen=seen)
        folder.export_folder(newsroom, tmp_path / "out")
        assert folder.import_folder(other, tmp_path / "out", author="bo").versions

    def test_of_nothing_writes_nothing(self, db: Database, tmp_path: Path) -> None:
        assert folder.export_folder(db, tmp_path / "out").written == ()

    def test_leaves_alone_what_is_no_version_and_says_so(self, newsroom: Database, exported: Path) -> None:
        stranger = exported / "headlines" / "9.prompt.yml"
        shutil.copy(exported / "headlines" / "1.prompt.yml", stranger)
        assert folder.export_folder(newsroom, exported).left_alone == (stranger,)
        assert stranger.exists()

    @pytest.mark.parametrize(
        "text", ["name: [", "name: headlines\nmodel: m\nmessages:\n- {role: user, content: Mine}\n"]
    )
    def test_does_not_write_over_what_a_person_changed(self, newsroom: Database, exported: Path, text: str) -> None:
        (exported / "headlines" / "2.prompt.yml").write_text(text)
        with pytest.raises(BadInput, match=r"headlines/2.prompt.yml .*Import it, or move it away; nothing was written"):
            folder.export_folder(newsroom, exported)
        assert (exported / "headlines" / "2.prompt.yml").read_text() == text

    def test_that_is_refused_writes_nothing_else_either(self, newsroom: Database, exported: Path) -> None:
        (exported / "headlines" / "2.prompt.yml").write_text("name: [")
        shutil.rmtree(exported / "summary")
        with pytest.raises(BadInput):
            folder.export_folder(newsroom, exported)
        assert not (exported / "summary").exists()

    def test_follows_no_link_out_of_the_folder(self, newsroom: Database, exported: Path, tmp_path: Path) -> None:
        (tmp_path / "elsewhere").mkdir()
        shutil.rmtree(exported / "summary")
        (exported / "summary").symlink_to(tmp_path / "elsewhere")
        with pytest.raises(BadInput, match="is a symbolic link"):
            folder.export_folder(newsroom, exported)
        assert list((tmp_path / "elsewhere").iterdir()) == []

    def test_to_where_nobody_may_write_is_refused(self, newsroom: Database, tmp_path: Path) -> None:
        (tmp_path / "out").write_text("a file")
        with pytest.raises(BadInput, match="out cannot be written"):
            folder.export_folder(newsroom, tmp_path / "out")


class TestAnImport:
    def test_into_an_empty_database_gives_the_same_record(
        self, newsroom: Database, exported: Path, other: Database
    ) -> None:
        folder.import_folder(other, exported, author="bo")
        assert record(other) == record(newsroom)

    def test_goes_by_numbers_not_by_the_alphabet(self, db: Database, other: Database, tmp_path: Path) -> None:
        for number in range(1, 13):
            save(db, f"Version {number}", parent=number - 1 or None)
        folder.export_folder(db, tmp_path / "out")
        folder.import_folder(other, tmp_path / "out", author="bo")
        assert record(other) == record(db)

    def test_a_second_time_brings_nothing_new(self, exported: Path, other: Database) -> None:
        folder.import_folder(other, exported, author="bo")
        before = record(other)
        report = folder.import_folder(other, exported, author="bo")
        assert [one for one in report.versions if one.new] == []
        assert record(other) == before

    def test_says_what_is_new(self, newsroom: Database, exported: Path) -> None:
        text = (exported / "headlines" / "4.prompt.yml").read_text().replace("Version 4", "Version 5")
        (exported / "headlines" / "5.prompt.yml").write_text(text)
        report = folder.import_folder(newsroom, exported, author="bo")
        assert [one for one in report.versions if one.new] == [folder.ImportedVersion("headlines", 5, 5, new=True)]

    def test_saves_the_same_content_once(self, exported: Path, other: Database) -> None:
        shutil.copy(exported / "summary" / "1.prompt.yml", exported / "summary" / "2.prompt.yml")
        report = folder.import_folder(other, exported, author="bo")
        assert [(one.here, one.new) for one in report.versions if one.prompt == "summary"] == [(1, True), (1, False)]

    def test_is_by_who_imports(self, exported: Path, other: Database) -> None:
        folder.import_folder(other, exported, author="bo")
        assert {line.author for line in listing(other)} == {"bo"}

    def test_releases_nothing(self, exported: Path, other: Database) -> None:
        folder.import_folder(other, exported, author="bo")
        assert releases.live(other, "headlines") == []

    def test_closes_gaps_and_says_so(self, exported: Path, other: Database) -> None:
        (exported / "headlines" / "3.prompt.yml").unlink()
        report = folder.import_folder(other, exported, author="bo")
        assert "headlines/4.prompt.yml is version 3 here." in report.remarks

    def test_finds_a_parent_under_its_new_number(self, exported: Path, other: Database) -> None:
        (exported / "headlines" / "1.prompt.yml").unlink()
        folder.import_folder(other, exported, author="bo")
        assert [(line.number, line.parent) for line in listing(other)] == [(3, 1), (2, 1), (1, None)]

    def test_says_which_parent_is_missing(self, exported: Path, other: Database) -> None:
        (exported / "headlines" / "1.prompt.yml").unlink()
        report = folder.import_folder(other, exported, author="bo")
        assert "headlines/2.prompt.yml starts from version 1, which the folder does not have." in report.remarks

    def test_says_which_keys_are_kept_and_not_used(self, exported: Path, other: Database) -> None:
        report = folder.import_folder(other, exported, author="bo")
        assert "summary/1.prompt.yml: testData: kept, not used by Copydesk." in report.remarks

    def test_takes_a_file_without_a_note(self, tmp_path: Path, other: Database) -> None:
        (tmp_path / "in" / "headlines").mkdir(parents=True)
        (tmp_path / "in" / "headlines" / "1.prompt.yml").write_text(
            "name: headlines\nmodel: m\nmessages:\n  - {role: user, content: x}\n"
        )
        folder.import_folder(other, tmp_path / "in", author="bo")
        assert versions.get(other, "headlines", 1).note == "From headlines/1.prompt.yml"

    def test_minds_no_other_files(self, exported: Path, other: Database) -> None:
        (exported / "README.md").write_text("Our prompts.")
        (exported / ".git").mkdir()
        (exported / ".git" / "1.prompt.yml").write_text("[")
        (exported / "headlines" / "notes.txt").write_text("[")
        assert len(folder.import_folder(other, exported, author="bo").versions) == 5

    @pytest.mark.parametrize(
        "place", ["new.prompt.yml", "headlines/new.prompt.yml", "headlines/01.prompt.yml", "My Prompts/1.prompt.yml"]
    )
    def test_says_which_prompts_it_passed_over(self, exported: Path, other: Database, place: str) -> None:
        (exported / place).parent.mkdir(exist_ok=True)
        (exported / place).write_text("[")
        report = folder.import_folder(other, exported, author="bo")
        assert [remark for remark in report.remarks if f"{place} was passed over" in remark]

    def test_takes_the_line_ends_of_windows(self, newsroom: Database, exported: Path, other: Database) -> None:
        for path in exported.rglob("*.yml"):
            path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
        folder.import_folder(other, exported, author="bo")
        assert record(other) == record(newsroom)


class TestWhatIsLive:
    def differences(self, db: Database, path: Path) -> tuple[str, ...]:
        return folder.import_folder(db, path, author="bo").differences

    def test_where_all_is_the_same_there_is_no_difference(self, newsroom: Database, exported: Path) -> None:
        assert self.differences(newsroom, exported) == ()

    def test_another_version_is_a_difference(self, newsroom: Database, exported: Path) -> None:
        put(newsroom, SPORT, 4)
        assert self.differences(newsroom, exported) == ("headlines, production, sport desk: here 4, in the folder 3.",)

    def test_nothing_here_is_a_difference(self, exported: Path, other: Database) -> None:
        assert self.differences(other, exported) == (
            "headlines, production, all desks: here nothing, in the folder 4.",
            "headlines, production, sport desk: here nothing, in the folder 3.",
        )

    def test_nothing_in_the_folder_is_a_difference(self, newsroom: Database, exported: Path) -> None:
        put(newsroom, Place("headlines", "staging"), 1)
        assert self.differences(newsroom, exported) == (
            "headlines, staging, all desks: here 1, in the folder nothing.",
        )

    def test_the_same_content_under_another_number_is_none(self, exported: Path, other: Database) -> None:
        (exported / "headlines" / "1.prompt.yml").unlink()
        folder.import_folder(other, exported, author="bo")
        put(other, PRODUCTION, 3)
        put(other, SPORT, 2)
        assert self.differences(other, exported) == ()

    def test_other_content_under_the_same_number_is_one(self, exported: Path, other: Database) -> None:
        for number in range(1, 5):
            save(other, f"Own {number}")
        put(other, PRODUCTION, 4)
        assert "here 4, in the folder 4, with other content." in self.differences(other, exported)[0]

    def test_a_folder_that_does_not_say_makes_none(self, newsroom: Database, exported: Path) -> None:
        (exported / "headlines" / "releases.yml").unlink()
        assert self.differences(newsroom, exported) == ()


class TestAWrongFolder:
    """None of these brings anything into the database: `refused` looks."""

    @pytest.mark.parametrize(
        ("old", "new", "said"),
        [
            ("  - role: user", "  - role: robot", "headlines/4.prompt.yml, line 6: messages.0.role is wrong"),
            ("{{ article }}", "{{ article", "headlines/4.prompt.yml, line 7: The template breaks at line 3"),
            (
                "name: headlines",
                "name: summary",
                "headlines/4.prompt.yml, line 1: this is a version of summary, not of",
            ),
            ("parent: 2", "parent: 4", "headlines/4.prompt.yml, line 16: version 4 cannot start from version 4"),
            ("author: ada", "auhtor: ada", "headlines/4.prompt.yml, line 17: copydesk.auhtor is wrong"),
            ("model:", "<<<<<<< HEAD\nmodel:", "headlines/4.prompt.yml, line 3: "),
        ],
        ids=["value", "template", "name", "parent", "typo", "merge conflict"],
    )
    def test_is_refused_with_the_file_and_the_line(
        self, exported: Path, other: Database, old: str, new: str, said: str
    ) -> None:
        path = exported / "headlines" / "4.prompt.yml"
        path.write_text(path.read_text().replace(old, new, 1))
        assert refused(other, exported).startswith(said)

    @pytest.mark.parametrize(
        ("text", "line"),
        [
            ("live:\n  - environment: moon\n", 2),
            ("live:\n  - {environment: staging, desk: sport, version: 1, hash: abc}\n", 2),
            ("releases: []\n", 1),
            ("[", 1),
            ("live: &a []\nhistory: *a\n", 2),
        ],
    )
    def test_is_refused_for_its_releases(self, exported: Path, other: Database, text: str, line: int) -> None:
        (exported / "headlines" / "releases.yml").write_text(text)
        assert refused(other, exported).startswith(f"headlines/releases.yml, line {line}: ")

    @pytest.mark.parametrize("name", ["headlines/4.prompt.yml", "headlines/releases.yml"])
    def test_is_refused_for_a_link_in_it(self, exported: Path, other: Database, tmp_path: Path, name: str) -> None:
        shutil.move(exported / name, tmp_path / "elsewhere")
        (exported / name).symlink_to(tmp_path / "elsewhere")
        assert "is a symbolic link" in refused(other, exported)

    def test_is_refused_for_a_linked_prompt(self, exported: Path, other: Database, tmp_path: Path) -> None:
        shutil.move(exported / "summary", tmp_path / "elsewhere")
        (exported / "summary").symlink_to(tmp_path / "elsewhere")
        assert "is a symbolic link" in refused(other, exported)

    def test_is_refused_for_what_is_no_file(self, exported: Path, other: Database) -> None:
        os.mkfifo(exported / "headlines" / "5.prompt.yml")
        assert refused(other, exported) == "headlines/5.prompt.yml is no file."

    def test_is_refused_for_a_huge_file_at_once(self, exported: Path, other: Database) -> None:
        with (exported / "headlines" / "5.prompt.yml").open("wb") as file:
            file.truncate(10_000_000_000)
        start = time.perf_counter()
        assert refused(other, exported) == "headlines/5.prompt.yml is larger than 1,000,000 characters."
        assert time.perf_counter() - start < 2

    def test_is_refused_when_it_is_not_there(self, other: Database, tmp_path: Path) -> None:
        assert "nowhere cannot be read" in refused(other, tmp_path / "nowhere")

    def test_is_refused_when_it_is_a_file(self, other: Database, tmp_path: Path) -> None:
        (tmp_path / "file").write_text("x")
        assert "file cannot be read" in refused(other, tmp_path / "file")

    def test_is_refused_when_it_holds_no_prompt(self, other: Database, tmp_path: Path) -> None:
        (tmp_path / "empty").mkdir()
        assert "holds no prompts" in refused(other, tmp_path / "empty")
