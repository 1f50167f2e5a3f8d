"""The files of migrations are numbered without a gap, so that two that were made at the same time are noticed."""

from pathlib import Path

from core.db import migrations


def test_each_has_the_next_number() -> None:
    numbers = [int(path.name.partition("_")[0]) for path in sorted(Path(migrations.__file__).parent.glob("*.sql"))]
    assert numbers == list(range(1, len(numbers) + 1))
