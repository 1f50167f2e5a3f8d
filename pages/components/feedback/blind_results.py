"""What blind comparisons came to: strengths with their intervals, overall and by desk, and what the judge preferred."""

from collections.abc import Sequence

import plotly.graph_objects as go
import streamlit as st

from core.copydesk import Copydesk
from core.evals.judges_word import JudgesWord, judges_word
from core.reports import pairs as reports
from core.reports.pairs import ALL, Preferred, Ranking
from core.statistics.preference import ELO_REFERENCE, Standing
from pages.components import chart_look
from pages.components.csv_download import csv_download
from pages.components.feedback.interval_dots import Dot, interval_dots
from pages.components.formats import plain


def blind_results(copydesk: Copydesk, *, among: Sequence[str] = (), reference: str | None = None) -> None:
    """Draw them: of the versions `among`, measured against `reference`, or of all that were ever compared."""
    found = reports.rankings(copydesk.db, among=among, reference=reference)
    every = found[0]
    if not every.comparisons:
        st.info("What people prefer when they do not know what they see will stand here after the first comparisons.")
        return
    st.subheader("Which version do people prefer when they do not know which it is?", anchor=False)
    for tally in every.tallies:
        st.markdown(
            plain(
                f"{tally.one} was better in {tally.one_better:,}, {tally.other} in {tally.other_better:,} of "
                f"{tally.comparisons:,} comparisons; ties: {tally.ties:,}."
            )
        )
    if every.standings:
        for standing in every.standings:
            if not _is_reference(standing):
                st.markdown(plain(_sentence(standing, every)))
        others = [each.name for each in every.standings if not _is_reference(each)]
        st.markdown(f"**{plain(', '.join(others))} against {plain(_reference(every))}**")
        chart_look.draw(strength_chart(found), name="blind-pairs", key="blind_chart")
        st.caption(
            "Strengths are those of Bradley and Terry on the scale of chess: 1000 is the version measured against, "
            "400 points more are ten wins to one. The lines are 95 % intervals, bootstrapped over articles. "
            "A tie is half a win for each."
        )
    else:
        st.info(plain(every.why))
        for each in every.preferred:
            st.markdown(plain(_share_sentence(each)))
        if every.preferred:
            st.caption(
                "Each article counts once, a tie as half a win. The intervals are Wilson's, at 95 %: where one version won "
                "everything, a strength has no upper end, but a share has."
            )
    st.caption(f"{every.comparisons:,} comparisons of {every.articles:,} articles by {_people(every)}.")
    _by_desk(found)
    _judge(judges_word(copydesk.db, among))


def strength_chart(found: Sequence[Ranking]) -> go.Figure:
    """A line for each version, of all desks and of each desk that has enough comparisons."""
    several = len(found[0].standings) > 2
    chart = interval_dots(
        [
            Dot(
                f"{f'{each.name}, ' if several else ''}{_desk(ranking.desk)} ({ranking.comparisons:,})",
                each.elo.estimate,
                each.elo.low,
                each.elo.high,
                ranking.desk == ALL,
                f"{each.elo.estimate:.0f} ({each.elo.low:.0f} to {each.elo.high:.0f})",
            )
            for ranking in found
            for each in ranking.standings
            if not _is_reference(each)
        ],
        around=130,
    )
    chart_look.upright(chart, ELO_REFERENCE, "equal", dash="solid", side="right")
    chart.update_xaxes(title="← weaker · stronger →")
    chart.update_layout(margin={"t": 40, "b": 56})
    return chart


def _by_desk(found: Sequence[Ranking]) -> None:
    """A sentence for each desk that has a strength; the others in one line."""
    st.subheader("And on each desk?", anchor=False)
    desks = [ranking for ranking in found if ranking.desk != ALL]
    for ranking in desks:
        for each in ranking.standings:
            if not _is_reference(each):
                st.markdown(f"**{plain(ranking.desk)}** · {plain(_sentence(each, ranking))}")
        for each in ranking.preferred:
            st.markdown(f"**{plain(ranking.desk)}** · {plain(_share_sentence(each))}")
    few = [
        f"{ranking.desk} {ranking.comparisons:,}"
        for ranking in desks
        if not ranking.standings and not ranking.preferred
    ]
    if few:
        st.caption(plain(f"Too few comparisons to tell more than their number: {', '.join(few)}."))
    csv_download(_file(found), "blind-pairs", key="blind_csv")


def _file(found: Sequence[Ranking]) -> list[dict[str, object]]:
    """A line for each version on each desk: how it did, and how strong that makes it."""
    rows: list[dict[str, object]] = []
    for ranking in found:
        strengths = {each.name: each.elo for each in ranking.standings}
        for name in sorted({name for tally in ranking.tallies for name in (tally.one, tally.other)}):
            own = [tally for tally in ranking.tallies if name in (tally.one, tally.other)]
            strength = strengths.get(name)
            rows.append(
                {
                    "desk": _desk(ranking.desk),
                    "version": name,
                    "comparisons": sum(tally.comparisons for tally in own),
                    "better": sum(tally.one_better if tally.one == name else tally.other_better for tally in own),
                    "ties": sum(tally.ties for tally in own),
                    "articles": ranking.articles,
                    "strength": strength and strength.estimate,
                    "low (95 %)": strength and strength.low,
                    "high (95 %)": strength and strength.high,
                }
            )
    return rows


def _judge(word: JudgesWord) -> None:
    """Apart from what people said: a judge is no reader."""
    if not word.pairs:
        return
    st.subheader("And the judge?", anchor=False)
    st.caption(
        f"A judge compared {word.pairs:,} of these pairs in both orders. It said the same as people in {word.same:,} of "
        f"{word.compared:,} comparisons. What it says is not part of the strengths above."
    )


def _sentence(standing: Standing, ranking: Ranking) -> str:
    estimate, low, high = reports.share(standing)
    return (
        f"{standing.name} would be preferred to {_reference(ranking)} in about {_percent(estimate)} of comparisons "
        f"(between {_percent(low)} and {_percent(high)})."
    )


def _share_sentence(preferred: Preferred) -> str:
    share = preferred.share
    return (
        f"{preferred.name} was preferred to {preferred.other} in {_percent(share.estimate)} of {share.n:,} articles "
        f"(between {_percent(share.low)} and {_percent(share.high)})."
    )


def _percent(share: float) -> str:
    return f"{share * 100:.0f} %"


def _reference(ranking: Ranking) -> str:
    return next(each.name for each in ranking.standings if _is_reference(each))


def _is_reference(standing: Standing) -> bool:
    return standing.strength == 0 and standing.elo.low == standing.elo.high


def _desk(desk: str) -> str:
    return "all desks" if desk == ALL else desk


def _people(ranking: Ranking) -> str:
    return "one person" if ranking.people == 1 else f"{ranking.people:,} people"
