"""Copydesk as one ASGI application: the screens of `pages/`, and the HTTP API under `/api`.

`streamlit run app.py` serves it, and so does `uvicorn app:app`.
"""

import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import streamlit as st
from starlette.routing import Mount

from core.api import create_api
from core.copydesk import close_shared, shared
from core.errors import CopydeskError


@asynccontextmanager
async def lifespan(_: st.App) -> AsyncIterator[dict[str, Any] | None]:
    """Open the installation, close it at the end. One that cannot be opened says why, here and on every screen."""
    try:
        shared().warm_up()
    except CopydeskError as error:
        print(f"Copydesk cannot work yet. {error.message}", file=sys.stderr)
    yield None
    close_shared()


app = st.App("pages/navigation.py", routes=[Mount("/api", create_api(shared))], lifespan=lifespan)
