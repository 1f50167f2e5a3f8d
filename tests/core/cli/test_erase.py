"""`erase` as whoever runs Copydesk meets it."""

from contextlib import closing
from pathlib import Path

from core import settings
from core.db import open_database
from core.keeping import erasing
from tests.command_line import SAMPLE, printed, refusal, run
from tests.core.keeping.file_bytes import held

WHY = ("--reason", "The source withdrew.", "--author", "ada")


def asked(tmp_path: Path) -> tuple[str, str]:
    """A trace about an article in a file, and that file."""
    file = tmp_path / "article.txt"
    file.write_text(Path(SAMPLE).read_text().replace("harbour", "Xyvquill") + "\n")
    (answer,) = printed("suggest", str(file), "--desk", "local")
    return answer["trace"], str(file)


class TestErase:
    def test_names_the_copies_beside_the_database_that_may_still_hold_it(self, tmp_path: Path) -> None:
        trace_id, _ = asked(tmp_path)
        copy = settings.load().db.with_name("copydesk.before-migration-20261127T150000.db")
        copy.touch()
        assert f"{copy} may still hold it." in run("erase", "trace", trace_id, *WHY).stdout

    def test_a_trace(self, tmp_path: Path) -> None:
        trace_id, _ = asked(tmp_path)
        result = run("erase", "trace", trace_id, *WHY)
        assert result.exit_code == 0, result.output
        assert "Erased: 1 calls, 0 eval cases, 1 articles." in result.stdout
        assert "back-ups" in result.stdout
        assert held(settings.load().db, ["Xyvquill"]) == set()

    def test_an_article_in_a_file(self, tmp_path: Path) -> None:
        _, file = asked(tmp_path)
        result = run("erase", "article", file, *WHY)
        assert result.exit_code == 0, result.output
        assert held(settings.load().db, ["Xyvquill"]) == set()

    def test_finishes_what_a_screen_left_to_be_overwritten(self, tmp_path: Path) -> None:
        trace_id, _ = asked(tmp_path)
        assert run("erase", "finish").stdout == "Nothing is left to overwrite.\n"
        with closing(open_database(settings.load().db)) as db:
            erasing.trace(db, trace_id, author="ada", reason="The source withdrew.", within=0)
        assert held(settings.load().db, ["Xyvquill"]) == {"Xyvquill"}
        assert run("erase", "finish").stdout == "All that was erased is overwritten.\n"
        assert held(settings.load().db, ["Xyvquill"]) == set()

    def test_what_is_not_there_is_refused(self) -> None:
        assert "Nothing on record" in refusal("erase", "article", "no such file.txt", *WHY)
        assert "There is no trace" in refusal("erase", "trace", "0" * 32, *WHY)
