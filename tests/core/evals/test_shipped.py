"""The shipped eval sets come in by themselves, once, and never overwrite what a newsroom made of them."""

import hashlib
from pathlib import Path

import pytest

from core.db import Database
from core.errors import BadInput
from core.evals import sets, shipped
from core.evals.exchange import jsonl
from tests.conftest import ROOT
from tests.core.evals.cases import LIMIT, case

SHIPPED = ROOT / "prompts" / "evals"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "evals"
    folder.mkdir()
    ship(folder, "a", "b")
    return folder


def ship(folder: Path, *ids: str) -> None:
    (folder / "ours.jsonl").write_text("".join(jsonl.write([case(each) for each in ids])))


def newest(db: Database) -> tuple[int, int]:
    version = sets.get(db, "ours").version
    return version.number, version.cases


class TestBringIn:
    def test_makes_a_set_of_each_file(self, db: Database) -> None:
        shipped.bring_in(db, SHIPPED)
        assert {line.name: line.number for line in sets.listing(db)} == {path.stem: 1 for path in SHIPPED.iterdir()}

    def test_says_where_it_came_from(self, db: Database, folder: Path) -> None:
        shipped.bring_in(db, folder)
        (version,) = sets.listing(db)
        assert (version.author, version.note) == ("copydesk", "From ours.jsonl, shipped with Copydesk.")

    def test_twice_changes_nothing(self, db: Database, folder: Path) -> None:
        shipped.bring_in(db, folder)
        shipped.bring_in(db, folder)
        assert newest(db) == (1, 2)

    def test_of_a_changed_file_makes_a_further_version(self, db: Database, folder: Path) -> None:
        shipped.bring_in(db, folder)
        ship(folder, "a", "b", "c")
        shipped.bring_in(db, folder)
        assert newest(db) == (2, 3)

    def test_leaves_what_a_newsroom_made_of_it(self, db: Database, folder: Path) -> None:
        shipped.bring_in(db, folder)
        sets.add(db, "ours", [case("own")], note="Ours.", author="ada", seen=1, article_limit=LIMIT)
        ship(folder, "a")
        shipped.bring_in(db, folder)
        assert newest(db) == (2, 3)

    def test_leaves_a_newsrooms_own_set_of_the_same_name(self, db: Database, folder: Path) -> None:
        sets.save(db, "ours", [case("own")], note="Ours.", author="ada", seen=None, article_limit=LIMIT)
        shipped.bring_in(db, folder)
        assert newest(db) == (1, 1)

    def test_of_an_empty_folder_or_none_brings_nothing(self, db: Database, tmp_path: Path) -> None:
        shipped.bring_in(db, tmp_path)
        shipped.bring_in(db, tmp_path / "not-there")
        assert sets.listing(db) == []

    def test_of_a_broken_file_names_it(self, db: Database, folder: Path) -> None:
        (folder / "ours.jsonl").write_text("{")
        with pytest.raises(BadInput, match=r"ours\.jsonl cannot be read; nothing was taken from it\.\nLine 1: "):
            shipped.bring_in(db, folder)

    def test_does_not_read_a_file_that_it_knows(self, db: Database, folder: Path) -> None:
        data = b"{"
        (folder / "ours.jsonl").write_bytes(data)
        digest = hashlib.sha256(data).hexdigest()
        sets.save(db, "ours", [case("a")], note="n", author="a", seen=None, article_limit=None, shipped=digest)
        shipped.bring_in(db, folder)
        assert newest(db) == (1, 1)
