"""Languages have their names on the screens, also those that are never guessed."""

import pytest

from core.headlines.language import language_name


@pytest.mark.parametrize(
    ("code", "name"),
    [("de", "German"), ("hu", "Hungarian"), ("JA", "Japanese"), ("pt-BR", "Portuguese (BR)"), ("x-y", "x-y")],
)
def test_a_language_is_called_by_its_name_in_english_as_far_as_it_has_one_here(code: str, name: str) -> None:
    assert language_name(code) == name
