"""Many who write and read at once: nobody gets an error, and nothing that was acknowledged is missing."""

from pathlib import Path

from tests.benchmarks.bench_contention import contend, lost


class TestManyAtOnce:
    def test_lose_nothing_and_get_no_error(self, tmp_path: Path) -> None:
        outcome = contend(tmp_path / "copydesk.db", seconds=2)
        assert outcome.errors == []
        assert outcome.looks
        assert outcome.written
        assert lost(tmp_path / "copydesk.db", outcome) == set()
