"""Words so frequent that they say nothing about a text but its language, or that it is news."""

SMALL = {
    code: frozenset(text.split())
    for code, text in {
        "en": (
            "the of and to for with from by at after that this these his her its their our we he she it they have has had "
            "been are be would could should not but than who which what when where while because before about into if or as "
            "an a in on is was will can all more out up off says said new one two also against during over under"
        ),
        "fr": (
            "le la les un une des du de et en dans pour par sur avec sans sous aux au est sont a ont été être qui que dont où "
            "ce cette ces son sa ses leur leurs il elle ils elles on nous vous mais ou donc plus pas ne après avant selon "
            "chez entre contre depuis lors pendant face fait comme deux trois y se s'est c'est d'une d'un qu'il l'on"
        ),
        "nl": (
            "de het een en van voor met op in te is zijn was waren wordt worden werd werden dat die deze dit niet ook aan bij "
            "door over uit naar om tot als maar of er nog al wel geen meer dan na tegen hij zij ze we hun haar hem heeft "
            "hebben had kan kunnen moet moeten zou zal zich onder tussen tijdens volgens sinds twee drie"
        ),
        "de": (
            "der die das den dem des ein eine einen einem einer eines und oder aber in im an am auf aus bei beim mit nach von "
            "vom vor zu zum zur für über unter durch gegen ohne um ist sind war waren wird werden wurde wurden hat haben "
            "hatte nicht auch noch nur mehr als wie wenn dass sich er sie es wir ihr ihre sein seine kann soll will muss "
            "sowie seit zwischen während bis zwei drei so"
        ),
    }.items()
}
"""Words that every text of a language has."""

MEASURES = frozenset(
    word
    for line in (
        "january february march april june july august september october november december monday tuesday wednesday",
        "thursday friday saturday sunday year years month months week weeks days hours minutes seconds percent cent million",
        "billion euros dollars pounds people times janvier février mars avril juin juillet août septembre octobre novembre",
        "décembre lundi mardi mercredi jeudi vendredi samedi dimanche années mois semaine semaines jours heures minutes",
        "millions milliards euro personnes januar februar märz juni juli oktober dezember montag dienstag mittwoch donnerstag",
        "freitag samstag sonntag jahr jahre jahren monate wochen tage stunden minuten sekunden prozent millionen milliarden",
        "menschen januari februari maart augustus december maandag dinsdag woensdag donderdag vrijdag zaterdag zondag jaar",
        "jaren maanden weken dagen seconden procent miljoen miljard mensen kilometer meter kilometres metres",
    )
    for word in line.split()
)
"""What news counts in and dates by, whatever the story is."""
