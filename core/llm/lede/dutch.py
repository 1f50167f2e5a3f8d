"""Dutch, as news copy uses it."""

from core.llm.lede.grammar import Grammar, pattern, vocabulary

_DAY = r"(?:maan|dins|woens|donder|vrij|zater|zon)dag"
_MONTH = r"(?:januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december)"
_TIME = (
    rf"(?:(?:op )?{_DAY}(?:ochtend|middag|avond|nacht)?(?: (?:laat"
    rf"|vroeg))?(?: \d{{1,2}} {_MONTH})?|op \d{{1,2}} {_MONTH}(?: \d{{4}})?"
    rf"|gisteren(?:avond|middag|ochtend)?|vandaag|vanavond|afgelopen (?:{_DAY}|week|weekend"
    rf"|maand|nacht|weken|maanden)|(?:vorige|deze|volgende|komende) (?:week|maand|{_DAY}))"
)
_SAY = (
    r"(?:zegt|zei|vertelt|vertelde|aldus|meldt|meldde|verklaarde|benadrukt|benadrukte|stelt"
    r"|stelde|waarschuwt|waarschuwde|legt uit|vindt|denkt|schrijft|schreef|reageert|reageerde"
    r"|voegt toe|voegde toe|laat weten|liet weten|verwacht|erkent|noemt|bevestigt|bevestigde|verzucht|lacht)"
)

