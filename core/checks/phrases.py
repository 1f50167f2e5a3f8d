"""Patterns of four languages: the passive, and the words that machines like better than editors do."""

import re

_IRREGULAR = (
    "beaten|bitten|blown|bought|broken|brought|built|caught|chosen|cut|dealt|driven|drawn|eaten|found|forced|forgotten|fought|"
    "given|held|hidden|hit|hurt|kept|laid|led|left|lost|made|paid|put|seen|sent|set|shot|shut|sold|spent|stolen|struck|"
    "sworn|taken|taught|told|thrown|torn|withdrawn|won|worn|written"
)
_NO_PARTICIPLE = (
    "need|indeed|united|unprecedented|hundred|speed|feed|seed|breed|exceed|weed|allied|red|bed|wed|shed|tired|aged"
)

_NO_GERMAN_PARTICIPLE = (
    r"(?!gut\b|gesamt|bereit|bekannt|berühmt|gesund|verrückt|gerecht|beliebt|passiert\b|interessiert\b)"
)
_GERMAN_PARTICIPLE = (
    r"(?:[a-zäöü]{2,6})?ge[a-zäöüß]{2,20}t|(?:be|ver|er|ent|zer|über|unter|wider)[a-zäöüß]{2,20}t|[a-zäöüß]{2,20}iert|"
    r"(?:[a-zäöü]{2,6})?ge(?:schlossen|troffen|nommen|geben|funden|worfen|strichen|sprochen|schrieben|zogen|hoben|bissen|rissen|"
    r"stohlen|boten|halten|rufen|tragen|schoben|schnitten|schossen|bunden|sperrt|wiesen)|"
    r"(?:be|ver|er|ent|zer|über|unter|auf|wider)(?:nommen|worfen|funden|sprochen|schrieben|schoben|schossen|brochen"
    r"|schlossen|boten|"
    r"griffen|zogen|hoben|wiesen|schnitten)"
)

PASSIVES = {
    "en": re.compile(
        rf"\b(?:is|are|was|were|been|being|be|gets?|got) (?:not |\w{{3,12}}ly )?"
        rf"(?!(?:{_NO_PARTICIPLE})\b|used to\b|lost (?-i:[A-Z]))"
        rf"(?:\w{{2,20}}ed|{_IRREGULAR})\b"
        rf"|\b(?=\w{{3,22}} by\b)(?!(?:{_NO_PARTICIPLE})\b)(?:\w{{2,20}}ed|{_IRREGULAR}) by\b"
        r"(?! (?:\d|up to|about|half|a (?:third|quarter)|nearly|over))"
        r"|\b(?:arrested|jailed|charged|sentenced|convicted|sacked|evacuated) (?:on|over|after|for|in|with|to)\b",
        re.IGNORECASE,
    ),
    "fr": re.compile(
        r"\b(?:a|ont|avait|avaient|aura|auront|ayant|avoir) été"
        r" \w{2,20}(?:é|ée|és|ées|i|ie|is|ies|it|ite|its|ites|u|ue|us|ues|rte?s?)\b"
        r"|\b(?:sera|seront|serait|seraient|soit|soient|(?<!['’-])être) (?:\w{3,14}ment |bientôt |plus |enfin )?"
        r"(?!(?:arriv|rest|tomb|entr|rentr|mont|all|n|décéd|pass|âg|retourn|allong)ée?s?\b)(?:\w{2,20}(?:é|ée|és|ées)|"
        r"(?:inter|pré)?dite?s?|\w{2,12}uite?s?|(?:per|sou|re|ad|trans)?mise?s?|(?:re|sur|com|entre)?prise?s?|"
        r"(?:re|suspen|défen|enten|éten|ven|ren|per)(?:v?en)?due?s?|(?:é|ex)?(?:l|cl)ue?s?|(?:r|c|déc)?ouverte?s?|offerte?s?)\b"
        r"|\b(?!(?:passée?s?|terminée?s?|à côtés?)\b)\w{2,20}(?:é|ée|és|ées) par\b"
        r"(?! (?:\d|an\b|jour\b|mois\b|exemple|rapport|hasard))",
        re.IGNORECASE,
    ),
    "nl": re.compile(
        r"\b(?:wordt|worden|werd|werden|geworden)\b[^,;:]{0,60}?\b"
        r"(?!gemeente|geld|gebied|geweld|gezicht|gewicht|gedicht|gevecht|geluid|geduld|gerecht|geheim|geschikt|gezond|bekend\b)"
        r"(?:(?:af|aan|op|uit|in|door|neer|vast|vrij|weg|over|voor|om|mee|stil)?ge\w{2,20}[dt]|(?:be|ver|ont|her)\w{3,20}[dt]|"
        r"(?:af|aan|op|uit|in|door|neer|vast|vrij|weg|over)?ge(?:nomen|sloten|vonden|schoten|stoken|worpen|geven"
        r"|bleken|houden|slagen|beten))\b",
        re.IGNORECASE,
    ),
    # Case decides: a German noun has a capital, a participle has none.
    "de": re.compile(
        rf"\b(?:[Ww]ird|[Ww]erden|[Ww]urden?|worden)\b[^,;:]{{0,60}}?\b{_NO_GERMAN_PARTICIPLE}(?:{_GERMAN_PARTICIPLE})\b"
        # At the end of the sentence: soll vom Kabinett angehoben werden.
        rf"|\b{_NO_GERMAN_PARTICIPLE}(?:{_GERMAN_PARTICIPLE}) (?:werden|worden)\b"
    ),
}

