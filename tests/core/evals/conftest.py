"""A provider to ask in an installation that was started before."""

from collections.abc import Iterator

import pytest

from tests.provider import Provider


@pytest.fixture
def provider(installed: None) -> Iterator[Provider]:
    with Provider(latency=0.05) as running:
        yield running


@pytest.fixture
def short_patience(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COPYDESK_TIMEOUT", "2")
    monkeypatch.setenv("COPYDESK_RETRIES", "0")
