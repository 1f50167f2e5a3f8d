"""Rounds of blind pairs: from a run or from recent articles, each article once, and nothing asked twice."""

import contextlib

import pytest

from core import clock
from core.copydesk import Copydesk
from core.errors import BadInput, NotFound
from core.evals import pairing
from core.evals.judges_word import judges_word
from core.evals.pairing import Recent, Slot, Wanted
from core.evals.running.plan import Candidate
from core.feedback import pairs
from core.headlines import Request
from core.prompts import versions
from tests.pages.eval_runs import finished, put_set
from tests.records import put

RECENT = Recent("sport", "headlines", 1, 2, "production")
ARTICLE = "The harbour bridge closes for eleven weeks from Monday, the town council said. A ferry will carry pupils."


def test_who_sees_which_first_is_by_lot_and_stays_so() -> None:
    slots = [Slot(str(number), f"a{number}", f"b{number}") for number in range(200)]
    seen = [slot.shown("ada") for slot in slots]
    assert [slot.shown("ada") for slot in slots] == seen
    first = sum(shown is not None and shown.first.startswith("a") for shown in seen)
    assert 60 < first < 140
    assert [slot.shown("ben") for slot in slots] != seen


class TestFromRecentArticles:
    def test_asks_what_is_missing_and_nothing_twice(self, copydesk: Copydesk) -> None:
        copydesk.suggest(Request(article=ARTICLE, desk="sport"))
        articles = pairing.recent_articles(copydesk.db, RECENT, until=clock.now_ms() + 1)
        (slot,) = pairing.of_recent(copydesk.db, RECENT, articles)
        assert slot.shown("ada") is None
        asked = pairing.missing(copydesk.db, RECENT, slot)
        assert [(each.version, each.source, each.article) for each in asked] == [
            (1, "eval", ARTICLE),
            (2, "eval", ARTICLE),
        ]
        made = [copydesk.suggest(request).trace.id for request in asked]
        (slot,) = pairing.of_recent(copydesk.db, RECENT, articles)
        assert [slot.one, slot.other] == made
        assert pairing.missing(copydesk.db, RECENT, slot) == []
        assert pairing.recent_articles(copydesk.db, RECENT, until=clock.now_ms() + 1) == articles

    def test_are_those_up_to_a_time(self, copydesk: Copydesk) -> None:
        copydesk.suggest(Request(article=ARTICLE, desk="sport"))
        with pytest.raises(NotFound, match="Nobody has asked for headlines for sport"):
            pairing.recent_articles(copydesk.db, RECENT, until=clock.now_ms() - 60_000)

    def test_can_be_of_some_languages_and_without_what_was_seen_before(self, copydesk: Copydesk) -> None:
        for article, language in ((ARTICLE, "en"), (f"{ARTICLE} More.", "en"), ("Le pont ferme lundi.", "fr")):
            copydesk.suggest(Request(article=article, desk="sport", language=language))
        now = clock.now_ms() + 1
        assert pairing.recent_languages(copydesk.db, "sport") == ["en", "fr"]
        newest, older = pairing.recent_articles(copydesk.db, RECENT, until=now, wanted=Wanted(languages=("en",)))
        for request in pairing.missing(copydesk.db, RECENT, pairing.of_recent(copydesk.db, RECENT, [newest])[0]):
            copydesk.suggest(request)
        (slot,) = pairing.of_recent(copydesk.db, RECENT, [newest])
        seen = Wanted(most=1, languages=("en",), seen=frozenset({frozenset((str(slot.one), str(slot.other)))}))
        assert pairing.recent_articles(copydesk.db, RECENT, until=now, wanted=seen) == [older]

    def test_are_none_that_a_draft_was_tried_on(self, copydesk: Copydesk) -> None:
        copydesk.suggest(Request(article=ARTICLE, desk="sport", source="trial"))
        with pytest.raises(NotFound, match="Nobody has asked for headlines for sport"):
            pairing.recent_articles(copydesk.db, RECENT, until=clock.now_ms() + 1)

    def test_with_the_same_headlines_on_both_sides_are_no_pair(self, copydesk: Copydesk) -> None:
        copydesk.suggest(Request(article=ARTICLE, desk="sport"))
        articles = pairing.recent_articles(copydesk.db, RECENT, until=clock.now_ms() + 1)
        for request in pairing.missing(copydesk.db, RECENT, pairing.of_recent(copydesk.db, RECENT, articles)[0]):
            put(copydesk.db, "Bridge closes", "Ferry helps", request_id=request.request_id)
        (slot,) = pairing.of_recent(copydesk.db, RECENT, articles)
        assert slot.same
        assert slot.shown("ada") is None
        assert pairing.missing(copydesk.db, RECENT, slot) == []

    def test_that_came_to_nothing_are_no_pair(self, copydesk: Copydesk) -> None:
        copydesk.suggest(Request(article=ARTICLE, desk="sport"))
        (article,) = pairing.recent_articles(copydesk.db, RECENT, until=clock.now_ms() + 1)
        recent = Recent("sport", "headlines", 1, 99, "production")
        (slot,) = pairing.of_recent(copydesk.db, recent, [article])
        with contextlib.suppress(NotFound):
            copydesk.suggest(pairing.missing(copydesk.db, recent, slot)[1])
        (slot,) = pairing.of_recent(copydesk.db, recent, [article])
        assert slot.failed
        assert pairing.missing(copydesk.db, recent, slot) == []


