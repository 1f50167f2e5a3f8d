"""Every error of the API in one shape, `{"error": {"kind", "message", …}}`, with nothing of the request in it."""

from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from core.errors import CopydeskError

# What a failed call means to a caller: its own request is wrong (4xx), or somebody else could not serve it (5xx).
_STATUS_CODES = {
    "bad_input": 422,
    "not_found": 422,
    "conflict": 409,
    "gone": 410,
    "rate_limited": 503,
    "provider_timeout": 504,
    "interrupted": 503,
    "database": 503,
}
_PROVIDER_FAILED = 502


def failed_status(kind: str | None) -> int:
    """The HTTP status of a call that ended without headlines."""
    return _STATUS_CODES.get(kind or "", _PROVIDER_FAILED)


def answer_errors(api: FastAPI) -> None:
    """Give every error the one shape, with nothing of the request in it."""

    @api.exception_handler(CopydeskError)
    async def ours(_: Request, error: CopydeskError) -> JSONResponse:
        status = 404 if error.kind == "not_found" else _STATUS_CODES.get(error.kind, 500)
        return error_response(status, error.kind, error.message)

    @api.exception_handler(RequestValidationError)
    async def invalid(_: Request, error: RequestValidationError) -> JSONResponse:
        fields = [
            {"field": ".".join(str(part) for part in each["loc"][1:]) or "body", "message": each["msg"]}
            for each in error.errors()
        ]
        message = "; ".join(f"{each['field']}: {each['message']}" for each in fields[:5])
        return error_response(422, "bad_input", f"The request is not understood. {message}.", fields=fields)

    @api.exception_handler(HTTPException)
    async def http(_: Request, error: HTTPException) -> JSONResponse:
        kind = "not_found" if error.status_code == 404 else "bad_input"
        return error_response(error.status_code, kind, f"{error.detail}. The documentation is at /api/docs.")


def error_response(status: int, kind: str, message: str, **more: Any) -> JSONResponse:
    return JSONResponse({"error": {"kind": kind, "message": message, **more}}, status_code=status)
