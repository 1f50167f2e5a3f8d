"""Style checks: what each finds, and more of what it must not find."""

import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.checks import marks, wording
from core.checks.article import Article
from core.checks.case import Case
from core.checks.clickbait import clickbait
from core.checks.finding import Check, Finding
from core.checks.profile import Level, Profile
from core.checks.style import STYLE

ARTICLE = (
    "The council in Orrin Bay will close the harbour bridge on Monday. The bridge carries 9,000 cars a day, said mayor "
    "Tamsin Roake. “Close it now!” drivers had shouted. The harbour ferry takes over, the ROVER service too. "
    "The ferry costs nothing while the harbour bridge is shut, and the ferry runs until the Grand Slam of sailing begins.\n"
)
PROFILE = Profile(
    longest=70, acronyms=("NATO",), banned=("migrant flood*", "chairman"), discouraged=("slam*", "bid", "brands … as")
)


def findings(check: Check, headline: str, language: str | None = "en", text: str = ARTICLE) -> list[Finding]:
    return check(Case(headline, Article(text, language), PROFILE))


def marked(check: Check, headline: str, language: str = "en", text: str = ARTICLE) -> list[str]:
    """The characters that a check points at."""
    return [headline[slice(*found.span)] for found in findings(check, headline, language, text) if found.span]


FOUND: list[tuple[Check, str, str]] = [
    (marks.too_short, "en", "Bridge shuts"),
    (marks.too_long, "en", "B" * 71),
    (marks.trailing_period, "en", "Bridge to close on Monday."),
    (marks.trailing_period, "en", "Roake: “The bridge will close.”"),
    (marks.trailing_period, "de", "Stuttgart gewinnt 3:1."),
    (marks.trailing_period, "fr", "Le pont ferme lundi. "),
    (marks.trailing_period, "nl", "Brug gaat maandag dicht."),
    (marks.exclamation, "en", "Bridge closes at last!"),
    (marks.exclamation, "fr", "Le pont ferme enfin !"),
    (marks.question, "en", "Who will pay for the bridge?"),
    (marks.question, "fr", "Qui paiera le pont ?"),
    (marks.capitals, "en", "SHOCK closure of harbour bridge"),
    (marks.capitals, "de", "Brücke SOFORT gesperrt"),
    (marks.capitals, "fr", "VICTOIRE : dernière au départ, Roake gagne"),
    (marks.title_case, "en", "Council Will Close Harbour Bridge After Years of Debate"),
    (wording.banned_word, "en", "Chairman warns of delays"),
    (wording.banned_word, "en", "Migrant  flooding warned of"),
    (wording.discouraged_word, "en", "Drivers slam closure of bridge"),
    (wording.discouraged_word, "en", "Drivers slammed closure of bridge"),
    (wording.discouraged_word, "en", "Roake brands free ferry plan as theft"),
    (marks.emoji, "en", "Bridge closes 🚧 on Monday"),
    (marks.emoji, "nl", "Brug gaat dicht ❤️"),
    (marks.markup, "en", "**Bridge closes** on Monday"),
    (marks.markup, "en", "Bridge <b>closes</b> on Monday"),
    (marks.markup, "en", "# Bridge closes on Monday"),
    (marks.markup, "en", "[Bridge closes](https://example.org) on Monday"),
    (marks.markup, "en", "Marks &amp; Spencer closes by bridge"),
    (marks.markup, "en", "_Bridge_ closes on Monday"),
    (wording.late_keyword, "en", "Drivers must find another way round when harbour route shuts"),
    (wording.passive, "en", "Bridge was closed for repairs"),
    (wording.passive, "en", "Boy bitten by seal"),
    (wording.passive, "fr", "Le pont a été fermé pour travaux"),
    (wording.passive, "fr", "Un maire condamné par la justice"),
    (wording.passive, "nl", "Brug wordt maandag gesloten"),
    (wording.passive, "de", "Brücke wird am Montag gesperrt"),
    (wording.passive, "de", "Preis soll vom Kabinett zum 1. August angehoben werden"),
    (wording.passive, "de", "Halle wird saniert"),
    (wording.passive, "de", "Spritzig & Söhne wurde von der Brauerei Eulenkrug übernommen"),
    (wording.passive, "de", "Kinder wurden am Bahnhof untersucht"),
    (wording.passive, "fr", "Dès le 3 mars, la vitesse sera limitée à 30 km/h"),
    (wording.passive, "fr", "Le pont sera bientôt ouvert aux cyclistes"),
    (wording.passive, "en", "Man arrested on suspicion of arson after mill fire"),
    (wording.machine_word, "en", "Report reveals cost of bridge"),
    (wording.machine_word, "fr", "La ville dévoile un projet"),
    (wording.machine_word, "nl", "Gemeente onthult plan"),
    (wording.machine_word, "de", "Stadt enthüllt Pläne"),
    (wording.machine_word, "de", "Taucht ein in die Welt der Formulare"),
    (wording.machine_word, "fr", "La coopérative révolutionne l’industrie du verre"),
    (wording.machine_word, "fr", "Les caisses révolutionnent nos courses"),
    (wording.machine_word, "fr", "Une arnaque qui change la donne"),
    (wording.machine_word, "nl", "Een gamechanger voor slechte slapers"),
    (wording.machine_word, "en", "Ferry firm redraws the political landscape"),
    (wording.comma_for_and, "en", "Minister resigns, apologises"),
    (wording.comma_for_and, "en", "Fire kills two, injures eleven"),
]

