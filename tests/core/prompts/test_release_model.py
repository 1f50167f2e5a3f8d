"""Whatever people do in whatever order, the releases say what a plain model of them says.

The model keeps lists and nothing else. It knows no rows that replace or restore each other: each of its entries carries
what lies below it, as a pile from which a rollback takes the top.
"""

import itertools
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from core import audit
from core.db import open_database
from core.errors import BadInput, Conflict, NotFound
from core.prompts import releases, versions
from core.prompts.content import Content, MessageTemplate
from core.prompts.releases import ENVIRONMENTS, Place, Release
from tests.conftest import HeldClock

PROMPTS = ("headlines", "summaries")
DESKS = ("sport", "politics", "tech")
PLACES = [
    Place(prompt, environment, desk) for prompt in PROMPTS for environment in ENVIRONMENTS for desk in (None, *DESKS)
]
TEXTS = ("a", "b", "c", "d")

EXAMPLES = 50
STEPS = 50

# What was seen is mostly fresh, the reasons are mostly there, and the clock mostly goes on.
seens = st.sampled_from(["fresh"] * 9 + ["stale", "none", "of another place"])
reasons = st.sampled_from(["Why."] * 9 + [" "])
mostly = st.sampled_from([True] * 9 + [False])
ticks = st.sampled_from([0, 0, 1, 1, 2, 5, -3])
numbers = st.integers(0, 1_000)


@dataclass
class Entry:
    """A change as the model keeps it; `pile` is what a rollback goes down, the entry itself on top."""

    id: int
    place: Place
    version: int | None
    at: int
    kind: str
    pile: list["Entry"] = field(default_factory=list["Entry"])


class Model:
    """What the releases should be, in the order in which they were made."""

    def __init__(self) -> None:
        self.versions: dict[str, list[str]] = {prompt: [] for prompt in PROMPTS}
        self.entries: list[Entry] = []
        self.logged: list[str] = []

    def at_place(self, place: Place) -> list[Entry]:
        return [entry for entry in self.entries if entry.place == place]

    def put(self, place: Place, version: int | None, now: int, kind: str, below: list[Entry]) -> Entry:
        latest = max([now, *(entry.at for entry in self.entries)])
        entry = Entry(len(self.entries) + 1, place, version, latest, kind)
        entry.pile = [*below, entry]
        self.entries.append(entry)
        self.logged.append(kind)
        return entry

    def under(self, entry: Entry) -> Entry | None:
        """What a rollback of this entry would put back."""
        others = [below for below in entry.pile[:-1] if below.version != entry.version]
        return others[-1] if others else None

    def served(self, prompt: str, environment: str, desk: str | None, at: int | None) -> Entry | None:
        for scope in (desk, None):
            of_scope = [
                entry
                for entry in self.entries
                if (entry.place.prompt, entry.place.environment, entry.place.desk) == (prompt, environment, scope)
                and (at is None or entry.at <= at)
            ]
            if of_scope and of_scope[-1].version is not None:
                return of_scope[-1]
        return None


