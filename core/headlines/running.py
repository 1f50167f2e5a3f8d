"""A set of suggestions that is being made while a screen looks on."""

from concurrent.futures import Future

from core.headlines.request import Progress, Suggestions


class Running:
    """Holds the newest progress and, in the end, the result. It goes on when nobody looks any more."""

    def __init__(self) -> None:
        self.progress: Progress | None = None
        self.future: Future[Suggestions] | None = None

    def watch(self, progress: Progress) -> None:
        self.progress = progress

    @property
    def done(self) -> bool:
        return self.future is not None and self.future.done()

    def result(self) -> Suggestions:
        """The suggestions, waiting for them if need be; `CopydeskError` if they could not even be recorded."""
        assert self.future is not None
        return self.future.result()
