"""The sample articles that ship with Copydesk: `<desk>-<slug>.<language>.txt`, a title, an empty line, the text."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path


@dataclass(frozen=True)
class Sample:
    name: str
    desk: str
    language: str
    title: str
    text: str


@cache
def listing(folder: Path) -> tuple[Sample, ...]:
    """All samples of a folder, by desk."""
    return tuple(_read(path) for path in sorted(folder.glob("*.txt")))


def _read(path: Path) -> Sample:
    name, language, _ = path.name.rsplit(".", 2)
    title, _, text = path.read_text(encoding="utf-8").partition("\n")
    return Sample(name, name.partition("-")[0], language, title.strip(), text.strip())
