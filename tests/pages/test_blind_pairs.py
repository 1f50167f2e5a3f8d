"""Blind pairs on their screen: where a round comes from, who is asked for a name, and when results are shown."""

import pytest

from core.copydesk import shared
from core.evals import pairing
from core.feedback import pairs
from core.reports.pairs import rankings
from pages.components.feedback import blind_results
from tests.pages.eval_runs import finished, put_set
from tests.pages.test_screens import screen, sentences


def compared(run: str, *, person: str = "ada", ties: int = 0, one_wins: int = 100) -> None:
    """Have somebody judge every pair of a run: the first few are ties, then the first candidate wins, then the other."""
    for number, slot in enumerate(pairing.of_run(shared().db, run, 0, 1)):
        shown = slot.shown(person)
        assert shown is not None
        winner = slot.one if number - ties < one_wins else slot.other
        better = "tie" if number < ties else "first" if winner == shown.first else "second"
        pairs.judge(shared().db, shown, better, person=person, key=f"{person}{number}")


@pytest.fixture
def run() -> str:
    put_set(shared())
    return finished(shared()).id


class TestTheStart:
    def test_says_what_to_do_without_a_run(self) -> None:
        at = screen("feedback.py", view="pairs")
        assert not at.exception
        assert "There is no run of two versions yet" in sentences(at)
        assert at.button[0].disabled

    def test_asks_for_a_name_first(self, run: str) -> None:
        at = screen("feedback.py", view="pairs")
        at.button[0].click().run()
        assert "Give your name first" in at.error[0].value
        at.text_input(key="pairs_name").set_value("Ada")
        at.button[0].click().run()
        assert at.query_params["run"] in (run, [run])

    def test_of_a_desk_without_articles_is_told(self) -> None:
        at = screen("feedback.py", view="pairs")
        at.button_group(key="pairs_source").set_value("desk").run()
        at.text_input(key="pairs_name").set_value("Ada")
        at.button[0].click().run()
        assert "Nobody has asked for headlines for politics yet" in at.error[0].value

    def test_takes_six_in_two_languages_and_then_six_others(self, run: str) -> None:
        compared(run, person="Ada")
        at = screen("feedback.py", view="pairs")
        at.button_group(key=f"pairs_languages_{run}").set_value(["en", "fr"])
        at.button_group(key="pairs_many").set_value(6)
        at.text_input(key="pairs_name").set_value("Ben")
        at.button[0].click().run()
        address = {name: value if isinstance(value, str) else value[0] for name, value in at.query_params.items()}
        assert (address["many"], address["languages"]) == ("6", "en,fr")
        at = screen("feedback.py", **address)
        at.text_input(key="pairs_name_again").set_value("Ada").run()
        assert "You have compared all there is here, Ada" in at.success[0].value


class TestARound:
    def address(self, run: str) -> dict[str, str]:
        return {"view": "pairs", "run": run, "one": "0", "other": "1"}

    def test_that_is_opened_cold_asks_whose_it_is(self, run: str) -> None:
        at = screen("feedback.py", **self.address(run))
        assert "Give your name to go on" in sentences(at)
        at.text_input(key="pairs_name_again").set_value("Ada").run()
        assert not at.exception
        assert "Which version" not in str([each.value for each in at.subheader])

    def test_tells_nothing_of_what_others_said_until_it_is_done(self, run: str) -> None:
        compared(run, person="ben")
        at = screen("feedback.py", **self.address(run))
        at.text_input(key="pairs_name_again").set_value("Ada").run()
        assert "better in" not in sentences(at)
        compared(run, person="Ada")
        at.run()
        assert "You have compared all 8 pairs" in str(at.success[0].value)
        assert "headlines 1 on offline/lede was better in 16" in sentences(at).replace("\\", "")

    def test_is_left_for_another_one_with_nothing_of_it_in_the_address(self, run: str) -> None:
        at = screen("feedback.py", **self.address(run))
        next(button for button in at.button if button.label == "Choose what is compared").click().run()
        assert list(at.query_params) == ["view"]
        at.button_group(key="pairs_source").set_value("desk").run()
        assert at.selectbox(key="pairs_desk")

    @pytest.mark.parametrize("wrong", [{"run": "0" * 32}, {"one": "x"}, {"other": "0"}, {"other": "7"}])
    def test_that_cannot_be_is_a_sentence(self, run: str, wrong: dict[str, str]) -> None:
        at = screen("feedback.py", **self.address(run) | wrong)
        at.text_input(key="pairs_name_again").set_value("Ada").run()
        assert at.error
        assert not at.exception


class TestResults:
    def test_say_so_where_there_are_none(self) -> None:
        assert "will stand here after the first comparisons" in sentences(
            screen("feedback.py", view="pairs", results="all")
        )

    def test_without_a_ranking_explain_no_scale(self, run: str) -> None:
        compared(run)
        at = screen("feedback.py", view="pairs", results="all")
        assert "8 comparisons of" in sentences(at)
        assert not at.get("plotly_chart")
        assert "chess" not in sentences(at)
        assert "in 100 % of 8 articles (between 68 % and 100 %)" in sentences(at).replace("\\", "")

    def test_are_a_sentence_a_chart_and_each_desk(self, run: str) -> None:
        compared(run, ties=2, one_wins=3)
        at = screen("feedback.py", view="pairs", results="all")
        assert not at.exception
        assert "of comparisons (between" in sentences(at).replace("\\", "")
        assert len(at.get("plotly_chart")) == 1

    def test_are_a_chart_with_the_reference_as_its_line(self, run: str) -> None:
        compared(run, ties=2, one_wins=3)
        chart = blind_results.strength_chart(rankings(shared().db))
        assert list(chart.data[0].y) == ["all desks (8)"]  # pyright: ignore
        assert [shape.x0 for shape in chart.layout.shapes] == [1000]  # pyright: ignore
