"""Drafts: what is typed outlives the browser and the server, and says so when there is nowhere left to keep it."""

import pytest

from core import audit
from core.db import Database, open_database
from core.errors import BadInput, Conflict, NotFound
from core.prompts import drafts, versions
from core.prompts.content import Content, MessageTemplate
from core.prompts.drafts import Draft, DraftLine
from core.prompts.plain_yaml import LARGEST_FILE
from tests.conftest import HeldClock


@pytest.fixture
def db(db: Database) -> Database:
    """A database with one version of `headlines`."""
    content = Content(messages=(MessageTemplate(role="user", content="{{ article }}"),), model="offline/lede")
    versions.save(db, "headlines", content, note="Why.", author="ada")
    return db


def start(db: Database, text: str = "name: headlines", prompt: str = "headlines", parent: int | None = 1) -> Draft:
    return drafts.start(db, prompt, parent, text, author="ada")


class TestStart:
    def test_keeps_the_text_and_where_it_came_from(self, db: Database, held: HeldClock) -> None:
        draft = start(db, "name: headlines")
        assert draft == Draft(draft.id, "headlines", 1, "name: headlines", "", "ada", held.now)
        assert drafts.get(db, draft.id) == draft

    def test_twice_makes_two_drafts(self, db: Database) -> None:
        assert start(db).id != start(db).id

    def test_of_a_new_prompt_has_no_parent(self, db: Database) -> None:
        draft = start(db, prompt="recipes", parent=None)
        assert (drafts.get(db, draft.id).prompt, drafts.get(db, draft.id).parent) == ("recipes", None)

    @pytest.mark.parametrize("parent", [0, 2, 2**63])
    def test_from_a_version_that_is_not_there_is_refused(self, db: Database, parent: int) -> None:
        with pytest.raises(NotFound, match=f"headlines has no version {parent}; the newest is 1"):
            start(db, parent=parent)
        assert drafts.listing(db, "headlines") == []

    def test_from_a_version_of_an_unknown_prompt_is_refused(self, db: Database) -> None:
        with pytest.raises(NotFound, match="There is no prompt 'recipes'"):
            start(db, prompt="recipes")

    @pytest.mark.parametrize("text", ["", "{{ half", "- [", "“Größe” 🏉 \x00\r\n\ttab", "a" * LARGEST_FILE])
    def test_keeps_a_text_whether_it_can_be_read_or_not(self, db: Database, text: str) -> None:
        assert drafts.get(db, start(db, text).id).text == text

    def test_with_more_than_a_file_can_hold_is_refused_rather_than_cut(self, db: Database) -> None:
        with pytest.raises(BadInput, match="1,000,000 characters"):
            start(db, "a" * (LARGEST_FILE + 1))


class TestKeep:
    def test_keeps_the_newest_text_and_note(self, db: Database) -> None:
        draft = start(db)
        for text in ("one", "two"):
            drafts.keep(db, draft.id, text=text, note=f"Note {text}")
        kept = drafts.get(db, draft.id)
        assert (kept.text, kept.note) == ("two", "Note two")

    def test_keeps_when(self, db: Database, held: HeldClock) -> None:
        draft = start(db)
        held.now += 60_000
        drafts.keep(db, draft.id, text="later", note="")
        assert drafts.get(db, draft.id).updated_at == draft.updated_at + 60_000

    def test_leaves_whose_it_is_and_where_it_came_from(self, db: Database) -> None:
        draft = start(db)
        drafts.keep(db, draft.id, text="other", note="")
        kept = drafts.get(db, draft.id)
        assert (kept.prompt, kept.parent, kept.author) == (draft.prompt, draft.parent, draft.author)

    def test_over_what_another_window_kept_is_refused(self, db: Database, held: HeldClock) -> None:
        draft = start(db)
        kept = drafts.keep(db, draft.id, text="first", note="", seen=draft.updated_at)
        with pytest.raises(Conflict, match="changed in another window"):
            drafts.keep(db, draft.id, text="second", note="", seen=draft.updated_at)
        assert drafts.get(db, draft.id).text == "first"
        drafts.keep(db, draft.id, text="third", note="", seen=kept)
        assert drafts.get(db, draft.id).text == "third"

    def test_leaves_the_other_drafts(self, db: Database) -> None:
        draft, other = start(db), start(db, "other")
        drafts.keep(db, draft.id, text="new", note="")
        assert drafts.get(db, other.id) == other

    def test_with_more_than_a_file_can_hold_is_refused_rather_than_cut(self, db: Database) -> None:
        draft = start(db)
        with pytest.raises(BadInput, match="1,000,000 characters"):
            drafts.keep(db, draft.id, text="a" * (LARGEST_FILE + 1), note="")
        assert drafts.get(db, draft.id).text == draft.text

    def test_of_a_draft_that_is_gone_says_so(self, db: Database) -> None:
        draft = start(db)
        drafts.discard(db, draft.id)
        with pytest.raises(NotFound, match="not there any more"):
            drafts.keep(db, draft.id, text="an hour's work", note="")

    def test_is_on_the_disk_when_it_returns(self, db: Database) -> None:
        draft = start(db)
        drafts.keep(db, draft.id, text="on the disk", note="")
        # A second opening of the file, while the first is still in use: what a restart after a crash finds.
        other = open_database(db.path)
        assert drafts.get(other, draft.id).text == "on the disk"
        other.close()


class TestGet:
    def test_of_an_unknown_draft_says_what_happened_to_it(self, db: Database) -> None:
        with pytest.raises(NotFound, match="saved as a version, or discarded"):
            drafts.get(db, "0" * 32)


class TestListing:
    def test_has_the_one_touched_last_first(self, db: Database, held: HeldClock) -> None:
        made: list[Draft] = []
        for text in ("a", "b", "c"):
            made.append(start(db, text))
            held.now += 1
        drafts.keep(db, made[1].id, text="touched", note="")
        assert [line.id for line in drafts.listing(db, "headlines")] == [made[1].id, made[2].id, made[0].id]

    def test_has_the_drafts_of_one_prompt_only(self, db: Database) -> None:
        mine = start(db, "mine")
        start(db, "other", prompt="recipes", parent=None)
        line = DraftLine(mine.id, 1, "", "ada", mine.updated_at)
        assert drafts.listing(db, "headlines") == [line]

    def test_of_a_prompt_without_drafts_is_empty(self, db: Database) -> None:
        assert drafts.listing(db, "recipes") == []


class TestDiscard:
    def test_throws_this_one_away(self, db: Database) -> None:
        draft, other = start(db, "one"), start(db, "other")
        drafts.discard(db, draft.id)
        assert [line.id for line in drafts.listing(db, "headlines")] == [other.id]

    def test_of_one_that_is_gone_is_no_matter(self, db: Database) -> None:
        draft = start(db)
        drafts.discard(db, draft.id)
        drafts.discard(db, draft.id)
        assert drafts.listing(db, "headlines") == []


class TestTheAuditLog:
    def test_knows_no_drafts(self, db: Database) -> None:
        before = audit.newest(db)
        draft = start(db)
        drafts.keep(db, draft.id, text="typed", note="")
        drafts.discard(db, draft.id)
        assert audit.newest(db) == before
