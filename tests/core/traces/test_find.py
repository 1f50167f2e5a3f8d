"""What stands in an address is what is looked for, and back; what cannot be read is told."""

from dataclasses import fields

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core import clock
from core.errors import BadInput
from core.traces.finding.find import EVERYTHING, FEEDBACK, FILTERS, OF_PEOPLE, Find, address, parse

times = st.none() | st.integers(-60_000_000_000_000, 200_000_000_000_000)
names = st.lists(st.text(min_size=1, max_size=20), max_size=3, unique=True).map(tuple)
figures = st.none() | st.floats(0, 1e11)
finds = st.builds(
    Find,
    text=st.sampled_from(["", "bridge", '"the bridge" -closes clo*', "京都 -x"]),
    since=times,
    until=times,
    period=st.sampled_from([None, "24h", "30d"]),
    environment=names,
    desk=names,
    version=st.sampled_from([(), ("headlines@3", "headlines@draft")]),
    model=names,
    status=st.sampled_from([(), ("failed", "open")]),
    severity=st.sampled_from([(), ("fail", "hint")]),
    feedback=st.sampled_from([(), FEEDBACK]),
    source=st.sampled_from([(), ("api", "judge")]),
    person=names,
    min_cost=figures,
    min_ms=figures,
)


class TestAddress:
    @given(finds)
    def test_is_read_back_as_the_same(self, find: Find) -> None:
        assert parse(address(find)) == find

    def test_says_that_everything_is_wanted(self) -> None:
        assert address(EVERYTHING) == {"source": ["any"]}
        assert parse({}) == parse({"source": ["any"]}) == EVERYTHING

    def test_is_as_short_as_it_can_be(self) -> None:
        assert address(parse({"since": ["2026-11-24T00:00:00+00:00"]})) == {"since": ["2026-11-24"]}
        assert address(parse({"until": ["2026-11-24T06:30"]})) == {"until": ["2026-11-24T06:30"]}

    def test_is_read_by_names_that_it_knows(self) -> None:
        assert parse({"desk": ["", "sport"], "trace": ["x"], "before": ["y"]}) == Find(desk=("sport",))

    def test_takes_a_bare_version_of_one_prompt(self) -> None:
        assert parse({"prompt": ["headlines"], "version": ["3"]}).version == ("headlines@3",)


class TestParse:
    @pytest.mark.parametrize(
        ("given", "said"),
        [
            ({"since": "yesterday"}, "Since is a date or time such as 2026-11-24, not 'yesterday'."),
            ({"until": "9999-99-99"}, "Until is a date or time"),
            ({"since": "0001-01-01T00:00:00+14:00"}, "Since is a date or time"),
            ({"until": "9999-12-31T23:59:59-14:00"}, "Until is a date or time"),
            ({"min_cost": "cheap"}, "min_cost is a number from 0 up"),
            ({"min_ms": "-1"}, "min_ms is a number from 0 up"),
            ({"min_ms": "nan"}, "min_ms is a number from 0 up"),
            ({"period": "2w"}, "There is no period '2w'; there is 24h, 7d, 30d."),
            ({"status": "fine"}, "There is no status 'fine'; there is open, valid"),
            ({"severity": "grave"}, "There is no severity 'grave'; there is fail, warn, hint."),
            ({"version": "3"}, "Of which prompt is version '3'? Write it as headlines@3."),
            ({"text": "&"}, "There is no word in what you search for."),
            ({"text": "x" * 401}, "Search for at most 400 characters; this has 401."),
            ({"text": "a\ud800"}, "holds half a character"),
            ({"desk": "a\ud800"}, "holds half a character"),
            ({"person": "x" * 401}, "Person has at most 400 characters."),
        ],
    )
    def test_tells_what_it_cannot_read(self, given: dict[str, str], said: str) -> None:
        with pytest.raises(BadInput) as refused:
            parse({name: [value] for name, value in given.items()})
        assert said in refused.value.message


class TestFilters:
    def test_are_all_described(self) -> None:
        assert list(FILTERS) == [each.name for each in fields(Find)]


class TestOfPeople:
    def test_leaves_out_judges_evaluations_and_trials_alone(self) -> None:
        assert OF_PEOPLE.source == ("playground", "api", "cli", "replay")


class TestStart:
    def test_is_the_later_of_a_time_and_a_period(self) -> None:
        now = clock.now_ms()
        assert (Find(period="24h", since=now).start or 0) == now
        assert now - 86_400_000 <= (Find(period="24h", since=1).start or 0) < now
        assert Find().start is None
