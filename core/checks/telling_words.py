"""Words that give away in which language a headline is: the small ones, and those that news cannot do without."""

TELLING = {
    code: frozenset(text.split())
    for code, text in {
        "en": (
            "able about according across action added after again against ago ahead all already also always am amid among "
            "an and announced another any are around as asked at available away back based be because become been before "
            "behind being believe best better between big biggest bn both business but by called came campaign can case "
            "chairman chance change chief claims clear come comes coming companies company continue control cost could "
            "country current cut day days deal decision despite did different director do does done down due during each "
            "earlier early economy eight election end enough even ever every executive expected face far few figures film "
            "final find finds firm firms first five following for form former found four free from full further future "
            "game games general get gets getting give given go going good got government great group growth had half hard "
            "has have having he head held help her here high him his hit home hope how huge if important in include "
            "including increase industry information interest into is it its job just keep know last later latest lead "
            "leader left less life like likely line little local long look looking lost lot made major make makes making "
            "man many market match may me media might million minister money month months more most move much music must "
            "my near need needed net never new news next nine no not now number of off offer old on one online only open "
            "or other our out over own part party past pay people performance personal place plan plans play played "
            "player players playing point possible problem programme public put rather real really recent record report "
            "result return right rise role run running said sales same say saying says season second see seen service "
            "services set seven she should show side since six so some something spokesman star start state statement "
            "still strong study such support system take taken takes taking team technology ten than that the their them "
            "then there these they think third this those thought three through time times to told too took top twice two "
            "under until up us use used using very want warned was way we website week well went were what when where "
            "whether which while who why will win winning wins with without won work working world would year years yet "
            "you your"
        ),
        "fr": (
            "actualité affaire affirmé afin ailleurs ainsi ajouté alors ancien annonce annoncé année années ans août "
            "appel après assure assuré au aucun aucune aujourd auprès aurait aussi autant autorités autour autre autres "
            "aux avaient avait avant avec avoir avons avril ayant beaucoup bien cadre campagne candidat car cas cause ce "
            "cela celle celui centre certains ces cet cette ceux chaque charge chef chez cinq comme communiqué compte "
            "contre coup cours crise côté dans de demande demandé depuis dernier derniers dernière des deux deuxième "
            "devant devrait dimanche dire directeur dit dix doit donc dont droite du dès début décembre décidé décision "
            "déclaré décès déjà député désormais dû effet elle elles en encore enfants enquête ensemble ensuite entre "
            "environ est estime estimé et eux explique expliqué face faire fait famille faut femme femmes fin fois "
            "font forces français française février garde gens gouvernement grand grande groupe général habitants heure "
            "heures homme hommes hui huit hôpital ici il ils indique indiqué information jamais janvier je jeudi jeune "
            "jeunes jour journée jours juillet juin jusqu justice la lancé laquelle le les leur leurs lieu ligne loi lors "
            "lui lundi mai maire mais mal mardi mars matin mercredi mesure mesures mettre midi ministre "
            "ministère mis mise moi moins mois moment mon monde mort morts mouvement même national nationale ne neuf "
            "niveau nombre nombreux non notamment notre nous nouveau nouvelle nouvelles novembre nuit octobre ont ordre "
            "ou où par parce parole part parti partie partir pas passer passé pays pendant personne personnes peu peut "
            "place plan plus plusieurs point police policiers politique porte possible pour pourrait pouvoir premier "
            "première prendre presse pris projet près précise précisé président présidentielle pu public publique puis "
            "père quand quatre que quelque quelques question qui quotidien raison rapport rapporte reste retour rien "
            "risque région sa samedi sanitaire sans santé se secrétaire selon semaine semaines sept septembre sera serait "
            "seront service ses seulement si site situation six sociaux soir soit son sont source sous suis suite sur "
            "sécurité temps toujours tour tous tout toute toutefois toutes travail trois trop très tête un une va "
            "vendredi vers veut vie ville violences voir vont votre vous vu vue ça écrit également étaient était état été "
            "être"
        ),
        "nl": (
            "aan aandacht aanloop aantal acht achter af afgelopen al aldus alle alleen allemaal alles als altijd ander "
            "andere anders begin bekend belangrijk belangrijkste ben best beste betalen betekent beter bij bijna "
            "bijvoorbeeld binnen blijft blijkt blijven boven campagne coalitie daar daarbij dag dagen dan dat de debat "
            "deed deel denk denken denkt deze die dingen dit doen doet door drie druk duidelijk dus echt een eens eerder "
            "eerst eerste eigen eigenlijk elkaar en enige enkele er erg erop even extra gaan gaat gast gebied "
            "gebruikt gedaan geeft geen geld geleden gemaakt genoeg gesprek geval geven gewoon geworden gezien ging "
            "gisteren goed goede graag groep groot grootste grote haar had hadden halen hard heb hebben heeft heel hele "
            "helemaal helft hem hen het hier hij hoe hoogte houden huidige hun iedereen iets ik in inmiddels is jaar "
            "jaren jarige je jij jouw juist kan kans kant keer kiezen kiezer kijken kinderen komen komende komt kon kreeg "
            "krijgen krijgt kritiek kunnen kwam laat laatste land landen lang laten later legt leider leven ligt lijkt "
            "maakt maand maanden maar mag maken man manier me media mee meer meerderheid meeste meldt mensen met mijn "
            "minder minister ministerie moet moeten mogelijk mogen moment na naar negen nemen net niet niets "
            "nieuw nieuwe nieuws nodig noemt nog nooit nu of om omdat onder onderzoek ons ontwikkelingen onze ooit ook "
            "oorlog op opnieuw oud over partijen pas plaats plan plannen plek politici politiek politieke premier "
            "president problemen procent programma rechts regering rond ruim samen samenleving samenwerking schrijft "
            "sinds snel sociale spreekt spreken staan staat steeds stellen stelt stem stemmen steun stond te tegen ten "
            "terug terwijl thema tien tijd tijdens toch toe toen tot tussen twee tweede uit uur vaak valt van vanaf "
            "vanavond vandaag vanuit vanwege veel verder verkiezingen verschillende vertelt vier vijf vind vinden vindt "
            "volgens voor vooral vorige vraag vragen waar waarin waarom want waren was wat we week weer weet weg weinig "
            "weken wel welke werd werden wereld werk werken weten wie wij wil willen worden wordt zal ze zeggen zegt zei "
            "zeker zelf zelfs zes zetten zeven zich zie ziekenhuis zien ziet zij zijn zit zitten zo zoals zonder zorg "
            "zorgen zou zouden zullen één"
        ),
        "de": (
            "ab aber acht aktuell aktuellen alle allem allen aller allerdings alles als also am an andere anderem anderen "
            "auch auf aus bedeutet bei beiden beim bekannt bekommen bereits berichtete besonders besser besteht betroffen "
            "bieten bietet bin bis bisher bleiben bleibt bringen da dabei dadurch dafür daher damals damit dann daran "
            "darauf darf darüber das dass davon dazu dem demnach den denen denn der deren derzeit des deshalb dessen "
            "deutlich deutsche deutschen die dies diese diesem diesen dieser dieses direkt doch dort drei durch dürfen "
            "dürfte ebenfalls eher eigene eigenen eigentlich ein eine einem einen einer eines einfach einige einmal "
            "entscheiden er erhalten erklärt erklärte erst erste ersten erstmals erwartet es etwa etwas fast fest finden "
            "findet führen fünf für gab ganz gar geben gebracht gefunden gegeben gegen gegenüber gehen geht gehört "
            "gekommen gemacht gemeinsam genau gerade getötet gewesen geworden gibt gilt ging gleich große großen gut gute "
            "habe haben halten handelt hat hatte hatten heißt heute hier hieß hin hinaus hinter hoch hätte hätten ich ihm "
            "ihn ihnen ihr ihre ihrem ihren ihrer im immer in innen innerhalb ins insgesamt ist ja jahre jahren jede "
            "jedoch jetzt kam kann kaum kein keine keinen klar kommen kommenden kommt konnte konnten kurz könne können "
            "könnte könnten lang lange lassen laut leicht letzten liegen liegt ließ lässt machen macht man mehr mehrere "
            "meine meisten mich mindestens mir mit muss musste möchte möglich müssen nach natürlich neben nehmen neu neue "
            "neuen neun nicht nichts nie nimmt noch nun nur nutzen nächsten ob oder offen oft ohne politische richtig "
            "rund sagt sagte schaffen scheint schnell schon schwer sechs sehen sehr sei seien sein seine seinem seinen "
            "seiner seit selbst setzen sich sicher sie sieben sieht sind so sofort sogar solche soll sollen sollte "
            "sollten sondern sowie sowohl später stark statt stehen steht stellen tun um und uns unser unsere unseren "
            "unserer unter vergangenen verletzt verschiedenen verwenden veröffentlicht viel viele vielen vielleicht vier "
            "vom von vor völlig war waren warum was wegen weil weit weiter weitere weiteren welche wenig weniger wenn wer "
            "werde werden wichtig wie wieder will wir wird wirklich wissen wo wohl wollen wollte worden wurde wurden "
            "während wäre würde würden zehn zeigen zeigt zu zudem zufolge zuletzt zum zumindest zunächst zur zurück "
            "zusammen zuvor zwar zwei zweite zweiten zwischen über"
        ),
        "es": (
            "al años como con contra cuando cómo de del desde donde dos el en entre es esta este esto estos está están "
            "fue ha han hasta hay la las le les lo los muy más nueva nuevo para pero por porque que qué se según ser sin "
            "sobre son su sus también tras tres un una y ya"
        ),
        "it": (
            "agli ai alla alle allo anche anni che chi come con cosa dal dalla dalle degli dei del della delle dello di "
            "dopo due e fra gli ha hanno i il in la le lo ma nel nella nelle non nuova nuovo per perché più questa questo "
            "senza si sono sul sulla tra tre un una uno è"
        ),
        "pt": (
            "anos ao após as até com como contra da das de desde diz do dois dos e em entre esta este foi há já mais mas "
            "na nas no nos não o os para pela pelo por que se sem ser seu seus sobre sua são também três um uma à é"
        ),
        "da": (
            "af blev bliver de den der det efter en er et for fra han har havde hun i ikke jeg kan med mellem men mod ny "
            "nye og også om over på sig sin skal som til to tre uden under var ved vil år"
        ),
        "sv": (
            "av blev blir de den det efter en ett från för hade han har hon i inte jag kan med mellan men mot ny nya när "
            "och också om på sig sin ska som till tre två under utan var vid vill är år över"
        ),
        "pl": (
            "ale bez był była było co czy dla do dwa i jak jego jej jest już lat lub ma mają na nad nie o od oraz po pod "
            "przed przez roku się są ta te ten to trzy w we z za ze że"
        ),
    }.items()
}
"""By language; a word may stand in several."""

