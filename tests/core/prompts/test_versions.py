"""Versions: numbered without a gap, one for each content, whoever saves at the same time and from wherever."""

import json
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from core import audit, clock
from core.db import Database
from core.errors import BadInput, NotFound
from core.prompts import versions
from core.prompts.content import Content, MessageTemplate
from core.prompts.versions import Version, VersionLine
from tests.conftest import HeldClock

ROOT = Path(__file__).parents[3]

SAVE_AT_THE_WORD = """
import sys
from pathlib import Path
from core.db import open_database
from core.prompts import versions
from core.prompts.content import Content, MessageTemplate

db = open_database(Path(sys.argv[1]))
print("ready", flush=True)
sys.stdin.readline()
for text in [f"{sys.argv[2]} {number}" for number in range(10)] + ["shared"]:
    content = Content(messages=(MessageTemplate(role="user", content=text),), model="offline/lede")
    print(versions.save(db, "headlines", content, note="A try.", author=sys.argv[2]).number)
db.close()
"""


def content(text: str = "{{ article }}") -> Content:
    return Content(messages=(MessageTemplate(role="user", content=text),), model="offline/lede")


def save(db: Database, text: str = "{{ article }}", prompt: str = "headlines", note: str = "Why.") -> Version:
    return versions.save(db, prompt, content(text), note=note, author="ada")


class TestSave:
    def test_numbers_the_first_one(self, db: Database) -> None:
        assert save(db).number == 1

    def test_numbers_each_new_content_by_one_more(self, db: Database) -> None:
        assert [save(db, text).number for text in ("a", "b", "c")] == [1, 2, 3]

    def test_numbers_each_prompt_by_itself(self, db: Database) -> None:
        save(db)
        assert save(db, prompt="summaries").number == 1

    def test_of_the_same_content_returns_the_version_that_is_there(self, db: Database) -> None:
        first = save(db, "a", note="First.")
        save(db, "b")
        assert save(db, "a", note="Again.") == first

    def test_of_the_same_content_stores_nothing(self, db: Database) -> None:
        for _ in range(3):
            save(db)
        assert len(versions.listing(db, "headlines")) == 1

    def test_keeps_who_and_why_and_when(self, db: Database) -> None:
        before = clock.now_ms()
        saved = versions.save(db, "headlines", content(), note="  Shorter.  ", author="ada")
        assert (saved.note, saved.author, saved.parent) == ("Shorter.", "ada", None)
        assert before <= saved.created_at <= clock.now_ms()

    def test_keeps_what_it_came_from(self, db: Database) -> None:
        save(db, "a")
        child = versions.save(db, "headlines", content("b"), note="Why.", author="ada", parent=1)
        assert versions.get(db, "headlines", child.number).parent == 1

    @pytest.mark.parametrize("note", ["", "  ", "\n"])
    def test_without_a_note_is_refused(self, db: Database, note: str) -> None:
        with pytest.raises(BadInput, match="needs a note"):
            save(db, note=note)

    def test_of_a_broken_template_is_refused_with_its_line(self, db: Database) -> None:
        with pytest.raises(BadInput, match="line 2"):
            save(db, "one\n{{ article")

    def test_that_was_refused_takes_no_number(self, db: Database) -> None:
        with pytest.raises(BadInput):
            save(db, "{% for a in b %}{% endfor %}")
        assert save(db).number == 1

    def test_from_a_version_that_is_not_there_is_refused(self, db: Database) -> None:
        with pytest.raises(NotFound, match="99"):
            versions.save(db, "headlines", content(), note="Why.", author="ada", parent=99)


class TestTheAuditLog:
    def test_has_an_entry_of_a_save(self, db: Database) -> None:
        saved = save(db, note="  Shorter.  ")
        (entry,) = audit.newest(db)
        assert (entry.author, entry.action, entry.subject) == ("ada", "version saved", "headlines 1")
        assert (entry.before, entry.reason) == (None, "Shorter.")
        assert json.loads(entry.after or "") == {"version": 1, "hash": saved.hash}

    def test_names_the_version_that_it_came_from(self, db: Database) -> None:
        save(db, "a")
        versions.save(db, "headlines", content("b"), note="Why.", author="ben", parent=1)
        entry = audit.newest(db)[0]
        assert (entry.author, json.loads(entry.before or "")) == ("ben", {"version": 1})

    def test_has_no_entry_of_the_same_content_saved_again(self, db: Database) -> None:
        save(db, note="First.")
        save(db, note="Again.")
        assert [entry.reason for entry in audit.newest(db)] == ["First."]

    def test_has_no_entry_of_a_save_that_was_refused(self, db: Database) -> None:
        with pytest.raises(NotFound):
            versions.save(db, "headlines", content(), note="Why.", author="ada", parent=99)
        with pytest.raises(BadInput):
            save(db, note="")
        assert audit.newest(db) == []

    def test_has_one_entry_of_each_version_that_threads_save_at_once(self, db: Database) -> None:
        with ThreadPoolExecutor(8) as threads:
            list(threads.map(lambda number: save(db, str(number % 10)), range(40)))
        assert sorted(entry.subject for entry in audit.newest(db)) == sorted(f"headlines {n}" for n in range(1, 11))
        assert audit.verify(db).fault is None


