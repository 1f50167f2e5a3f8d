"""The one place that wires settings, database and models together; screens, API and command line start here.

with open_copydesk(settings.load()) as copydesk:
    suggestions = copydesk.suggest(Request(article=text, desk="sport"))
"""

import asyncio
import threading
from concurrent.futures import Future
from functools import cached_property
from types import TracebackType

from core import policy, profiles, settings
from core.alerts import messages, watch
from core.alerts.webhook import Webhook
from core.checks.profile import Profiles
from core.chores import Chore, Chores, Lasting, for_a_turn
from core.db import Database, open_database
from core.errors import BadInput
from core.evals import shipped as shipped_sets
from core.evals.running.under_way import RunsUnderWay
from core.headlines import language
from core.headlines.request import Newsroom, Request, Suggestions
from core.headlines.running import Running
from core.headlines.suggest import Watch, suggest
from core.judge import judging
from core.judge.judging import Compared, Judged
from core.keeping import overwriting, retention
from core.keeping.chore_record import ChoreRecord
from core.keeping.retention import Retention
from core.llm import door, models, offline
from core.llm.gateway import Patience
from core.llm.loop import EventLoop
from core.prompts import shipped
from core.review import filling
from core.settings import Settings
from core.statistics import door as statistics_door
from core.traces import writing
from core.traces.counting import receptions, rollups
from core.traces.finding import index

# What nobody waits for must not take the provider's allowance from what somebody does.
_JUDGES_AT_ONCE = 2
_EXPIRY_SECONDS = 3_600


