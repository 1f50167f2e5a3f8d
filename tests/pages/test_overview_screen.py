"""The overview for leads: empty, full, and narrowed by its address."""

from core.copydesk import shared
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
        assert not at.subheader
        assert screen("overview.py", source="eval", period="24h").subheader

    def test_takes_an_address_that_means_nothing_for_the_usual(self) -> None:
        put(shared().db, "Bridge closes")
        at = screen("overview.py", period="1y", environment="moon", source="<b>", desk="nowhere")
        assert not at.exception
        assert at.selectbox(key="overview_environment").value == "production"

    def test_keeps_what_was_chosen_in_the_address(self) -> None:
        put(shared().db, "Bridge closes", desk="sport")
        at = screen("overview.py", period="24h")
        at.selectbox(key="overview_desk").set_value("world").run()
        assert (at.query_params["period"], at.query_params["desk"]) in (("24h", "world"), (["24h"], ["world"]))
        assert "Nobody asked in this time" in sentences(at)

    def test_says_that_older_calls_are_still_counted(self) -> None:
        put(shared().db, "Bridge closes")
        shared().db.write(lambda connection: connection.execute("delete from rollups"))
        shared().db.write(lambda connection: connection.execute("update rollup_progress set counted_from = 2"))
        assert "Older calls are still being counted, up to 1" in sentences(screen("overview.py"))
