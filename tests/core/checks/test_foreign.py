"""A headline that is clearly in another language than its article is found; names, quotations and loan words are not."""

import pytest

from core.checks import wording
from core.checks.article import Article
from core.checks.case import Case
from core.checks.finding import Finding
from core.checks.profile import Profile
from core.checks.support import little_overlap, unsupported_name

ARTICLES = {
    "en": "The council in Orrin Bay will close the harbour bridge on Monday, said mayor Tamsin Roake. The ferry takes over.",
    "fr": "La ville ferme le pont du port lundi pour des travaux, a dit le maire Paul Rouvier. Un bac le remplace.",
    "nl": "De gemeente sluit maandag de brug over het kanaal, zei burgemeester Ilse Roker. Een pont neemt het over.",
    "de": "Die Stadt sperrt am Montag die Hafenbrücke, sagte Bürgermeisterin Ilse Roker. Eine Fähre springt ein.",
}


def found(headline: str, language: str, text: str | None = None) -> list[Finding]:
    return wording.other_language(Case(headline, Article(text or ARTICLES[language[:2]], language), Profile()))


class TestAHeadline:
    @pytest.mark.parametrize(
        ("language", "headline", "said"),
        [
            ("en", "Le conseil ferme le pont du port pour les travaux", "French"),
            ("fr", "The council will close the bridge for repairs", "English"),
            ("nl", "Der Rat sperrt die Brücke für ein Jahr und warnt", "German"),
            ("de", "Gemeente sluit de brug over het kanaal voor een jaar", "Dutch"),
            ("de", "Market hall in Wendelbach to close for seven months", "English"),
            ("nl", "Ottevanger storms to rowing gold in thrilling world championship final", "English"),
            ("nl", "Schwimmbad De Kikker schließt am 1. September", "German"),
            ("en", "Ladesäulen in Dänemark und Norddeutschland streikten am Samstag", "German"),
            ("en", "Élection en Sarovie : l'ancienne juge prend la tête", "French"),
            ("fr", "Cloned voice tricks insurer out of almost two million euros", "English"),
            ("en", "El gobierno anuncia que los impuestos suben este año", "Spanish"),
            ("en", "Il sindaco chiude il ponte per due anni", "Italian"),
            ("nl", "Rząd zamyka most na rzece do końca roku", "Polish"),
            ("en", "Совет закроет мост в понедельник", "Cyrillic letters"),
            ("de-AT", "Mayor to close the bridge for two weeks", "English"),
        ],
    )
    def test_in_another_language_is_found(self, language: str, headline: str, said: str) -> None:
        (finding,) = found(headline, language)
        assert finding.sentence.startswith(f"is in {said}, the article in ")

    @pytest.mark.parametrize(
        ("language", "headline"),
        [
            ("en", "Roake: c'est la vie on the bridge"),
            ("en", "Rafael van der Vaart joins Real Madrid, Tour de France champion waits"),
            ("en", "Roake son face court over war door plan"),
            ("en", "Movie body hits peer-to-peer nets"),
            ("en", "Penguins march past frozen pier"),
            ("fr", "« The Wolf of Wall Street » revient"),
            ("fr", "Manchester United bat Liverpool"),
            ("fr", "Le week-end du coach star, un come-back très show"),
            ("nl", "Van der Poel wint in Roubaix"),
            ("nl", "Coach van Feyenoord blijft cool na comeback in de play-offs"),
            ("de", "„The bridge is closed for the winter“: Roker in Kiel"),
            ("de", "Game of Thrones und Lord of the Rings im Museum"),
            ("de", "Time 4 Talks: Weitere Digitalisierung der Schweizer Kinos"),
            ("de", "Neuer Song von Roker: „Let it be me“"),
            ("es", "The council will close the bridge for repairs"),
        ],
    )
    def test_with_foreign_names_and_loan_words_is_left_alone(self, language: str, headline: str) -> None:
        assert found(headline, language, ARTICLES.get(language, "El ayuntamiento cierra el puente.")) == []

    def test_in_another_language_is_not_compared_with_the_words_of_the_article(self) -> None:
        case = Case("Penguins march through Oslo for the king and the queen", Article(ARTICLES["fr"], "fr"), Profile())
        assert wording.other_language(case)
        assert little_overlap(case) == [] == unsupported_name(case)
