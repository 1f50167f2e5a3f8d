"""What must not be written into a database: texts that are taken out of all others, and desks that keep none at all."""

from collections.abc import Set
from dataclasses import dataclass, field

from core.errors import BadInput
from core.redaction import NOTHING, Redaction, read_words
from core.settings import Settings


@dataclass(frozen=True)
class Policy:
    """Goes with an open database, so that whoever writes to it has it at hand. `textless` are desks."""

    redaction: Redaction = NOTHING
    textless: Set[str] = field(default_factory=frozenset[str])

    def keeps_texts(self, desk: str) -> bool:
        """Whether articles, messages, answers and headlines of a desk are written at all."""
        return desk not in self.textless


def of(chosen: Settings) -> Policy:
    """The policy of an installation; a list of words that cannot be read is `BadInput`."""
    words: list[str] = []
    if chosen.redact_words is not None:
        path = chosen.redact_words
        try:
            words = read_words(path.read_text(encoding="utf-8-sig"), source=path.name)
        except (OSError, UnicodeDecodeError) as error:
            # Written without what it was to be kept from would be worse than not at all.
            raise BadInput(f"The list of words in COPYDESK_REDACT_WORDS cannot be read: {error}.") from error
    unknown = [desk for desk in chosen.textless_desks if desk not in chosen.desks]
    if unknown:
        raise BadInput(f"COPYDESK_TEXTLESS_DESKS names {unknown[0]!r}; there are {', '.join(chosen.desks)}.")
    return Policy(Redaction(chosen.redact, words), frozenset(chosen.textless_desks))


EVERYTHING = Policy()
"""Everything may be written."""
