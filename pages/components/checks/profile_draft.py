"""The profiles that somebody is changing, as typed and part by part, kept while the browser window is open."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import streamlit as st

from core import profiles
from core.checks.profile import Profile, Profiles
from core.checks.profile_changes import LIMITS, WORD_LISTS
from core.checks.profile_files import accept
from core.db import Database
from core.errors import BadInput
from core.profiles import Release

EVERYBODY = "everybody"
_KEPT = "profile_draft"


@dataclass
class Part:
    """What is asked of everybody, or by a rule. A check or limit that is not there is not set here; a list is a word a line."""

    id: str
    named: dict[str, str] = field(default_factory=dict[str, str])
    """The desk, channel and language of a rule, as far as it names them."""
    why: str = ""
    checks: dict[str, str] = field(default_factory=dict[str, str])
    limits: dict[str, int | None] = field(default_factory=dict[str, "int | None"])
    words: dict[str, str] = field(default_factory=dict[str, str])

    def content(self) -> dict[str, Any]:
        """As `Profile` and the `set` of a rule are written."""
        words = {name: [line for line in text.split("\n") if line.strip()] for name, text in self.words.items()}
        return {"checks": self.checks, **self.limits, **words}


@dataclass
class ProfileDraft:
    """`seen` is what was in use when its author last looked, `start` what that held."""

    id: str
    seen: Release
    start: Profiles
    everybody: Part
    rules: list[Part]
    chosen: str = EVERYBODY
    """The part that is being changed, by its id."""

    def profiles(self) -> Profiles:
        """What was typed, if it can be; else `BadInput`."""
        rules = [{**part.named, "why": part.why, "set": part.content()} for part in self.rules]
        return accept({EVERYBODY: self.everybody.content(), "rules": rules})

    def part(self, part_id: str) -> Part:
        """A part by its id; everybody's where it is gone."""
        return next((part for part in self.rules if part.id == part_id), self.everybody)

    @property
    def touched(self) -> bool:
        """Whether it holds anything of its author's."""
        try:
            return self.profiles().version != self.start.version
        except BadInput:
            return True


def current(db: Database) -> ProfileDraft:
    """The draft of this window. One that holds nothing yet starts from what is in use at this moment."""
    draft: ProfileDraft | None = st.session_state.get(_KEPT)
    if draft is None or (draft.seen != profiles.in_use(db) and not draft.touched):
        draft = _started(db)
        st.session_state[_KEPT] = draft
    return draft


def look_again(db: Database, draft: ProfileDraft) -> None:
    """Compare the draft with what is in use now: its author was told."""
    draft.seen = profiles.in_use(db)
    draft.start = profiles.get(db, draft.seen.version).profiles


def discard() -> None:
    """Forget what was typed."""
    st.session_state.pop(_KEPT, None)


def new_rule() -> Part:
    return Part(uuid.uuid4().hex)


def _started(db: Database) -> ProfileDraft:
    seen = profiles.in_use(db)
    start = profiles.get(db, seen.version).profiles
    everybody = _part(EVERYBODY, {name: getattr(start.everybody, name) for name in Profile.model_fields})
    rules: list[Part] = []
    for rule in start.rules:
        part = _part(uuid.uuid4().hex, rule.changes)
        named = {"desk": rule.desk, "channel": rule.channel, "language": rule.language}
        part.named = {name: value for name, value in named.items() if value is not None}
        part.why = rule.why
        rules.append(part)
    return ProfileDraft(uuid.uuid4().hex, seen, start, everybody, rules)


def _part(part_id: str, content: Mapping[str, Any]) -> Part:
    return Part(
        part_id,
        checks=dict(content.get("checks", {})),
        limits={name: content[name] for name in LIMITS if name in content},
        words={name: "\n".join(content[name]) for name in WORD_LISTS if name in content},
    )
