"""German, as news copy uses it."""

from core.llm.lede.grammar import Grammar, pattern, vocabulary

_DAY = r"(?:Mon|Diens|Donners|Frei|Sams|Sonn)tag|Mittwoch|Sonnabend"
_MONTH = r"(?:Januar|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember)"
_TIME = (
    rf"(?:am (?:vergangenen |kommenden )?(?:{_DAY})(?:morgen|mittag|nachmittag|abend"
    rf"|vormittag)?|am \d{{1,2}}\. {_MONTH}(?: \d{{4}})?|gestern(?: Abend)?|heute"
    r"|(?:vergangene|kommende|nächste|diese|letzte) Woche|in der (?:vergangenen|kommenden"
    r"|nächsten) Woche|(?:im|in diesem|in den) (?:vergangenen|kommenden) (?:Monat|Monaten"
    r"|Wochen|Jahr|Sommer|Winter))"
)
_SAY = (
    r"(?:sagt|sagte|erklärt|erklärte|teilt|teilte|betont|betonte|berichtet|berichtete|warnt"
    r"|warnte|meint|meinte|so|ergänzt|ergänzte|erzählt|erzählte|kündigte|schreibt|schrieb"
    r"|räumt|räumte|heißt es|hieß es|versicherte|verspricht|fügte)"
)

