"""A folder carries every version and release unchanged, and is never written over what somebody changed in it."""

import os
import shutil
from pathlib import Path

import pytest
import yaml

from core.db import Database
from core.errors import BadInput
from core.prompts import files, folder, releases, versions
from core.prompts.releases import Place
from tests.core.prompts.folder.newsroom import SPORT, listing, put


def bytes_of(path: Path) -> dict[str, bytes]:
    return {str(one.relative_to(path)): one.read_bytes() for one in sorted(path.rglob("*")) if one.is_file()}


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
