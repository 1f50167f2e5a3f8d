"""Every error a person can meet, each with a sentence that says what is wrong and what to do.

    CopydeskError
    ├── BadInput            what was asked cannot be asked: an empty article, an unknown desk, a broken file
    │   ├── NotFound        a prompt, version, model or trace that is not there
    │   └── NotEnoughData   too few cases, ratings or comparisons to say anything honest
    ├── GateClosed          a version did not show what the gate of an environment asks
    ├── Gone                what was there once and was not to be kept: the texts of a call
    ├── Conflict            somebody else was first, or the same request id means something else
    ├── DatabaseError       the record cannot be read or written, so nothing is asked either
    └── ModelError          a model gave no usable answer
        ├── KeyRejected         no key, or one that the provider refuses
        ├── ModelNotFound       the provider does not know the model
        ├── RequestRejected     the provider refuses these messages or settings
        ├── RateLimited         too many requests for now
        ├── ProviderTimeout     no answer in time
        ├── ProviderDown        no answer, or one that is not an answer
        ├── AnswerBlocked       the provider's filter, or the model itself, declined
        ├── NoHeadlines         the answer came and held nothing to use
        └── NoVerdict           a judge's answer came and held no verdict

`kind` is the stable name of an error: it is stored on the trace and sent by the API.
"""


class CopydeskError(Exception):
    """The base of all errors whose message is written for a person."""

    kind = "error"

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class BadInput(CopydeskError):
    kind = "bad_input"


class NotFound(BadInput):
    kind = "not_found"


class NotEnoughData(BadInput):
    kind = "not_enough_data"


class GateClosed(CopydeskError):
    kind = "gate_closed"


class Gone(CopydeskError):
    kind = "gone"


class Conflict(CopydeskError):
    kind = "conflict"


class DatabaseError(CopydeskError):
    kind = "database"


class ModelError(CopydeskError):
    """A model gave no usable answer. `detail` is the provider's own text, for whoever runs Copydesk."""

    kind = "model_error"
    retryable = False

    def __init__(self, message: str, *, detail: str = "", retry_after: float | None = None) -> None:
        super().__init__(message)
        self.detail = detail
        self.retry_after = retry_after


class KeyRejected(ModelError):
    kind = "key_rejected"


class ModelNotFound(ModelError):
    kind = "model_not_found"


class RequestRejected(ModelError):
    kind = "request_rejected"


class RateLimited(ModelError):
    kind = "rate_limited"
    retryable = True


class ProviderTimeout(ModelError):
    kind = "provider_timeout"
    retryable = True


class ProviderDown(ModelError):
    kind = "provider_down"
    retryable = True


class AnswerBlocked(ModelError):
    kind = "answer_blocked"


class NoHeadlines(ModelError):
    kind = "no_headlines"


class NoVerdict(ModelError):
    kind = "no_verdict"
