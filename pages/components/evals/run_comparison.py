"""The answer of a run on one page that can be sent to a colleague: the verdict, where it holds, what it costs, and why."""

import streamlit as st

from core.copydesk import Copydesk
from core.errors import BadInput
from core.evals.comparing import figures, wording
from core.evals.comparing.clearest import clearest
from core.evals.comparing.comparison import Compared
from core.evals.results import Measure, measure
from core.evals.running.runs import Run
from pages.components import chart_look
from pages.components.address_choice import address_choice, address_selectbox
from pages.components.csv_download import csv_download
from pages.components.evals import comparison_address, forest_chart, run_findings, run_words
from pages.components.evals.changed_cases import changed_cases
from pages.components.evals.judge_standing import judge_standing
from pages.components.evals.measure_table import measure_table
from pages.components.evals.run_findings import Standing
from pages.components.evals.run_gaps import run_gaps
from pages.components.evals.tradeoff import tradeoff
from pages.components.formats import moment, plain

_MOST = 10


def run_comparison(copydesk: Copydesk, run: Run) -> None:
    """Draw the page; candidate, measure and opened case stand in the address."""
    st.page_link("evals.py", label="The run", icon=":material/arrow_back:", query_params={"run": run.id})
    names = run_words.names(run.plan)
    others = [place for place in range(len(names)) if place != run.plan.baseline]
    found = run_findings.standing(copydesk, run)
    if not others or not found.table:
        _nothing_to_compare(run)
        return
    candidate = _candidate(others)
    of = _measure(run, found, candidate)
    baseline_name, name = names[run.plan.baseline], names[candidate]
    title = f"{name[0].upper()}{name[1:]} against {baseline_name} on {run_words.set_version(run.plan)}"
    st.subheader(plain(title), anchor=False)
    _about(copydesk, run)
    _choices(run, names, others, candidate, of, found)
    asked = run_findings.question(run, candidate, of)
    try:
        answer = run_findings.answer(copydesk, run, asked, most=_most())
    except BadInput as error:
        st.info(plain(error.message))
        return
    judge = judge_standing(copydesk.db, found.judged)
    _verdict(answer.compared, baseline_name, name)
    if judge and of.name.startswith("judge:"):
        st.caption(plain(judge.sentence))
    st.caption(
        "This says which one is better. The gate before a release asks its own rules, each with its own margin, and can "
        "pass where this is inconclusive."
    )
    _forest(run, answer.compared, baseline_name, name)
    st.subheader("How do they stand in every measure?", anchor=False)
    measure_table(run, found.table, names, judge)
    tradeoff(run, found.table, names, of)
    changed_cases(copydesk, run, answer.changes, asked, names)
    run_gaps(copydesk, run, answer.compared, names)


def _candidate(others: list[int]) -> int:
    wanted = st.query_params.get("candidate", str(others[0] + 1))
    if wanted not in [str(place + 1) for place in others]:
        raise BadInput(f"This run has no candidate {wanted[:20]!r} to compare. Open it and choose one.")
    return int(wanted) - 1


def _measure(run: Run, found: Standing, candidate: int) -> Measure:
    wanted = st.query_params.get("of")
    if wanted is None:
        return clearest(found.table, baseline=run.plan.baseline, candidate=candidate)
    if wanted not in [of.name for of in found.table]:
        raise BadInput(f"Nothing in this run was measured by {wanted[:60]!r}.")
    return measure(wanted)


def _most() -> int:
    return 50 if st.query_params.get("most") == "50" else _MOST


def _nothing_to_compare(run: Run) -> None:
    if len(run.plan.candidates) < 2:
        st.info("This run has one candidate. Start a run with two to compare them.")
        st.page_link("evals.py", label="Start a run", query_params={"view": "start", "of": run.plan.set_name})
    else:
        st.info("The comparison will stand here as soon as the first results are in.")


def _about(copydesk: Copydesk, run: Run) -> None:
    st.caption(
        plain(f"by {run.author} · {moment(run.created_at)} · run {run.id}" + (f" · {run.note}" * bool(run.note)))
    )
    if run.why:
        st.warning(plain(run.why))
    if run.left and run.status != "done":
        status = run_words.status(copydesk, run)
        st.warning(
            f"This run is {status}: {run.done + run.failed:,} of {run.units:,} were tried. Figures may still change.",
            icon=":material/hourglass_empty:",
        )


def _choices(run: Run, names: list[str], others: list[int], candidate: int, of: Measure, found: Standing) -> None:
    if len(others) > 1:
        address_choice(
            "Candidate",
            [str(place + 1) for place in others],
            str(candidate + 1),
            address=lambda place: comparison_address.of(run, candidate=place),
            key="compared_candidate",
            names={str(place + 1): plain(names[place]) for place in others},
        )
    with st.container(width=360):
        address_selectbox(
            "Compared by",
            [each.name for each in found.table],
            of.name,
            address=lambda name: comparison_address.of(run, of=name),
            key="compared_by",
            names={each.name: each.words for each in found.table},
        )
    if "of" not in st.query_params:
        st.caption(
            "Opened on the measure of quality in which these two are furthest apart, each counted in the loss that would "
            "still do. The table below has them all."
        )


def _verdict(found: Compared, baseline: str, candidate: str) -> None:
    looks = {
        "better": (st.success, "check"),
        "no worse": (st.success, "check"),
        "worse": (st.error, "trending_down"),
        "inconclusive": (st.info, "question_mark"),
        "not enough pairs": (st.info, "question_mark"),
    }
    show, icon = looks[found.overall.verdict]
    if any(each.harmed for each in found.by_desk) and found.overall.verdict != "worse":
        show, icon = st.warning, "warning"
    words = wording.sentence(found, baseline=baseline, candidate=candidate)
    show(f"**{found.overall.verdict.capitalize()}.** {plain(words)}", icon=f":material/{icon}:")


def _forest(run: Run, found: Compared, baseline: str, candidate: str) -> None:
    st.subheader("On which desks is it better, on which worse?", anchor=False)
    asked = found.asked
    lines = forest_chart.lines(found)
    name = f"{run.plan.set_name}-{asked.of.name}-by-desk".replace(":", "-")
    chart_look.draw(forest_chart.forest_chart(lines, asked.of, asked.margin), name=name, key="forest")
    margin = figures.margin_words(asked.of, asked.margin)
    with st.container(horizontal=True, vertical_alignment="center"):
        words = f"{candidate} minus {baseline} in {asked.of.words}"
        st.caption(
            plain(
                f"{words[0].upper()}{words[1:]}, turned so that to the right is better, with 95 % intervals; the number of "
                f"articles in brackets. A loss below the margin of {margin} would still do. Harmed is a desk that is worse "
                "even after allowing for having looked at all of them."
            )
        )
        csv_download(forest_chart.rows(lines), name, key="forest_csv")
