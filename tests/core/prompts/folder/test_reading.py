"""A folder is refused as a whole if anything in it is wrong."""

import os
import shutil
import time
from pathlib import Path

import pytest

from core.db import Database
from core.errors import BadInput
from core.prompts import folder, versions


def refused(db: Database, path: Path) -> str:
    with pytest.raises(BadInput) as caught:
        folder.import_folder(db, path, author="bo")
    assert versions.prompts(db) == []
    return caught.value.message


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
