"""What reading any file of cases has in common: how much is read, what a text must be, and every fault by its line."""

import codecs
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from core.errors import BadInput
from core.evals.case import Case, make
from core.evals.sets import MOST_CASES

LARGEST_FILE = 100_000_000
MOST_FAULTS = 20

_OTHER_ENCODINGS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


@dataclass(frozen=True)
class Terms:
    """What a newsroom takes; None is whatever comes. `desk` is for the cases that name none."""

    desks: Collection[str] | None
    article_limit: int | None
    desk: str | None = None


FREE = Terms(None, None)


@dataclass(frozen=True)
class Found:
    """The cases of a file, and a sentence for each thing in it that Copydesk has no use for and leaves out."""

    cases: Sequence[Case]
    remarks: Sequence[str] = ()


def text_of(data: bytes, source: str) -> str:
    """The text of a file; `BadInput` if it is too large, or no UTF-8 text."""
    if len(data) > LARGEST_FILE:
        raise BadInput(f"{source} is larger than {LARGEST_FILE // 1_000_000} MB. Split it.")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        more = " It seems to be UTF-16." if data.startswith(_OTHER_ENCODINGS) else ""
        raise BadInput(f"{source} is not UTF-8 text.{more} Save it as UTF-8.") from None
    if "\x00" in text:
        line = text.count("\n", 0, text.index("\x00")) + 1
        raise BadInput(f"{source}, line {line}: a NUL stands there, so this is no text. Save it as UTF-8.")
    if not text.strip():
        raise BadInput(f"{source} is empty.")
    return text


class Collecting:
    """The cases of a file while it is read, and its faults."""

    def __init__(self, source: str, terms: Terms) -> None:
        self._source = source
        self._terms = terms
        self._cases: list[Case] = []
        self._lines: dict[str, int] = {}
        self._faults: list[str] = []
        self._unused: Counter[str] = Counter()

    @property
    def full(self) -> bool:
        """True once nothing more needs to be read, for the file is refused anyway."""
        return len(self._faults) >= MOST_FAULTS or len(self._cases) > MOST_CASES

    def fault(self, line: int, sentence: str) -> None:
        self._faults.append(f"Line {line}: {sentence}")

    def unused(self, what: str) -> None:
        """Note what has no place in a case, such as `Metadata 'colour'`; the first kinds are enough."""
        if what in self._unused or len(self._unused) < MOST_FAULTS:
            self._unused[what] += 1

    def add(self, line: int, fields: Mapping[str, object], *, title: str | None = None) -> None:
        """Take a case. One without an id is called by its title if that can be one, else by its number."""
        try:
            made = make(self._complete(fields, title))
        except BadInput as error:
            self.fault(line, error.message)
            return
        wrong = self._wrong(made)
        if wrong is not None:
            self.fault(line, wrong)
            return
        self._lines[made.id] = line
        self._cases.append(made)

    def end(self) -> Found:
        """All cases, or `BadInput` with the faults, a line each."""
        if not self._faults and len(self._cases) > MOST_CASES:
            raise BadInput(f"{self._source} holds more than {MOST_CASES:,} cases. Make several sets of it.")
        if not self._faults and not self._cases:
            raise BadInput(f"{self._source} holds no case.")
        if self._faults:
            more = ["There may be more."] if len(self._faults) >= MOST_FAULTS else []
            raise BadInput(
                "\n".join([f"{self._source} cannot be read; nothing was taken from it.", *self._faults, *more])
            )
        remarks = [f"{what[:80]}: not used by Copydesk, {_times(count)}." for what, count in self._unused.items()]
        return Found(tuple(self._cases), tuple(remarks))

    def _complete(self, fields: Mapping[str, object], title: str | None) -> Mapping[str, object]:
        complete = {name: value for name, value in fields.items() if value is not None}
        if self._terms.desk is not None:
            complete.setdefault("desk", self._terms.desk)
        if "id" not in complete:
            title = (title or "").strip()
            can_be = 0 < len(title) <= 100 and title.isprintable() and title not in self._lines
            complete["id"] = title if can_be else f"case-{len(self._cases) + 1}"
        return complete

    def _wrong(self, made: Case) -> str | None:
        if made.id in self._lines:
            return f"The id {made.id!r} stands in line {self._lines[made.id]} already."
        desks, limit = self._terms.desks, self._terms.article_limit
        if desks is not None and made.desk not in desks:
            return f"There is no desk {made.desk!r}; there are {', '.join(desks)}."
        if limit is not None and len(made.article) > limit:
            return f"The article has {len(made.article):,} characters; at most {limit:,} are read."
        return None


def _times(count: int) -> str:
    return "once" if count == 1 else f"{count:,} times"
