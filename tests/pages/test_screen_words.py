"""Sentences of the screens that change with what they speak of."""

import pytest

from core.copydesk import shared
from core.prompts import drafts, versions
from core.prompts.files import PromptFile, dump
from core.prompts.releases import Place
from pages.components import diff_view
from pages.components.prompts import release_dialog
from tests.pages.test_screens import screen, sentences


@pytest.mark.parametrize(
    ("desk", "version", "words"),
    [
        (None, 3, "Done: in production, all desks now get version 3, from the next call on."),
        ("sport", 3, "Done: in production, the sport desk now gets version 3, from the next call on."),
        ("sport", None, "Done: in production, the sport desk now gets what all desks have, from the next call on."),
    ],
)
def test_a_release_is_told_in_a_sentence(desk: str | None, version: int | None, words: str) -> None:
    assert release_dialog.done(Place("headlines", "production", desk), version) == words


@pytest.mark.parametrize(("lines", "words"), [(1, "… 1 line the same"), (2, "… 2 lines the same")])
def test_what_is_the_same_is_counted(lines: int, words: str) -> None:
    assert diff_view.same(lines) == words


def test_a_variable_that_nobody_gives_is_told_once() -> None:
    db = shared().db
    text = dump(PromptFile("headlines", versions.get(db, "headlines", 2).content, ""))
    written = text.replace("{{ article }}", "{{ article }} {{ town }}")
    draft = drafts.start(db, "headlines", 2, written, author="ada")
    at = screen("prompts.py", prompt="headlines", draft=draft.id)
    assert "No call fills in town" in sentences(at)
    assert "undefined" not in sentences(at)
