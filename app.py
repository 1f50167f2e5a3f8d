"""Copydesk as one ASGI application: the screens of `pages/`, and the HTTP API under `/api`.

`streamlit run app.py` serves it, and so does `uvicorn app:app`.
"""

import importlib
import sys
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import streamlit as st
from starlette.routing import Mount

from core.api import create_api
from core.copydesk import close_shared, shared
from core.errors import CopydeskError
from core.statistics.door import special

# Loading takes seconds, and a whole core. Whoever starts Copydesk in order to look at it has the screen first.
FIRST_SCREEN_SECONDS = 4
# What asks models is loaded first: somebody waits for it sooner than for a chart.
FIRST_CHART_SECONDS = 8


@asynccontextmanager
async def lifespan(_: st.App) -> AsyncIterator[dict[str, Any] | None]:
    """Open the installation, close it at the end. One that cannot be opened says why, here and on every screen."""
    threading.Thread(target=_load_for_first_screen, daemon=True).start()
    try:
        shared().warm_up(after=FIRST_SCREEN_SECONDS)
        chores = shared().chores
        chores.start(after=FIRST_SCREEN_SECONDS)
        charts = threading.Timer(FIRST_CHART_SECONDS, load_for_charts)
        charts.name, charts.daemon = "copydesk-charts", True
        charts.start()
    except CopydeskError as error:
        chores = None
        print(f"Copydesk cannot work yet. {error.message}", file=sys.stderr)
    yield None
    if chores:
        chores.stop()
    close_shared()


def _load_for_first_screen() -> None:
    """Streamlit loads these to show a favicon. Loaded while the browser still gets the page, nobody waits for them."""
    for name in ("numpy", "PIL.Image"):
        importlib.import_module(name)


def load_for_charts() -> None:
    """Load what reports are reckoned and drawn with, and what Streamlit loads for the first table with links in it.

    Whoever opened the first report would wait for it for seconds.
    """
    special()
    importlib.import_module("pages.components.chart_look").load()
    importlib.import_module("pandas")


app = st.App("pages/navigation.py", routes=[Mount("/api", create_api(shared))], lifespan=lifespan)
