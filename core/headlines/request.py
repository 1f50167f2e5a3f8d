"""What a caller asks for, and what they get."""

import hashlib
import json
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass

from core.checks.finding import Finding
from core.checks.profile import Profiles
from core.checks.run import Checked
from core.checks.worker import Task
from core.db import Database
from core.llm.gateway import Patience
from core.llm.models import Models
from core.prompts.content import Content
from core.traces.model import Headline, Rejection, Source, Status, TraceLine

Check = Callable[[Task], Awaitable[Checked]]


@dataclass(frozen=True)
class Newsroom:
    """What a suggestion needs of its surroundings."""

    db: Database
    models: Models
    patience: Patience
    desks: Sequence[str]
    article_limit: int
    profiles: Profiles | None = None
    """What headlines are checked by; None stands for the profiles in use at each request."""
    check: Check | None = None
    """Who checks them; None stands for this very process."""


@dataclass(frozen=True)
class Original:
    """The trace that a request asks again, and with what it was asked then, if it came so far."""

    trace: str
    asked: "Asked | None"


@dataclass(frozen=True)
class Asked:
    """The values that filled a prompt, and what the answer was held to."""

    variables: Mapping[str, str | int]
    count: int
    limit: int


@dataclass(frozen=True)
class Request:
    """A wish for headlines. What is None is decided by what the environment serves: version, model, count, language."""

    article: str
    desk: str
    channel: str = "web"
    language: str | None = None
    prompt: str = "headlines"
    version: int | None = None
    draft: Content | None = None
    """A content that is no version yet, in the place of one."""
    model: str | None = None
    count: int | None = None
    environment: str = "production"
    source: Source = "playground"
    person: str | None = None
    request_id: str | None = None
    """The caller's own id. The same id twice is the same trace: a repeat gets the answer that was given before."""
    original: Original | None = None
    """What is asked again, by its own variables: neither desks nor limits that changed since keep it from that."""

    @property
    def fingerprint(self) -> str:
        """Equal for requests that ask for the same, so that a request id is not taken for two different things."""
        asked = [self.article, self.desk, self.channel, self.language, self.prompt, self.version, self.model, self.count,
                 self.environment, self.draft and self.draft.hash]  # fmt: skip
        return hashlib.sha256(json.dumps(asked).encode()).hexdigest()


@dataclass(frozen=True)
class Suggestions:
    """The answer to one request, as it stands on its trace."""

    trace: TraceLine
    headlines: Sequence[Headline]
    rejections: Sequence[Rejection]
    limit: int | None
    """The characters that a headline might have; None where the request failed before that was known."""
    findings: Sequence[Sequence[Finding]] = ()
    """What the checks found in each headline."""

    @property
    def status(self) -> Status:
        return self.trace.status

    @property
    def texts(self) -> list[str]:
        return [headline.text for headline in self.headlines]


@dataclass(frozen=True)
class Progress:
    """What there is to see while an answer is being made: the headlines so far, and what is going on."""

    trace_id: str
    headlines: tuple[str, ...]
    note: str