class TestFromARun:
    def test_has_each_article_once_in_an_order_by_lot(self, copydesk: Copydesk) -> None:
        put_set(copydesk, many=4)
        run = finished(copydesk, repeats=2)
        slots = pairing.of_run(copydesk.db, run.id, 0, 1)
        assert len({slot.article for slot in slots}) == len(slots) == 4
        assert pairing.of_run(copydesk.db, run.id, 0, 1) == slots
        assert len(pairing.of_run(copydesk.db, run.id, 0, 1, Wanted(most=2))) == 2
        assert pairing.names(copydesk.db, slots) == ["headlines 1 on offline/lede", "headlines 2 on offline/lede"]
        with pytest.raises(BadInput, match="two different candidates"):
            pairing.of_run(copydesk.db, run.id, 1, 1)

    def test_can_be_of_some_languages_and_without_what_was_seen_before(self, copydesk: Copydesk) -> None:
        put_set(copydesk)
        run = finished(copydesk).id
        languages = pairing.languages_of_run(copydesk.db, run)
        assert languages == ["en", "fr", "de"]
        every = pairing.of_run(copydesk.db, run, 0, 1)
        by_language = [pairing.of_run(copydesk.db, run, 0, 1, Wanted(languages=(each,))) for each in languages]
        assert sorted(slot.article for slots in by_language for slot in slots) == sorted(each.article for each in every)
        seen = frozenset({frozenset((str(every[0].one), str(every[0].other)))})
        assert pairing.of_run(copydesk.db, run, 0, 1, Wanted(most=5, seen=seen)) == every[1:6]

    def test_leaves_out_articles_for_which_both_gave_the_same(self, copydesk: Copydesk) -> None:
        put_set(copydesk, many=3)
        draft = versions.get(copydesk.db, "headlines", 2).content
        candidates = Candidate(prompt="headlines", version=2), Candidate(prompt="headlines", draft=draft)
        run = finished(copydesk, candidates=candidates)
        slots = pairing.of_run(copydesk.db, run.id, 0, 1, Wanted(most=1))
        assert [slot.same for slot in slots] == [True] * 3

    def test_is_compared_by_a_judge_apart(self, copydesk: Copydesk) -> None:
        put_set(copydesk, many=2)
        slots = pairing.of_run(copydesk.db, finished(copydesk).id, 0, 1)
        for slot in slots:
            shown = slot.shown("ada")
            assert shown is not None
            pairs.judge(copydesk.db, shown, "tie", person="ada", key=slot.article)
        assert judges_word(copydesk.db, ()).pairs == 0
        assert slots[0].one is not None
        assert slots[0].other is not None
        said = copydesk.compare(slots[0].other, slots[0].one).result()
        word = judges_word(copydesk.db, ())
        assert (word.pairs, word.compared) == (1, 1)
        assert word.same == int(said.better in ("tie", "order"))
