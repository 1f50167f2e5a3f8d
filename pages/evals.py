"""Evals: prompts are tried on the same articles before anybody reads what they make of the day's."""

import streamlit as st

from core.copydesk import shared
from core.errors import CopydeskError
from core.evals.running import runs
from pages.components.address_choice import address_choice
from pages.components.evals import case_editor
from pages.components.evals.eval_set_history import eval_set_history
from pages.components.evals.eval_set_import import eval_set_import
from pages.components.evals.eval_set_list import eval_set_list
from pages.components.evals.eval_set_view import eval_set_view
from pages.components.evals.run_comparison import run_comparison
from pages.components.evals.run_form import run_form
from pages.components.evals.run_list import run_list
from pages.components.evals.run_record import run_record
from pages.components.formats import plain

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


def one_set() -> None:
    name, version = address["set"], address.get("version", "")
    # A number of a thousand digits is no version, and no reason to fail.
    number = int(version) if version.isdecimal() and len(version) < 16 else None
    if "history" in address:
        eval_set_history(copydesk.db, name, address.get("changes"))
    elif "add" in address:
        case_editor.new_case(copydesk, name)
    elif "import" in address:
        eval_set_import(copydesk, name)
    elif "case" in address:
        case_editor.one_case(copydesk, name, number, address["case"])
    else:
        eval_set_view(copydesk.db, name, number)


heading()
case_editor.say_what_was_done()
try:
    if "run" in address:
        one_run()
    elif "set" in address:
        one_set()
    elif address.get("view") == "start":
        run_form(copydesk, set_name=address.get("of"))
    elif address.get("view") == "sets" and "new" in address:
        case_editor.new_case(copydesk, None)
    elif address.get("view") == "sets" and "import" in address:
        eval_set_import(copydesk, None)
    elif address.get("view") == "sets":
        eval_set_list(copydesk.db)
    else:
        run_list(copydesk)
except CopydeskError as error:
    st.error(plain(error.message), icon=":material/error:")
