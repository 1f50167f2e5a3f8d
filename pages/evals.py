"""Evals: prompts are tried on the same articles before anybody reads what they make of the day's."""

import streamlit as st

from core.copydesk import shared
from core.errors import CopydeskError
from core.evals import runs
from pages.components.address_choice import address_choice
from pages.components.formats import plain
from pages.components.run_comparison import run_comparison
from pages.components.run_form import run_form
from pages.components.run_list import run_list
from pages.components.run_record import run_record

copydesk = shared()
address = st.query_params

VIEWS = {"runs": "Runs", "sets": "Sets"}


def heading() -> None:
    view = "sets" if "set" in address or address.get("view") == "sets" else "runs"
    address_choice("View", list(VIEWS), view, address=lambda name: {"view": name}, key="evals_view", names=VIEWS)


def one_run() -> None:
    run = runs.get(copydesk.db, address["run"])
    if "compare" in address:
        run_comparison(copydesk, run)
    else:
        run_record(copydesk, run)


heading()
try:
    if "run" in address:
        one_run()
    elif address.get("view") == "start":
        run_form(copydesk, set_name=address.get("of"))
    else:
        run_list(copydesk)
except CopydeskError as error:
    st.error(plain(error.message), icon=":material/error:")
