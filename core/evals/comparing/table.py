"""Where the candidates of a run stand: every measure of each of them."""

import itertools
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.evals.results import MEASURES, Measure, Result, measure


@dataclass(frozen=True)
class Cell:
    """One measure of one candidate: the mean over `articles`; None where no result has it."""

    mean: float | None
    articles: int
    results: int
    failed: int


def table(results: Sequence[Result]) -> dict[Measure, dict[int, Cell]]:
    """Every measure that some result has, by candidate; repeats are averaged first, then the cases of an article."""
    ordered = sorted(results, key=_place)
    nested = _Nested.of(ordered)
    given = [each.values if each.outcome == "done" else _NOTHING for each in ordered]
    failed = nested.count([each.outcome == "failed" for each in ordered])
    found: dict[Measure, dict[int, Cell]] = {}
    for of in measures(ordered):
        values = np.array([each.get(of.name, np.nan) for each in given])
        by_article = nested.by_article(values)
        articles = np.bincount(nested.candidate_of_article[np.isfinite(by_article)], minlength=len(nested.candidates))
        means = _averages(by_article, nested.candidate_of_article, len(nested.candidates))
        measured = nested.count(np.isfinite(values))
        found[of] = {
            candidate: Cell(
                float(means[place]) if articles[place] else None,
                int(articles[place]),
                int(measured[place]),
                int(failed[place]),
            )
            for place, candidate in enumerate(nested.candidates)
        }
    return found


def measures(results: Iterable[Result]) -> list[Measure]:
    """What these results were measured by: the measures of every run first, then what was flagged and judged."""
    names = set(itertools.chain.from_iterable(each.values for each in results))
    return [measure(name) for name in (*(name for name in MEASURES if name in names), *sorted(names - MEASURES.keys()))]


def _place(result: Result) -> tuple[int, str, int]:
    return result.candidate, result.case, result.repeat


_NOTHING: Mapping[str, float] = {}

_Numbers = NDArray[np.intp]


@dataclass(frozen=True)
class _Nested:
    """Which result belongs to which case, case to which article, and article to which candidate, all as numbers."""

    candidates: Sequence[int]
    case_of_result: _Numbers
    article_of_case: _Numbers
    candidate_of_article: _Numbers

    @classmethod
    def of(cls, results: Iterable[Result]) -> "_Nested":
        candidates: dict[int, int] = {}
        articles: dict[tuple[int, str], int] = {}
        cases: dict[tuple[int, str], int] = {}
        case_of_result: list[int] = []
        article_of_case: list[int] = []
        candidate_of_article: list[int] = []
        for each in results:
            candidate = candidates.setdefault(each.candidate, len(candidates))
            article = articles.setdefault((each.candidate, each.article), len(articles))
            if article == len(candidate_of_article):
                candidate_of_article.append(candidate)
            case = cases.setdefault((each.candidate, each.case), len(cases))
            if case == len(article_of_case):
                article_of_case.append(article)
            case_of_result.append(case)
        numbers = (np.array(each, dtype=np.intp) for each in (case_of_result, article_of_case, candidate_of_article))
        return cls(tuple(candidates), *numbers)

    def by_article(self, values: NDArray[np.float64]) -> NDArray[np.float64]:
        """The mean of each article over its cases' means; NaN where none has a value."""
        by_case = _averages(values, self.case_of_result, len(self.article_of_case))
        return _averages(by_case, self.article_of_case, len(self.candidate_of_article))

    def count(self, which: Sequence[bool] | NDArray[np.bool_]) -> _Numbers:
        """How many of these results each candidate has."""
        candidate_of_result = self.candidate_of_article[self.article_of_case[self.case_of_result]]
        return np.bincount(candidate_of_result[np.asarray(which, dtype=np.bool_)], minlength=len(self.candidates))


def _averages(values: NDArray[np.float64], groups: _Numbers, many: int) -> NDArray[np.float64]:
    """The mean of each group of values, of which NaN is none; NaN for a group without any."""
    there = np.isfinite(values)
    counts = np.bincount(groups[there], minlength=many)
    sums = np.bincount(groups[there], values[there], minlength=many)
    return np.where(counts, sums / np.maximum(counts, 1), np.nan)
