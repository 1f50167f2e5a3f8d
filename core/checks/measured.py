"""How often each check is right: counted on headlines that people labelled, clean ones and such with planted faults."""

import textwrap
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

from core.checks.article import Article
from core.checks.profile import Profiles
from core.checks.run import VERSIONS, check_headline
from core.checks.variety import near_duplicates
from core.errors import BadInput

CHANNEL = "web"
"""The channel whose limits the labels mean."""
_PAIRS = "near_duplicate"


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Labelled(_Part):
    """A headline, and the checks that should find something in it."""

    text: str
    faults: frozenset[str] = frozenset()
    note: str = ""
    """Why, where the label needs a reason."""


class LabelledArticle(_Part):
    """An article with labelled headlines; `pairs` says which two of them (by place) are the same to an editor."""

    article: str
    desk: str
    headlines: tuple[Labelled, ...]
    pairs: tuple[tuple[int, int, Literal["near_duplicate", "different"]], ...] = ()


@dataclass(frozen=True)
class Rate:
    """What a check of a version did on the labelled headlines of a language."""

    check: str
    version: int
    language: str
    found: int
    """Faults that were there and that it found."""
    missed: int
    false: int
    """Headlines in which it found something that was not labelled."""

    @property
    def precision(self) -> float | None:
        """The share of its findings that were right; None if it found nothing."""
        return self.found / (self.found + self.false) if self.found + self.false else None

    @property
    def recall(self) -> float | None:
        """The share of the labelled faults that it found; None if there are none."""
        return self.found / (self.found + self.missed) if self.found + self.missed else None


@dataclass(frozen=True)
class Mistake:
    """A headline that a check and the label see differently."""

    check: str
    language: str
    kind: Literal["missed", "false"]
    headline: str


@dataclass(frozen=True)
class Measured:
    """The rates by check and language, and every mistake that they count."""

    rates: Sequence[Rate]
    mistakes: Sequence[Mistake]
    headlines: int
    clean: int

    def pooled(self) -> list[Rate]:
        """The rates over all languages, by check."""
        sums: dict[str, Counter[str]] = {}
        for rate in self.rates:
            sums.setdefault(rate.check, Counter()).update(found=rate.found, missed=rate.missed, false=rate.false)
        return [
            Rate(check, VERSIONS[check], "all", of["found"], of["missed"], of["false"]) for check, of in sums.items()
        ]


def read(folder: Path) -> dict[str, list[LabelledArticle]]:
    """The labelled articles of a folder, by language (`en.yml` holds English). `BadInput` names the file that is wrong."""
    articles: dict[str, list[LabelledArticle]] = {}
    for path in sorted(folder.glob("*.yml")):
        try:
            content: Any = yaml.safe_load(path.read_text(encoding="utf-8"))
            articles[path.stem] = [LabelledArticle.model_validate(each) for each in content]
        except (OSError, TypeError, ValueError, yaml.YAMLError, ValidationError) as error:
            raise BadInput(f"The labelled headlines in {path.name} cannot be read: {error}") from error
        unknown = {fault for each in articles[path.stem] for one in each.headlines for fault in one.faults} - set(
            VERSIONS
        )
        if unknown:
            raise BadInput(f"{path.name} labels {', '.join(sorted(unknown))}, which no check looks for.")
    return articles


def measure(articles: Mapping[str, Sequence[LabelledArticle]], profiles: Profiles) -> Measured:
    """Put every check to every labelled headline, as `profiles` asks for it in the channel web."""
    rates: list[Rate] = []
    mistakes: list[Mistake] = []
    for language, of_language in articles.items():
        outcomes = [*_of_headlines(of_language, language, profiles), *_of_pairs(of_language)]
        counts = Counter((check, kind) for check, kind, _ in outcomes)
        for check, version in VERSIONS.items():
            found, missed, false = (counts[check, kind] for kind in ("found", "missed", "false"))
            if found or missed or false:
                rates.append(Rate(check, version, language, found, missed, false))
        mistakes += [Mistake(check, language, kind, headline) for check, kind, headline in outcomes if kind != "found"]
    labelled = [one for of_language in articles.values() for each in of_language for one in each.headlines]
    return Measured(rates, mistakes, len(labelled), sum(not one.faults for one in labelled))


