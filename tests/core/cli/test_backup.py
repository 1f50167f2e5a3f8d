"""`backup` and `restore` as whoever runs Copydesk meets them."""

from pathlib import Path

from tests.command_line import SAMPLE, printed, refusal, run


class TestBackupAndRestore:
    def test_what_was_asked_since_is_gone_and_what_was_before_is_there(self, tmp_path: Path) -> None:
        copy = str(tmp_path / "copy.db")
        (first,) = printed("suggest", SAMPLE, "--desk", "local")
        (made,) = printed("backup", copy)
        (second,) = printed("suggest", SAMPLE, "--desk", "sport")
        result = run("restore", copy, "--reason", "To try it.", "--author", "ada")
        assert result.exit_code == 0, result.output
        assert f"Restored: {made['traces']} traces" in result.stdout
        assert "What was there before is in " in result.stdout
        assert run("traces", "show", first["trace"]).exit_code == 0
        assert "There is no trace" in refusal("traces", "show", second["trace"])

    def test_a_back_up_says_what_it_holds(self, tmp_path: Path) -> None:
        run("prompts", "list")
        result = run("backup", str(tmp_path / "copy.db"))
        assert "0 traces" in result.stdout
        assert "whole" in result.stdout

    def test_a_file_that_is_there_is_not_replaced(self, tmp_path: Path) -> None:
        run("prompts", "list")
        (tmp_path / "copy.db").touch()
        assert "is there already" in refusal("backup", str(tmp_path / "copy.db"))