class TestGet:
    def test_returns_what_was_saved(self, db: Database) -> None:
        saved = save(db)
        assert versions.get(db, "headlines", 1) == saved

    def test_returns_the_content_with_the_hash_that_is_stored(self, db: Database) -> None:
        save(db)
        version = versions.get(db, "headlines", 1)
        assert version.content.hash == version.hash == content().hash

    def test_of_an_unknown_number_names_the_newest(self, db: Database) -> None:
        save(db, "a")
        save(db, "b")
        with pytest.raises(NotFound, match=r"headlines has no version 9; the newest is 2."):
            versions.get(db, "headlines", 9)

    @pytest.mark.parametrize("number", [0, -1, 2**63, -(2**63) - 1])
    def test_of_a_number_that_cannot_be_is_not_found(self, db: Database, number: int) -> None:
        save(db)
        with pytest.raises(NotFound, match="the newest is 1"):
            versions.get(db, "headlines", number)

    def test_of_an_unknown_prompt_names_it(self, db: Database) -> None:
        with pytest.raises(NotFound, match="There is no prompt 'recipes'"):
            versions.get(db, "recipes", 1)


class TestListing:
    def test_has_the_newest_first(self, db: Database) -> None:
        for text in ("a", "b", "c"):
            save(db, text)
        assert [line.number for line in versions.listing(db, "headlines")] == [3, 2, 1]

    def test_has_the_versions_of_one_prompt_only(self, db: Database) -> None:
        save(db)
        save(db, prompt="summaries")
        assert [line.prompt for line in versions.listing(db, "summaries")] == ["summaries"]

    def test_has_all_of_a_version_but_its_content(self, db: Database, held: HeldClock) -> None:
        save(db, "a")
        child = versions.save(db, "headlines", content("b"), note="Why.", author="ben", parent=1)
        assert versions.listing(db, "headlines")[0] == VersionLine(
            prompt="headlines", number=2, hash=child.hash, parent=1, note="Why.", author="ben", created_at=held.now
        )

    def test_of_an_unknown_prompt_is_empty(self, db: Database) -> None:
        assert versions.listing(db, "recipes") == []

    def test_of_names_has_each_prompt_once(self, db: Database) -> None:
        save(db, prompt="summaries")
        save(db, "a")
        save(db, "b")
        assert versions.prompts(db) == ["headlines", "summaries"]


class TestAtTheSameTime:
    def test_threads_with_different_contents_get_different_numbers(self, db: Database) -> None:
        with ThreadPoolExecutor(8) as threads:
            numbers = list(threads.map(lambda number: save(db, str(number)).number, range(80)))
        assert sorted(numbers) == list(range(1, 81))

    def test_threads_with_the_same_content_get_the_same_version(self, db: Database) -> None:
        with ThreadPoolExecutor(8) as threads:
            saved = list(threads.map(lambda _: save(db), range(40)))
        assert set(map(repr, saved)) == {repr(saved[0])}

    def test_processes_get_different_numbers_but_for_the_content_they_share(self, db: Database) -> None:
        processes = [
            subprocess.Popen(
                [sys.executable, "-c", SAVE_AT_THE_WORD, str(db.path), f"editor {number}"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
                env={**os.environ, "PYTHONPATH": str(ROOT)},
            )
            for number in range(4)
        ]
        for process in processes:
            assert process.stdout
            assert process.stdout.readline() == "ready\n"
        # All are ready before the first one starts: `communicate` would start one and wait for its end.
        for process in processes:
            assert process.stdin
            process.stdin.write("go\n")
            process.stdin.flush()
        answers = [process.communicate(timeout=30)[0].split() for process in processes]
        own = [int(number) for answer in answers for number in answer[:10]]
        shared = {int(answer[10]) for answer in answers}
        assert len(shared) == 1
        assert sorted([*own, *shared]) == list(range(1, 42))
        assert len(versions.listing(db, "headlines")) == 41


class TestAName:
    @pytest.mark.parametrize("name", ["../outside", "a/b", "Head Lines", ".", "", "1st", "a" * 101, "ä"])
    def test_that_is_not_safe_as_that_of_a_folder_is_refused(self, db: Database, name: str) -> None:
        content = Content(messages=(MessageTemplate(role="user", content="x"),), model="offline/lede")
        with pytest.raises(BadInput, match="A prompt cannot be called"):
            versions.save(db, name, content, note="Why.", author="ada")
