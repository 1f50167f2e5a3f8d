"""Articles and a way to ask about them, shared by the tests of the offline headline writer."""

import re
from pathlib import Path

SAMPLES = sorted((Path(__file__).parents[4] / "prompts" / "samples").glob("*.txt"))

FERRY = """\
The harbour ferry will return to Port Alden on 3 May after two years in dry dock, the town council
said on Tuesday.

The repair of the hull cost 4.2 million euros, twice the first estimate. The council had hoped to
reopen the line last summer, but inspectors found rust in the engine room.

"We can't wait to see her on the water again," said Marta Quill, who runs the ticket office. "Every
child here learned to swim beside that boat."

According to the council, about 1,300 people signed a petition to keep the ferry. It will run every
40 minutes and carry 180 passengers. However, tickets will rise from 2 to 3 euros.

Fishermen on the north quay fear the new timetable. They say that the wake damages small boats.
Harbour master Tom Reedy has promised to measure the waves in June. A second ferry, built in Spain
in 2019, may join the line next year.
"""

BRUG = """\
Op dinsdag keurde de gemeenteraad een plan van 4,2 miljoen euro goed om de havenbrug te herstellen.
De brug is sinds maart gesloten voor vrachtwagens, waardoor chauffeurs elf kilometer moeten
omrijden.

‘We hebben te lang gewacht met dit onderhoud’, zei wethouder Anna Visser na het debat. Volgens haar
beginnen de werken in september.

De gemeente verwacht dat de herstelling acht maanden duurt. Winkeliers in de havenbuurt vrezen dat
klanten wegblijven.
"""

BRUECKE = """\
Am Dienstag beschloss der Stadtrat die Sanierung der Hafenbrücke für 4,2 Millionen Euro. Die Brücke
ist seit März für Lastwagen gesperrt. Die Arbeiten beginnen im September und dauern acht Monate.

„Wir haben zu lange gewartet“, sagte Bürgermeisterin Anna Schulz nach der Sitzung. Die Händler am
Hafen fürchten um ihren Umsatz.
"""

PONT = """\
Mardi, le conseil municipal a adopté un plan de 4,2 millions d’euros pour réparer le pont du port.
Le pont est fermé aux camions depuis mars, a indiqué la mairie.

« Nous avons attendu trop longtemps », a déclaré Anne Vidal, adjointe aux travaux. Les travaux
commenceront en septembre et dureront huit mois.
"""

FULL = "Write exactly {count} headlines, each of at most {limit} characters. Answer with JSON only."


def body(path: Path) -> str:
    """The body of a sample, without its working title."""
    return path.read_text(encoding="utf-8").split("\n", 2)[2]


def ask(article: str, instruction: str) -> list[dict[str, str]]:
    """Chat messages that give an instruction and an article in its tags."""
    return [
        {
            "role": "system",
            "content": "You are a sub-editor. The article stands between <article> and </article>.",
        },
        {"role": "user", "content": f"{instruction}\n\n<article>\n{article}\n</article>"},
    ]


def words(text: str) -> set[str]:
    """The words and numbers of a text, in lower case."""
    return set(re.findall(r"\d+(?:[.,]\d+)*|[^\W\d_]+", text.casefold()))


def folded(text: str) -> str:
    """The text as two headlines are compared: no case, no punctuation."""
    return " ".join(re.findall(r"\w+", text.casefold()))
