"""Write every prompt with its releases into a folder that git can hold, and read such a folder back.

    headlines/1.prompt.yml      a version: its content, note, author, time and parent
    headlines/2.prompt.yml
    headlines/releases.yml      what is live where, and the releases that led there

Equal records give equal bytes, so that git shows only what changed. The database stays the record: a folder brings
versions, and never releases one. It is untrusted input like every file in it: links are refused, and paths are made of
checked names alone.
"""

import os
import re
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from core.db import Database
from core.errors import BadInput
from core.prompts import files, names, releases, template, versions
from core.prompts.files import PromptFile
from core.prompts.releases import Environment, Place, Release
from core.prompts.versions import Version

RELEASES = "releases.yml"
ALL_DESKS = "all desks"
MOST_RELEASES = 1_000
"""So many releases, the newest, stand in a file; the database has them all."""

# 18 digits are within SQLite's integers.
_VERSION_FILE = re.compile(r"([1-9][0-9]{0,17})\.prompt\.yml")


@dataclass(frozen=True)
class ExportReport:
    """The files that hold the record now, and prompt files beside them that are no version of it: nobody touched those."""

    written: tuple[Path, ...]
    left_alone: tuple[Path, ...]


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


def export_folder(db: Database, folder: Path) -> ExportReport:
    """Write every version and release into `folder`.

    Where a version's file holds something else than that version, somebody has worked on it: `BadInput`, and nothing is
    written. No file is ever removed.
    """
    texts: dict[Path, str] = {}
    for prompt in versions.prompts(db):
        for line in reversed(versions.listing(db, prompt)):
            version = versions.get(db, prompt, line.number)
            path = folder / prompt / f"{version.number}.prompt.yml"
            texts[path] = files.dump(_as_file(version))
            _refuse_to_overwrite(path, version)
        texts[folder / prompt / RELEASES] = _releases_text(db, prompt)
    for path in texts:
        _refuse_links(path.parent, path)
    try:
        for path, text in texts.items():
            _write(path, text)
    except OSError as error:
        raise BadInput(f"{folder} cannot be written: {error}.") from error
    return ExportReport(
        tuple(texts), tuple(path for path in sorted(folder.glob("*/*.prompt.y*ml")) if path not in texts)
    )


def import_folder(db: Database, folder: Path, *, author: str) -> ImportReport:
    """Save the versions of `folder` in the order of their numbers; nothing is released.

    Content that is here already stays the version that it is. One wrong file is `BadInput` with its line, before
    anything is saved.
    """
    found, remarks = _read(folder)
    imported = db.write(lambda connection: list(_save(connection, found.versions, author, remarks)))
    differences = (said for prompt, live in found.live.items() for said in _differences(db, prompt, live))
    return ImportReport(tuple(imported), tuple(differences), tuple(remarks))


