"""Foreign text that stands between tags in a prompt must not be able to close them and speak as if it were the prompt."""

import re


def contained(text: str, *tags: str) -> str:
    """The text, in which none of these tags opens or closes; what is otherwise in it stays as it is."""
    return re.sub(rf"<(?=\s*/?\s*(?:{'|'.join(map(re.escape, tags))}))", "‹", text, flags=re.IGNORECASE)
