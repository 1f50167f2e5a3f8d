"""How good is each check? How often it fires, what editors did then, and how often it is right on labelled headlines."""

from collections.abc import Mapping
from pathlib import Path

import streamlit as st

from core.checks import measured
from core.checks.measured import Measured
from core.checks.profile import Profiles
from core.checks.run import VERSIONS
from core.copydesk import Copydesk
from core.reports import checks
from core.reports.checks import Outcome, Report
from pages.components.formats import prompt_version

_PERIODS = {7: "7 days", 30: "30 days", 90: "90 days"}
_ALL = "all desks"


def check_quality(copydesk: Copydesk) -> None:
    """Draw the section."""
    st.subheader("How often does each check fire, and how often is it right?", anchor=False)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        days = st.selectbox("In the last", list(_PERIODS), index=1, format_func=lambda each: _PERIODS[each], width=160)
        desk = st.selectbox("Desk", [_ALL, *copydesk.settings.desks], width=200)
    report = checks.report(copydesk.db, days=days, desk=None if desk == _ALL else desk)
    profiles = copydesk.profiles
    ours = _measured(str(copydesk.settings.prompts / "labelled"), profiles, profiles.version)
    st.table(_rows(report, ours), border="horizontal", hide_index=True)
    st.caption(
        "Fires: the share of headlines that it flagged. Then changed: of the flagged headlines that somebody picked, edited "
        "or rejected, the share edited or rejected; beside it the same of headlines without that flag; a dash where nobody "
        "decided yet. Right and finds: how "
        f"often a flag was right, and how many planted faults it found, on {ours.headlines} labelled headlines in four "
        "languages that come with Copydesk. The checks were mended with these in sight, so expect less of other headlines. "
        "A headline without flags is not thereby right."
    )
    _by_version(report)


@st.cache_data(show_spinner="Checking the labelled headlines …", max_entries=4)
def _measured(folder: str, _profiles: Profiles, version: str) -> Measured:
    """`version` is that of the profiles: what the cache tells one answer from another by."""
    return measured.measure(measured.read(Path(folder)), _profiles)


def _rows(report: Report, ours: Measured) -> list[Mapping[str, str]]:
    rates = {rate.check: rate for rate in ours.pooled()}
    receptions = {each.check: each for each in report.receptions}
    rows: list[Mapping[str, str]] = []
    for check in VERSIONS:
        flagged, headlines = report.fired(check)
        reception = receptions.get(check)
        rate = rates.get(check)
        rows.append(
            {
                "Check": check.replace("_", " "),
                "Fires": _share(flagged, headlines),
                "Then changed": _outcome(reception.flagged if reception else Outcome()),
                "Without flag": _outcome(reception.others if reception else Outcome()),
                "Right": _share(rate.found, rate.found + rate.false) if rate else "–",
                "Finds": _share(rate.found, rate.found + rate.missed) if rate else "–",
            }
        )
    return rows


def _outcome(outcome: Outcome) -> str:
    return _share(outcome.changed, outcome.decided)


def _share(part: int, whole: int) -> str:
    """A share with its counts; nothing of nothing is no share."""
    return f"{part / whole:.0%} ({part:,} of {whole:,})" if whole else "–"


def _by_version(report: Report) -> None:
    st.subheader("On which desks, and with which version?", anchor=False)
    if not report.firings:
        st.caption("No headlines were checked in this time. Suggest some in the playground.")
        return
    fired = sorted({each.check for each in report.firings if each.flagged})
    check = st.selectbox("Check", fired or list(VERSIONS), format_func=lambda name: name.replace("_", " "), width=280)
    of = [each for each in report.firings if each.check == check]
    versions = sorted({(each.place.prompt, each.place.version or 0) for each in of})
    rows = [
        {"Desk": desk}
        | {
            _version(prompt, number): _share(
                sum(each.flagged for each in of if _is_at(each.place, desk, prompt, number)),
                sum(each.headlines for each in of if _is_at(each.place, desk, prompt, number)),
            )
            for prompt, number in versions
        }
        for desk in sorted({each.place.desk for each in of})
    ]
    st.table(rows, border="horizontal", hide_index=True)


def _version(prompt: str, number: int) -> str:
    return prompt_version(prompt, number) if number else f"{prompt}, drafts"


def _is_at(place: checks.Place, desk: str, prompt: str, number: int) -> bool:
    return (place.desk, place.prompt, place.version or 0) == (desk, prompt, number)
