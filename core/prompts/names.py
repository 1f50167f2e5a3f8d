"""What a prompt can be called: a name that is safe as that of a folder, in an address and on a command line."""

import re

LONGEST = 100
PATTERN = r"[a-z][a-z0-9-]*"


def is_name(text: str) -> bool:
    """Whether a prompt can be called so."""
    return len(text) <= LONGEST and re.fullmatch(PATTERN, text) is not None
