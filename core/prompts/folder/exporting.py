"""Write every prompt with its releases into a folder, and never over what somebody changed there."""

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from core.db import Database
from core.errors import BadInput
from core.prompts import files, plain_yaml, releases, versions
from core.prompts.files import PromptFile
from core.prompts.folder.layout import ALL_DESKS, RELEASES, name_of, refuse_links
from core.prompts.releases import Release
from core.prompts.versions import Version

MOST_RELEASES = 1_000
"""So many releases, the newest, stand in a file; the database has them all."""


@dataclass(frozen=True)
class ExportReport:
    """The files that hold the record now, and prompt files beside them that are no version of it: nobody touched those."""

    written: tuple[Path, ...]
    left_alone: tuple[Path, ...]


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
        refuse_links(path.parent, path)
    try:
        for path, text in texts.items():
            _write(path, text)
    except OSError as error:
        raise BadInput(f"{folder} cannot be written: {error}.") from error
    return ExportReport(
        tuple(texts), tuple(path for path in sorted(folder.glob("*/*.prompt.y*ml")) if path not in texts)
    )


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
    refuse_links(path.parent, path)
    advice = "Import it, or move it away; nothing was written."
    try:
        there = files.read(path)
    except BadInput as error:
        raise BadInput(f"{name_of(path)} is there and cannot be read. {advice} ({error.message})") from error
    if (there.name, there.content.hash) != (version.prompt, version.hash):
        raise BadInput(f"{name_of(path)} holds something else than version {version.number}. {advice}")


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
    text = plain_yaml.dump({"live": live, "history": history})
    while len(text) > plain_yaml.LARGEST_FILE:
        # Reasons may be long, and what is written must be readable.
        history = history[: len(history) // 2]
        text = plain_yaml.dump({"live": live, "history": history})
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
