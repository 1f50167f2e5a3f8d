"""What an editor writes is checked as a suggestion is: against its article, by what its desk asks for now."""

from dataclasses import replace

from core import profiles
from core.checks.profile import Profile, Profiles, Rule
from core.copydesk import Copydesk
from core.headlines import edited
from core.traces import record
from tests.records import put


def found(copydesk: Copydesk, *written: str) -> list[list[str]]:
    trace = record.get(copydesk.db, put(copydesk.db, "Bridge closes for eleven weeks"))
    return [[each.check for each in findings] for findings in edited.findings(copydesk.db, trace, written)]


class TestAHeadlineThatWasEdited:
    def test_is_checked_against_its_article(self, copydesk: Copydesk) -> None:
        fine, wrong = found(copydesk, "Harbour bridge closes for eleven weeks", "Harbour bridge closes for 12 weeks.")
        assert fine == []
        assert wrong == ["trailing_period", "unsupported_number"]

    def test_is_checked_for_what_its_desk_asks_now(self, copydesk: Copydesk) -> None:
        before = profiles.in_use(copydesk.db)
        mind = Profiles(rules=(Rule(desk="local", set=Profile(banned=("harbour",))),))
        profiles.change(copydesk.db, mind, note="We all know where it is.", author="lead", seen=before)
        assert found(copydesk, "Harbour bridge closes for eleven weeks") == [["banned_word"]]

    def test_is_not_checked_against_an_article_that_is_gone(self, copydesk: Copydesk) -> None:
        trace = record.get(copydesk.db, put(copydesk.db, "Bridge closes for eleven weeks"))
        assert edited.findings(copydesk.db, replace(trace, article=None), ["It closes for 12 weeks."]) == [[]]
