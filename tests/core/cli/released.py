"""Changes by the command line, and what is live after them."""

from tests.command_line import printed

WHY = ("--author", "ada", "--reason", "Better.")
SPORT = ("--desk", "sport")


def changed(*arguments: str) -> dict[str, object]:
    """The release that a command made."""
    (made,) = printed("releases", *arguments, *WHY)
    return made


def live(*arguments: str) -> int:
    return printed("releases", "at", "headlines", *arguments)[0]["version"]
