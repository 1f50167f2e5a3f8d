"""A headline with what it is judged by: what several checks need of it is worked out once."""

import re
from dataclasses import dataclass
from functools import cached_property

from core.checks.article import Article
from core.checks.foreign import other_language
from core.checks.profile import Profile

_READ = 1_000
_QUOTATION = re.compile(
    r"“[^“”]*”|„[^„“”]*[“”]|«[^«»]*»|»[^«»]*«|\"[^\"]*\"|(?<!\w)‘[^‘’]*(?:’(?=\w)[^‘’]*)*’|(?<!\w)'[^']*(?:'(?=\w)[^']*)*'"
)


@dataclass(frozen=True)
class Case:
    """A headline, its article and the profile of its desk, channel and language."""

    headline: str
    article: Article
    profile: Profile

    @cached_property
    def beginning(self) -> str:
        """As much of the headline as checks read: nobody prints a thousand characters."""
        return self.headline[:_READ]

    @cached_property
    def unquoted(self) -> str:
        """Its beginning with blanks where it quotes: as long as before, so that spans stay right."""
        return _QUOTATION.sub(lambda match: "\xa0" * len(match[0]), self.beginning)

    @cached_property
    def other_language(self) -> str | None:
        """The language that it is in, if that is clearly not the article's: then its words cannot be compared."""
        return other_language(self.unquoted, self.article)