GERMAN = Grammar(
    code="de",
    common=vocabulary(
        "der die das und ist von zu den mit sich des auf für im dem nicht ein eine als auch es "
        "an werden aus er hat dass sie nach "
        "wird bei einer um am sind noch wie einem über so zum war haben nur oder aber vor zur bis mehr durch"
    ),
    determiners=vocabulary(
        "der die das den dem des ein eine einen einem einer eines dieser diese dieses seine ihre "
        "ihr sein seinen ihren jede jeder jedes keine kein alle "
        "zwei drei vier fünf sechs sieben acht neun zehn im am zum zur beim vom"
    ),
    auxiliaries=vocabulary(
        "ist sind war waren wird werden wurde wurden hat haben hatte hatten kann können konnte "
        "konnten muss müssen musste mussten "
        "soll sollen sollte sollten will wollen wollte wollten darf dürfen durfte dürfte würde "
        "würden könnte könnten sei seien habe werde lässt lassen müsse solle"
    ),
    verbs=vocabulary(
        "kostet kosten kostete bekommt bekommen bekam erhält erhalten erhielt kommt kommen kam "
        "kamen steht stehen stand standen liegt "
        "liegen lag lagen gibt geben gab gaben nimmt nehmen nahm nahmen sieht sehen sah hält "
        "halten hielt findet finden fand fanden bleibt bleiben "
        "blieb blieben geht gehen ging gingen macht machen machte beginnt beginnen begann "
        "begannen steigt steigen stieg stiegen fällt fallen fiel fielen "
        "sinkt sank schließt schloss öffnet öffnete rechnet rechnen rechnete fordert fordern "
        "forderte plant planen plante stimmt stimmte stimmten "
        "beschließt beschloss hofft hoffen hoffte sucht suchen suchte baut bauen baute zieht zog "
        "verliert verlor gewinnt gewann wächst "
        "wuchs trägt tragen trug zahlt zahlen zahlte zeigt zeigen zeigte zeigten gilt gelten "
        "galt braucht brauchen brauchte sagt sagte sagen führt führen "
        "führte schreibt schrieb verkauft verkaufte kauft kaufte leidet warnt warnte kritisiert "
        "kritisierte läuft lief dauert dauerte fehlt fehlen fehlte "
        "betreibt betrieb arbeitet arbeiten leben lebt wohnt wohnen fährt fahren fuhr fuhren "
        "startet startete tritt trat bringt brachte brachten "
        "übernimmt übernahm verspricht versprach entsteht entstand entstehen verschwindet "
        "verschwand wirbt bietet bot besteht bestand hilft half "
        "teilt teilte kündigt kündigte nennt nannte nannten rief wies wiesen verwies verweist "
        "fiel gelang gelingt gehört gehörte begrüßt begrüßte lehnt lehnte setzt setzte stellt "
        "stellte legt legte nutzt nutzte erwartet erwartete verzichtet verliert erreicht "
        "erreichte erreichten entdeckt entdeckte gründete eröffnet eröffnete spricht sprach "
        "wirft warf prüft prüfte ermittelt ermittelte sperrt sperrte verkehrt verkehren kämpft "
        "kämpfen berichtete erklärte"
    ),
    verb_ending=pattern(r"^[a-zäöüß]{3,}(?:te|ten|t)$"),
    not_verbs=vocabulary(
        "nicht jetzt erst selbst fast seit mit oft dort acht recht bereit gut weit bekannt "
        "insgesamt statt laut zuletzt zunächst bislang leicht schlecht vielleicht meist längst "
        "höchst nächst sonst einst damit somit komplett direkt konkret spät fest gesamt hat ist "
        "mitunter überhaupt geplant echt alt kalt satt bunt rot tot hart zart dicht licht "
        "schlicht breit bitte heute leute erste ersten letzte letzten zweite zweiten dritte "
        "dritten beste besten größte größten gute guten alte alten breite weite weiten seiten "
        "heiten"
    ),
    participle=pattern(
        r"^(?:[a-zäöüß]{0,8}?ge[a-zäöüß]{3,}(?:t|en)|(?:be|ver|ent|er|zer|miss)[a-zäöüß]{3,}(?:t"
        r"|en)|[a-zäöüß]{2,}(?:iert|en|ern|eln|tan|sein))$"
    ),
    needs_more=vocabulary(
        "ist sind war waren wird werden wurde wurden hat haben hatte kann können muss müssen "
        "soll sollen sollte will wollen darf besteht "
        "führt führte sorgt sorgte rechnet rechnete liegt steht wartet geht gehört bittet kommt "
        "macht bringt nimmt hält stellt gibt zieht zu reagierte fordert forderte"
    ),
    particles=vocabulary(
        "an ab auf aus ein vor zu mit durch zurück bei um über fest nieder statt teil weiter her "
        "hin nach los weg frei zusammen bereit bekannt vorbei entgegen hervor heraus hinaus"
    ),
    banned_openers=vocabulary(
        "er sie es wir ich du ihr man dies dieser diese dieses diesem diesen sein seine seinen "
        "ihre ihren unser unsere mein und aber oder denn "
        "doch auch dort hier da damit dafür dabei daher deshalb danach dann nun nur noch als "
        "weil während obwohl wenn "
        " ob wie wer was wo warum so schon andere beide niemand alles nichts dass "
        "jetzt außerdem zudem allerdings ihm ihnen ihn dazu daran darauf bislang bisher "
        "inzwischen damals zuvor"
    ),
    banned_ends=vocabulary(
        "der die das den dem des ein eine einen einem einer eines und oder aber in im an am auf "
        "für mit von vom zu zum zur bei beim aus nach "
        "vor durch um über unter seit bis als wie dass weil wenn während ist sind war waren wird "
        "werden wurde hat haben hatte kann muss soll will darf nicht "
        "auch noch nur sich sehr mehr weniger rund etwa fast gegen ohne zwischen wegen trotz "
        "laut seine seinen ihre ihren sein ihr diese dieser dieses jede jeder alle "
        "kein keine bereits derzeit zwei drei er sie es wir ich sollen können müssen wurden so "
        "sagte sagt denn doch sowie neue neuen"
    )
    - vocabulary("an ab auf aus vor zu mit durch bei um über nach werden"),
    cut_before=vocabulary(
        "weil während nachdem bevor obwohl sodass damit indem wobei nachdem seit wegen trotz nach denn laut statt"
    ),
    cut_reluctantly=vocabulary("in im an am auf für mit von aus bei durch gegen zwischen ohne unter vor zum zur bis"),
    conditions=vocabulary("wenn falls sofern außer solange"),
    quantifiers=vocabulary("viele einige alle jeder mehrere zwei drei vier fünf sechs sieben acht neun zehn"),
    lead_openers=vocabulary(
        "nach in im am bei beim seit während trotz wegen laut zum zur vor durch ab bis unter "
        "neben anfang ende mitte dort damit dafür dabei daher deshalb danach dann nun auch "
        "außerdem zudem "
        "bislang bisher inzwischen jetzt künftig zunächst später allerdings dennoch trotzdem "
        "insgesamt schon bereits zuletzt vorerst ursprünglich gleichzeitig jährlich zugleich "
        "derzeit noch seitdem "
        "anschließend gestern heute vergangene kommende nächste diese letzte"
    ),
    negations=vocabulary("nicht kein keine keinen nie niemand nichts nur kaum"),
    pronouns=vocabulary("er sie es wir ich du man"),
    vague_nouns=vocabulary("schritt ausnahme grund anfang letzte erste rest ergebnis"),
    takes_place=vocabulary("setzte setzt legte stellte stellt teilte verwandelt sank stieg sinkt steigt"),
    conjunctions=vocabulary("und aber oder"),
    weak_adverbs=pattern(
        r"(?:, (?:allerdings|jedoch|etwa|zum Beispiel),?(?= |$))"
        r"|(?<=\w) (?:auch|bereits|jedoch|allerdings|zudem|außerdem|inzwischen|derzeit|kürzlich"
        r"|nun|schließlich|deshalb|daher|hingegen|dagegen|nach \w*[Aa]ngaben(?: (?:der"
        r"|des) \w+)?)(?= [\w])"
    ),
    connective=pattern(r"^(?:aber|und|denn|doch|oder)\b,? "),
    time_phrase=pattern(rf"(?<=\w) (?:{_TIME})(?![\w'’-])(?! (?:und|bis|oder)\b)"),
    relative=pattern(
        r", (?:(?:in|mit|an|auf|von|bei|für|durch) )?(?:der|die|das|dem|den|deren|dessen|was|wo"
        r"|wobei)\b(?! [A-ZÄÖÜ]\w+ [^,]{0,20}\b(?:und)\b)[^,;]{3,160}(?:,(?= )|$)"
    ),
    attribution_tail=pattern(
        rf", (?:{_SAY}|wie [^,]{{3,80}} (?:mitteilte|sagte|berichtete|erklärte|bekanntgab"
        rf"|bekannt gab|mitteilten|hieß))\b[^,]{{0,110}}(?:,[^,]{{2,80}}){{0,2}}$"
        rf"|,? (?:nach Angaben|laut) [^,]{{2,90}}$"
    ),
    saying=_SAY,
    quote_marks=("„", "“"),
    verb_second=True,
    nouns_capitalised=True,
    chatter=(
        "Hier sind einige Ideen für Überschriften zu Ihrem Artikel:",
        "Sagen Sie mir gern, wenn Sie einen anderen Ton wünschen!",
    ),
)
