"""`check`: what the checks find, for headlines from anywhere."""

import json
import signal
from collections import deque
from collections.abc import Callable, Generator, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
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

_BLOCK = 200
"""Lines that one process is given at a time: many, so that lines about the same article usually stay together."""
_WAITING = 3
"""Blocks that are under way for each process; more would fill memory with a file that is read faster than checked."""


class _Line(BaseModel):
    model_config = ConfigDict(extra="ignore")

    article: str
    headline: str
    desk: str = ""
    channel: str = "web"
    lang: str | None = None


@dataclass(frozen=True)
class _Block:
    """Lines that follow each other, the number of the first, and why none follow that could be read."""

    first: int
    lines: Sequence[str]
    wrong: str | None = None


@dataclass(frozen=True)
class _Answer:
    """What is printed for a block, and what is wrong with the line after that."""

    lines: Sequence[str]
    wrong: str | None


@click.command()
@click.argument("file", type=click.File("r", encoding="utf-8"), default="-")
@click.option(
    "--processes",
    type=click.IntRange(1, 64),
    default=1,
    show_default=True,
    help=f"How many check at once. With more than one, answers come {_BLOCK} lines at a time.",
)
@click.option(
    "--profiles",
    "chosen",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="Check by the profiles in this file. Without it: by those in use.",
)
def check(file: TextIO, processes: int, chosen: Path | None) -> None:
    """Check the headlines in FILE, or on standard input: a JSON object {article, headline, desk?, channel?, lang?} a line.

    Prints one JSON object a line, in the same order: the headline and what was found in it. Ends with 2 at a line that
    cannot be read, and names it.
    """
    profiles = _in_use() if chosen is None else profile_files.read(chosen)
    with closing(_alone(file, profiles) if processes == 1 else _together(file, profiles, processes)) as answers:
        for answer in answers:
            for line in answer.lines:
                click.echo(line)
            if answer.wrong:
                leave(answer.wrong, BAD_INPUT)


def _alone(file: TextIO, profiles: Profiles) -> Generator[_Answer]:
    # Each line is answered before the next is read: whoever sends them may wait for it.
    yield from map(_checker(profiles), _blocks(file, 1))


def _together(file: TextIO, profiles: Profiles, processes: int) -> Generator[_Answer]:
    """The answers of several processes in the order of the lines."""
    blocks = _blocks(file, _BLOCK)
    with ProcessPoolExecutor(processes, initializer=_start, initargs=(profiles,)) as pool:
        try:
            waiting = deque[Future[_Answer]](
                pool.submit(_check, block) for block in islice(blocks, _WAITING * processes)
            )
            while waiting:
                yield waiting.popleft().result()
                waiting.extend(pool.submit(_check, block) for block in islice(blocks, 1))
        finally:
            # After a line that is wrong, or Ctrl-C, nobody wants the rest.
            pool.shutdown(cancel_futures=True)


_of_this_process: list[Callable[[_Block], _Answer]] = []


def _start(profiles: Profiles) -> None:
    # Ctrl-C reaches every process of a terminal; the one that hands out the work says what to do then.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _of_this_process.append(_checker(profiles))


def _check(block: _Block) -> _Answer:
    return _of_this_process[0](block)


def _blocks(file: TextIO, size: int) -> Iterator[_Block]:
    first, lines = 1, list[str]()
    try:
        for line in file:
            lines.append(line)
            if len(lines) == size:
                yield _Block(first, lines)
                first, lines = first + size, []
    except UnicodeDecodeError:
        yield _Block(first, lines, f"Line {first + len(lines)} is not UTF-8 text.")
    else:
        yield _Block(first, lines)


def _checker(profiles: Profiles) -> Callable[[_Block], _Answer]:
    """Checks blocks, and remembers the articles that it saw last."""
    # Lines about the same article usually follow each other, and reading it takes longer than checking a headline.
    article = lru_cache(maxsize=16)(_article)

    @lru_cache(maxsize=256)
    def asked(desk: str, channel: str, spoken: str | None) -> Profile:
        return profiles.of(desk=desk, channel=channel, language=spoken)

    def answered(text: str) -> str:
        line = _Line.model_validate_json(text)
        about = article(line.article, line.lang)
        findings = check_headline(line.headline, about, asked(line.desk, line.channel, about.language))
        return json.dumps(
            {"headline": line.headline, "findings": [vars(each) for each in findings]}, ensure_ascii=False
        )

    def checked(block: _Block) -> _Answer:
        lines: list[str] = []
        for number, text in enumerate(block.lines, block.first):
            try:
                lines.extend([answered(text)] if text.strip() else [])
            except ValidationError as error:
                return _Answer(lines, f"Line {number} is wrong: {_said(error)}.")
        return _Answer(lines, block.wrong)

    return checked


def _in_use() -> Profiles:
    with opened() as copydesk:
        return copydesk.profiles


def _article(text: str, spoken: str | None) -> Article:
    return Article(text, spoken or language.guess(text))


def _said(error: ValidationError) -> str:
    first = error.errors(include_input=False)[0]
    where = ".".join(str(step) for step in first["loc"])
    return f"{where + ': ' if where else ''}{first['msg']}"
