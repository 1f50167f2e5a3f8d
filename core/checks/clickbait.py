"""Headlines that withhold the news to be clicked: the phrases that give them away, language by language.

Found are four ways: the reader is spoken to, a list is promised, the opening points at what it does not name, or a
phrase teases. Everything is tried on the headline without what stands in quotation marks: a source may say "you".
"""

import re
from collections.abc import Iterator

from core.checks.case import Case
from core.checks.finding import Found, check

_READERS = {
    "en": r"you|your|yours|yourself|yourselves|(?:you|u)['’](?:re|ll|ve|d)",
    "fr": r"(?<!-)(?<!rendez )(?<!c à )vous|(?:êtes|avez|savez|pouvez|voulez|pensez)-vous|votre|vos|(?<!est )tu|toi|tes",
    "nl": r"je|jij|jou|jouw|jullie|uw",
    "de": r"du|dich|dir|deine?[rsmn]?|euch|euer|eure[rsmn]?|(?-i:(?<=[a-zäöüß,] )(?:Sie|Ihnen|Ihr|Ihre[rsmn]?))",
}

_NUMBERS = {
    "en": r"\d{1,3}|three|four|five|six|seven|eight|nine|ten|eleven|twelve",
    "fr": r"\d{1,3}|trois|quatre|cinq|six|sept|huit|neuf|dix",
    "nl": r"\d{1,3}|drie|vier|vijf|zes|zeven|acht|negen|tien",
    "de": r"\d{1,3}|drei|vier|fünf|sechs|sieben|acht|neun|zehn",
}

_LEADS = {
    "en": "(?:here are |just )?(?:the|these|our|my|top|only)?|here are|literally just",
    "fr": "(?:voici |découvrez )?(?:les|ces|nos|vos|top)?|voici",
    "nl": "(?:de|deze|onze|dit zijn de|ontdek de)",
    "de": "(?:die|diese|unsere|das sind die)",
}

# What lists are made of. First what news hardly counts; then what news counts too, and the words that make a list of it.
_LISTED = {
    "en": (
        r"things|ways|reasons|tips|tricks|hacks|facts|secrets|signs|gifs|tweets|memes|puns|jokes|struggles|confessions|"
        r"thoughts|moments|lessons|lies|stages|types|recipes|gifts|ideas|outfits|pics|photos|pictures|songs|"
        r"products|quotes|truths|problems|stories|essentials|costumes|desserts|snacks|dips|breakfasts|cookies|cocktails|"
        r"times(?! (?:champions?|winners?|world|olympic|as|more|higher|faster|over))|of (?:the|our) (?:best|most|worst)|"
        r"best|greatest|delicious|genius|easy|perfect|brilliant|absurd|weird|ridiculous|iconic|(?:most|insanely) \w+",
        r"\w+(?:s|men|women|people|stuff)",
        r"(?:that|who|whose|which|you|we|only|every|everyone|anyone|all|if|guaranteed|for (?:every|any)\w*|"
        r"to (?:make|help|read|watch|try|buy|know|see|keep|get|give|eat|do|remember|start|celebrate|impress))\b"
        r"(?!.*\b(?:killed|dead|die|dies|injured|arrested|charged|wounded|kills|held|hurt)\b)",
    ),
    "fr": (
        r"choses|raisons|façons|astuces|conseils|signes|trucs|manières|anecdotes",
        r"secrets|erreurs|idées|photos|films|séries|recettes|lieux|endroits|objets|moments|phrases|aliments|villes|vidéos",
        r"(?:qui|que|qu['’]|pour|dont|où|à (?:ne|faire|voir|connaître))",
    ),
    "nl": (
        r"dingen|redenen|manieren|tips|tricks|feiten|feitjes|weetjes|signalen|trucjes|trucs",
        r"fouten|geheimen|foto['’]s|films|series|recepten|plekken|momenten|beelden|producten|vragen",
        r"(?:die|dat|waar\w*|om|voor|zodat)",
    ),
    "de": (
        r"dinge|gründe|tipps|tricks|fakten|anzeichen|geheimnisse|lifehacks|hacks|kniffe",
        r"fehler|bilder|fotos|rezepte|sprüche|sätze|orte|filme|serien|situationen|lebensmittel|wege|momente|ideen|zeichen",
        r"(?:,? ?(?:die|bei denen|mit denen|warum|wie|wo|was)|zum)",
    ),
}

