"""The Checks screen with text that somebody typed on purpose: it stays text, and what was refused stays typed."""

from core import profiles
from core.checks.profile_files import parse
from core.copydesk import shared
from core.headlines import Request
from tests.pages.test_screens import ARTICLE, screen, sentences

HOSTILE = "**bold** [link](http://evil.example) <b> $x$ :red[x]"
PROFILES = f"rules: [{{desk: '{HOSTILE}', why: '{HOSTILE}', set: {{banned: ['{HOSTILE}']}}}}]"


def use(content: str) -> None:
    db = shared().db
    edited = parse(content, source="Ours")
    profiles.change(db, edited, note=HOSTILE, author=HOSTILE, seen=profiles.in_use(db))


class TestForeignText:
    def test_stays_text_on_every_view(self) -> None:
        use(PROFILES)
        for view in ("profiles", "edit", "versions"):
            at = screen("checks.py", view=view, for_desk=HOSTILE)
            assert not at.exception
            shown = sentences(at) + "".join(str(table.value) for table in at.table)
            assert "**bold**" not in shown
            assert "](http" not in shown

    def test_in_an_address_stays_text(self) -> None:
        said = screen("checks.py", view="**nowhere**").error[0].value
        assert "There is no view" in said
        assert "**nowhere**" not in said


class TestATrace:
    def test_leads_to_the_version_that_it_was_checked_by(self) -> None:
        suggestions = shared().suggest(Request(article=ARTICLE, desk="local"))
        use("everybody: {longest: 61}")
        version = profiles.find(shared().db, shared().profiles.version)
        assert version.number == 2
        at = screen("traces.py", trace=suggestions.trace.id)
        assert not at.exception
        first = profiles.get(shared().db, 1)
        shown = screen("checks.py", view="versions", hash=first.hash)
        assert [heading.value for heading in shown.subheader] == ["Version 1"]
        assert "What differs from version 2, in use now" in sentences(shown)


class TestAnOlderTrace:
    def test_that_names_no_version_is_told(self) -> None:
        assert (
            "No version of the profiles has the hash" in screen("checks.py", view="versions", hash="0").error[0].value
        )