NEUTRAL = {
    code: frozenset(text.split())
    for code, text in {
        "en": (
            "al begin bin car cause centre charge co com comment con da dan de del den der des deutsche di die dies door "
            "du e el est et eu euro euros ex extra fast forces grand hat i justice la land las le les los main men met "
            "millions moment national non per plus police pour premier president pro question sa sang site situation son "
            "source sur tot tour van virus von war y à"
        ),
        "fr": (
            "action ai al aller an and as but by chance change co com continue del die dois don dos due dus e end er es "
            "euro ex figures film final foi for future hier i important in leader local long lot ma major man match me "
            "met mot net new nos of off on one onze open or plans pro programme record report rond second sein "
            "seine services show sociale star su ta te the top tu uns up video week y à"
        ),
        "nl": (
            "about all allen and anderen as at away be been beiden bin chef co da deal del den der des directeur du e el "
            "ex few first for free from garde gebracht grand half has he help him his i ja la lange last le les lot lui "
            "macht make mars men might mis nationale niveau no non not o on online open out past per pro rapport record "
            "se show site so start taken takes team the this time top under up video viel vielen website wegen what will "
            "with wo won world z"
        ),
        "de": (
            "al all and anders ans are at beste binnen can com de del denken denkt du e echt el en eu ex extra her https "
            "i is it je la landen las le legt leider les los mag my nationale o of off on online out per pro rechts the "
            "top tot un up us van weg with you z"
        ),
    }.items()
}
"""Words of other languages that a headline in one has as well: homographs, parts of names, and what it borrows."""

LETTERS = {"de": "ß", "fr": "çœêèàûîôâ", "es": "ñ", "pl": "łąęśżźćń", "sv": "å", "da": "øæ", "pt": "ãõ"}
"""Letters that words have in one language and, but for loan words, in none of the others here."""
