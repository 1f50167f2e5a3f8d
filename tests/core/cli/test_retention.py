"""`retention` as whoever runs Copydesk meets it."""

import pytest

from core import settings
from core.copydesk import open_copydesk
from tests.command_line import printed, refusal, run
from tests.conftest import HeldClock
from tests.core.keeping.file_bytes import held as held_bytes
from tests.records import put


class TestRetention:
    def test_without_rules_says_that_all_is_kept(self) -> None:
        assert run("retention", "--dry-run").stdout == "COPYDESK_RETENTION is not set: all texts are kept.\n"

    def test_says_what_would_go_and_then_lets_it_go(self, monkeypatch: pytest.MonkeyPatch, held: HeldClock) -> None:
        monkeypatch.setenv("COPYDESK_RETENTION", "production/sport=30,development=7")
        with open_copydesk(settings.load()) as copydesk:
            put(copydesk.db, "Qzxjwanda closes", desk="sport")
        held.now += 31 * 86_400_000
        said = run("retention", "--dry-run").stdout
        assert "production/sport, kept for 30 days: the texts of 1 calls would go, the oldest of 2023-11-1" in said
        assert "development, kept for 7 days: the texts of 0 calls would go\n" in said
        assert [each["traces"] for each in printed("retention")] == [1, 0]
        assert held_bytes(settings.load().db, ["Qzxjwanda"]) == set()
        assert [each["traces"] for each in printed("retention")] == [0, 0]

    def test_rules_that_cannot_be_read_are_refused(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("COPYDESK_RETENTION", "soon")
        assert "COPYDESK_RETENTION" in refusal("retention")
