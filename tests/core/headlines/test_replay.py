"""A replay asks what was asked then, whatever was changed since, and says which trace it repeats."""

from collections.abc import Callable
from pathlib import Path

import pytest

from core import settings
from core.copydesk import Copydesk, open_copydesk
from core.errors import BadInput, NotFound
from core.headlines import Request, replay
from core.prompts import files, releases, versions
from core.prompts.releases import Place
from core.traces import bodies, record, related
from core.traces.model import Trace
from tests.conftest import ROOT
from tests.provider import Provider

ARTICLE = "De havenbrug gaat maandag elf weken dicht, zei de gemeente. Een veerboot brengt 160 leerlingen naar school."
SHIPPED = files.read(ROOT / "prompts" / "headlines-2.prompt.yml").content


def asked(copydesk: Copydesk, **more: object) -> Trace:
    wish = {"article": ARTICLE, "desk": "sport", "channel": "push", "language": "nl", "count": 3, **more}
    return record.get(copydesk.db, copydesk.suggest(Request(**wish)).trace.id)  # pyright: ignore[reportArgumentType]


def replayed(copydesk: Copydesk, original: Trace, **chosen: object) -> Trace:
    request = replay.request(copydesk.db, original.line.id, **chosen)  # pyright: ignore[reportArgumentType]
    return record.get(copydesk.db, copydesk.suggest(request).trace.id)


class TestAReplay:
    def test_sends_the_same_messages_about_the_same_article(self, copydesk: Copydesk) -> None:
        original = asked(copydesk)
        again = replayed(copydesk, original)
        assert (again.article, again.messages, again.variables) == (
            original.article, original.messages, original.variables,
        )  # fmt: skip

    def test_is_for_the_same_desk_channel_language_and_place(self, copydesk: Copydesk) -> None:
        original = asked(copydesk)
        again = replayed(copydesk, original)
        for name in ("desk", "channel", "language", "environment", "prompt", "version", "model", "asked"):
            assert getattr(again.line, name) == getattr(original.line, name)

    def test_is_a_trace_of_its_own_that_leads_back_and_is_found_from_there(self, copydesk: Copydesk) -> None:
        original = asked(copydesk)
        again = replayed(copydesk, original, person="ada")
        assert (again.line.source, again.line.person, again.replays) == ("replay", "ada", original.line.id)
        assert [line.id for line in related.replays(copydesk.db, original.line.id)] == [again.line.id]
        assert related.replays(copydesk.db, again.line.id) == []

    def test_of_what_a_release_chose_asks_that_version_and_names_no_release(self, copydesk: Copydesk) -> None:
        again = replayed(copydesk, asked(copydesk))
        assert (again.line.version, again.line.release) == (2, None)

    def test_asks_another_version_or_model_and_changes_nothing_else(self, copydesk: Copydesk, tmp_path: Path) -> None:
        original = asked(copydesk)
        with Provider() as provider:
            provider.write_models(tmp_path / "models.yml", "ok")
            with open_copydesk(settings.load()) as later:
                other_model = replayed(later, original, model="ok")
                other_version = replayed(later, original, version=1)
        assert (other_model.line.version, other_model.line.model) == (2, "ok")
        assert (other_version.line.version, other_version.line.model) == (1, original.line.model)
        assert other_model.variables == other_version.variables == original.variables
        assert other_version.messages != original.messages

    def test_keeps_to_the_count_and_length_of_then(self, copydesk: Copydesk) -> None:
        contract = SHIPPED.contract.model_copy(update={"count": 7, "limits": {"push": 300}})
        stricter = SHIPPED.model_copy(update={"contract": contract})
        number = versions.save(copydesk.db, "headlines", stricter, note="Longer.", author="ada").number
        original = asked(copydesk, count=None)
        again = replayed(copydesk, original, version=number)
        assert (again.line.asked, again.settings["limit"]) == (10, 40)


