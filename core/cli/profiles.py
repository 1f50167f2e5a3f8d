"""`profiles`: what headlines are checked for, shown, and rules added from a file."""

import json
from pathlib import Path

import click

from core import profiles as profiles_
from core.checks import profile_files
from core.checks.profile import Profile
from core.cli.session import as_json, author, moment, opened
from core.errors import BadInput


@click.group()
def profiles() -> None:
    """What headlines are checked for, by desk, channel and language."""


@profiles.command(name="list")
@as_json
def list_(as_json: bool) -> None:
    """Print the versions, the newest first, and which is in use."""
    with opened() as copydesk:
        used = profiles_.in_use(copydesk.db).version
        for line in profiles_.versions(copydesk.db):
            if as_json:
                entry = {"number": line.number, "hash": line.hash, "in_use": line.number == used}
                told = {"note": line.note, "author": line.author, "created_at": line.created_at}
                click.echo(json.dumps(entry | told, ensure_ascii=False))
                continue
            where = "  [in use]" if line.number == used else ""
            click.echo(f"profiles {line.number}  {moment(line.created_at)}  {line.author}: {line.note}{where}")


@profiles.command()
@click.argument("version", type=int, required=False)
def show(version: int | None) -> None:
    """Print VERSION, or the one in use, as a file."""
    with opened() as copydesk:
        number = profiles_.in_use(copydesk.db).version if version is None else version
        found = profiles_.get(copydesk.db, number)
    click.echo(profile_files.dump(found.profiles), nl=False)


@profiles.command()
@click.argument("path", metavar="FILE", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--note", required=True, help="What changes, and why?")
@author
def add(path: Path, note: str, author: str) -> None:
    """Add the rules in FILE to those in use, as a new version that is in use at once."""
    more = profile_files.read(path)
    if more.everybody != Profile():
        raise BadInput(
            f"{path.name} says something for everybody, and only rules are added. Take `everybody` out of it."
        )
    with opened() as copydesk:
        seen = profiles_.in_use(copydesk.db)
        before = profiles_.get(copydesk.db, seen.version).profiles
        release = profiles_.change(copydesk.db, before.with_rules(more.rules), note=note, author=author, seen=seen)
    click.echo(f"profiles {release.version} is in use, from the next headline on.")
