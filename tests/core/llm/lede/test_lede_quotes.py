"""Quotations as the offline headline writer uses them: verbatim, and never in the wrong mouth."""

import pytest

from core.llm.lede.english import ENGLISH
from core.llm.lede.quotes import is_speech, quote_forms, speaker_of
from core.llm.lede.words import guess
from core.llm.lede.write import candidates
from tests.core.llm.lede.lede_articles import BRUECKE, BRUG, FERRY, PONT


@pytest.mark.parametrize(
    ("sentence", "speaker"),
    [
        ('"We wait," said Ann Day, who runs the shop.', "Ann Day"),
        ('"We wait for the boat," mayor Ann Day said.', "Ann Day"),
        ('"We wait for the boat," said Day, who studies at Orrin Bay University.', "Day"),
        ('"We wait for the boat," said the mayor, Ann Day.', "Ann Day"),
        ('"We wait for the boat," he told Ann Day.', ""),
        ('Ann Day said: "We wait for the boat."', "Ann Day"),
        ("The debt will rise, according to Bram Oselton, an analyst at Corvane Partners.", "Bram Oselton"),
    ],
)
def test_the_speaker_is_who_the_sentence_names(sentence: str, speaker: str) -> None:
    assert speaker_of(sentence, ENGLISH) == speaker


def test_a_quotation_follows_its_speaker() -> None:
    found = [form.text for form in quote_forms('"We can\'t wait to see her," said Ann Day.', ENGLISH, "Ann Day")]
    assert found[0] == "Ann Day: 'We can't wait to see her'"


def test_a_short_form_names_the_family_only() -> None:
    found = [form.text for form in quote_forms('"We saw the boat," said Ann Day.', ENGLISH, "Ann Day")]
    assert "Day: 'We saw the boat'" in found


def test_a_partial_quotation_is_not_speech() -> None:
    assert not is_speech("The minister called the crossing “a small gate”.")


def test_a_quotation_nobody_is_named_for_stands_alone_and_is_taken_last() -> None:
    (alone,) = quote_forms('"We saw the boat," he said.', ENGLISH, "")
    assert alone.text == "'We saw the boat'"
    assert alone.cost >= 3


def test_a_quotation_that_goes_on_keeps_its_speaker() -> None:
    texts = [found.text for found in candidates(FERRY, ENGLISH)]
    assert "Marta Quill: 'Every child here learned to swim beside that boat'" in texts


def test_a_new_paragraph_forgets_the_speaker() -> None:
    article = 'The boat is old, said Ann Day.\n\n"We saw the boat come in," he said.'
    assert not any("Ann Day: '" in found.text for found in candidates(article, ENGLISH))


@pytest.mark.parametrize(
    ("article", "headline"),
    [
        (PONT, "Anne Vidal\u00a0: «\u00a0Nous avons attendu trop longtemps\u00a0»"),
        (BRUG, "Anna Visser: ‘We hebben te lang gewacht met dit onderhoud’"),
        (BRUECKE, "Anna Schulz: „Wir haben zu lange gewartet“"),
    ],
)
def test_quotation_marks_are_those_of_the_language(article: str, headline: str) -> None:
    assert any(found.text.endswith(headline) for found in candidates(article, guess(article)))