def _save(
    connection: sqlite3.Connection, found: Iterable["_FoundVersion"], author: str, remarks: list[str]
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


class _Live(BaseModel):
    model_config = ConfigDict(extra="forbid")

    environment: Environment
    desk: str = Field(min_length=1)
    version: int = Field(gt=0)
    hash: str = Field(pattern="^[0-9a-f]{64}$")


class _Past(BaseModel):
    model_config = ConfigDict(extra="forbid")

    environment: Environment
    desk: str = Field(min_length=1)
    kind: Literal["released", "rolled back", "withdrawn"]
    version: int | None = None
    author: str
    createdAt: str
    reason: str = ""


class _Releases(BaseModel):
    model_config = ConfigDict(extra="forbid")

    live: tuple[_Live, ...] = ()
    history: tuple[_Past, ...] = ()


@dataclass(frozen=True)
class _FoundVersion:
    number: int
    file: PromptFile
    source: str


@dataclass(frozen=True)
class _Found:
    versions: tuple[_FoundVersion, ...]
    live: dict[str, tuple[_Live, ...]]


def _as_file(version: Version) -> PromptFile:
    return PromptFile(
        version.prompt,
        version.content,
        version.note,
        parent=version.parent,
        author=version.author,
        created_at=version.created_at,
    )


def _refuse_to_overwrite(path: Path, version: Version) -> None:
    if not os.path.lexists(path):
        return
    _refuse_links(path.parent, path)
    advice = "Import it, or move it away; nothing was written."
    try:
        there = files.read(path)
    except BadInput as error:
        raise BadInput(f"{_source(path)} is there and cannot be read. {advice} ({error.message})") from error
    if (there.name, there.content.hash) != (version.prompt, version.hash):
        raise BadInput(f"{_source(path)} holds something else than version {version.number}. {advice}")


def _refuse_links(*paths: Path) -> None:
    for path in paths:
        if path.is_symlink():
            raise BadInput(f"{path} is a symbolic link. A folder of prompts holds plain files only.")


def _write(path: Path, text: str) -> None:
    data = text.encode()
    if path.is_file() and path.read_bytes() == data:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    # Under another name first, so that a full disk leaves the file that was there.
    unfinished = path.with_name(f".{path.name}.unfinished")
    unfinished.unlink(missing_ok=True)
    unfinished.write_bytes(data)
    unfinished.replace(path)


def _releases_text(db: Database, prompt: str) -> str:
    hashes = {line.number: line.hash for line in versions.listing(db, prompt)}
    live = [
        {**_place(release), "version": release.version, "hash": hashes[release.version]}
        for release in releases.live(db, prompt)
        if release.version is not None
    ]
    history = [_past(release) for release in _history(db, prompt)]
    text = files.dump_yaml({"live": live, "history": history})
    while len(text) > files.LARGEST_FILE:
        # Reasons may be long, and what is written must be readable.
        history = history[: len(history) // 2]
        text = files.dump_yaml({"live": live, "history": history})
    return text


def _history(db: Database, prompt: str) -> list[Release]:
    """The newest releases of a prompt to whatever environment, newest first."""
    newest = [
        release
        for environment in releases.ENVIRONMENTS
        for release in releases.history(db, prompt, environment, limit=MOST_RELEASES)
    ]
    return sorted(newest, key=lambda release: release.id, reverse=True)[:MOST_RELEASES]


def _place(release: Release) -> dict[str, Any]:
    return {"environment": release.environment, "desk": release.desk or ALL_DESKS}


def _past(release: Release) -> dict[str, Any]:
    told = {
        **_place(release),
        "kind": release.kind,
        "version": release.version,
        "author": release.author,
        "createdAt": files.moment(release.created_at),
        "reason": release.reason or None,
    }
    return {key: value for key, value in told.items() if value is not None}


def _read(folder: Path) -> tuple[_Found, list[str]]:
    """All that `folder` holds, checked, and what was passed over."""
    found: list[_FoundVersion] = []
    live: dict[str, tuple[_Live, ...]] = {}
    passed_over: list[str] = []
    for path in _entries(folder):
        if names.is_name(path.name):
            _refuse_links(path)
        if path.is_symlink() or not path.is_dir() or path.name.startswith("."):
            _note_if_prompt(path, passed_over)
            continue
        for inside in _entries(path):
            numbered = _VERSION_FILE.fullmatch(inside.name)
            if not names.is_name(path.name) or (numbered is None and inside.name != RELEASES):
                _note_if_prompt(inside, passed_over)
                continue
            _refuse_what_is_no_file(inside)
            if numbered is None:
                live[path.name] = _read_live(inside)
            else:
                found.append(_read_version(inside, int(numbered[1])))
    if not found:
        raise BadInput(f"{folder} holds no prompts: there is no <prompt>/<number>.prompt.yml in it.")
    found.sort(key=lambda one: (one.file.name, one.number))
    return _Found(tuple(found), live), passed_over


def _entries(folder: Path) -> list[Path]:
    try:
        return sorted(folder.iterdir())
    except OSError as error:
        raise BadInput(f"{folder} cannot be read: {error}.") from error


def _note_if_prompt(path: Path, passed_over: list[str]) -> None:
    """Whoever put a prompt where nobody looks for it should hear of it; a README needs no word."""
    if path.name.endswith((".prompt.yml", ".prompt.yaml")):
        passed_over.append(f"{_source(path)} was passed over: a version is found at <prompt>/<number>.prompt.yml.")


def _refuse_what_is_no_file(path: Path) -> None:
    _refuse_links(path)
    if not path.is_file():
        raise BadInput(f"{_source(path)} is no file.")


def _read_version(path: Path, number: int) -> _FoundVersion:
    source = _source(path)
    text = files.read_text(path, source=source)
    file = files.parse(text, source=source)

    def line(*steps: int | str) -> int:
        return files.load_yaml(text, source=source).line(steps)

    if file.name != path.parent.name:
        raise BadInput(f"{source}, line {line('name')}: this is a version of {file.name}, not of {path.parent.name}.")
    if file.parent is not None and file.parent >= number:
        where = line("copydesk", "parent")
        raise BadInput(f"{source}, line {where}: version {number} cannot start from version {file.parent}.")
    for index, message in enumerate(file.content.messages):
        try:
            template.check(message.content)
        except BadInput as error:
            where = line("messages", index, "content")
            raise BadInput(f"{source}, line {where}: {error.message}") from error
    return _FoundVersion(number, file, source)


def _read_live(path: Path) -> tuple[_Live, ...]:
    source = _source(path)
    tree = files.load_yaml(files.read_text(path, source=source), source=source)
    try:
        return _Releases.model_validate(tree.value).live
    except ValidationError as error:
        raise tree.mistake(error) from None


def _differences(db: Database, prompt: str, live: Iterable[_Live]) -> Iterator[str]:
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


def _source(path: Path) -> str:
    """How errors name a file of the folder."""
    return f"{path.parent.name}/{path.name}"
