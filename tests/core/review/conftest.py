"""Traces for the queue, opened and closed in any order, and rules that leave nothing to chance."""

from collections.abc import Sequence
from typing import Any

import pytest

from core import clock
from core.checks.finding import Finding
from core.checks.run import Checked
from core.checks.variety import Variety
from core.db import Database
from core.feedback import Feedback, Given, give
from core.review import filling, rules
from core.review.item import Item, Wanted
from core.review.rules import Rules, Thresholds
from core.review.work import claim_next
from core.traces import writing
from core.traces.model import Closing, Headline, Opening, Source

HEADLINES = ("Bridge closes for eleven weeks", "Ferry takes pupils to school", "Traders fear for Easter")
ONLY_COMPLAINTS = Rules(everywhere=Thresholds(failed_checks=None, random_share=0), second_share=0)


class Newsroom:
    """Asks for headlines, complains about them, and lets the queue catch up."""

    def __init__(self, db: Database) -> None:
        self.db = db
        self._openings: dict[str, Opening] = {}

    def rule(self, chosen: Rules) -> None:
        rules.change(self.db, chosen, note="For this test.", author="lead", seen=rules.in_force(self.db))

    def asks(self, *, desk: str = "sport", source: Source = "api") -> str:
        opening = Opening(
            id=clock.new_trace_id(), request_id=None, fingerprint="", source=source, person=None,
            environment="production", desk=desk, channel="web", language="en", prompt="headlines", version=None,
            release=None, model="m", started_at=clock.now_ms(), asked=3, article="Rain.", variables={"article": "Rain."},
            messages=[], settings={"profile": "p"},
        )  # fmt: skip
        self.db.write(writing.open_trace(opening, process="test"))
        self._openings[opening.id] = opening
        return opening.id

    def gets(self, trace: str, headlines: Sequence[str] = HEADLINES, *, failed: int = 0) -> None:
        """The set is there; in its first `failed` headlines a check failed."""
        findings = [
            [Finding("full_stop", 1, "fail", "It ends with a full stop.", None, None)] if at < failed else []
            for at in range(len(headlines))
        ]
        closing = Closing(
            "valid" if headlines else "failed",
            1.0,
            headlines=[Headline(text, 0) for text in headlines],
            checked=Checked(findings, Variety(1.0, 1.0, 1.0)) if headlines else None,
        )
        opening = self._openings[trace]
        self.db.write(writing.close_trace(opening, closing))

    def has(self, headlines: Sequence[str] = HEADLINES, *, failed: int = 0, **asked: Any) -> str:
        trace = self.asks(**asked)
        self.gets(trace, headlines, failed=failed)
        return trace

    def says(
        self, trace: str, kind: Any, position: int | None = None, *, person: str = "editor", **more: Any
    ) -> Feedback:
        return give(self.db, Given(trace, kind, person, "api", position=position, **more))

    def complains(self, trace: str, position: int | None = None, *, person: str = "editor") -> None:
        self.says(trace, "thumb", position, person=person, value=-1)

    def catches_up(self) -> None:
        for _ in filling.catch_up(self.db):
            pass

    def complaint(self, **asked: Any) -> str:
        """A trace with a complaint, in the queue."""
        trace = self.has(**asked)
        self.complains(trace)
        self.catches_up()
        return trace

    def takes(self, person: str, **wanted: Any) -> Item:
        item = claim_next(self.db, person, wanted=Wanted(**wanted))
        assert item is not None
        return item


@pytest.fixture
def newsroom(db: Database) -> Newsroom:
    room = Newsroom(db)
    room.rule(ONLY_COMPLAINTS)
    return room
