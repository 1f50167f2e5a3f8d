"""Commands are called in an installation that was started before."""

from pathlib import Path

import pytest

from tests.core.cli.kept_prompts import POEMS


@pytest.fixture(autouse=True)
def started_before(installed: None) -> None:
    """What ships is in the database already."""


@pytest.fixture
def poems(tmp_path: Path) -> Path:
    """The file of a prompt that is no version yet."""
    path = tmp_path / "poems.prompt.yml"
    path.write_text(POEMS)
    return path