_Outcome = tuple[str, Literal["found", "missed", "false"], str]


def _of_headlines(articles: Sequence[LabelledArticle], language: str, profiles: Profiles) -> Iterator[_Outcome]:
    for each in articles:
        article = Article(each.article, language)
        profile = profiles.of(desk=each.desk, channel=CHANNEL, language=language)
        for labelled in each.headlines:
            fired = {finding.check for finding in check_headline(labelled.text, article, profile)}
            for check in fired | labelled.faults:
                kind = "found" if check in fired & labelled.faults else "false" if check in fired else "missed"
                yield check, kind, labelled.text


def _of_pairs(articles: Sequence[LabelledArticle]) -> Iterator[_Outcome]:
    for each in articles:
        for one, other, said in each.pairs:
            texts = [each.headlines[one].text, each.headlines[other].text]
            fired, is_fault = any(near_duplicates(texts)), said == _PAIRS
            if fired or is_fault:
                kind = "found" if fired and is_fault else "false" if fired else "missed"
                yield _PAIRS, kind, " / ".join(texts)


def report(measured: Measured) -> str:
    """The rates as a page of Markdown."""
    languages = sorted({rate.language for rate in measured.rates})
    by_place = {(rate.check, rate.language): rate for rate in measured.rates}
    head = ["check", "precision", "recall", *languages]
    rows = [
        [
            f"{rate.check} {rate.version}",
            _share(rate.precision, rate.found, rate.found + rate.false),
            _share(rate.recall, rate.found, rate.found + rate.missed),
            *(_cell(by_place.get((rate.check, language))) for language in languages),
        ]
        for rate in measured.pooled()
    ]
    lines = [" | ".join(cells) for cells in (head, ["---"] * len(head), *rows)]
    return _REPORT.format(
        headlines=measured.headlines,
        clean=measured.clean,
        blind=_blind(),
        table="\n".join(f"| {line} |" for line in lines),
    )


_BLIND: dict[str, tuple[int, int, int]] = {
    "capitals": (11, 1, 0),
    "clickbait": (14, 2, 2),
    "other_language": (3, 9, 0),
    "passive": (9, 5, 2),
    "machine_word": (9, 5, 1),
    "unsupported_number": (50, 7, 3),
    "little_overlap": (12, 0, 31),
    "near_duplicate": (31, 7, 0),
    "discouraged_word": (3, 1, 0),
    "unsupported_name": (23, 7, 4),
}
"""Found, missed and false in version 1 of the checks that were mended then."""


def _blind() -> str:
    """What these checks did before anybody had seen the labels, in a sentence."""
    rates = [Rate(check, 1, "all", *counts) for check, counts in _BLIND.items()]
    told = ", ".join(f"{rate.check} {_two(rate.precision)} and {_two(rate.recall)}" for rate in rates)
    return textwrap.fill(f"Measured blind, version 1 of the mended checks had precision and recall of: {told}.", 120)


def _two(share: float | None) -> str:
    return "–" if share is None else f"{share:.2f}"


def _share(share: float | None, part: int, whole: int) -> str:
    return "–" if share is None else f"{_two(share)} ({part} of {whole})"


def _cell(rate: Rate | None) -> str:
    """What a check did in one language: faults found of those there are, and false alarms."""
    if rate is None:
        return "–"
    return f"{rate.found} of {rate.found + rate.missed}" + (f", {rate.false} false" if rate.false else "")


_REPORT = """\
# How good is each check?

Measured on {headlines} headlines that were written for this project over original articles in four languages, and labelled
by what an editor would say: {clean} are clean, the others have faults that were planted (`prompts/labelled/`). The labels
were written without sight of the checks. A check with its version stands beside the share of its findings that are right
(precision) and the share of the planted faults that it finds (recall); then, by language, how many faults it found of those
there are, and in how many headlines it found one that nobody labelled.

A dozen faults of a kind is few: one more or less moves a rate by eight points. A clean result proves nothing.

These headlines are no longer unseen: what the checks got wrong at first has been mended with them in sight, so the rates
below are too good to be expected of others.

{blind}

{table}

This page is written by `tests/core/checks/test_measured.py`.
"""
