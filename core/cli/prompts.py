"""`prompts`: list, show, compare, and carry them in files."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import click

from core.cli.session import as_json, author, chosen, moment, opened
from core.db import Database
from core.errors import BadInput
from core.prompts import compare, files, folder, releases, versions
from core.prompts.differences import Piece, Row
from core.prompts.files import PromptFile

_MARKS = {"same": ("", ""), "removed": ("[-", "-]"), "added": ("{+", "+}")}


@click.group()
def prompts() -> None:
    """The versions of every prompt."""


@prompts.command(name="list")
@click.argument("prompt", required=False)
@as_json
def list_(prompt: str | None, as_json: bool) -> None:
    """Print the versions of PROMPT, or of all, and where each is live."""
    with opened() as copydesk:
        db = copydesk.db
        for name in chosen(db, prompt):
            live = releases.live(db, name)
            for line in versions.listing(db, name):
                places = [str(release.place) for release in live if release.version == line.number]
                if as_json:
                    click.echo(json.dumps(asdict(line) | {"live": places}, ensure_ascii=False))
                    continue
                where = f"  [live: {'; '.join(places)}]" if places else ""
                click.echo(f"{name} {line.number}  {moment(line.created_at)}  {line.author}: {line.note}{where}")


@prompts.command()
@click.argument("prompt")
@click.argument("version", type=int)
def show(prompt: str, version: int) -> None:
    """Print VERSION of PROMPT as a .prompt.yml."""
    with opened() as copydesk:
        found = versions.get(copydesk.db, prompt, version)
    click.echo(files.dump(PromptFile(prompt, found.content, found.note)), nl=False)


@prompts.command()
@click.argument("prompt")
@click.argument("before", type=int)
@click.argument("after", type=int)
def diff(prompt: str, before: int, after: int) -> None:
    """Print what changed between two versions: [-removed-] and {+added+} words, then the settings."""
    with opened() as copydesk:
        old, new = (versions.get(copydesk.db, prompt, number).content for number in (before, after))
    found = compare.compare(old, new)
    if found.same:
        click.echo("The same content.")
    for message in found.messages:
        if message.changed:
            click.echo(f"--- {message.title}")
            for row in message.rows:
                click.echo(_line(row))
    for change in found.settings:
        click.echo(f"{change.name}: {change.before or 'not set'} → {change.after or 'not set'}")


@prompts.command(name="import")
@click.argument("paths", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@click.option("--note", help="What changed in a file, and why. Without it: the note in the file.")
@author
@as_json
def import_(paths: tuple[Path, ...], note: str | None, author: str, as_json: bool) -> None:
    """Save .prompt.yml files, or an exported folder, as versions. Nothing is released by it."""
    if note is not None and any(path.is_dir() for path in paths):
        raise BadInput("The versions in a folder have notes of their own. Leave --note away.")
    with opened() as copydesk:
        # All are read before the first is saved.
        for path, file in [(path, None if path.is_dir() else files.read(path)) for path in paths]:
            if file is None:
                imported = _import_folder(copydesk.db, path, author)
            else:
                imported = [_import_file(copydesk.db, path, file, author, note)]
            for version in imported:
                click.echo(json.dumps(asdict(version)) if as_json else str(version))


@prompts.command()
@click.argument("to", type=click.Path(file_okay=False, path_type=Path))
def export(to: Path) -> None:
    """Write all versions and releases into the folder TO, for git to hold."""
    with opened() as copydesk:
        report = folder.export_folder(copydesk.db, to)
    click.echo(f"{len(report.written)} files in {to}")
    for path in report.left_alone:
        click.echo(f"{path} is no version here; it was left alone.", err=True)


@dataclass(frozen=True)
class _Imported:
    """What a file became here; `new` if it was no version before."""

    file: str
    prompt: str
    version: int
    new: bool

    def __str__(self) -> str:
        return f"{self.file}: {self.prompt} {self.version}" + ("" if self.new else " was here already")


def _import_file(db: Database, path: Path, file: PromptFile, author: str, note: str | None) -> _Imported:
    note = note or file.note or f"From {path.name}"
    with db.read() as connection:
        before = versions.find(connection, file.name, file.content)
    saved = before or versions.save(db, file.name, file.content, note=note, author=author)
    if file.unknown:
        click.echo(f"{path}: {', '.join(file.unknown)}: kept, not used by Copydesk.", err=True)
    return _Imported(str(path), saved.prompt, saved.number, before is None)


def _import_folder(db: Database, path: Path, author: str) -> list[_Imported]:
    report = folder.import_folder(db, path, author=author)
    for sentence in (*report.remarks, *report.differences):
        click.echo(sentence, err=True)
    return [
        _Imported(str(path / each.prompt / f"{each.in_folder}.prompt.yml"), each.prompt, each.here, each.new)
        for each in report.versions
    ]


def _line(row: Row) -> str:
    if not row.changed:
        return "  " + "".join(piece.text for piece in row.after or ())
    return "~ " + _marked(_merged(row))


def _merged(row: Row) -> Sequence[Piece]:
    """Both sides of a changed line in one: what was removed stands before what came in its place."""
    left, right = list(row.before or ()), list(row.after or ())
    merged: list[Piece] = []
    while left or right:
        if left and left[0].kind == "removed":
            merged.append(left.pop(0))
        elif right and right[0].kind == "added":
            merged.append(right.pop(0))
        else:
            merged.append(right.pop(0) if right else left.pop(0))
            if left and merged[-1] == left[0]:
                left.pop(0)
    return merged


def _marked(pieces: Sequence[Piece]) -> str:
    return "".join(_MARKS[piece.kind][0] + piece.text + _MARKS[piece.kind][1] for piece in pieces)
