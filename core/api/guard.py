"""Who may use the API, and how much they may send: in front of everything else that listens under `/api`."""

import secrets
from collections.abc import Callable, Mapping
from ipaddress import ip_address

from starlette.datastructures import Headers
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from core.api.errors import error_response
from core.errors import CopydeskError
from core.settings import Settings

_OPEN_TO_ALL = ("/health", "/docs", "/openapi.json", "/static-offline-docs/")
_LOCAL_NAMES = {"localhost", "127.0.0.1", "::1"}


class Guard:
    """An ASGI middleware: with a token in the settings it must be shown; without one only this machine is served."""

    def __init__(self, app: ASGIApp, settings: Callable[[], Settings]) -> None:
        self._app = app
        self._settings = settings

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        try:
            settings = self._settings()
        except CopydeskError as error:
            await error_response(503, error.kind, error.message)(scope, receive, send)
            return
        refusal = _unwelcome(scope, settings)
        if refusal is not None:
            await refusal(scope, receive, send)
            return
        body = await _read(receive, settings.body_limit)
        if body is None:
            message = f"The request is larger than {settings.body_limit:,} bytes."
            await error_response(413, "too_large", message)(scope, receive, send)
            return
        await self._app(scope, _replay(body, receive), send)


def _unwelcome(scope: Scope, settings: Settings) -> JSONResponse | None:
    headers = Headers(scope=scope)
    if settings.api_token is None:
        if _is_local(scope, headers):
            return None
        return error_response(
            403, "forbidden", "Without COPYDESK_API_TOKEN the API serves only the machine it runs on."
        )
    path = scope["path"].removeprefix(scope.get("root_path", ""))
    if path.startswith(_OPEN_TO_ALL):
        return None
    scheme, _, token = headers.get("authorization", "").partition(" ")
    expected = settings.api_token.get_secret_value()
    if scheme.lower() == "bearer" and secrets.compare_digest(token.strip().encode(), expected.encode()):
        return None
    refusal = error_response(401, "unauthorized", "Send the API's token: Authorization: Bearer ….")
    refusal.headers["www-authenticate"] = "Bearer"
    return refusal


def _is_local(scope: Scope, headers: Mapping[str, str]) -> bool:
    """True for a caller on this machine who speaks to it by a local name.

    A name that is not local means a proxy in between, or a web page that had its own name point here (DNS rebinding).
    """
    client = scope.get("client")
    try:
        from_here = client is not None and ip_address(client[0]).is_loopback
    except ValueError:
        from_here = False
    host = headers.get("host", "").lower()
    name = host[1:].partition("]")[0] if host.startswith("[") else host.partition(":")[0]
    return from_here and name in _LOCAL_NAMES and "x-forwarded-for" not in headers and "forwarded" not in headers


async def _read(receive: Receive, limit: int) -> bytes | None:
    """The whole body, or None as soon as it is larger than `limit` bytes."""
    body = bytearray()
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            return bytes(body)
        body += message.get("body", b"")
        if len(body) > limit:
            return None
        if not message.get("more_body", False):
            return bytes(body)


def _replay(body: bytes, receive: Receive) -> Receive:
    """A `receive` that hands out the body that was read, then whatever comes after it."""
    messages: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def replay() -> Message:
        return messages.pop() if messages else await receive()

    return replay
