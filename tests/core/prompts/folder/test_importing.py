"""A folder brings its versions and decides nothing; where it differs from what is live is told."""

import shutil
from pathlib import Path

import pytest

from core.db import Database
from core.prompts import folder, releases, versions
from core.prompts.releases import Place
from tests.core.prompts.folder.newsroom import PRODUCTION, SPORT, listing, put, save


def record(db: Database) -> list[tuple[str, int, str, int | None, str]]:
    found = [versions.get(db, line.prompt, line.number) for name in versions.prompts(db) for line in listing(db, name)]
    return [(one.prompt, one.number, one.hash, one.parent, one.note) for one in found]


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