class Copydesk:
    """An open installation. Any thread may use it; `close` lets what runs record its end."""

    def __init__(self, chosen: Settings, db: Database, offered: models.Models) -> None:
        self.settings = chosen
        self.db = db
        self.models = offered
        self._loop = EventLoop()
        self._unasked: set[asyncio.Task[None]] = set()
        self._judges = asyncio.Semaphore(_JUDGES_AT_ONCE)
        # One look at all traces, over as many turns as it takes; and one piece made of the index.
        self._expiring = Lasting(lambda: retention.expire(db, self.retention))
        self._overwriting = Lasting(lambda: overwriting.when_due(db))

    @cached_property
    def newsroom(self) -> Newsroom:
        chosen = self.settings
        patience = Patience(chosen.timeout, chosen.retries, chosen.retry_wait)
        return Newsroom(self.db, self.models, patience, chosen.desks, chosen.article_limit)

    @cached_property
    def runs(self) -> RunsUnderWay:
        """The runs of evaluations that this process carries out."""
        return RunsUnderWay(self.newsroom, self._loop.submit)

    @cached_property
    def chores(self) -> Chores:
        """What a served installation does by itself. Whoever serves it starts and stops them."""
        return Chores(
            [
                Chore("Take over abandoned runs", 15, self.take_over),
                Chore("Index old traces", 5, self._index_old_traces),
                Chore("Count old traces", 5, self._count_old_traces),
                Chore("Put down old receptions", 5, self._put_down_old_receptions),
                Chore("Watch limits", 60, self._watch_limits),
                Chore("Tell of broken limits", 60, self._tell_of_broken_limits),
                Chore("Fill the review queue", 3, self.fill_review_queue),
                Chore("Let texts expire", _EXPIRY_SECONDS, self.expire_texts),
                Chore("Overwrite what was erased", 5, self.overwrite),
            ],
            tell=ChoreRecord(self.db).note,
        )

    @cached_property
    def retention(self) -> Retention:
        """For how long texts are kept."""
        return retention.parse(self.settings.retention)

    @cached_property
    def webhook(self) -> Webhook | None:
        """Where broken limits are told, if anywhere."""
        url, secret = self.settings.webhook, self.settings.webhook_secret
        if url is None:
            return None
        return Webhook(url.get_secret_value(), None if secret is None else secret.get_secret_value())

    @property
    def profiles(self) -> Profiles:
        """Those in use at this moment."""
        return profiles.current(self.db)

    def suggest(self, request: Request) -> Suggestions:
        """Ask for headlines and wait for them."""
        return self._loop.submit(self._suggest(request)).result()

    def start(self, request: Request) -> Running:
        """Ask for headlines and return at once; the result can be watched as it grows."""
        running = Running()
        running.future = self._loop.submit(self._suggest(request, running.watch))
        return running

    async def suggest_async(self, request: Request) -> Suggestions:
        """Ask for headlines from another event loop. A caller who goes away does not take the call along."""
        return await asyncio.shield(asyncio.wrap_future(self._loop.submit(self._suggest(request))))

    def judge(self, trace_id: str, *, model: str | None = None, person: str | None = None) -> "Future[Judged]":
        """Have the headlines of a trace scored by a judge; returns at once."""
        return self._loop.submit(judging.judge(self.newsroom, trace_id, model=model, person=person))

    def compare(
        self, one: str, other: str, *, model: str | None = None, person: str | None = None
    ) -> "Future[Compared]":
        """Have the headlines of two traces compared by a judge, in both orders; returns at once."""
        return self._loop.submit(judging.compare(self.newsroom, one, other, model=model, person=person))

    def check_desk(self, desk: str | None) -> None:
        """Refuse a desk that this newsroom does not have (`BadInput`); None stands for all desks."""
        if desk is not None and desk not in self.settings.desks:
            raise BadInput(f"There is no desk {desk!r}; there are {', '.join(self.settings.desks)}.")

    def warm_up(self, *, after: float) -> None:
        """In `after` seconds, load in the background what the first request would otherwise wait for."""

        def load() -> None:
            language.guess("The first guess loads the model.")
            door.warm_up()
            statistics_door.special()

        timer = threading.Timer(after, load)
        timer.name, timer.daemon = "copydesk-warm-up", True
        timer.start()

    def fill_review_queue(self) -> None:
        """Bring in what people should look at; where much came, as far as that goes in a moment."""
        for_a_turn(filling.catch_up(self.db))

    def take_over(self) -> None:
        """Close what processes that died had left open, and go on with their runs."""
        writing.interrupt_abandoned(self.db)
        self.runs.take_over()

    def expire_texts(self) -> bool:
        """Take away the texts whose time is up, as far as that goes in a moment; returns whether all were looked at."""
        return self._expiring.turn()

    def overwrite(self) -> bool:
        """See to it that what was erased is not in the bytes of the file any more; returns whether that is done."""
        return self._overwriting.turn()

    def _index_old_traces(self) -> None:
        for_a_turn(index.catch_up(self.db))

    def _count_old_traces(self) -> None:
        for_a_turn(rollups.catch_up(self.db))

    def _put_down_old_receptions(self) -> None:
        for_a_turn(receptions.catch_up(self.db))

    def _watch_limits(self) -> None:
        watch.watch(self.db, tells=self.webhook is not None)

    def _tell_of_broken_limits(self) -> None:
        if self.webhook is not None:
            messages.deliver(self.db, self.webhook.send)

    async def _suggest(self, request: Request, watch: Watch | None = None) -> Suggestions:
        suggestions = await suggest(self.newsroom, request, watch)
        trace_id = suggestions.trace.id
        may_judge = bool(suggestions.headlines) and self.db.policy.keeps_texts(suggestions.trace.desk)
        if may_judge and judging.is_sampled(trace_id, self.settings.judge_rate):
            # Nobody waits for it. The set is held so that the task is not collected while it runs.
            task = asyncio.get_running_loop().create_task(self._judge_in_turn(trace_id))
            self._unasked.add(task)
            task.add_done_callback(self._unasked.discard)
        return suggestions

    async def _judge_in_turn(self, trace_id: str) -> None:
        async with self._judges:
            await judging.judge(self.newsroom, trace_id)

    def close(self) -> None:
        self._loop.close()
        for lasting in (self._expiring, self._overwriting):
            lasting.close()
        self.db.close()

    def __enter__(self) -> "Copydesk":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()


_shared: Copydesk | None = None
_guard = threading.Lock()


def shared() -> Copydesk:
    """The installation of this process, opened by whoever needs it first: a screen or the API.

    If it cannot be opened, every caller gets the reason (`CopydeskError`), until it can.
    """
    global _shared
    with _guard:
        if _shared is None:
            _shared = open_copydesk(settings.load())
        return _shared


def close_shared() -> None:
    """Close this process's installation, if it was opened."""
    global _shared
    with _guard:
        if _shared is not None:
            _shared.close()
        _shared = None


def open_copydesk(chosen: Settings) -> Copydesk:
    """Open an installation; its first use sets up the database and brings in the shipped prompts, profiles and eval sets."""
    offered = models.load(chosen.models, chosen.provider_keys)
    offline.latency = chosen.offline_latency
    retention.parse(chosen.retention)  # a setting that cannot be read is refused before anything is opened
    db = open_database(chosen.db, policy.of(chosen))
    try:
        shipped.bring_in(db, chosen.prompts)
        profiles.bring_in(db, chosen.prompts)
        shipped_sets.bring_in(db, chosen.prompts / "evals")
        writing.interrupt_abandoned(db)
    except BaseException:
        db.close()
        raise
    return Copydesk(chosen, db, offered)
