"""Two traces beside each other: every headline once, beside what it is most like, and only what differs."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from core.copydesk import Copydesk
from core.headlines import Request, replay
from core.headlines.side_by_side import pairs, side_by_side
from core.traces import record
from core.traces.model import Trace

ARTICLE = "The harbour bridge closes for eleven weeks from Monday, the town council said. A ferry carries 160 pupils."
_WORDS = st.text(st.sampled_from("ab c"), min_size=1, max_size=8)


def asked(copydesk: Copydesk, request: Request) -> Trace:
    return record.get(copydesk.db, copydesk.suggest(request).trace.id)


class TestPairs:
    @given(st.lists(_WORDS, max_size=6), st.lists(_WORDS, max_size=6))
    def test_have_every_headline_once_in_the_order_of_the_first(self, one: list[str], other: list[str]) -> None:
        found = pairs(one, other)
        assert [pair.one for pair in found if pair.one is not None] == list(range(len(one)))
        assert sorted(pair.other for pair in found if pair.other is not None) == list(range(len(other)))

    @given(st.lists(_WORDS, max_size=6), st.lists(_WORDS, max_size=6))
    def test_have_every_word(self, one: list[str], other: list[str]) -> None:
        for pair in pairs(one, other):
            assert "".join(piece.text for piece in pair.before) == ("" if pair.one is None else one[pair.one])
            assert "".join(piece.text for piece in pair.after) == ("" if pair.other is None else other[pair.other])

    def test_put_the_same_beside_the_same_wherever_it_stands(self) -> None:
        found = pairs(["Bridge closes", "Ferry runs"], ["Ferry runs", "Bridge closes"])
        assert [(pair.one, pair.other, pair.same) for pair in found] == [(0, 1, True), (1, 0, True)]

    def test_put_a_changed_headline_beside_what_it_was(self) -> None:
        (pair,) = pairs(["Bridge closes for eleven weeks"], ["Bridge closes for twelve weeks"])
        assert [piece.text for piece in pair.before if piece.kind == "removed"] == ["eleven"]
        assert [piece.text for piece in pair.after if piece.kind == "added"] == ["twelve"]

    def test_know_a_changed_headline_in_a_script_without_spaces(self) -> None:
        (pair,) = pairs(["港湾大橋が十一週間閉鎖される"], ["港湾大橋が十二週間閉鎖される"])
        assert (pair.one, pair.other, pair.same) == (0, 0, False)

    def test_leave_alone_what_is_like_nothing(self) -> None:
        found = pairs(["Bridge closes"], ["Pupils sail to school"])
        assert [(pair.one, pair.other) for pair in found] == [(0, None), (None, 0)]

    def test_take_the_most_alike_first(self) -> None:
        found = pairs(["The old bridge closes now", "The old bridge closes"], ["The old bridge closes today"])
        assert [pair.other for pair in found] == [None, 0] or [pair.other for pair in found] == [0, None]
        assert sum(pair.other is not None for pair in found) == 1


class TestTwoTraces:
    def test_of_a_replay_differ_in_nothing_that_decides(self, copydesk: Copydesk) -> None:
        one = asked(copydesk, Request(article=ARTICLE, desk="local", language="en", count=2))
        other = asked(copydesk, replay.request(copydesk.db, one.line.id))
        found = side_by_side(one, other)
        assert {change.name for change in found.settings} == {"release", "source"}
        assert (found.shared, found.alone, found.same_article) == (2, 0, True)
        assert not any(message.changed for message in found.messages)

    def test_of_two_versions_show_which_settings_and_messages_differ(self, copydesk: Copydesk) -> None:
        one = asked(copydesk, Request(article=ARTICLE, desk="local", language="en", version=1))
        other = asked(copydesk, Request(article=ARTICLE, desk="sport", language="en", version=2, count=3))
        found = side_by_side(one, other)
        changed = {change.name: (change.before, change.after) for change in found.settings}
        assert changed["version"] == ("1", "2")
        assert changed["variable desk"] == ("local", "sport")
        assert changed["asked for"] == ("10", "3")
        assert "variable article" not in changed
        assert any(message.changed for message in found.messages)

    def test_without_texts_still_stand_beside_each_other(self, copydesk: Copydesk) -> None:
        one = asked(copydesk, Request(article=ARTICLE, desk="local", language="en", count=2))
        copydesk.db.write(
            lambda connection: connection.execute("delete from trace_bodies where trace = ?", (one.line.id,))
        )
        bare = record.get(copydesk.db, one.line.id)
        assert side_by_side(bare, one).shared == 2
        assert side_by_side(replace(bare, article=None, headlines=()), one).same_article is None
