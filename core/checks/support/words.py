"""Words that the support checks need to know: those without content, those with a capital, and kin of other stems."""


def words(listed: str) -> frozenset[str]:
    """Words with spaces between them."""
    return frozenset(listed.split())


# All as `article.fold` leaves them: without accents.
CONTENTLESS = {
    "en": words(
        "the and for but not nor yet with from into onto over under out off its his her their our your they them this that"
        " these those who whom whose which what when where why how has have had was were are been being will would can"
        " could may might must shall should does did done more most than then there here about after before against"
        " between during without within while because until since also just only very too all any some each every both"
        " few many much such own same other another again still now says said new first last get gets got one two three"
        " amid near per via set let you she him ours day days year years week weeks man men woman women people"
    ),
    "fr": words(
        "les des une aux pour par sur dans avec sans sous entre vers chez mais donc car que qui quoi dont est sont ete etre"
        " etait etaient sera seront ont avait avoir fait faire son ses leur leurs notre nos votre vos mes tes elle elles"
        " ils lui eux nous vous cette ces cet pas plus moins tres trop peu aussi encore deja toujours jamais tout tous"
        " toute toutes autre autres apres avant depuis pendant contre selon ainsi comme quand comment pourquoi ete peut"
        " veut doit dit nouveau nouvelle nouveaux nouvelles premier premiere deux trois ans jour jours"
    ),
    "nl": words(
        "een het van voor met aan uit bij naar over onder door tot tegen tussen zonder tijdens binnen buiten maar want dus"
        " dan als dat die dit deze wie wat waar wanneer waarom hoe zijn was waren wordt worden werd werden heeft hebben had"
        " kan kunnen mag moet moeten zal zou wil gaat gaan haar hun ons onze mijn zij hij wij jij niet geen wel ook nog al"
        " meer minder meest zeer erg veel weinig alle alles elk elke ander andere weer toch nieuw nieuwe eerste laatste"
        " twee drie jaar dag dagen om op in de zich jouw jullie jou je ze we te er ons onszelf"
    ),
    "de": words(
        "der die das den dem des ein eine einen einem einer eines und oder aber denn weil dass wenn als wie wer was wo wann"
        " warum mit von vor fur bei aus nach uber unter auf gegen zwischen ohne durch zum zur vom beim ins ist sind war"
        " waren wird werden wurde wurden hat haben hatte kann konnen muss mussen soll sollen will wollen darf sein seine"
        " seinen ihr ihre ihren sie wir uns nicht kein keine auch noch nur sehr mehr weniger viel viele alle alles andere"
        " wieder doch schon jetzt neu neue neuen neuer neues erste ersten letzte zwei drei jahr jahre jahren tag tage um an"
        " sich mich dich dir euch ihm ihn ihnen man im am"
    ),
}

_EVERYWHERE = (
    "tv dvd pc ceo usa us uk eu un uno onu ue ok id it ai ia dna adn cia fbi fifa uefa"
    " mr mrs ms dr st sr jr pm mp mps gp"
)
EVERYDAY = {
    "en": words(
        f"{_EVERYWHERE} monday tuesday wednesday thursday friday saturday sunday january february march april may june july"
        " august september october november december english french german spanish italian dutch british american european"
        " christmas easter net internet web god earth i im ive ill id mondays tuesdays fridays saturdays sundays"
    ),
    "fr": words(
        f"{_EVERYWHERE} etat etats internet web dieu noel paques terre covid coronavirus video videos mme m mm mlle la le les"
        " lundi mardi mercredi jeudi vendredi samedi dimanche francais francaise francaises europeen europeenne"
    ),
    "nl": words(
        f"{_EVERYWHERE} internet web god kerst pasen aarde nederlands nederlandse engels engelse frans franse duits duitse"
        " europees europese amerikaans amerikaanse maandag dinsdag woensdag donderdag vrijdag zaterdag zondag ijs"
    ),
}  # fmt: skip

_KIN = (
    "france french fran frenchman", "britain british briton uk united_kingdom royaume britannique grande bretagne brit",
    "germany german allemagne allemand", "spain spanish spaniard", "espagne espagnol", "wales welsh", "greece greek",
    "grece grec", "switzerland swiss", "suisse helvetique", "denmark danish dane", "turkey turkish turk", "turquie turc",
    "poland polish pole", "ireland irish", "irlande irlandais", "scotland scottish scots scot", "finland finnish finn",
    "sweden swedish swede", "netherlands dutch holland", "pays neerlandais hollandais", "norway norwegian", "iraq iraqi",
    "china chinese chine chinois", "peru peruvian", "us america american usa united washington etats americain",
    "eu european europe brussels ue europeen bruxelles", "un united nations onu nations", "england english",
    "angleterre anglais", "royaume britannique anglais", "frankrijk frans fransen", "duitsland duits",
    "spanje spaans spanjaard", "engeland engels", "griekenland grieks", "zweden zweeds zweed", "denemarken deens deen",
    "polen pools pool", "noorwegen noors noor", "belgie belgisch belg", "china chinees", "vs amerika amerikaans verenigde",
    "russia russian moscow kremlin", "russie russe moscou kremlin", "japan japanese tokyo", "japon japonais tokyo",
    "italy italian rome", "italie italien rome", "israel israeli", "utd united", "tories tory conservative conservatives",
    "lib liberal", "dem dems democrat", "mac apple macintosh", "tele television", "bac baccalaureat", "ps socialiste",
    "gop republican", "sco scotland", "aussie australia", "kiwi zealand", "brit british", "scots scottish",
    "man manchester", "oz australia", "la los", "ny york", "brexit royaume", "elysee macron president", "matignon premier",
)  # fmt: skip


def _same() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for group in _KIN:
        kin = tuple(group.split())
        for word in kin:
            found[word] = (*found.get(word, ()), *kin)
    return found


SAME = _same()
"""What the article may have instead of a name: enough of the beginning of a word of another stem."""
