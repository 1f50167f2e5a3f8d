"""`evals`: list and show eval sets, and carry them in files."""

import json
from dataclasses import asdict
from pathlib import Path

import click

from core.cli.session import as_json, author, moment, opened
from core.errors import BadInput
from core.evals import exchange, sets
from core.evals.exchange import FORMATS, Format, Found, Terms, sheet
from core.evals.sets import CaseLine

_LONGEST_REFERENCE = 80


@click.group()
def evals() -> None:
    """Sets of cases that prompts are evaluated on."""


@evals.command(name="list")
@click.argument("name", required=False)
@as_json
def list_(name: str | None, as_json: bool) -> None:
    """Print the newest version of every set, or all versions of NAME."""
    with opened() as copydesk:
        versions = sets.listing(copydesk.db) if name is None else sets.history(copydesk.db, name)
    for version in versions:
        if as_json:
            click.echo(json.dumps(asdict(version), ensure_ascii=False))
            continue
        desks = ", ".join(f"{desk} {count}" for desk, count in version.desks.items())
        click.echo(
            f"{version.name} {version.number}  {moment(version.created_at)}  {version.author}: {version.note}  "
            f"[{version.cases} cases: {desks}]"
        )


@evals.command()
@click.argument("name")
@click.option("--version", type=int, help="Without it: the newest.")
@as_json
def show(name: str, version: int | None, as_json: bool) -> None:
    """Print the cases of the set NAME, a line each, without their articles."""
    with opened() as copydesk:
        lines = sets.lines(copydesk.db, name, version)
    for line in lines:
        click.echo(json.dumps(asdict(line), ensure_ascii=False) if as_json else _line(line))


@evals.command(name="import")
@click.argument("name")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--format", "form", type=click.Choice(FORMATS), help="Without it: what the file seems to be.")
@click.option("--map", "chosen", multiple=True, metavar="FIELD=HEADER", help="The header that holds a field, in a CSV.")
@click.option("--desk", help="The desk of cases that name none.")
@click.option("--note", help="What changed, and why. Without it: the name of the file.")
@author
@as_json
def import_(
    name: str,
    file: Path,
    form: Format | None,
    chosen: tuple[str, ...],
    desk: str | None,
    note: str | None,
    author: str,
    as_json: bool,
) -> None:
    """Save the cases in FILE as the next version of the set NAME, in the place of those it had.

    A file with a fault changes nothing; the faults are named by their lines.
    """
    data = _read(file)
    with opened() as copydesk:
        limit = copydesk.settings.article_limit
        found = _found(data, form, chosen, source=file.name, terms=Terms(copydesk.settings.desks, limit, desk))
        before = sets.newest(copydesk.db, name)
        version = sets.save(
            copydesk.db,
            name,
            found.cases,
            note=note or f"From {file.name}",
            author=author,
            seen=before and before.number,
            article_limit=limit,
        )
    for remark in found.remarks:
        click.echo(remark, err=True)
    if as_json:
        click.echo(json.dumps(asdict(version) | {"new": version != before}, ensure_ascii=False))
    else:
        was_here = " was here already" if version == before else ""
        click.echo(f"{version.name} {version.number}{was_here}: {version.cases} cases")


@evals.command()
@click.argument("name")
@click.option("--version", type=int, help="Without it: the newest.")
@click.option("--format", "form", type=click.Choice(FORMATS), default="jsonl", show_default=True)
def export(name: str, version: int | None, form: Format) -> None:
    """Print the cases of the set NAME as a file."""
    with opened() as copydesk:
        cases = sets.get(copydesk.db, name, version).cases
    for piece in exchange.write(cases, form):
        # As bytes, for a text stream of this machine may change the ends of lines.
        click.echo(piece.encode(), nl=False)


def _read(file: Path) -> bytes:
    try:
        with file.open("rb") as opened_file:
            return opened_file.read(exchange.LARGEST_FILE + 1)
    except OSError as error:
        raise BadInput(f"{file} cannot be read: {error.strerror or error}.") from error


def _found(data: bytes, form: Format | None, chosen: tuple[str, ...], *, source: str, terms: Terms) -> Found:
    form = form or ("csv" if chosen else exchange.propose_format(data, source=source))
    if not chosen:
        return exchange.read(data, form, source=source, terms=terms)
    if form != "csv":
        raise BadInput("Only the headers of a CSV can be mapped. Leave --map away.")
    mapping = sheet.propose(sheet.headers(data, source))
    for pair in chosen:
        field, is_pair, header = pair.partition("=")
        if not is_pair:
            raise BadInput(f"{pair!r} names no header. Write it like article=Text.")
        mapping[field.strip()] = header.strip()
    return sheet.read_mapped(data, mapping, source=source, terms=terms)


def _line(line: CaseLine) -> str:
    about = ", ".join((line.desk, line.channel, line.language or "?", f"{line.characters:,} characters"))
    reference = (line.reference or "")[:_LONGEST_REFERENCE]
    tags = f"  [{', '.join(line.tags)}]" if line.tags else ""
    return f"{line.id}  {about}{tags}  {reference}".rstrip()