NOT_FOUND: list[tuple[Check, str, str]] = [
    (marks.too_short, "en", "Bridge shuts Monday"),
    (marks.too_long, "en", "B" * 70),
    (marks.too_long, "fr", "e\u0301" * 70),
    (marks.trailing_period, "en", "Ferry firm expands in the U.S."),
    (marks.trailing_period, "en", "Bridge closes at 5 p.m."),
    (marks.trailing_period, "en", "And then the bridge closed..."),
    (marks.trailing_period, "en", "And then the bridge closed…"),
    (marks.trailing_period, "en", "Bridge closes. Ferry opens"),
    (marks.trailing_period, "en", "Award for Martin Luther King Jr."),
    (marks.trailing_period, "de", "Prozess gegen Peter K."),
    (marks.trailing_period, "de", "Bahn streikt ab dem 24."),
    (marks.trailing_period, "de", "Stadt zahlt 3,2 Mio."),
    (marks.trailing_period, "fr", "Une amphore de 50 av. J.-C."),
    (marks.trailing_period, "nl", "Brug kost 30 mln."),
    (marks.exclamation, "en", "Drivers cry “Close it now!”"),
    (marks.exclamation, "en", "Close it now! drivers cry"),
    (marks.question, "en", "“Who will pay?” asks the mayor"),
    (marks.question, "de", "„Wer zahlt das?“, fragt die Stadt"),
    (marks.capitals, "en", "NATO takes over harbour bridge"),
    (marks.capitals, "en", "ROVER service takes over"),
    (marks.capitals, "fr", "Sous Louis XVIII, un pont"),
    (marks.capitals, "fr", "VIDÉO. Le pont ferme lundi"),
    (marks.capitals, "en", "US and UK agree on UFOs"),
    (marks.title_case, "en", "Council will close harbour bridge after years of debate"),
    (marks.title_case, "en", "Orrin Bay mayor Tamsin Roake to close harbour bridge"),
    (marks.title_case, "en", "Roake, Grand Slam Tamsin Orrin Bay"),
    (marks.title_case, "en", "Bridge Closes Monday"),
    (marks.title_case, "de", "Stadtrat Sperrt Brücke Wegen Bauarbeiten Am Montag"),
    (wording.banned_word, "en", "Chairmanship goes to Roake"),
    (wording.banned_word, "en", "Migrants wade through flood"),
    (wording.discouraged_word, "en", "Roake wins Grand Slam"),
    (wording.discouraged_word, "en", "Court forbids bid-rigging"),
    (wording.discouraged_word, "en", "‘They slam the door’, say drivers"),
    (wording.discouraged_word, "en", "Islamic school opens"),
    (wording.discouraged_word, "en", "Two brands leave the harbour"),
    (marks.emoji, "en", "★★★★☆ Bridge film is a triumph™ © 2026 – ½ price → now"),
    (marks.emoji, "de", "„Brücke“ – 5 € für Autos"),
    (marks.markup, "de", "Lehrer*innen und Schüler*innen streiken"),
    (marks.markup, "de", "1. FC Köln gewinnt"),
    (marks.markup, "en", "Mayor: f**k the bridge, b**ch says driver"),
    (marks.markup, "en", "AT&T; M&S; costs < 3 > 2"),
    (marks.markup, "en", "@_roake_ posts #bridge on X"),
    (wording.late_keyword, "en", "Harbour route shuts on Monday"),
    (wording.late_keyword, "en", "Drivers must find another way round"),
    (wording.late_keyword, "es", "Drivers must find another way round when harbour route shuts"),
    (wording.passive, "en", "Mayor is in need of a bridge"),
    (wording.passive, "en", "Prices increased by 3 per cent"),
    (wording.passive, "fr", "Le maire est arrivé lundi"),
    (wording.passive, "nl", "Gemeente wordt groter"),
    (wording.passive, "nl", "Brug wordt duurder voor gemeenteraad"),
    (wording.passive, "de", "Roake wird gegen Kiel antreten"),
    (wording.passive, "de", "Wetter wird gut"),
    (wording.passive, "de", "Roake will Bürgermeister werden"),
    (wording.passive, "fr", "Le maire sera arrivé lundi"),
    (wording.passive, "fr", "Le maire dit s’être trompé"),
    (wording.passive, "en", "Dairy cows are not used to summer time"),
    (wording.passive, "en", "Picture above copier is lost Van Ardenhout painting"),
    (wording.passive, "en", "Police arrested two after fire"),
    (wording.machine_word, "en", "Tide rises under bridge"),
    (wording.machine_word, "de", "Stadt sperrt Brücke"),
    (wording.machine_word, "fr", "Le parti révolutionnaire tient son congrès"),
    (wording.machine_word, "en", "Flemish landscape found above copier"),
    (wording.comma_for_and, "en", "Bridge to close, officials say"),
    (wording.comma_for_and, "en", "Roake, 34, wins race"),
    (wording.comma_for_and, "en", "Austin, Texas man charged"),
    (wording.comma_for_and, "fr", "Le ministre part, pas d'excuses"),
    (clickbait, "es", "10 things you won't believe"),
]


