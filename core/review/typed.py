"""What people type into the queue, trimmed and held to a length."""

from core.errors import BadInput

LONGEST_NAME = 200
LONGEST_COMMENT = 5_000


def named(person: str) -> str:
    """Who somebody says they are; `BadInput` if they say nothing."""
    person = text(person, LONGEST_NAME, "The name")
    if not person:
        raise BadInput("Say who you are: an item is read by one person at a time.")
    return person


def because(why: str, asked: str) -> str:
    """A reason; `BadInput` with what was asked for if there is none."""
    why = text(why, LONGEST_COMMENT, "The reason")
    if not why:
        raise BadInput(asked)
    return why


def text(typed: str, longest: int, what: str) -> str:
    """A text without the space around it; `BadInput` if it is too long."""
    typed = typed.strip()
    if len(typed) > longest:
        raise BadInput(f"{what} has {len(typed):,} characters; at most {longest:,} are kept. Shorten it.")
    return typed
