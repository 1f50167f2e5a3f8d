"""Somebody who calls the API, from this machine unless told otherwise."""

import httpx
from starlette.applications import Starlette
from starlette.routing import Mount
from starlette.testclient import TestClient

from core.api import create_api
from core.copydesk import shared


def client(*, host: str = "127.0.0.1", base: str = "http://localhost:8501") -> TestClient:
    app = Starlette(routes=[Mount("/api", create_api(shared))])
    return TestClient(app, base_url=base, client=(host, 50000), raise_server_exceptions=False)


def error(response: httpx.Response) -> tuple[int, str]:
    return response.status_code, response.json()["error"]["kind"]