class Newsroom(RuleBasedStateMachine):
    """People at work on one database, each change told to the model too."""

    def __init__(self, path: Path, held: HeldClock) -> None:
        super().__init__()
        self.db = open_database(path)
        self.held = held
        self.model = Model()
        self.touched = PLACES[0]
        self.places = PLACES
        self.start = held.now

    def teardown(self) -> None:
        try:
            self.compare_every_moment()
            self.compare_the_log()
        finally:
            self.db.close()

    @initialize(favourites=st.lists(st.sampled_from(PLACES), min_size=1, max_size=4, unique=True))
    def begin(self, favourites: list[Place]) -> None:
        # Long stories at few places beside short ones at many, for what is deep hides there.
        self.places = favourites * 20 + PLACES
        for prompt, text in itertools.product(PROMPTS, TEXTS[:3]):
            self.save(prompt, text)
        for number in range(3 * len(favourites)):
            self.release(number, number, True, "fresh", "Why.", 1)

    @rule(prompt=st.sampled_from(PROMPTS), text=st.sampled_from(TEXTS))
    def save(self, prompt: str, text: str) -> None:
        content = Content(messages=(MessageTemplate(role="user", content=text),), model="offline/lede")
        saved = versions.save(self.db, prompt, content, note="Why.", author="ada")
        known = self.model.versions[prompt]
        if text not in known:
            known.append(text)
            self.model.logged.append("version saved")
        assert saved.number == known.index(text) + 1

    @rule(number=numbers, version=numbers, is_known=mostly, seen=seens, reason=reasons, tick=ticks)
    def release(self, number: int, version: int, is_known: bool, seen: str, reason: str, tick: int) -> None:
        place, looked, is_fresh = self.look(self.places, number, seen, tick)
        newest = len(self.model.versions[place.prompt])
        version = 1 + version % newest if is_known else newest + 1
        refusal: type[Exception] | None = None
        if not is_known:
            refusal = NotFound
        elif self.lacks_reason(place, reason):
            refusal = BadInput
        elif not is_fresh:
            refusal = Conflict
        made = self.change(
            lambda: releases.release(self.db, place, version, author="ada", reason=reason, seen=looked), refusal
        )
        if made:
            self.compare(made, self.model.put(place, version, self.held.now, "released", self.pile(place)))

    @rule(number=numbers, has_its_own=mostly, seen=seens, reason=reasons, tick=ticks)
    def withdraw(self, number: int, has_its_own: bool, seen: str, reason: str, tick: int) -> None:
        own = [place for place in self.places if place.desk and (pile := self.pile(place)) and pile[-1].version]
        place, looked, is_fresh = self.look((has_its_own and own) or self.places, number, seen, tick)
        refusal: type[Exception] | None = None
        if place.desk is None:
            refusal = BadInput
        elif not is_fresh:
            refusal = Conflict
        elif looked is None or looked.version is None or self.lacks_reason(place, reason):
            refusal = BadInput
        made = self.change(lambda: releases.withdraw(self.db, place, author="ada", reason=reason, seen=looked), refusal)
        if made:
            self.compare(made, self.model.put(place, None, self.held.now, "withdrawn", self.pile(place)))

    @rule(number=numbers, has_a_history=mostly, seen=seens, reason=reasons, tick=ticks)
    def roll_back(self, number: int, has_a_history: bool, seen: str, reason: str, tick: int) -> None:
        deep = [place for place in self.places if (pile := self.pile(place)) and self.model.under(pile[-1])]
        place, looked, is_fresh = self.look((has_a_history and deep) or self.places, number, seen, tick)
        under = self.model.under(self.entry(looked)) if looked else None
        refusal: type[Exception] | None = None
        nothing_to_withdraw = place.desk is None or looked is None or looked.version is None
        if not is_fresh:
            refusal = Conflict
        elif looked is None or (under is None and nothing_to_withdraw) or self.lacks_reason(place, reason):
            refusal = BadInput
        made = self.change(lambda: releases.rollback(self.db, place, author="ada", reason=reason, seen=looked), refusal)
        if made and under:
            self.compare(made, self.model.put(place, under.version, self.held.now, "rolled back", under.pile[:-1]))
            assert made.restores == under.id
        elif made:
            self.compare(made, self.model.put(place, None, self.held.now, "withdrawn", self.pile(place)))

    @rule(number=numbers, to=numbers, is_of_this_place=mostly, seen=seens, reason=reasons, tick=ticks)
    def roll_back_to(self, number: int, to: int, is_of_this_place: bool, seen: str, reason: str, tick: int) -> None:
        used = [place for place in self.places if self.pile(place)]
        place, looked, is_fresh = self.look(used, number, seen, tick)
        choice = self.model.at_place(place) if is_of_this_place else self.model.entries
        target = choice[to % len(choice)]
        refusal: type[Exception] | None = None
        if not is_fresh:
            refusal = Conflict
        elif looked is None or target.place != place or self.lacks_reason(place, reason):
            refusal = BadInput
        named = releases.get(self.db, target.id)
        made = self.change(
            lambda: releases.rollback(self.db, place, author="ada", reason=reason, seen=looked, to=named), refusal
        )
        if made:
            self.compare(made, self.model.put(place, target.version, self.held.now, "rolled back", target.pile[:-1]))
            assert made.restores == target.id

    def look(self, places: list[Place], number: int, seen: str, tick: int) -> tuple[Place, Release | None, bool]:
        """One of the places, what somebody saw there, and whether that is what is there now."""
        self.held.now += tick
        self.touched = place = places[number % len(places)]
        here = self.model.at_place(place)
        looked = here[-1] if here else None
        if seen == "none":
            looked = None
        elif seen == "stale" and here:
            looked = here[number % len(here)]
        elif seen == "of another place" and self.model.entries:
            looked = self.model.entries[number % len(self.model.entries)]
        is_fresh = looked is (here[-1] if here else None)
        return place, looked and releases.get(self.db, looked.id), is_fresh

    def change(self, change: Callable[[], Release], refusal: type[Exception] | None) -> Release | None:
        if refusal is None:
            return change()
        with pytest.raises(refusal) as refused:
            change()
        assert refused.type is refusal
        return None

    def pile(self, place: Place) -> list[Entry]:
        here = self.model.at_place(place)
        return here[-1].pile if here else []

    def entry(self, release: Release) -> Entry:
        return self.model.entries[release.id - 1]

    def lacks_reason(self, place: Place, reason: str) -> bool:
        return place.environment == "production" and not reason.strip()

    def compare(self, release: Release | None, entry: Entry | None) -> None:
        assert (release is None) == (entry is None)
        if release and entry:
            told = (release.id, release.place, release.version, release.created_at, release.kind)
            assert told == (entry.id, entry.place, entry.version, entry.at, entry.kind)

    @invariant()
    def resolves_for_every_desk(self) -> None:
        for prompt, environment, desk in itertools.product(PROMPTS, ENVIRONMENTS, DESKS):
            expected = self.model.served(prompt, environment, desk, None)
            try:
                self.compare(releases.resolve(self.db, prompt, environment, desk), expected)
            except NotFound:
                assert expected is None

    @invariant()
    def lists_what_is_live(self) -> None:
        for prompt in PROMPTS:
            last = [here[-1] for place in PLACES if place.prompt == prompt and (here := self.model.at_place(place))]
            expected = {entry.id for entry in last if entry.version is not None}
            live = releases.live(self.db, prompt)
            assert len(live) == len(expected)
            assert {release.id for release in live} == expected

    @invariant()
    def keeps_the_history_in_order(self) -> None:
        prompt, environment = self.touched.prompt, self.touched.environment
        expected = [
            entry
            for entry in reversed(self.model.entries)
            if (entry.place.prompt, entry.place.environment) == (prompt, environment)
        ]
        found = releases.history(self.db, prompt, environment)
        assert len(found) == len(expected)
        for release, entry in zip(found, expected, strict=True):
            self.compare(release, entry)

    @invariant()
    def knows_what_was_before(self) -> None:
        for entry in self.model.at_place(self.touched):
            self.compare(releases.previous(self.db, releases.get(self.db, entry.id)), self.model.under(entry))

    @invariant()
    def has_one_entry_in_the_log_for_each_change(self) -> None:
        verdict = audit.verify(self.db)
        assert (verdict.entries, verdict.fault) == (len(self.model.logged), None)

    def compare_every_moment(self) -> None:
        moments = sorted({self.start, *(entry.at + by for entry in self.model.entries for by in (-1, 0, 1))})
        for prompt, environment, desk in itertools.product(PROMPTS, ENVIRONMENTS, (None, *DESKS)):
            for moment in moments:
                found = releases.live_at(self.db, prompt, environment, desk, moment)
                self.compare(found, self.model.served(prompt, environment, desk, moment))

    def compare_the_log(self) -> None:
        entries = audit.newest(self.db, limit=1_000)[::-1]
        assert [entry.action for entry in entries] == self.model.logged
        told = [json.loads(entry.after or "") for entry in entries if entry.action != "version saved"]
        assert told == [{"release": entry.id, "version": entry.version} for entry in self.model.entries]


class TestAnySequenceOfChanges:
    # A failure is cut down to the shortest sequence first, and that takes its time.
    @pytest.mark.timeout(600)
    def test_does_what_the_model_does_for_every_desk_and_moment(self, tmp_path: Path, held: HeldClock) -> None:
        files = (tmp_path / f"{number}.db" for number in itertools.count())

        class NewsroomHere(Newsroom):
            def __init__(self) -> None:
                super().__init__(next(files), held)

        run_state_machine_as_test(
            NewsroomHere,
            settings=settings(
                max_examples=EXAMPLES,
                stateful_step_count=STEPS,
                deadline=None,
                database=None,
                phases=(Phase.generate, Phase.shrink),
                suppress_health_check=[HealthCheck.too_slow],
            ),
        )
