"""A desk that keeps no texts gets its headlines, and nothing of what was asked or answered is ever in the file."""

from collections.abc import Iterator

import pytest

from core import audit, feedback, settings
from core.copydesk import Copydesk, open_copydesk
from core.errors import BadInput, Gone
from core.evals import sets
from core.evals.case import make
from core.feedback import Given
from core.headlines.request import Request
from core.keeping import erasing
from core.traces import bodies, record
from core.traces import erasing as trace_erasing
from core.traces.counting import rollups
from core.traces.finding import search
from core.traces.finding.find import Find
from tests.core.api.caller import client
from tests.core.keeping.file_bytes import held

SECRET = "Qzxjwanda Vkrtholm"
ARTICLE = (
    f"{SECRET} told the council that the Xyvquill bridge closes for eleven weeks. "
    "A ferry carries 160 pupils to school, the council said. Drivers face a detour of six miles from Monday."
)
WORDS = ["Qzxjwanda", "Vkrtholm", "Xyvquill", "160 pupils to school, the council"]


@pytest.fixture
def copydesk(monkeypatch: pytest.MonkeyPatch) -> Iterator[Copydesk]:
    monkeypatch.setenv("COPYDESK_TEXTLESS_DESKS", "politics,world")
    with open_copydesk(settings.load()) as opened:
        yield opened


def wish(**more: object) -> Request:
    return Request(**{"article": ARTICLE, "desk": "politics", **more})  # pyright: ignore[reportArgumentType]


class TestACall:
    def test_brings_its_headlines(self, copydesk: Copydesk) -> None:
        made = copydesk.suggest(wish())
        assert any("160 pupils" in text for text in made.texts)
        assert copydesk.start(wish(channel="push")).result().headlines

    def test_is_in_no_byte_of_the_file(self, copydesk: Copydesk) -> None:
        copydesk.suggest(wish())
        copydesk.start(wish(channel="push")).result()
        copydesk.suggest(wish(model="nobody/knows"))
        assert held(copydesk.db.path, WORDS) == set()

    def test_leaves_hash_scores_and_figures(self, copydesk: Copydesk) -> None:
        made = copydesk.suggest(wish())
        trace = record.get(copydesk.db, made.trace.id)
        assert (trace.has_texts, trace.article, trace.headlines, trace.messages) == (False, None, [], [])
        assert trace.line == made.trace
        assert trace.line.given == len(made.headlines)
        (asked,) = record.asked(copydesk.db, [made.trace.id])
        assert asked.hash == bodies.article_hash(ARTICLE)
        assert trace.scoring
        assert [[each.check for each in found] for found in trace.scoring.findings] == [
            [each.check for each in found] for found in made.findings
        ]
        assert {each.sentence for found in trace.scoring.findings for each in found} <= {""}

    def test_says_why_there_is_nothing(self, copydesk: Copydesk) -> None:
        why = trace_erasing.of_trace(copydesk.db, copydesk.suggest(wish()).trace.id)
        assert why
        assert (why.kind, why.reason) == ("unkept", "The politics desk keeps no texts.")
        assert "erased" not in [entry.action for entry in audit.newest(copydesk.db)]

    def test_is_found_by_its_facts(self, copydesk: Copydesk) -> None:
        trace_id = copydesk.suggest(wish()).trace.id
        assert [line.id for line in search.page(copydesk.db, Find(desk=("politics",))).lines] == [trace_id]
        assert rollups.differences(copydesk.db) == []

    def test_that_is_repeated_says_that_its_headlines_are_not_kept(self, copydesk: Copydesk) -> None:
        first = copydesk.suggest(wish(request_id="story-1"))
        with pytest.raises(Gone, match=f"trace {first.trace.id}, and its headlines are not kept"):
            copydesk.suggest(wish(request_id="story-1"))

    def test_that_is_repeated_over_http_is_410(self, copydesk: Copydesk) -> None:
        body = {"article": ARTICLE, "desk": "politics"}
        first, second = (client().post("/api/headlines", json=body, headers={"idempotency-key": "a"}) for _ in range(2))
        assert (first.status_code, bool(first.json()["headlines"])) == (200, True)
        assert (second.status_code, second.json()["error"]["kind"]) == (410, "gone")

    def test_that_failed_is_repeated_as_it_was(self, copydesk: Copydesk) -> None:
        first, second = (copydesk.suggest(wish(request_id="b", model="nobody/knows")) for _ in range(2))
        assert first.trace == second.trace

    def test_of_another_desk_about_the_same_article_keeps_it_for_itself(self, copydesk: Copydesk) -> None:
        without = copydesk.suggest(wish()).trace.id
        with_it = copydesk.suggest(wish(desk="local")).trace.id
        assert record.get(copydesk.db, with_it).article == ARTICLE
        assert record.get(copydesk.db, without).article is None
        assert search.page(copydesk.db, Find(text="Xyvquill")).lines[0].id == with_it
        assert search.count(copydesk.db, Find(text="Xyvquill")).number == 1

    def test_can_be_erased_by_the_text_of_its_article(self, copydesk: Copydesk) -> None:
        trace_id = copydesk.suggest(wish()).trace.id
        assert erasing.article(copydesk.db, ARTICLE, author="ada", reason="To be sure.").traces == 1
        gone = trace_erasing.of_trace(copydesk.db, trace_id)
        assert gone
        assert gone.kind == "erased"


class TestWhatPeopleSay:
    def test_is_kept_without_its_words(self, copydesk: Copydesk) -> None:
        trace_id = copydesk.suggest(wish()).trace.id
        edited = Given(trace_id, "edited", "ben", "api", position=0, text=f"{SECRET} speaks", key="k")
        assert feedback.give(copydesk.db, edited).text == ""
        assert feedback.give(copydesk.db, edited).is_repeat
        feedback.give(copydesk.db, Given(trace_id, "comment", "ben", "app", text=f"{SECRET} again"))
        feedback.give(copydesk.db, Given(trace_id, "label", "ben", "app", text="dull"))
        assert [(each.kind, each.text) for each in feedback.of_trace(copydesk.db, trace_id)] == [
            ("edited", ""), ("comment", ""), ("label", "dull")
        ]  # fmt: skip
        assert held(copydesk.db.path, WORDS) == set()


class TestWhatNeedsATextIsRefused:
    def test_a_judge(self, copydesk: Copydesk) -> None:
        trace_id = copydesk.suggest(wish()).trace.id
        with pytest.raises(BadInput, match="no headlines to judge"):
            copydesk.judge(trace_id).result()

    def test_a_case_of_such_a_desk(self, copydesk: Copydesk) -> None:
        case = make({"id": "a", "article": ARTICLE, "desk": "politics"})
        with pytest.raises(BadInput, match="The politics desk keeps no texts"):
            sets.save(copydesk.db, "ours", [case], note="The first.", author="ada", seen=None, article_limit=60_000)
        assert held(copydesk.db.path, WORDS) == set()

    def test_a_desk_that_there_is_not(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("COPYDESK_TEXTLESS_DESKS", "weather")
        with pytest.raises(BadInput, match="COPYDESK_TEXTLESS_DESKS names 'weather'"):
            open_copydesk(settings.load())
