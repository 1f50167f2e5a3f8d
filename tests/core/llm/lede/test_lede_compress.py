"""How the offline headline writer shortens a sentence, one class of sentences at a time."""

import pytest

from core.llm.lede.clauses import read
from core.llm.lede.compress import finish, forms
from core.llm.lede.dutch import DUTCH
from core.llm.lede.english import ENGLISH
from core.llm.lede.french import FRENCH
from core.llm.lede.german import GERMAN
from core.llm.lede.grammar import Grammar


def texts(sentence: str, grammar: Grammar = ENGLISH) -> list[str]:
    return [form.text for form in forms(sentence, grammar)]


@pytest.mark.parametrize(
    ("sentence", "headline"),
    [
        ("On Tuesday, the council approved a new bridge plan.", "Council approved a new bridge plan"),
        ("However, the council approved a new bridge plan.", "Council approved a new bridge plan"),
        ("But the council approved a new bridge plan.", "Council approved a new bridge plan"),
        ("According to the mayor, the bridge will close in June.", "Bridge will close in June"),
        ("The bridge will close in June, the council said on Monday.", "Bridge will close in June"),
        ("The council announced that the bridge will close in June.", "Bridge will close in June"),
        ("The bridge, which carries 12,400 cars a day, will close in June.", "Bridge will close in June"),
        (
            "The bridge, which carries 12,400 cars a day, will close in June.",
            "Bridge carries 12,400 cars a day",
        ),
        ("Ann Day, 54, was elected mayor of the old port.", "Ann Day was elected mayor of the old port"),
        ("The council approved a new bridge plan last week.", "Council approved a new bridge plan"),
        ("The bridge will close in June because inspectors found cracks.", "Bridge will close in June"),
        (
            "The bridge will close in June because inspectors found deep cracks.",
            "Inspectors found deep cracks",
        ),
        ("The bridge (built in 1934) will close in June.", "Bridge will close in June"),
        ("The city will close the bridge and it will widen the road.", "City will close the bridge"),
        ("Ferry operator Halvern Lines has ordered six vessels.", "Halvern Lines has ordered six vessels"),
        ("Soldiers on both banks lifted the iron barriers.", "Soldiers lifted the iron barriers"),
        ("Output fell from 17 to 9 tonnes a week.", "Output fell to 9 tonnes a week"),
        ("Cracks in the deck were found in February.", "Cracks were found in February"),
    ],
)
def test_english_is_shortened_at_its_seams(sentence: str, headline: str) -> None:
    assert headline in texts(sentence)


@pytest.mark.parametrize(
    ("sentence", "headline"),
    [
        ("Mardi, le conseil a adopté un plan pour le pont.", "Le conseil a adopté un plan pour le pont"),
        ("Le pont est fermé aux camions, a indiqué la mairie.", "Le pont est fermé aux camions"),
        ("Le pont, qui date de 1934, sera fermé en juin.", "Le pont sera fermé en juin"),
        (
            "Le conseil a adopté, par 38 voix, la gratuité des cars.",
            "Le conseil a adopté la gratuité des cars",
        ),
        ("Le pont sera fermé en juin alors que la ville attend.", "Le pont sera fermé en juin"),
    ],
)
def test_french_is_shortened_at_its_seams(sentence: str, headline: str) -> None:
    assert headline in texts(sentence, FRENCH)


@pytest.mark.parametrize(
    ("sentence", "headline"),
    [
        ("Op dinsdag keurde de raad het plan goed.", "De raad keurde het plan goed"),
        ("De raad keurde dinsdag het plan goed.", "De raad keurde het plan goed"),
        ("De brug gaat in juni dicht, zei de wethouder.", "De brug gaat in juni dicht"),
        ("De ploeg heeft zondag de ronde gewonnen na een solo.", "De ploeg heeft de ronde gewonnen"),
    ],
)
def test_dutch_is_set_upright_and_shortened(sentence: str, headline: str) -> None:
    assert headline in texts(sentence, DUTCH)


@pytest.mark.parametrize(
    ("sentence", "headline"),
    [
        ("Am Dienstag beschloss der Stadtrat die Sanierung.", "Der Stadtrat beschloss die Sanierung"),
        ("Die Brücke wird im Juni gesperrt, sagte die Stadt.", "Die Brücke wird im Juni gesperrt"),
        (
            "Die Arbeiten an der Brücke beginnen im September.",
            "Die Arbeiten an der Brücke beginnen im September",
        ),
    ],
)
def test_german_is_set_upright_and_shortened(sentence: str, headline: str) -> None:
    assert headline in texts(sentence, GERMAN)


@pytest.mark.parametrize(
    "sentence",
    [
        "It will reopen in the spring of next year.",
        "They say that the wake damages small boats.",
        "His party voted against the budget in March.",
        "There were 34 people in the hall that night.",
        "This was the first defeat in eleven years.",
    ],
)
def test_a_sentence_that_opens_with_a_pronoun_gives_nothing(sentence: str) -> None:
    assert texts(sentence) == []


def test_what_somebody_merely_says_keeps_its_source() -> None:
    found = texts("The owners' federation said the law would remove 9,000 homes from the market.")
    assert all("said" in text for text in found)


def test_a_condition_is_never_dropped() -> None:
    found = texts("The council will close the bridge in June if the engineers find more cracks.")
    assert all(" if " in text for text in found)


def test_a_denial_keeps_what_limits_it() -> None:
    found = texts("Penmarrow did not manage a shot on target until the 66th minute of the match.")
    assert all("66th minute" in text for text in found)


def test_the_other_half_of_a_dutch_verb_is_never_cut_off() -> None:
    found = texts("De gemeente gaat de oude bruggen in de haven herstellen.", DUTCH)
    assert all(text.endswith("herstellen") for text in found)


def test_the_other_half_of_a_german_verb_is_never_cut_off() -> None:
    found = texts("Die Stadt hat den Vertrag mit der Firma zum Jahresende gekündigt.", GERMAN)
    assert all(text.endswith("gekündigt") for text in found)


def test_a_verb_is_not_left_without_its_object() -> None:
    assert "Council approved" not in texts("The council approved in June a plan for the bridge.")


def test_a_score_is_not_split_from_its_object() -> None:
    found = texts("Nell Adenwick scored three minutes from the end of extra time.")
    assert not any(text.endswith("three minutes") for text in found)


def test_up_to_is_not_split() -> None:
    assert not any(text.endswith(" up") for text in texts("Landlords would face fines of up to 12,000 dollars."))


def test_a_number_keeps_its_comma() -> None:
    assert any("1,300" in text for text in texts("About 1,300 people signed a petition, the council said."))


def test_the_article_stays_where_it_carries_meaning() -> None:
    assert finish("a few residents complained about noise", ENGLISH).startswith("A few")


def test_french_keeps_its_article() -> None:
    assert finish("le pont sera fermé en juin.", FRENCH) == "Le pont sera fermé en juin"


def test_a_headline_has_no_full_stop() -> None:
    assert finish("The bridge will close in June.", ENGLISH) == "Bridge will close in June"


def test_a_plural_noun_is_not_taken_for_a_verb() -> None:
    assert not read("Average prices in the old town", ENGLISH).has_main_verb()
