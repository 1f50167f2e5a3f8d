"""What checks find in the headlines that editors wrote out of suggestions.

It is worked out whenever somebody looks, by the checks and profiles of that moment, and kept nowhere: what was written is on
record as feedback, the article with the trace, so there is nothing that could differ from them or outlive them.
"""

from collections.abc import Sequence

from core import profiles
from core.checks.article import Article
from core.checks.finding import Finding
from core.checks.run import check_headline
from core.db import Database
from core.traces.model import Trace


def findings(db: Database, trace: Trace, written: Sequence[str]) -> list[list[Finding]]:
    """For each of these headlines what is found in it; nothing where the article is not on record."""
    if trace.article is None or not written:
        return [[] for _ in written]
    line = trace.line
    profile = profiles.current(db).of(desk=line.desk, channel=line.channel, language=line.language)
    article = Article(trace.article, line.language)
    return [check_headline(headline, article, profile) for headline in written]