MACHINE_WORDS = {
    "en": re.compile(
        r"\b(?:reveal(?:s|ed|ing)?|unveil\w*|delv(?:e|es|ed|ing)|impact(?:s|ed|ing|ful)?|rising|amid(?:st)?|underscor\w+|"
        r"showcas\w+|pivotal|crucial|transformative|tapestry|testament|groundbreaking|game-?chang\w+|seamless\w*|bolster\w*|"
        r"(?:\w{2,12}ing|political|media|digital|energy|retail|tech|business|economic|housing) landscape|realm"
        r"|harness\w*|foster(?:s|ed|ing)?|navigat(?:e|es|ing)"
        r"|shed(?:s|ding)? light|spark(?:s|ed|ing) \w+ debate)\b",
        re.IGNORECASE,
    ),
    "fr": re.compile(
        r"\b(?:révèlent|révèle|dévoil\w+|cruciale?s?|cruciaux|incontournables?|enjeux|suscit\w+|mett(?:ent|ant) en lumière|"
        r"met en lumière|souligne(?:nt)?|au cœur d(?:e|u|es)|impact(?:e|ent|s)?|novat(?:eur|rice)s?|sans précédent|"
        r"révolutionn(?:e|ent|er|era|eront|é|ée|és|ées)|change(?:nt|r|ra|ront)? la donne|game-?changer)\b",
        re.IGNORECASE,
    ),
    "nl": re.compile(
        r"\b(?:onthul\w+|impact|cruciale?|baanbrekende?|benadruk\w+|mijlpa(?:al|len)|werpt licht op|essentiële?|inzichten|"
        r"te midden van|ongekende?|zorgt voor ophef|landschap|game-?changers?|revolutioneert|ontketent een revolutie)\b",
        re.IGNORECASE,
    ),
    "de": re.compile(
        r"\b(?:enthüll\w+|beleuchte(?:t|n)|bahnbrechend\w*|wegweisend\w*|meilensteine?|unterstreich(?:t|en)|im fokus|"
        r"inmitten|beispiellos\w*|auswirkungen|revolutionier\w*|herausforderungen|sorgt für aufsehen|einblicke?|"
        r"game-?changer|tauch(?:t|en sie|e) (?:\w{2,10} )?ein in)\b",
        re.IGNORECASE,
    ),
}
"""Hints, no more: people use them, too."""
