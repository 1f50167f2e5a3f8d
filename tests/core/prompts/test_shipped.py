"""The shipped prompts come in by themselves, once, and never touch what a newsroom decided."""

import shutil
from pathlib import Path

import pytest

from core.db import Database
from core.errors import BadInput
from core.prompts import releases, shipped, versions

FOLDER = Path(__file__).parents[3] / "prompts"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with the first of the shipped prompts only, as an earlier Copydesk had it."""
    folder = tmp_path / "prompts"
    folder.mkdir()
    shutil.copy(FOLDER / "headlines-1.prompt.yml", folder)
    return folder


def served(db: Database, environment: str) -> int | None:
    return releases.resolve(db, "headlines", environment, "sport").version


class TestBringIn:
    def test_makes_a_version_of_each_file(self, db: Database) -> None:
        shipped.bring_in(db, FOLDER)
        assert [line.number for line in versions.listing(db, "headlines")] == [2, 1]

    def test_takes_the_note_of_the_file(self, db: Database, folder: Path) -> None:
        shipped.bring_in(db, folder)
        assert versions.get(db, "headlines", 1).note.startswith("The naive prompt.")

    @pytest.mark.parametrize("environment", releases.ENVIRONMENTS)
    def test_releases_the_newest_to_every_environment(self, db: Database, environment: str) -> None:
        shipped.bring_in(db, FOLDER)
        assert served(db, environment) == 2

    def test_twice_changes_nothing(self, db: Database) -> None:
        shipped.bring_in(db, FOLDER)
        first = releases.resolve(db, "headlines", "production", "sport")
        shipped.bring_in(db, FOLDER)
        assert releases.resolve(db, "headlines", "production", "sport") == first
        assert len(versions.listing(db, "headlines")) == 2

    def test_brings_in_what_is_new_without_releasing_it(self, db: Database, folder: Path) -> None:
        shipped.bring_in(db, folder)
        shipped.bring_in(db, FOLDER)
        assert versions.get(db, "headlines", 2)
        assert served(db, "production") == 1

    def test_leaves_a_newsrooms_own_release(self, db: Database) -> None:
        shipped.bring_in(db, FOLDER)
        place = releases.Place("headlines", "production")
        seen = releases.current(db, place)
        releases.release(db, place, 1, author="ada", reason="We like it.", seen=seen)
        shipped.bring_in(db, FOLDER)
        assert served(db, "production") == 1

    def test_of_an_empty_folder_brings_nothing(self, db: Database, tmp_path: Path) -> None:
        shipped.bring_in(db, tmp_path)
        assert versions.prompts(db) == []

    def test_of_a_broken_file_names_it(self, db: Database, folder: Path) -> None:
        (folder / "headlines-9.prompt.yml").write_text("name: [")
        with pytest.raises(BadInput, match=r"headlines-9.prompt.yml, line 1"):
            shipped.bring_in(db, folder)
