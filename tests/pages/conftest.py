"""Screens are opened in an installation that was started before."""

import pytest


@pytest.fixture(autouse=True)
def started_before(installed: None) -> None:
    """What ships is in the database already."""