def _id(value: object) -> str:
    return value.name if isinstance(value, Check) else str(value)[:40]


class TestAHeadline:
    @pytest.mark.parametrize(("check", "language", "headline"), FOUND, ids=_id)
    def test_with_the_fault_is_found(self, check: Check, language: str, headline: str) -> None:
        assert findings(check, headline, language)

    @pytest.mark.parametrize(("check", "language", "headline"), NOT_FOUND, ids=_id)
    def test_without_it_is_left_alone(self, check: Check, language: str, headline: str) -> None:
        assert findings(check, headline, language) == []

    @pytest.mark.parametrize("headline", ["Council to close harbour bridge on Monday", "", " "])
    def test_of_a_language_that_nobody_knows_gets_what_needs_no_words(self, headline: str) -> None:
        found = {finding.check for check in STYLE for finding in findings(check, headline, None)}
        assert found <= {"too_short"}


class TestAFinding:
    def test_counts_the_characters(self) -> None:
        assert findings(marks.too_long, "B" * 78)[0].sentence == "78 of 70 characters"
        assert findings(marks.too_long, "B" * 78)[0].span == (70, 78)

    def test_points_at_the_characters(self) -> None:
        assert marked(marks.trailing_period, "Roake: “It will close.”") == ["."]
        assert marked(wording.discouraged_word, "Drivers slam bid") == ["slam", "bid"]
        assert marked(marks.capitals, "SHOCK and HORROR on bridge") == ["SHOCK and HORROR"]
        assert marked(marks.emoji, "Bridge 👩🏽‍🚒🚒 closes") == ["👩🏽‍🚒🚒"]
        assert marked(wording.machine_word, "Report reveals rising tide") == ["reveals", "rising"]

    def test_is_worded_for_an_editor(self) -> None:
        assert findings(wording.discouraged_word, "Drivers slam closure")[0].sentence == "‘slam’ is discouraged"
        assert findings(marks.trailing_period, "Bridge closes on Monday.")[0].sentence == "ends with a full stop"

    def test_has_the_severity_of_the_profile(self) -> None:
        levels: list[tuple[Level, list[str]]] = [("hint", ["hint"]), ("off", [])]
        for level, severities in levels:
            case = Case("Who will pay?", Article(ARTICLE, "en"), Profile(checks={"question": level}))
            assert [found.severity for found in marks.question(case)] == severities


def test_every_check_has_the_severity_that_the_newsroom_gave_it() -> None:
    fail = {"trailing_period", "title_case", "banned_word", "emoji", "markup"}
    hint = {"late_keyword", "passive", "machine_word", "comma_for_and"}
    assert {check.name for check in STYLE if check.severity == "fail"} == fail
    assert {check.name for check in STYLE if check.severity == "hint"} == hint
    assert len({check.name for check in STYLE}) == len(STYLE) == 17


