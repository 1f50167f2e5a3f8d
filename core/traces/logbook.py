"""The record of one call while it is made: a failed attempt is written at once, the last ones together with the end."""

import asyncio
import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from core import clock
from core.db import Database
from core.llm.attempt import Attempt
from core.traces import writing
from core.traces.model import Closing, Opening, TraceLine

Job = Callable[[sqlite3.Connection], Any]


class Logbook:
    """The open trace of a call, and the attempts so far. `start` is in `clock.ticks`."""

    def __init__(self, db: Database, opening: Opening, *, start: float) -> None:
        self.opening = opening
        self._db = db
        self._redaction = db.policy.redaction
        self._keeps_texts = db.policy.keeps_texts(opening.desk)
        self._start = start
        self._attempts: list[Attempt] = []
        self._unwritten: list[Attempt] = []
        self._written: list[asyncio.Future[None]] = []

    @property
    def attempts(self) -> Sequence[Attempt]:
        return self._attempts

    @property
    def elapsed_ms(self) -> float:
        return round((clock.ticks() - self._start) * 1000, 3)

    async def open(self) -> None:
        """Put the call on record before it leaves. A request id that is there already is `IntegrityError`."""
        process = self._db.liveness.process
        job = writing.open_trace(self.opening, process=process, keeps_texts=self._keeps_texts)
        await asyncio.wrap_future(self._db.submit(job))

    def note(self, attempt: Attempt) -> None:
        """Take down an attempt. A failed one is written at once, for what follows may take long."""
        if self._redaction.is_active:
            # What a model or a provider sent was not ours to keep clean.
            answer, detail = (self._redaction.answer(each) for each in (attempt.answer, attempt.detail))
            attempt = replace(attempt, answer=answer, detail=detail, error=self._redaction.optional(attempt.error))
        self._attempts.append(attempt)
        self._unwritten.append(attempt)
        if attempt.error:
            self.write()

    def write(self) -> None:
        """Hand what is unwritten to the writer at once; that it arrived is awaited at the end."""
        self._written.append(asyncio.wrap_future(self._db.submit(self._attempts_job())))

    async def close(self, closing: Closing, *, also: Job | None = None) -> TraceLine:
        """Close the trace, with `also` in the same transaction; returns when this and all before it are on the disk."""
        add_attempts = self._attempts_job()
        closing = replace(closing, error=self._redaction.optional(closing.error))
        close_trace = writing.close_trace(self.opening, closing, keeps_texts=self._keeps_texts)

        def job(connection: sqlite3.Connection) -> TraceLine:
            add_attempts(connection)
            line = close_trace(connection)
            if also is not None:
                also(connection)
            return line

        closed = asyncio.wrap_future(self._db.submit(job))
        await asyncio.gather(*self._written)
        return await closed

    def _attempts_job(self) -> Callable[[sqlite3.Connection], None]:
        attempts, self._unwritten = self._unwritten, []
        first = len(self._attempts) - len(attempts)
        return writing.add_attempts(self.opening, attempts, first=first, keeps_texts=self._keeps_texts)
