"""The parts of a component that are made for the browser stand in files of their own, beside its module."""

from pathlib import Path

_FOLDER = Path(__file__).parent


def browser_files(*names: str) -> str:
    """These files of this folder as one text, in this order."""
    return "\n".join((_FOLDER / name).read_text(encoding="utf-8") for name in names)
