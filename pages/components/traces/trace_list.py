"""The calls that a search finds, a line each; a line opens the record."""

import streamlit as st

from core.copydesk import Copydesk
from core.errors import BadInput
from core.traces.finding import choices, glance, index, search
from core.traces.finding.find import EVERYTHING, OF_PEOPLE, Find, Order
from core.traces.finding.glance import Glance
from core.traces.finding.search import Count, Page
from core.traces.model import TraceLine
from pages.components.formats import duration, money, plain, prompt_version, short_moment
from pages.components.link_table import Column, Row, link_table
from pages.components.status import LOOKS
from pages.components.traces import find_address, find_words
from pages.components.traces.saved_views import saved_views
from pages.components.traces.trace_collecting import collect_traces, say_what_was_done
from pages.components.traces.trace_export import export_traces
from pages.components.traces.trace_filters import trace_filters

_COLUMNS = (
    Column("Asked (UTC)"),
    Column("Status"),
    Column("Headline, or what went wrong"),
    Column("Headlines", number=True),
    Column("Desk"),
    Column("Prompt"),
    Column("Model"),
    Column("Time", number=True),
    Column("Cost", number=True),
    Column("From"),
    Column("People"),
)


def show(copydesk: Copydesk) -> None:
    """Draw the search of the address and a page of what it finds."""
    try:
        find, order = find_address.read(), find_address.order()
    except BadInput as error:
        st.header("Traces", anchor=False)
        _refused(error)
        return
    _heading(copydesk, find, order)
    say_what_was_done()
    trace_filters(copydesk, find, order)
    said = st.empty()
    try:
        after, before = st.query_params.get("after"), st.query_params.get("before")
        page = search.page(copydesk.db, find, order=order, after=after, before=before)
    except BadInput as error:
        _refused(error)
        return
    if page.lines:
        _table(copydesk, page, find, order)
        _pages(page, find, order)
        # The lines stand already while these are counted.
        said.caption(_counted(copydesk, search.count(copydesk.db, find)))
    elif search.count(copydesk.db, EVERYTHING, limit=1).number:
        _nothing_found(copydesk, find, order)
    else:
        _nothing_there()


def _heading(copydesk: Copydesk, find: Find, order: Order) -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.header("Traces", anchor=False, width="stretch")
        saved_views(copydesk, find, order)
        export_traces(copydesk, find)
        collect_traces(copydesk, find)


def _refused(error: BadInput) -> None:
    st.error(plain(error.message), icon=":material/search_off:")
    find_address.step("All traces", "arrow_back", {}, key="all_traces")


def _table(copydesk: Copydesk, page: Page, find: Find, order: Order) -> None:
    address = find_address.of(find, order)
    seen = glance.at(copydesk.db, [line.id for line in page.lines], find.wanted)
    rows = [_row(line, seen[line.id]) for line in page.lines]
    opened = link_table(_COLUMNS, rows, parameter="trace", key="traces", more=address)
    if opened:
        st.query_params.from_dict({**address, "trace": opened})
        st.rerun()


def _pages(page: Page, find: Find, order: Order) -> None:
    """To the pages before and after this one. What comes in meanwhile moves none of them."""
    with st.container(horizontal=True):
        if page.earlier:
            find_address.step("First page", "first_page", find_address.of(find, order), key="page_first")
            previous = find_address.of(find, order, before=page.lines[0].id)
            find_address.step("Previous page", "chevron_left", previous, key="page_previous")
        if page.more:
            following = find_address.of(find, order, after=page.lines[-1].id)
            find_address.step("Next page", "chevron_right", following, key="page_next")


def _counted(copydesk: Copydesk, count: Count) -> str:
    found = f"{count.number:,} found" if count.exact else f"more than {count.number:,} found"
    waiting = index.waiting(copydesk.db)
    later = f" · {waiting:,} older ones are still being indexed and are found by no filter yet" if waiting else ""
    return found + later


def _nothing_found(copydesk: Copydesk, find: Find, order: Order) -> None:
    """Say which filter to loosen."""
    wider = choices.looser(copydesk.db, find)
    only_together = "" if wider else " Leaving out one kind of filter is not enough."
    st.info(f"Nothing has all of that.{only_together}", icon=":material/search_off:")
    for each in wider[:5]:
        many = f"{each.count.number:,}" if each.count.exact else f"more than {each.count.number:,}"
        label = plain(f"Without {find_words.kind(each.part.name)}: {many}")
        wider_still = find_address.of(each.find, order)
        find_address.step(label, "filter_alt_off", wider_still, key=f"loosen_{each.part.name}")
    if find != OF_PEOPLE:
        find_address.step("Clear all filters", "clear_all", {}, key="loosen_all")


def _nothing_there() -> None:
    st.info("Every call will stand here, with what went in and what came out, attempt by attempt.")
    st.page_link("playground.py", label="Suggest the first headlines", icon=":material/edit_note:")


def _row(line: TraceLine, seen: Glance) -> Row:
    cells = (
        short_moment(line.started_at),
        line.status,
        _said(line, seen),
        f"{line.given} of {line.asked}" if line.asked else "–",
        line.desk,
        prompt_version(line.prompt, line.version),
        line.answered_by or line.model or "–",
        duration(line.duration_ms),
        money(line.cost).removeprefix("cost "),
        line.source,
        ", ".join(f"{many} {kind.replace('_', ' ')}" for kind, many in seen.decided.items()),
    )
    colour = "blue" if line.status == "repaired" else LOOKS[line.status].colour
    return Row(line.id, cells, {1: colour, 2: "plain" if seen.headline else "quiet", 10: "quiet"})


def _said(line: TraceLine, seen: Glance) -> str:
    if seen.headline is None:
        return line.error or "–"
    return seen.headline if seen.holds_words else f"{_ELSEWHERE} · {seen.headline}"


_ELSEWHERE = "Not in a headline"
"""What is said where the words of a search are in the article, a comment or an error."""
