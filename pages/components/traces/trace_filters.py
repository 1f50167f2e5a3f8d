"""What is looked for among the traces: a text, a time, and filters that fold away; each chosen one is a chip.

The address decides. Whatever a person changes goes into it, and the screen is drawn from it again.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import streamlit as st

from core.copydesk import Copydesk
from core.traces.finding import choices, search
from core.traces.finding.choices import Part
from core.traces.finding.find import KINDS, LONGEST_TEXT, OF_PEOPLE, ORDERS, Find, Order
from core.traces.model import FINISHED
from pages.components.formats import plain
from pages.components.traces import find_address, find_words

_DAY = timedelta(days=1)


def trace_filters(copydesk: Copydesk, find: Find, order: Order) -> None:
    """Draw them."""
    # At the top, for what is chosen from is of different heights, and their names stand in one line.
    words, period, sorting = st.columns([5, 3, 2], vertical_alignment="top")
    with words:
        _text(copydesk, find, order)
    with period:
        _period(find, order)
    with sorting:
        _order(find, order)
    _chips(find, order)
    with st.expander("More filters", icon=":material/tune:"):
        _kinds(copydesk, find, order)
        _figures(find, order)


def _text(copydesk: Copydesk, find: Find, order: Order) -> None:
    def look(text: str) -> None:
        named = search.named(copydesk.db, text)
        if len(named) == 1:
            st.query_params.from_dict({"trace": named[0]})
        else:
            st.query_params.from_dict({**find_address.of(find, order), "text": text})

    changed = _kept("find_text", find.text, lambda chosen: look((chosen or "").strip()))
    st.text_input(
        "Search",
        key="find_text",
        type="search",
        max_chars=LONGEST_TEXT,
        placeholder="Words of the article, a headline, a comment or an error; or the id of a trace",
        help='"a phrase", the beginning* of a word, -without a word. Accents and capitals do not matter.',
        icon=":material/search:",
        on_change=changed,
    )


def _period(find: Find, order: Order) -> None:
    changed = _kept("find_period", find.period, lambda chosen: find_address.go(replace(find, period=chosen), order))
    st.segmented_control(
        "In the last",
        list(find_words.PERIODS),
        key="find_period",
        format_func=lambda period: find_words.PERIODS[period],
        on_change=changed,
    )


def _order(find: Find, order: Order) -> None:
    changed = _kept("find_order", order, lambda chosen: find_address.go(find, chosen))
    st.selectbox(
        "Order",
        ORDERS,
        key="find_order",
        format_func=lambda each: find_words.ORDERS[each],
        on_change=changed,
    )


def _chips(find: Find, order: Order) -> None:
    """What was chosen, each to be taken away by a click."""
    chosen = choices.parts(find)
    named = {
        name: words
        for name, values, words in (
            ("source", OF_PEOPLE.source, find_words.WITHOUT_MACHINES),
            ("status", FINISHED, find_words.FINISHED),
        )
        if set(getattr(find, name)) == set(values)
    }
    chosen = [part for part in chosen if part.name not in named]
    with st.container(horizontal=True, gap="small"):
        for name, words in named.items():
            _chip(words, name, lambda name=name: find_address.go(replace(find, **{name: ()}), order))
        for part in chosen:
            _chip(find_words.part(part), f"{part.name}_{part.value}", lambda part=part: _drop(find, part, order))
        if len(chosen) + len(named) > 1:
            st.button(
                "Clear all",
                key="find_clear",
                type="tertiary",
                on_click=lambda: st.query_params.clear(),
                help="Back to all that people asked for.",
            )


def _chip(label: str, key: str, drop: Callable[[], None]) -> None:
    st.button(
        plain(label),
        key=f"chip_{key}",
        icon=":material/close:",
        icon_position="right",
        help="Remove this filter",
        on_click=drop,
    )


def _drop(find: Find, part: Part, order: Order) -> None:
    find_address.go(choices.without(find, part), order)


def _kinds(copydesk: Copydesk, find: Find, order: Order) -> None:
    there = choices.values(copydesk.db)
    columns = st.columns(4)
    for place, kind in enumerate(each for each in KINDS if each != "prompt" or len(there["prompt"]) > 1):
        chosen = list(getattr(find, kind))

        def choose(values: list[str], kind: str = kind) -> None:
            find_address.go(replace(find, **{kind: tuple(values)}), order)

        changed = _kept(f"find_{kind}", chosen, choose)
        with columns[place % 4]:
            st.multiselect(
                find_words.KINDS[kind],
                [*there[kind], *(each for each in chosen if each not in there[kind])],
                key=f"find_{kind}",
                format_func=lambda value, kind=kind: find_words.value(kind, value),
                placeholder="Any",
                on_change=changed,
            )


def _figures(find: Find, order: Order) -> None:
    since, until, cost, time = st.columns(4)
    with since:
        _day("From (UTC)", "since", _date(find.since), lambda day: replace(find, since=_midnight(day)), order)
    with until:
        last = None if find.until is None else _date(find.until - 1)
        _day("To (UTC)", "until", last, lambda day: replace(find, until=_midnight(day and day + _DAY)), order)
    with cost:
        _number(
            "Cost at least (US dollars)", "min_cost", find.min_cost, lambda value: replace(find, min_cost=value), order
        )
    with time:
        seconds = None if find.min_ms is None else find.min_ms / 1000
        _number(
            "Took at least (seconds)", "min_ms", seconds, lambda value: replace(find, min_ms=value and value * 1000), order
        )  # fmt: skip


def _day(label: str, key: str, value: date | None, found: Callable[[date | None], Find], order: Order) -> None:
    changed = _kept(f"find_{key}", value, lambda day: find_address.go(found(day), order))
    st.date_input(label, value=None, key=f"find_{key}", format="YYYY-MM-DD", on_change=changed)


def _number(label: str, key: str, value: float | None, found: Callable[[float | None], Find], order: Order) -> None:
    changed = _kept(f"find_{key}", value, lambda number: find_address.go(found(number or None), order))
    st.number_input(
        label, min_value=0.0, value=None, key=f"find_{key}", format="%g", placeholder="Any", on_change=changed
    )  # fmt: skip


def _date(time: int | None) -> date | None:
    return None if time is None else datetime.fromtimestamp(time / 1000, tz=UTC).date()


def _midnight(day: date | None) -> int | None:
    return None if day is None else round(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp() * 1000)


def _kept(key: str, value: Any, go: Callable[[Any], None]) -> Callable[[], None]:
    """Show what the address says; returns what to do when a person says something else."""
    st.session_state[key] = value
    return lambda: go(st.session_state[key])