DUTCH = Grammar(
    code="nl",
    common=vocabulary(
        "de het een van en in op te dat die voor met is zijn aan niet er om ook bij naar uit "
        "door over maar als dan nog wordt "
        "worden heeft werd tot zegt volgens hebben deze"
    ),
    determiners=vocabulary(
        "de het een deze die dat dit zijn haar hun onze ons elke elk ieder iedere geen alle twee drie vier vijf zes"
    ),
    auxiliaries=vocabulary(
        "is zijn was waren wordt worden werd werden heeft hebben had hadden zal zullen zou "
        "zouden kan kunnen kon konden moet "
        "moeten moest moesten mag mogen mocht mochten wil willen wilde wilden gaat gaan ging "
        "gingen blijft blijven bleef bleek blijkt laat laten"
    ),
    verbs=vocabulary(
        "krijgt krijgen kreeg kregen komt komen kwam kwamen staat staan stond stonden ligt "
        "liggen lag lagen kost kosten kostte "
        "geeft geven gaf gaven neemt nemen nam namen ziet zien zag zagen zegt zei zeggen doet "
        "doen deed deden houdt hield hielden "
        "vindt vinden vond vonden maakt maken maakte maakten vraagt vroeg vroegen biedt bood "
        "begint begon begonnen stijgt steeg stegen daalt "
        "daalde sluit sloot sloten opent opende verwacht verwachten verwachtte trekt trok "
        "trokken loopt liep liepen rijdt reed reden stemt stemde "
        "stemden keurt keurde besloot besloten besluit hoopt hopen hoopte werkt werken werkte "
        "betaalt betalen betaalde verdwijnt verdwijnen "
        "verdween telt telde levert leverde zoekt zoeken zocht bouwt bouwde wint won wonnen "
        "verliest verloor helpt hielp blijft zit zitten "
        "zaten verkoopt verkocht koopt kocht brengt bracht brachten denkt dacht volgt volgde "
        "dient duurt duurde valt viel vielen verhuist "
        "verhuisde waarschuwt waarschuwde meldt meldde woont wonen woonde trad tradt treedt "
        "leidt leidde betekent groeit groeide "
        "bestaat ontstond ontstaat schreef schrijft vertrekt vertrok stopt stopte start startte "
        "kiest koos kozen investeert trekken leert leerde weet wist brak braken mist misten "
        "slonk haalt haalde haalden reageert noemt noemde roept riep eist eiste wacht plaatst "
        "plaatste sleept valt ontvangt ontving bezoekt bezocht opent geldt gold herstelt verzet "
        "scoort scoorde speelt speelde verslaat versloeg klopt steunt steunde dreigt dreigde "
        "wijst wees past past hangt hing legt legde zet zette zetten voert voerde bereikt "
        "bereikte ontdekt ontdekte ontdekten onderzoekt gebruikt gebruikte gebruiken vervangt "
        "verbindt kondigt kondigde stelt stelde spreekt sprak"
    ),
    verb_ending=pattern(r"^[a-z]{3,}(?:de|te|den|ten)$"),
    not_verbs=vocabulary(
        "geleden seconden minuten gemiddelde winnende gemeente beste grootste laatste eerste "
        "tweede derde vierde hoogte lengte breedte ruimte groente gedeelte "
        "kosten plaatsen minuten activiteiten studenten resultaten oude goede harde brede rode "
        "koude einde vrede route "
        "honden monden handen landen tanden banden klanten planten producten soorten buiten "
        "achten directe vaste grote korte "
        "kleinste nieuwste oudste straten poorten punten wachten bieden leden vrienden steden "
        "daarbuiten rechten grachten aarde "
        "waarde beide zijde woede liefde periode methode mede onder honderden duizenden "
        "winkelende omliggende bestaande "
        "komende volgende lopende subsidiëring agenten patiënten docenten winkeliers diensten gasten posten"
    ),
    participle=pattern(
        r"^(?:[a-z]{0,7}?ge[a-z]{3,}(?:d|t|en)|(?:be|ver|ont|her|er)[a-z]{3,}(?:d|t|en)"
        r"|[a-z]{3,}(?:eren|elen|igen|en))$"
    ),
    needs_more=vocabulary(
        "is zijn was waren wordt worden werd werden heeft hebben had zal zullen zou kan kunnen "
        "moet moeten mag wil willen gaat gaan "
        "leidt leidde zorgt zorgde bestaat gebaseerd gericht afhankelijk houdt ligt staat zit "
        "bevindt kijkt wacht rekent maakt maken krijgt neemt "
        "komt keurt brengt vraagt vroeg zet trekt geeft stelt stelde"
    ),
    particles=vocabulary(
        "aan af op uit in voor toe mee door terug bij om over vast neer goed vrij open dicht "
        "stil plaats deel samen weg voort na rond bekend klaar vol leeg binnen onder"
    ),
    banned_openers=vocabulary(
        "hij zij ze het er we wij ik jij je jullie u dit dat deze die daar hier zijn haar hun "
        "ons onze mijn en maar of want dus ook "
        "toch daarom daarmee daarvoor daarbij daarnaast daarna zo dan toen nu als omdat terwijl "
        "hoewel volgens "
        "om wel niet nog al beide sommigen anderen vooral alleen zelf "
        "iedereen niemand niets wie wat waar hoe waarom wanneer zowel hierdoor daardoor hiermee "
        "inmiddels zodra bovendien"
    ),
    banned_ends=vocabulary(
        "de het een van en of maar in op te dat die voor met is zijn aan om bij naar uit door "
        "over als dan nog wordt worden werd "
        "heeft hebben had tot deze dit waar wie wat er ook niet geen al zo zal zullen zou zouden "
        "kan kunnen moet moeten mag wil onder "
        "tussen tegen zonder sinds tijdens na hun haar ons onze mijn zeer meer minder ongeveer "
        "bijna ruim zegt zei volgens waarbij "
        "omdat terwijl want per via rond vanaf binnen langs twee drie elke hij zij ze we ik je "
        "was waren werden vanwege nieuwe"
    )
    - vocabulary("aan op uit in voor door over"),
    cut_before=vocabulary(
        "om omdat terwijl nadat voordat hoewel zodat waardoor waarbij waarmee toen sinds tijdens na "
        "vanwege ondanks dankzij volgens want"
    ),
    cut_reluctantly=vocabulary("in op bij voor met door naar uit tussen langs rond tegen vanaf onder zonder binnen"),
    conditions=vocabulary("als tenzij mits indien behalve zolang"),
    quantifiers=vocabulary("veel alle sommige enkele meerdere twee drie vier vijf zes zeven acht negen tien"),
    lead_openers=vocabulary(
        "op in na tijdens sinds bij vanaf ondanks dankzij vanwege wegens tot rond binnen begin "
        "eind maandag dinsdag woensdag donderdag vrijdag zaterdag zondag gisteren vandaag "
        "daarom daarmee daarvoor daarbij daarnaast daarna bovendien ook inmiddels intussen toch "
        "verder vooral nu zo eerder later daardoor hierdoor dit vorig volgend komend onlangs "
        "momenteel jaarlijks vervolgens uiteindelijk tegelijk tegelijkertijd dan toen voorlopig "
        "sindsdien volgens afgelopen vorige volgende komende deze nog al dinsdagavond"
    ),
    negations=vocabulary("niet geen nooit niemand niets slechts alleen nauwelijks"),
    pronouns=vocabulary("hij zij ze er we wij ik jij je u men"),
    vague_nouns=vocabulary("uitzondering reden laatste eerste rest resultaat"),
    takes_place=vocabulary("zette gezet plaatste verdeeld verdeelde veranderd legde liep steeg daalde slonk"),
    conjunctions=vocabulary("en maar of"),
    weak_adverbs=pattern(
        r"(?:, (?:echter|bijvoorbeeld|overigens|zo),?(?= |$))"
        r"|(?<=\w) (?:ook|al|echter|inmiddels|bovendien|daarnaast|verder|overigens|onlangs"
        r"|intussen|daarom|momenteel|toch|wel|daardoor)(?= [a-z\d])(?! een keer)"
    ),
    connective=pattern(r"^(?:maar|en|want|dus|of)\b,? "),
    time_phrase=pattern(rf"(?<=\w) (?:{_TIME})(?![\w'’-])(?! (?:en|tot|of)\b)"),
    relative=pattern(
        r", (?:die|dat|wat|waar|waarvan|waarin|waarmee|waardoor|waarbij"
        r"|waarop)\b[^,;]{3,160}(?:,(?= )|$)"
    ),
    attribution_tail=pattern(
        rf", (?:zo )?(?:{_SAY}|gaf [^,]{{3,60}} toe)\b[^,]{{0,110}}(?:,[^,]{{2,80}}){{0,2}}$"
        rf"|(?<=[\w%]),? volgens [^,]{{2,90}}$"
    ),
    saying=_SAY,
    quote_marks=("‘", "’"),
    verb_second=True,
    chatter=(
        "Hier zijn enkele ideeën voor koppen bij je artikel:",
        "Laat het me weten als je een andere toon wilt!",
    ),
)
