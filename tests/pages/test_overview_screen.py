"""The overview for leads: empty, full, and narrowed by its address."""

from core import clock
from core.alerts import limits, watch
from core.alerts.limits import Wanted
from core.copydesk import shared
from tests.calls import Calls
from tests.pages.test_screens import screen, sentences
from tests.records import put


class TestOverview:
    def test_empty_says_what_will_be_here(self) -> None:
        at = screen("overview.py")
        assert not at.exception
        assert "How many calls there were" in sentences(at)

    def test_shows_figures_and_their_course(self) -> None:
        put(shared().db, "Bridge closes", "Ferry sails")
        at = screen("overview.py")
        assert not at.exception
        assert [each.value for each in at.subheader][:2] == [
            "How many calls were there, and what became of them?",
            "How long did people wait?",
        ]
        assert "held against the same time" in sentences(at)

    def test_of_a_time_in_which_nobody_asked_says_so(self) -> None:
        put(shared().db, "Bridge closes", source="eval")
        at = screen("overview.py")
        assert "Nobody asked in this time" in sentences(at)
        assert [each.value for each in at.subheader] == ["Which limits are watched?"]
        assert len(screen("overview.py", by="eval", over="24h").subheader) > 3

    def test_takes_an_address_that_means_nothing_for_the_usual(self) -> None:
        put(shared().db, "Bridge closes")
        at = screen("overview.py", over="1y", at="moon", by="<b>")
        assert not at.exception
        assert at.selectbox(key="overview_at").value == "production"

    def test_keeps_what_was_chosen_in_the_address(self) -> None:
        put(shared().db, "Bridge closes", desk="sport")
        at = screen("overview.py", over="24h")
        at.selectbox(key="overview_for").set_value("world").run()
        assert (at.query_params["over"], at.query_params["for"]) in (("24h", "world"), (["24h"], ["world"]))
        assert "Nobody asked in this time" in sentences(at)

    def test_keeps_nothing_of_a_search_in_the_address_once_something_is_chosen(self) -> None:
        put(shared().db, "Bridge closes", desk="sport")
        at = screen("overview.py", over="24h", status="failed", source="api")
        at.selectbox(key="overview_for").set_value("world").run()
        assert set(at.query_params) == {"over", "for"}

    def test_says_that_older_calls_are_still_counted(self) -> None:
        put(shared().db, "Bridge closes")
        shared().db.write(lambda connection: connection.execute("delete from rollups"))
        shared().db.write(lambda connection: connection.execute("update rollup_progress set counted_from = 2"))
        assert "Older calls are still being counted, up to 1" in sentences(screen("overview.py"))


def broken(many: int = 20) -> None:
    """Calls of the sport desk that were too slow, and a limit that says so, looked at once."""
    db = shared().db
    for _ in range(many):
        put(db, "Bridge closes", desk="sport")
    limits.put(db, Wanted("failed", "production", "world", 24, 0.05), author="Ada")
    limits.put(db, Wanted("total_p95", "production", "sport", 1, 0.5), author="**Ada**")
    watch.watch(db, tells=False)


class TestLimits:
    def test_one_that_is_broken_is_an_alert_and_in_the_navigation(self) -> None:
        broken()
        at = screen("overview.py")
        assert not at.exception
        assert "All headlines, p95 for sport is 1 ms now" in at.error[0].value.replace("\\", "")
        assert "20 calls in an hour" in at.error[0].value.replace("\\", "")

    def test_its_alert_says_the_same_figure_as_its_line(self) -> None:
        broken()
        for _ in range(20):
            Calls(shared().db, start=clock.now_ms()).closed()
        at = screen("overview.py")
        now = watch.look(shared().db, limits.in_force(shared().db)[1]).figure
        assert now is not None
        assert f"All headlines, p95 for sport is {now:.0f} ms now" in at.error[0].value.replace("\\", "")
        assert f"broken, now {now:.0f} ms" in sentences(at)

    def test_each_tells_how_it_stands(self) -> None:
        broken()
        at = screen("overview.py")
        assert r"Set by \*\*Ada\*\*" in sentences(at)
        assert "Set COPYDESK" in sentences(at)

    def test_without_any_it_is_told_what_they_do(self) -> None:
        put(shared().db, "Bridge closes")
        assert "None yet" in sentences(screen("overview.py"))

    def test_one_is_set_and_withdrawn(self) -> None:
        put(shared().db, "Bridge closes")
        at = screen("overview.py")
        at.selectbox(key="limit_measure").set_value("total_p95").run()
        at.selectbox(key="limit_desk").set_value("sport").run()
        at.number_input(key="limit_value_total_p95").set_value(12.0).run()
        assert at.number_input(key="limit_value_total_p95").proto.format == "%g"
        at.text_input(key="limit_author").set_value("Ada").run()
        at.button(key="limit_set").click().run()
        (limit,) = limits.in_force(shared().db)
        assert limit.words == "All headlines, p95 for sport: not above 12.0 s in an hour"
        at.button(key=f"limit_withdraw_{limit.id}").click().run()
        assert limits.in_force(shared().db) == []

    def test_one_without_a_name_is_refused(self) -> None:
        put(shared().db, "Bridge closes")
        at = screen("overview.py")
        at.button(key="limit_set").click().run()
        assert "Write your name" in at.error[0].value
