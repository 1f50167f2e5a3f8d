"""What is redacted is in no byte of the file, whichever way it came; and no model was told."""

import json
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from core import feedback, settings
from core.copydesk import Copydesk, open_copydesk, shared
from core.evals import exchange, sets
from core.evals.case import make
from core.evals.exchange.reading import Terms
from core.evals.running import runs
from core.evals.running.plan import Candidate, Plan
from core.feedback import Given
from core.headlines import replay
from core.headlines.request import Request
from core.prompts import versions
from core.prompts.content import Content, MessageTemplate
from core.review import by_hand, work
from core.traces import record
from tests.command_line import run
from tests.core.api.caller import client
from tests.core.keeping.file_bytes import held
from tests.provider import PRIVATE, Provider

EMAIL, PHONE, NAME = PRIVATE
SECRETS = [*PRIVATE, "vkrtholm", "Xyvquill", "Wexmarlund"]
ARTICLE = (
    f"{NAME} said that the harbour bridge closes for eleven weeks from Monday. Write to {EMAIL} or call {PHONE}. "
    "A ferry will carry 160 pupils to school, the council said. Drivers face a detour of six miles. "
    "The repair costs 4.2 million euros, and traders fear for their Easter sales."
)


@pytest.fixture
def provider() -> Iterator[Provider]:
    with Provider() as running:
        yield running


@pytest.fixture
def copydesk(provider: Provider, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Copydesk]:
    """An installation that redacts."""
    (tmp_path / "words.txt").write_text(f"{NAME.upper()}  # promised\n")
    monkeypatch.setenv("COPYDESK_REDACT", "email,phone")
    monkeypatch.setenv("COPYDESK_REDACT_WORDS", str(tmp_path / "words.txt"))
    monkeypatch.setenv("COPYDESK_RETRIES", "0")
    provider.write_models(tmp_path / "models.yml", "private", "private_400", "private_verdicts", "private+ok")
    with open_copydesk(settings.load()) as opened:
        yield opened
    assert held(opened.db.path, SECRETS) == set()
    said = json.dumps([seen.body for seen in provider.seen])
    assert [each for each in PRIVATE if each in said] == []


def wish(**more: object) -> Request:
    return Request(**{"article": ARTICLE, "desk": "local", **more})  # pyright: ignore[reportArgumentType]


class TestTheTest:
    def test_would_find_it(self, tmp_path: Path) -> None:
        with open_copydesk(settings.load()) as copydesk:
            copydesk.suggest(wish())
        assert held(copydesk.db.path, SECRETS) == set(SECRETS)


class TestACall:
    def test_keeps_what_is_around_it(self, copydesk: Copydesk) -> None:
        trace = record.get(copydesk.db, copydesk.suggest(wish()).trace.id)
        assert trace.article
        assert trace.article.startswith("[withheld] said that the harbour bridge closes")
        assert "Write to [e-mail] or call [phone]." in trace.article
        assert trace.settings["redacted"] == {"email": 1, "phone": 1, "word": 1}

    @pytest.mark.parametrize("model", ["private", "private+ok", "private_400"])
    def test_whose_model_says_it(self, copydesk: Copydesk, model: str) -> None:
        made = copydesk.suggest(wish(model=model))
        if model != "private_400":
            assert any("[e-mail]" in text for text in made.texts)
        watched = copydesk.start(wish(model=model))
        assert len(watched.result().texts) == len(made.texts)
        assert watched.progress is None or not any(each in str(watched.progress) for each in PRIVATE)

    def test_that_is_refused(self, copydesk: Copydesk) -> None:
        for refused in (
            wish(desk=f"{EMAIL}"), wish(channel=EMAIL, version=99), wish(article=ARTICLE * 500), wish(language=NAME[:30])
        ):  # fmt: skip
            copydesk.suggest(refused)

    def test_of_a_draft_that_holds_it(self, copydesk: Copydesk) -> None:
        message = MessageTemplate(role="user", content=f"Never call {PHONE}. {{{{ article }}}}")
        draft = Content(messages=(message,), model="private")
        trace = record.get(copydesk.db, copydesk.suggest(wish(draft=draft)).trace.id)
        assert "Never call [phone]." in trace.messages[0]["content"]

    def test_that_is_repeated_gets_the_same_answer(self, copydesk: Copydesk) -> None:
        first = copydesk.suggest(wish(request_id="story-1"))
        assert copydesk.suggest(wish(request_id="story-1")).trace.id == first.trace.id

    def test_that_is_asked_again(self, copydesk: Copydesk) -> None:
        first = copydesk.suggest(wish())
        again = copydesk.suggest(replay.request(copydesk.db, first.trace.id))
        assert record.get(copydesk.db, again.trace.id).article == record.get(copydesk.db, first.trace.id).article

    def test_that_is_judged_and_compared(self, copydesk: Copydesk) -> None:
        one, other = (copydesk.suggest(wish(model="private+ok")).trace.id for _ in range(2))
        judged = copydesk.judge(other, model="private_verdicts").result()
        assert judged.verdicts
        assert "[e-mail], [phone], [withheld]" in judged.verdicts[0].scores["accuracy"].reason
        copydesk.compare(one, other).result()

    def test_over_http_and_on_the_command_line(self, copydesk: Copydesk, tmp_path: Path) -> None:
        answer = client().post("/api/headlines", json={"article": ARTICLE, "desk": "local"}).json()
        assert answer["status"] == "incomplete"
        given = {"kind": "edited", "person": "ada", "position": 0, "text": f"Call {PHONE} now"}
        assert client().post(f"/api/traces/{answer['trace']}/feedback", json=given).json()["text"] == "Call [phone] now"
        result = run("suggest", "-", "--desk", "local", given=ARTICLE)
        assert result.exit_code == 3, result.output
        run("feedback", "give", answer["trace"], "comment", "--text", f"Says {NAME}", "--author", "ben")
        assert shared().db.path == copydesk.db.path

    def test_that_was_asked_before_anything_was_redacted_is_not_written_anew(self, tmp_path: Path) -> None:
        with open_copydesk(settings.load()) as before:
            first = before.suggest(wish()).trace.id
        with pytest.MonkeyPatch.context() as patched:
            patched.setenv("COPYDESK_REDACT", "email")
            with open_copydesk(settings.load()) as now:
                again = now.suggest(replay.request(now.db, first)).trace.id
                judged = now.judge(first).result().line.id
                assert all(EMAIL not in str(record.get(now.db, each)) for each in (again, judged))


