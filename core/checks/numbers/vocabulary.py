"""The words that say numbers, in English, French, Dutch and German."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

FRACTIONS = {"¼": 0.25, "½": 0.5, "¾": 0.75, "⅓": 1 / 3, "⅔": 2 / 3}
MORNING = frozenset(("am", "a"))
AFTERNOON = frozenset(("pm", "p"))
HOURS = frozenset(("h", "uhr", "uur", "u", "heures", "heure"))
PER_CENT = frozenset(("per", "pour", "cent", "cents"))
ENDINGS = frozenset(
    ("st", "nd", "rd", "th", "er", "re", "ère", "e", "ème", "eme", "ième", "ste", "de", "te", "ten", "ter")
)
"""What makes an ordinal of digits that it follows at once."""
DECADE_ENDINGS = frozenset(("s", "er"))


@dataclass(frozen=True)
class Vocabulary:
    """How one language writes numbers. All words are in lower case."""

    decimal: str = ""
    cardinals: Mapping[str, float] = field(default_factory=dict[str, float])
    """Up to 999, then thousand and the scales."""
    scales: Mapping[str, float] = field(default_factory=dict[str, float])
    """What multiplies a number in digits."""
    letters: frozenset[str] = frozenset()
    """Scales that may be units as well; they stand close to the digits."""
    ordinals: Mapping[str, float] = field(default_factory=dict[str, float])
    denominators: Mapping[str, float] = field(default_factory=dict[str, float])
    shares: Mapping[str, float] = field(default_factory=dict[str, float])
    """Fractions of one word, as hundredths."""
    halves: frozenset[str] = frozenset()
    and_a_half: tuple[tuple[str, ...], ...] = ()
    loose: Mapping[str, tuple[float, ...]] = field(default_factory=dict[str, tuple[float, ...]])
    """Words that imply a number without saying it."""
    ambiguous: frozenset[str] = frozenset()
    """Numbers that are as often something else; they support, and claim nothing."""
    articles: frozenset[str] = frozenset()
    ands: frozenset[str] = frozenset()
    and_in_tens: bool = False
    percents: frozenset[str] = frozenset(("%", "percent", "pct"))
    currencies: frozenset[str] = frozenset()
    months: Mapping[str, int] = field(default_factory=dict[str, int])
    month_first: bool = False
    dates_with_points: bool = False
    hours: bool = True
    decades: frozenset[str] = frozenset()
    thousand: str = ""
    """What a compound of thousands has inside."""

    @cached_property
    def starts(self) -> frozenset[str]:
        """Every word with which a number can begin."""
        return frozenset((*self.cardinals, *self.ordinals, *self.halves, *self.shares, *self.loose, *self.articles))

    @cached_property
    def known(self) -> frozenset[str]:
        """Every word that can belong to a number; all others only part numbers from each other."""
        phrases = (word for phrase in self.and_a_half for word in phrase)
        return self.starts.union(
            self.scales, self.denominators, phrases, self.ands, self.percents, self.currencies, self.months, self.decades,
            MORNING, AFTERNOON, HOURS, ENDINGS, DECADE_ENDINGS, PER_CENT, ("m", "of"),
        )  # fmt: skip


def _count(words: str, start: int) -> dict[str, float]:
    """Words in their order; those with a stroke between them are the same number."""
    return {word: float(number) for number, entry in enumerate(words.split(), start) for word in entry.split("|")}


def _tens(words: str) -> dict[str, float]:
    return {word: number * 10 for word, number in _count(words, 2).items()}


def _months(words: str) -> dict[str, int]:
    return {word: int(number) for word, number in _count(words, 1).items()}


def _words(words: str) -> frozenset[str]:
    return frozenset(words.split())


def _compounds(
    units: Mapping[str, float], tens: Mapping[str, float], ands: Iterable[str], hundred: str
) -> dict[str, float]:
    """The one-word numbers of German and Dutch up to 999."""
    below = dict(units)
    below.update(tens)
    for unit, one in units.items():
        if one < 10:
            for ten, many in tens.items():
                for joint in ands:
                    below[f"{unit}{joint}{ten}"] = one + many
    all_of_them = dict(below)
    for many in (1, *range(2, 10)):
        names = [unit for unit, one in units.items() if one == many] + ([""] if many == 1 else [])
        for name in names:
            all_of_them[f"{name}{hundred}"] = many * 100.0
            for rest, value in below.items():
                all_of_them[f"{name}{hundred}{rest}"] = many * 100 + value
    return all_of_them


_EN_UNITS = _count(
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
    " eighteen nineteen",
    1,
) | _tens("twenty thirty forty fifty sixty seventy eighty ninety")
_EN_ORDINALS = _count(
    "second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth"
    " sixteenth seventeenth eighteenth nineteenth twentieth",
    2,
) | {"first": 1.0, "hundredth": 100.0, "thirtieth": 30.0, "fortieth": 40.0, "fiftieth": 50.0}
_MONEY = _words(
    "dollar dollars euro euros pound pounds pence cents yen franc francs franken frank frs kroner kronor kronen"
    " pond dollars livres centimes roubles rubel rupees yuan usd eur gbp chf"
)

_ENGLISH = Vocabulary(
    decimal=".",
    cardinals=_EN_UNITS
    | {"hundred": 100, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12},
    scales={
        "hundred": 100, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12, "k": 1e3, "m": 1e6, "mn": 1e6,
        "mln": 1e6, "mio": 1e6, "b": 1e9, "bn": 1e9, "bln": 1e9, "tn": 1e12, "trn": 1e12,
    },
    letters=_words("k m b"),
    ordinals=_EN_ORDINALS,
    denominators={
        "half": 2, "halves": 2, "third": 3, "thirds": 3, "quarter": 4, "quarters": 4, "fifth": 5, "fifths": 5, "sixth": 6,
        "tenth": 10, "tenths": 10, "eighth": 8, "eighths": 8, "sixths": 6,
    },
    halves=_words("half halve halved halves halving"),
    and_a_half=(("and", "a", "half"),),
    loose={
        "both": (2,), "pair": (2,), "couple": (2,), "duo": (2,), "double": (2,), "doubles": (2,), "doubled": (2,),
        "doubling": (2,), "twice": (2,), "twin": (2,), "twins": (2,), "either": (2,), "neither": (2,), "trio": (3,),
        "triple": (3,), "tripled": (3,), "treble": (3,), "trebled": (3,), "triplets": (3,), "quarter": (4, 25, 0.25),
        "quartet": (4,), "quadruple": (4,), "fortnight": (14, 2), "dozen": (12,), "dozens": (12,), "decade": (10,),
        "decades": (10,), "century": (100,), "centenary": (100,), "bicentenary": (200,), "noon": (720, 12),
        "midday": (720, 12), "midnight": (0, 1440, 12), "week": (7,), "year": (12, 365), "day": (24,), "score": (20,),
        "other": (2,), "another": (2,), "hundreds": (100,), "quarterfinal": (4,), "zero": (0,), "nil": (0,), "weekend": (2,),
    },
    ambiguous=_words("second first"),
    articles=_words("a an"),
    ands=_words("and"),
    percents=_words("% percent pct pc percentage"),
    currencies=_MONEY,
    months=_months(
        "january|jan february|feb march|mar april|apr may june|jun july|jul august|aug september|sept|sep october|oct"
        " november|nov december|dec"
    ),
    month_first=True,
    hours=False,
)  # fmt: skip

_FRENCH = Vocabulary(
    decimal=",",
    cardinals=_count(
        "un|une deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize", 1
    )
    | _tens("vingt|vingts trente quarante cinquante soixante septante huitante|octante nonante")
    | {"cent": 100, "cents": 100, "mille": 1e3, "million": 1e6, "millions": 1e6, "milliard": 1e9, "milliards": 1e9},
    scales={
        "mille": 1e3, "million": 1e6, "millions": 1e6, "milliard": 1e9, "milliards": 1e9, "k": 1e3, "m": 1e6, "mio": 1e6,
        "mds": 1e9, "md": 1e9, "mrd": 1e9, "mrds": 1e9, "mln": 1e6, "billion": 1e12, "billions": 1e12,
    },
    letters=_words("k m"),
    ordinals=_count(
        "deuxième troisième quatrième cinquième sixième septième huitième neuvième dixième onzième douzième treizième"
        " quatorzième quinzième seizième",
        2,
    )
    | {
        "premier": 1, "première": 1, "premiers": 1, "premières": 1, "second": 2, "seconde": 2, "unième": 1, "vingtième": 20,
        "trentième": 30, "quarantième": 40, "cinquantième": 50, "centième": 100,
    },
    denominators={
        "demi": 2, "demie": 2, "tiers": 3, "quart": 4, "quarts": 4, "cinquième": 5, "cinquièmes": 5, "sixième": 6,
        "dixième": 10, "dixièmes": 10, "huitième": 8, "huitièmes": 8,
    },
    halves=_words("moitié demi demie"),
    and_a_half=(("et", "demi"), ("et", "demie")),
    loose={
        "double": (2,), "doubles": (2,), "doublé": (2,), "duo": (2,), "couple": (2,), "paire": (2,), "jumeaux": (2,),
        "jumelles": (2,), "bis": (2,), "ambos": (2,), "trio": (3,), "triple": (3,), "triplé": (3,), "quatuor": (4,),
        "dizaine": (10,), "dizaines": (10,), "douzaine": (12,), "quinzaine": (15,), "vingtaine": (20,),
        "trentaine": (30,), "quarantaine": (40,), "cinquantaine": (50,), "soixantaine": (60,), "centaine": (100,),
        "centaines": (100,), "millier": (1e3,), "milliers": (1e3,), "décennie": (10,), "siècle": (100,), "semaine": (7,),
        "an": (12, 365), "année": (12,), "jour": (24,), "midi": (720, 12), "minuit": (0, 1440), "zéro": (0,),
        "tiers": (100 / 3, 3), "quart": (25, 4), "autre": (2,), "centenaire": (100,), "bicentenaire": (200,),
        "trimestre": (3,), "semestre": (6,),
    },
    ambiguous=_words(
        "neuf premier première premiers premières second seconde deuxième unième cents vingts cent mille millions milliards"
    ),
    articles=_words("le la les l"),
    ands=_words("et"),
    and_in_tens=True,
    currencies=_MONEY,
    months=_months(
        "janvier|janv février|févr|fevrier mars avril|avr mai juin juillet|juil août|aout septembre|sept octobre|oct"
        " novembre|nov décembre|déc|decembre"
    ),
    dates_with_points=False,
    decades=_words("années annees"),
)  # fmt: skip

_DUTCH_UNITS = _count(
    "een|één twee drie vier vijf zes zeven acht negen tien elf twaalf dertien veertien vijftien zestien zeventien"
    " achttien negentien",
    1,
)
_DUTCH = Vocabulary(
    decimal=",",
    cardinals=_compounds(
        _DUTCH_UNITS,
        _tens("twintig dertig veertig vijftig zestig zeventig tachtig negentig"),
        ("en", "ën"),
        "honderd",
    )
    | {"duizend": 1e3, "miljoen": 1e6, "miljard": 1e9, "biljoen": 1e12},
    scales={
        "duizend": 1e3, "miljoen": 1e6, "miljard": 1e9, "biljoen": 1e12, "mln": 1e6, "mio": 1e6, "mld": 1e9, "mrd": 1e9,
        "k": 1e3, "m": 1e6,
    },
    letters=_words("k m"),
    ordinals=_count(
        "tweede derde vierde vijfde zesde zevende achtste negende tiende elfde twaalfde dertiende veertiende vijftiende"
        " zestiende zeventiende achttiende negentiende twintigste",
        2,
    )
    | {"eerste": 1, "dertigste": 30, "veertigste": 40, "vijftigste": 50, "honderdste": 100},
    denominators={"derde": 3, "kwart": 4, "vierde": 4, "vijfde": 5, "tiende": 10, "achtste": 8},
    shares={"driekwart": 75, "tweederde": 200 / 3, "eenderde": 100 / 3, "eenvijfde": 20},
    halves=_words("helft half halve halvering halveert gehalveerd"),
    and_a_half=(("en", "een", "half"),),
    loose={
        "beide": (2,), "beiden": (2,), "paar": (2,), "stel": (2,), "duo": (2,), "dubbel": (2,), "dubbele": (2,),
        "verdubbelt": (2,), "verdubbeling": (2,), "verdubbeld": (2,), "tweeling": (2,), "tweemaal": (2,), "tweetal": (2,),
        "trio": (3,), "drietal": (3,), "viertal": (4,), "vijftal": (5,), "zestal": (6,), "tiental": (10,),
        "tientallen": (10,), "dozijn": (12,), "twintigtal": (20,), "honderden": (100,), "anderhalf": (1.5,),
        "tweeënhalf": (2.5,), "decennium": (10,), "eeuw": (100,), "week": (7,), "jaar": (12, 365), "dag": (24,),
        "kwart": (25, 4), "kwartaal": (3,), "nul": (0,), "middernacht": (0, 1440), "andere": (2,), "tweeën": (2,),
        "drieën": (3,),
    },
    ambiguous=_words("eerste tweede acht"),
    articles=_words("het"),
    percents=_words("% procent percent pct"),
    currencies=_MONEY,
    months=_months(
        "januari|jan februari|feb maart|mrt april|apr mei juni|jun juli|jul augustus|aug september|sept|sep"
        " oktober|okt november|nov december|dec"
    ),
    decades=_words("jaren"),
    thousand="duizend",
)  # fmt: skip

_GERMAN_ORDINALS = _count(
    "zweit dritt viert fünft sechst siebt|siebent acht neunt zehnt elft zwölft dreizehnt vierzehnt fünfzehnt sechzehnt"
    " siebzehnt achtzehnt neunzehnt zwanzigst",
    2,
) | {"erst": 1.0, "dreißigst": 30.0, "vierzigst": 40.0, "fünfzigst": 50.0, "hundertst": 100.0}
_GERMAN = Vocabulary(
    decimal=",",
    cardinals=_compounds(
        _count(
            "ein|eins zwei|zwo drei vier fünf|fuenf sechs sieben acht neun zehn elf zwölf|zwoelf dreizehn vierzehn"
            " fünfzehn sechzehn siebzehn achtzehn neunzehn",
            1,
        ),
        _tens("zwanzig dreißig|dreissig vierzig fünfzig sechzig siebzig achtzig neunzig"),
        ("und",),
        "hundert",
    )
    | {
        "eine": 1, "einer": 1, "einen": 1, "einem": 1, "tausend": 1e3, "million": 1e6, "millionen": 1e6, "milliarde": 1e9,
        "milliarden": 1e9, "billion": 1e12, "billionen": 1e12,
    },
    scales={
        "tausend": 1e3, "tsd": 1e3, "million": 1e6, "millionen": 1e6, "mio": 1e6, "milliarde": 1e9, "milliarden": 1e9,
        "mrd": 1e9, "billion": 1e12, "billionen": 1e12, "bio": 1e12, "k": 1e3, "m": 1e6,
    },
    letters=_words("k m"),
    ordinals={
        f"{stem}{ending}": number
        for stem, number in _GERMAN_ORDINALS.items()
        for ending in ("e", "en", "er", "es", "em")
    },
    shares={"dreiviertel": 75, "zweidrittel": 200 / 3},
    denominators={"drittel": 3, "viertel": 4, "fünftel": 5, "sechstel": 6, "achtel": 8, "zehntel": 10},
    halves=_words("hälfte halb halbe halben halbes halber halbiert halbieren halbierung"),
    and_a_half=(),
    loose={
        "beide": (2,), "beiden": (2,), "beider": (2,), "paar": (2,), "duo": (2,), "doppelt": (2,), "doppelte": (2,),
        "doppelten": (2,), "verdoppelt": (2,), "verdoppeln": (2,), "verdoppelung": (2,), "zwillinge": (2,), "zweimal": (2,),
        "zweier": (2,), "dreier": (3,), "dreimal": (3,), "trio": (3,), "dreifach": (3,), "drilling": (3,), "drillinge": (3,),
        "dutzend": (12,), "dutzende": (12,), "anderthalb": (1.5,), "eineinhalb": (1.5,), "zweieinhalb": (2.5,),
        "dreieinhalb": (3.5,), "jahrzehnt": (10,), "jahrzehnte": (10,), "jahrhundert": (100,), "woche": (7,), "jahr": (12, 365),
        "tag": (24,), "drittel": (100 / 3,), "viertel": (25, 4), "quartal": (3,), "null": (0,), "mitternacht": (0, 1440),
        "mittag": (720, 12), "andere": (2,), "zweieinhalbtausend": (2500,),
    },
    ambiguous=_words(
        "erste erster ersten erstes erstem zweite zweiter zweiten zweites zweitem achten millionen milliarden billionen"
    ),
    percents=_words("% prozent percent"),
    currencies=_MONEY,
    months=_months(
        "januar|jänner|jan februar|feb märz|maerz april|apr mai juni|jun juli|jul august|aug september|sept|sep"
        " oktober|okt november|nov dezember|dez"
    ),
    dates_with_points=True,
    decades=frozenset(),
    thousand="tausend",
)  # fmt: skip

LANGUAGES: Mapping[str, Vocabulary] = {"en": _ENGLISH, "fr": _FRENCH, "nl": _DUTCH, "de": _GERMAN}

NO_LANGUAGE = Vocabulary(
    scales={"million": 1e6, "mio": 1e6, "mln": 1e6, "bn": 1e9, "mrd": 1e9, "k": 1e3, "m": 1e6},
    letters=_words("k m"),
    currencies=_MONEY,
)