_OPENINGS = {
    "en": (
        r"(?:this|these)(?! (?:year|week|month|summer|winter|spring|autumn|fall|season|time|morning|weekend|is not|century))"
        r"|here(?:['’]s| is| are| comes)|(?:this|that|here)(?:['’]s| is) (?:why|how|what)"
        r"|why|how to|how (?:well|much|many|often|old|long|good|bad|average|obsessed) (?:of|do|does|are|is|would|can)"
        r"|what['’]s (?:the|your)|is (?:this|it(?! (?:not )?time))|who said"
        r"|what (?:it|happens|happened|is it|your|would|should|do|if|kind|type"
        r"|we|i|people|really|everyone|no one|every)"
        r"|which \w+|(?:would|could|should|can|do|are|have|will) (?:you|we|i|this|these|anyone)|can this"
        r"|meet the|watch (?:this|how|what|these|as)|we (?:know|tried|asked|can|need|all|made|got|tested|taught|found|should)"
        r"|i (?:tried|made|ate|went|was|wore|got|asked|spent|am|have|can)|try (?:not )?to"
        r"|are (?:these|they)|the moment (?:when|you|the)|everything you|dear|tell us|photos of"
        r"|there(?:['’]s| is| was| are) (?:a|an|now|finally)|just|literally|everything"
        r"|if you|when (?:you|your)|remember when|for everyone|proof that|i['’]m|how i"
        r"|people (?:are|who|try|take|share)|i (?:forgot|gave|met|let|found|never)"
        r"|(?:kids|girls|guys|women|men|parents) (?:try|react)"
        r"|the (?:definitive|ultimate|most|one|only|\d{1,2}|best|worst|real) "
    ),
    "fr": (
        r"(?:ce|cet|cette|ces)(?! (?:soir|matin|midi|mois|week-end|weekend|lundi|mardi|mercredi|jeudi|vendredi|samedi|"
        r"dimanche|jour|semaine|année|été|hiver|automne|printemps|nuit|qu[ei'’]|sont|n['’]est))(?= \w)"
        r"|ce (?:qui|que|qu['’])[^:]{0,40}(?:va|vont|personne|vraiment|ensuite)"
        r"|voici|voilà|pourquoi|découvrez|regardez|devinez|c['’]est (?:pourquoi|la raison)|comment (?:bien|faire|réussir)"
    ),
    "nl": (
        r"(?:dit|deze)(?! (?:jaar|week|maand|zomer|winter|lente|herfst|keer|seizoen|weekend|weekeinde|ochtend|eeuw))(?= \w)"
        r"|(?:daarom|hierom|waarom|dáárom|híérom)|zo (?:herken|maak|krijg|doe|ziet|voorkom|kom|zorg|simpel|makkelijk|blijf)\w*"
        r"|hier (?:is|zijn|moet|vind)|ontdek|raad eens|wat er (?:gebeurt|gebeurde)"
    ),
    "de": (
        r"diese[rsmn]?(?! (?:woche|jahr|monat|sommer|winter|herbst|frühling|saison|mal|jahres|tage|wochenende))(?= \w)"
        r"|das (?:ist|sind|passiert|steckt|müssen|sollten|hat|haben|denkt|sagt|macht|verrät|solltest|war)(?=,? \w)"
        r"|darum|deshalb|warum|wieso|weshalb|so (?:einfach|leicht|sparst|geht|erkenn\w+|gelingt|wirst|kannst|sieht|schön|krass)"
        r"|hier (?:ist|sind|kommt)|was (?:dann|passiert|wirklich|danach)|mit diese[rmn]|wetten|rate mal|wer das"
    ),
}

