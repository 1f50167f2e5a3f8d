"""A process that checks sets of headlines for another one: a task a line on its input, what was found a line on its output.

It ends with its input, which the operating system closes when the other process dies, however it dies.
"""

import sys
from collections.abc import Callable, Sequence
from functools import lru_cache

from pydantic import BaseModel, ConfigDict, TypeAdapter

from core.checks.article import Article
from core.checks.profile import Profile
from core.checks.run import Checked, check_set


class Task(BaseModel):
    """A set of headlines to check against their article."""

    model_config = ConfigDict(frozen=True)

    headlines: Sequence[str]
    article: str
    language: str | None
    profile: Profile

    def done(self, read: Callable[[str, str | None], Article] = Article) -> Checked:
        """What is found, wherever this is called; `read` may know the article already."""
        return check_set(self.headlines, read(self.article, self.language), self.profile)


CHECKED = TypeAdapter(Checked)


def main() -> None:
    # A run asks for headlines of the same article once for every candidate and repeat.
    read = lru_cache(maxsize=256)(Article)
    for line in sys.stdin.buffer:
        sys.stdout.buffer.write(CHECKED.dump_json(Task.model_validate_json(line).done(read)) + b"\n")
        sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
