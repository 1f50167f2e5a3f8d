"""Versions and releases to carry, and what became of them."""

from core.db import Database
from core.prompts import releases, versions
from core.prompts.content import Content, MessageTemplate, Parameters
from core.prompts.releases import Place
from core.prompts.versions import Version

PRODUCTION = Place("headlines", "production")
SPORT = Place("headlines", "production", "sport")


def save(db: Database, text: str, *, prompt: str = "headlines", parent: int | None = None) -> Version:
    content = Content(
        messages=(MessageTemplate(role="user", content=text),),
        model="offline/lede",
        parameters=Parameters(temperature=0.5),
        other={"testData": [{"article": "A", "on": "2026-01-05"}]},
    )
    return versions.save(db, prompt, content, note=f"Note on {text[:9]}.", author="ada", parent=parent)


def put(db: Database, place: Place, version: int | None) -> None:
    seen = releases.current(db, place)
    if version is None:
        releases.withdraw(db, place, author="ada", reason="No more.", seen=seen)
    else:
        releases.release(db, place, version, author="ada", reason="It is better.", seen=seen)


def listing(db: Database, prompt: str = "headlines") -> list[versions.VersionLine]:
    return versions.listing(db, prompt)