_TEASES = {
    "en": (
        r"(?:won['’]t|will not|can['’]t|cannot|never) (?:believe|stop|handle|unsee|guess)|blow(?:s|n)? (?:my|our|your) mind"
        r"|mind-?blowing|jaw-?dropping|hilarious(?:ly)?|adorabl[ey]|ridiculous(?:ly)?|literally|totally|actually|seriously"
        r"|basically|insanely|incredibly|unbelievabl[ey]|batshit|badass|awesome|epic|omg|lol|wtf|af|kinda|gonna|gotta"
        r"|everyone|everybody|of all time|the one thing|happen(?:s|ed) (?:next|when|after)|turns out(?! to be)|gone viral"
        r"|go(?:es)? viral"
        r"|freak(?:ing|ed|s)? out|obsessed|heart-?warming|heart-?breaking|cutest|creepiest|weirdest|funniest|sexiest|coolest"
        r"|most \w+ thing|the best thing|the worst thing|(?:is|are) (?:everything|perfect|amazing)|so much|to us all"
        r"|definitely|absolutely|pretty much|way too|so (?:good|cute|hot|bad)|(?:most|best|worst|greatest) \w+(?: \w+)? ever"
        r"|will make (?:you|your|us|me)|make us|we all|secrets? (?:to|of|that)|this (?:one|simple|weird|is (?:the|what|how|why))"
        r"|quiz|zodiac|life hacks?|according to science|right now|amazing(?:ly)?|gorgeous|mesmeri[sz]ing"
        r"|stunning|fuck(?:ing|ed)?|shit|throwback|grown-?ups?|bffs?|selfies?|nobody (?:knows|told)"
        r"|how to|'90s|’90s|90s kids?|emojis?|all the feels"
    ),
    "fr": (
        r"incroyables?|hallucinante?s?|dingue|en croire (?:ses|leurs) yeux|la suite (?:est|va)|personne ne (?:s['’]|vous|sait)"
        r"|va changer la vie|affolent? (?:la toile|internet|les internautes)|enflamment? la toile|font? fondre|fait le buzz"
        r"|ce qui s['’]est passé ensuite|la raison (?:est|va)|étonnante raison|tout le monde (?:parle|adore|en)"
        r"|tout le monde (?:va|veut|s['’]arrache|rêve)|sans voix"
        r"|l['’]astuce|astuce (?:toute )?simple|le secret (?:de|des|du|pour)|à tomber|coup de cœur|trop (?:mignon|drôle)\w*"
        r"|hilarante?s?|à mourir de rire|jamais deviné|tout savoir sur|à (?:surtout )?ne (?:surtout )?pas (?:rater|manquer)"
        r"|que personne n['’](?:avait|attendait|ose)|font? craquer|va tout changer"
    ),
    "nl": (
        r"(?:nooit|niet) (?:geloven|verwacht\w*)|gelooft? (?:nooit|niet)|wat er (?:toen|daarna|dan|vervolgens) gebeur\w+"
        r"|ongelo(?:of|fe)lijke?|hilarische?|schattigs?t?e?|krankzinnige?|bizarre?|kippenvel|gaat viral|viraal|hét geheim"
        r"|het geheim van|de reden (?:is|waarom|zal)|iedereen (?:heeft het|praat|wil|doet)"
        r"|(?:heel )?internet (?:lacht|smult|valt)"
        r"|met deze (?:simpele|ene|handige)|te (?:schattig|grappig)|geniaal|geniale|niemand (?:weet|wist)|écht|sprakeloos|omg"
    ),
    "de": (
        r"nicht glauben|kaum (?:zu )?glauben|unglaublich\w*|unfassbar\w*|was dann (?:geschah|passierte?)|was danach passierte?"
        r"|der grund (?:ist|überrascht|macht)|das steckt (?:wirklich )?dahinter|steckt wirklich|was \w+ wirklich"
        r"|(?:geht|ging|gehen) viral|das netz (?:lacht|feiert|rastet|flippt|liebt|dreht)"
        r"|sprachlos|gänsehaut|wahnsinn|krasse?[rsn]?"
        r"|einfache[nrm]? trick|geheime?[rn]? trick|dieser eine|dieses eine|niemand (?:wusste|weiß)"
        r"|kennt (?:kaum einer|fast niemand)"
        r"|(?:niemand|keiner) (?:gerechnet|ahnte|kommen sah)|der wahre grund|tauch(?:t|en sie|e) (?:\w{2,10} )?ein in|alle wollen"
        r"|zu tränen|verblüffend\w*|schockierend\w*|zum (?:schreien|dahinschmelzen)|alle lieben|genial\w*|dahinschmelzen|omg"
    ),
}

_REASONS = {
    "reader": "‘{}’ speaks to the reader, as clickbait does",
    "list": "‘{}’ promises a list, as clickbait does",
    "opening": "opens with ‘{}’, which holds back what happened",
    "tease": "‘{}’ teases instead of telling",
}


def _patterns(code: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What gives a headline away at its beginning, and what does so anywhere."""
    sure, possible, clause = _LISTED[code]
    some = r"(?:[^\s:;,.!?]+ ){0,5}?"
    number = rf"(?:(?:{_LEADS[code]}) )?(?:{_NUMBERS[code]}) "
    beginning = (
        rf"(?P<list>{number}{some}(?:(?:{sure})\b|(?:{possible})(?:,)? {clause}))"
        rf"|(?P<opening>[^\w\s]?(?:{_OPENINGS[code]})(?!\w))"
    )
    anywhere = rf"(?<![\w-])(?:(?P<reader>(?<!['’.])(?:{_READERS[code]}))|(?P<tease>{_TEASES[code]}))(?![\w-])"
    return re.compile(beginning, re.IGNORECASE), re.compile(anywhere, re.IGNORECASE)


_PATTERNS = {code: _patterns(code) for code in _READERS}


@check("clickbait", version=2, severity="warn")
def clickbait(case: Case) -> Iterator[Found]:
    """The first phrase that only clickbait, or service journalism that sounds like it, needs."""
    patterns = _PATTERNS.get(case.article.language_without_region)
    if patterns is None:
        return
    beginning, anywhere = patterns
    match = beginning.match(case.unquoted) or anywhere.search(case.unquoted)
    if match is not None and match.lastgroup is not None:
        start, end = match.span(match.lastgroup)
        yield Found(_REASONS[match.lastgroup].format(case.headline[start:end].strip()), (start, end))