class TestWhatChangedSince:
    def test_neither_desks_nor_the_longest_article_keep_a_replay_from_being_asked(
        self, copydesk: Copydesk, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        original = asked(copydesk)
        monkeypatch.setenv("COPYDESK_DESKS", "gardening")
        monkeypatch.setenv("COPYDESK_ARTICLE_LIMIT", "100")
        monkeypatch.setenv("COPYDESK_ENVIRONMENT", "staging")
        with open_copydesk(settings.load()) as later:
            again = replayed(later, original)
        assert (again.line.status, again.line.desk, again.line.environment) == (
            original.line.status, "sport", "production",
        )  # fmt: skip
        assert again.messages == original.messages

    def test_a_model_that_is_gone_is_told_on_the_replays_trace(self, copydesk: Copydesk, tmp_path: Path) -> None:
        with Provider() as provider:
            provider.write_models(tmp_path / "models.yml", "ok")
            with open_copydesk(settings.load()) as then:
                original = asked(then, model="ok")
        again = replayed(copydesk, original)
        assert again.line.status == "failed"
        assert again.replays == original.line.id
        assert "'ok'" in (again.line.error or "")


class TestADraft:
    def test_is_asked_again_as_it_was(self, copydesk: Copydesk) -> None:
        draft = SHIPPED.model_copy(update={"description": "A draft of mine."})
        again = replayed(copydesk, asked(copydesk, draft=draft))
        assert again.settings["draft"]["description"] == "A draft of mine."
        assert again.line.version is None

    def test_gives_way_to_a_version_that_is_named(self, copydesk: Copydesk) -> None:
        again = replayed(copydesk, asked(copydesk, draft=SHIPPED), version=1)
        assert ("draft" in again.settings, again.line.version) == (False, 1)

    def test_that_this_copydesk_cannot_read_is_told(self, copydesk: Copydesk, overwrite: Callable[..., None]) -> None:
        original = asked(copydesk, draft=SHIPPED)
        overwrite(original, settings={**original.settings, "draft": {"messages": "later"}})
        with pytest.raises(BadInput, match="cannot be read by this Copydesk"):
            replay.request(copydesk.db, original.line.id)

    def test_that_was_not_kept_is_told(self, copydesk: Copydesk, overwrite: Callable[..., None]) -> None:
        original = asked(copydesk, draft=SHIPPED)
        overwrite(original, settings={"limit": 40})
        with pytest.raises(BadInput, match=r"draft that is not on record any more\. Choose a version"):
            replay.request(copydesk.db, original.line.id)
        assert replay.request(copydesk.db, original.line.id, version=1).version == 1


class TestWhatCameToNothing:
    def test_is_asked_anew_once_the_reason_is_gone(self, copydesk: Copydesk, monkeypatch: pytest.MonkeyPatch) -> None:
        refused = asked(copydesk, desk="gardening")
        assert replayed(copydesk, refused).line.error == refused.line.error
        monkeypatch.setenv("COPYDESK_DESKS", "gardening")
        with open_copydesk(settings.load()) as later:
            assert replayed(later, refused).headlines

    def test_is_refused_again_for_the_same_reason(self, copydesk: Copydesk) -> None:
        assert replayed(copydesk, asked(copydesk, article=" ")).line.error_kind == "bad_input"


class TestNotToBeReplayed:
    def test_a_judges_call(self, copydesk: Copydesk) -> None:
        judging = copydesk.judge(asked(copydesk).line.id).result().line.id
        with pytest.raises(BadInput, match="Ask a judge again on the trace that it judged"):
            replay.request(copydesk.db, judging)

    def test_one_whose_article_is_gone(self, copydesk: Copydesk) -> None:
        original = asked(copydesk)
        copydesk.db.write(
            lambda connection: connection.execute("update traces set article = null where id = ?", (original.line.id,))
        )
        with pytest.raises(BadInput, match="article of this trace is gone"):
            replay.request(copydesk.db, original.line.id)

    def test_one_that_is_not_there(self, copydesk: Copydesk) -> None:
        with pytest.raises(NotFound, match="There is no trace"):
            replay.request(copydesk.db, "0" * 32)


@pytest.fixture
def overwrite(copydesk: Copydesk) -> Callable[..., None]:
    """Puts another body on record than was written, as another Copydesk might have left it."""

    def put(trace: Trace, **changed: object) -> None:
        body = {"variables": {}, "article_as": ["article"], "messages": [], "settings": trace.settings, **changed}
        copydesk.db.write(
            lambda connection: connection.execute(
                "update trace_bodies set body = ? where trace = ?", (bodies.pack(body), trace.line.id)
            )
        )

    return put


class TestTheChoices:
    def test_are_what_is_live_for_the_desk_and_the_ten_newest(self, copydesk: Copydesk) -> None:
        for number in range(3, 19):
            content = SHIPPED.model_copy(update={"parameters": SHIPPED.parameters.model_copy(update={"seed": number})})
            versions.save(copydesk.db, "headlines", content, note=f"Note {number}", author="ada", parent=2)
        releases.release(
            copydesk.db, Place("headlines", "staging", "sport"), 5, author="ada", reason="To see.", seen=None
        )
        found = replay.choices(copydesk.db, asked(copydesk))
        assert [each.number for each in found] == [2, 5, *range(18, 8, -1)]
        assert [(each.note[:6], list(each.live_in)) for each in found[1:3]] == [("Note 5", ["staging"]), ("Note 1", [])]
        assert "production" in found[0].live_in
        of_local = replay.choices(copydesk.db, asked(copydesk, desk="local"))
        assert 5 not in [each.number for each in of_local]
