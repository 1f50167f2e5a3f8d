"""`check`: what the checks find, for headlines from anywhere."""

import json
from collections.abc import Iterator
from dataclasses import asdict
from functools import lru_cache
from pathlib import Path
from typing import TextIO

import click
from pydantic import BaseModel, ConfigDict, ValidationError

from core.checks import profile_files
from core.checks.article import Article
from core.checks.profile import Profile, Profiles
from core.checks.run import check_headline
from core.cli.session import BAD_INPUT, leave, opened
from core.headlines import language


class _Line(BaseModel):
    model_config = ConfigDict(extra="ignore")

    article: str
    headline: str
    desk: str = ""
    channel: str = "web"
    lang: str | None = None


@click.command()
@click.argument("file", type=click.File("r", encoding="utf-8"), default="-")
@click.option(
    "--profiles",
    "chosen",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="Check by the profiles in this file. Without it: by those in use.",
)
def check(file: TextIO, chosen: Path | None) -> None:
    """Check the headlines in FILE, or on standard input: a JSON object {article, headline, desk?, channel?, lang?} a line.

    Prints one JSON object a line, in the same order: the headline and what was found in it. Ends with 2 at a line that
    cannot be read, and names it.
    """
    profiles = _in_use() if chosen is None else profile_files.read(chosen)
    # Lines about the same article usually follow each other, and reading it takes longer than checking a headline.
    article = lru_cache(maxsize=64)(_article)

    @lru_cache(maxsize=256)
    def asked(desk: str, channel: str, spoken: str | None) -> Profile:
        return profiles.of(desk=desk, channel=channel, language=spoken)

    for line in _lines(file):
        about = article(line.article, line.lang)
        findings = check_headline(line.headline, about, asked(line.desk, line.channel, about.language))
        click.echo(
            json.dumps({"headline": line.headline, "findings": [asdict(each) for each in findings]}, ensure_ascii=False)
        )


def _in_use() -> Profiles:
    with opened() as copydesk:
        return copydesk.profiles


def _article(text: str, spoken: str | None) -> Article:
    return Article(text, spoken or language.guess(text))


def _lines(file: TextIO) -> Iterator[_Line]:
    read = 0
    try:
        for text in file:
            read += 1
            if text.strip():
                yield _Line.model_validate_json(text)
    except ValidationError as error:
        first = error.errors(include_input=False)[0]
        where = ".".join(str(step) for step in first["loc"])
        leave(f"Line {read} is wrong: {where + ': ' if where else ''}{first['msg']}.", BAD_INPUT)
    except UnicodeDecodeError:
        leave(f"Line {read + 1} is not UTF-8 text.", BAD_INPUT)
