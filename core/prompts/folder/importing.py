"""Save the versions of a folder here, and tell where its releases differ from what is live."""

import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from core.db import Database
from core.prompts import releases, versions
from core.prompts.folder import reading
from core.prompts.folder.layout import ALL_DESKS
from core.prompts.folder.reading import FoundVersion, Live
from core.prompts.releases import Place


@dataclass(frozen=True)
class ImportedVersion:
    """A version of the folder, and which one it is here; `new` if it was not here before."""

    prompt: str
    in_folder: int
    here: int
    new: bool


@dataclass(frozen=True)
class ImportReport:
    """What came in, where the folder's releases differ from what is live here, and what else a person should know."""

    versions: tuple[ImportedVersion, ...]
    differences: tuple[str, ...]
    remarks: tuple[str, ...]


def import_folder(db: Database, folder: Path, *, author: str) -> ImportReport:
    """Save the versions of `folder` in the order of their numbers; nothing is released.

    Content that is here already stays the version that it is. One wrong file is `BadInput` with its line, before
    anything is saved.
    """
    found, remarks = reading.read(folder)
    imported = db.write(lambda connection: list(_save(connection, found.versions, author, remarks)))
    differences = (said for prompt, live in found.live.items() for said in _differences(db, prompt, live))
    return ImportReport(tuple(imported), tuple(differences), tuple(remarks))


def _save(
    connection: sqlite3.Connection, found: Iterable[FoundVersion], author: str, remarks: list[str]
) -> Iterator[ImportedVersion]:
    numbers: dict[tuple[str, int], int] = {}
    for one in found:
        prompt, file = one.file.name, one.file
        parent = None if file.parent is None else numbers.get((prompt, file.parent))
        if file.parent is not None and parent is None:
            remarks.append(f"{one.source} starts from version {file.parent}, which the folder does not have.")
        note = file.note if file.note.strip() else f"From {one.source}"
        before = versions.find(connection, prompt, file.content)
        saved = before or versions.add(connection, prompt, file.content, note=note, author=author, parent=parent)
        numbers[prompt, one.number] = saved.number
        yield ImportedVersion(prompt, one.number, saved.number, before is None)
        if saved.number != one.number:
            remarks.append(f"{one.source} is version {saved.number} here.")
        if file.unknown:
            remarks.append(f"{one.source}: {', '.join(file.unknown)}: kept, not used by Copydesk.")


def _differences(db: Database, prompt: str, live: Iterable[Live]) -> Iterator[str]:
    """One sentence for each place where another content is live here than the folder says."""
    hashes = {line.number: line.hash for line in versions.listing(db, prompt)}
    here = {release.place: release.version for release in releases.live(db, prompt)}
    there = {Place(prompt, one.environment, None if one.desk == ALL_DESKS else one.desk): one for one in live}
    for place in sorted(here.keys() | there.keys(), key=str):
        mine, theirs = here.get(place), there.get(place)
        if (mine and hashes[mine]) == (theirs and theirs.hash):
            continue
        other = ", with other content" if theirs is not None and theirs.version == mine else ""
        said = f"{theirs.version}{other}" if theirs else "nothing"
        yield f"{prompt}, {place}: here {mine or 'nothing'}, in the folder {said}."