class TestWhatPeopleWrite:
    def test_about_a_headline(self, copydesk: Copydesk) -> None:
        trace_id = copydesk.suggest(wish()).trace.id
        given = Given(trace_id, "comment", "ben", "app", text=f"{NAME} called from {PHONE}", key="k")
        kept = feedback.give(copydesk.db, given)
        assert kept.text == "[withheld] called from [phone]"
        assert feedback.give(copydesk.db, given).is_repeat
        (label,) = feedback.give_all(copydesk.db, [Given(trace_id, "label", "ben", "app", text=f"{NAME} again")])
        assert label.text == "[withheld] again"
        item = by_hand.add(copydesk.db, trace_id, person="ben", why=f"{NAME} complained")
        work.claim(copydesk.db, item.id, "cleo")
        work.label(copydesk.db, item.id, "misleading", person="cleo")
        work.resolve(copydesk.db, item.id, person="cleo", comment=f"Mail {EMAIL}", correction=f"{NAME} leads", about=0)
        by_hand.reopen(copydesk.db, item.id, person="ben", why=f"{NAME} called again")

    def test_into_an_eval_set_and_a_run_on_it(self, copydesk: Copydesk) -> None:
        db = copydesk.db
        case = make(
            {"id": "a", "article": ARTICLE, "desk": "local", "reference": f"{NAME} leads", "must_mention": [NAME]}
        )
        lines = json.dumps(case.model_dump(mode="json")).encode()
        imported = exchange.read(lines, "jsonl", source="cases.jsonl", terms=Terms(("local",), 60_000)).cases
        version = sets.save(db, "ours", imported, note="The first.", author="ada", seen=None, article_limit=60_000)
        assert sets.get(db, "ours").cases[0].reference == "[withheld] leads"
        plan = Plan(set_name="ours", set_number=version.number, candidates=(Candidate(prompt="headlines", version=2),))
        started = copydesk.runs.start(plan, note=f"For {EMAIL}", author="ada")
        while runs.get(db, started.id).status in ("waiting", "running"):
            time.sleep(0.02)
        assert runs.get(db, started.id).done == 1

    def test_into_a_prompt_stays_there_but_reaches_no_trace(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("COPYDESK_REDACT", "email")
        with open_copydesk(settings.load()) as copydesk:
            message = MessageTemplate(role="user", content=f"Never name {EMAIL}. {{{{ article }}}}")
            content = Content(messages=(message,), model="offline/lede")
            number = versions.save(copydesk.db, "headlines", content, note="Why.", author="ada").number
            trace = record.get(copydesk.db, copydesk.suggest(wish(version=number)).trace.id)
            assert EMAIL not in str(trace)
            assert EMAIL in versions.get(copydesk.db, "headlines", number).content.messages[0].content