class TestClickbait:
    def test_is_told_from_sober_headlines_as_measured(self) -> None:
        """Headlines invented for this. At first the patterns had precision .93 and recall .81; then they were mended."""
        lines = Path(__file__).with_name("clickbait.tsv").read_text(encoding="utf-8").splitlines()[1:]
        outcome = {(label, found): 0 for label in ("clickbait", "sober") for found in (True, False)}
        for line in lines:
            language, label, headline = line.split("\t")
            outcome[label, bool(findings(clickbait, headline, language, ""))] += 1
        assert outcome == {
            ("clickbait", True): 60,  # recall .86
            ("clickbait", False): 10,
            ("sober", True): 3,  # precision .95: the three open with "Why"
            ("sober", False): 66,
        }

    @pytest.mark.parametrize(
        ("language", "headline", "phrase"),
        [
            ("en", "How you can cross the bridge", "you"),
            ("en", "7 ways to cross a harbour", "7 ways"),
            ("fr", "La ville change vos trajets", "vos"),
            ("nl", "Brug dicht: wat je moet weten", "je"),
            ("de", "Was das für Sie bedeutet", "Sie"),
            ("de", "Ehrenamt: Taucht ein in die Welt der Formulare", "Taucht ein in"),
            ("fr", "Le train que tout le monde va s’arracher cet hiver", "tout le monde va"),
        ],
    )
    def test_is_shown_by_its_phrase(self, language: str, headline: str, phrase: str) -> None:
        assert marked(clickbait, headline, language) == [phrase]

    @pytest.mark.parametrize(
        ("language", "headline"),
        [
            ("en", "‘You lied to us,’ say drivers"),
            ("en", "7 ministers resign"),
            ("fr", "Un rendez-vous manqué pour le maire"),
            ("en", "Cold painting turns out to be a lost masterpiece"),
            ("en", "Is it not time to leave the clocks alone?"),
            ("fr", "Ce lundi, le pont ferme"),
            ("nl", "Deze week geen treinen"),
            ("de", "Sie war die erste Richterin im Land"),
            ("de", "Diese Woche fahren keine Züge"),
        ],
    )
    def test_is_not_what_news_sounds_like(self, language: str, headline: str) -> None:
        assert findings(clickbait, headline, language) == []


NAUGHTY = [
    "a" * 1_000_000,
    "A " * 500_000,
    "'a " * 300_000,
    "‘a’" * 300_000,
    '"' * 1_000_000,
    "„" * 1_000_000,
    "<a" * 500_000,
    "*a" * 500_000,
    "* a *" * 200_000,
    "[](" * 300_000,
    "&#1" * 300_000,
    "is being " * 100_000,
    "wird ge" * 100_000,
    "wurde " * 100_000,
    "ge" * 500_000,
    "1, a " * 200_000,
    "10 " * 300_000,
    "s, s" * 250_000,
    ". " * 500_000,
    "a." * 500_000,
    "!" * 1_000_000,
    "e" + "\u0300\u0327" * 500_000,
    "\u200b\u200d\ufeff" * 300_000,
    "\u202eمرحبا " * 100_000,
    "👩‍🚒" * 300_000,
    "\ud800\udfff\x00\x1b[31m" * 100_000,
    "İıſßﬁ" * 200_000,
    "XVIII" * 200_000,
]


class TestAnyText:
    @pytest.mark.parametrize("language", ["en", "fr", "nl", "de"])
    @pytest.mark.parametrize("text", NAUGHTY, ids=range(len(NAUGHTY)))
    def test_is_checked_in_a_moment(self, text: str, language: str) -> None:
        case = Case(text, Article(text, language), PROFILE)
        for check in STYLE:
            # The best of two: the machine may be busy, a pattern that explodes does so twice.
            assert min(_seconds(check, case), _seconds(check, case)) < 0.05, check.name

    @given(
        headline=st.text(), text=st.text(), language=st.sampled_from(["en", "fr", "nl", "de", "es", "en-GB", "", None])
    )
    def test_is_checked_without_an_error_and_pointed_into(self, headline: str, text: str, language: str | None) -> None:
        case = Case(headline, Article(text, language), PROFILE)
        for check in STYLE:
            for found in check(case):
                assert found.sentence
                assert found.span is None or 0 <= found.span[0] < found.span[1] <= len(headline)

    @given(entries=st.lists(st.text(), max_size=5))
    def test_may_stand_in_a_list_of_words(self, entries: list[str]) -> None:
        # More than a profile takes, for a check must be safe on whatever was stored.
        profile = Profile.model_construct(banned=tuple(entries), discouraged=tuple(entries))
        case = Case("Council slams *bid*", Article("", "en"), profile)
        wording.banned_word(case)
        wording.discouraged_word(case)


def _seconds(check: Check, case: Case) -> float:
    started = time.perf_counter()
    check(case)
    return time.perf_counter() - started
