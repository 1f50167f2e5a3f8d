"""How long does erasing take: until the texts are off the record, and until their bytes are gone from the file?

    .venv/bin/python tests/benchmarks/bench_erasing.py [traces] [database]

Makes the traces (tests/benchmarks/million.py), or takes a copy of a database that was made before. One call is erased, and
all about the article with the most calls. Whoever erases waits for the first figure, and for the second at most two seconds.
"""

import shutil
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from core.db import Database, open_database
from core.keeping import erasing, overwriting
from core.keeping.erasing import Erased
from tests.benchmarks import million

TRACES = 40_000
WHY = "To see how long it takes."


def main() -> None:
    many = int(sys.argv[1]) if len(sys.argv) > 1 else TRACES
    with tempfile.TemporaryDirectory(prefix="copydesk-bench-") as folder:
        path = Path(folder) / "copydesk.db"
        if len(sys.argv) > 2:
            shutil.copy(sys.argv[2], path)
        else:
            for _ in million.fill(path, many):
                pass
        with closing(open_database(path)) as db:
            trace_id, article = _chosen(db)
            print(f"{'':<40}{'off the record':>16}{'index':>10}{'journal':>10}")
            _measure(db, "one call", trace_id=trace_id)
            _measure(db, "all about the article with most calls", article=article)


def _chosen(db: Database) -> tuple[str, str]:
    """A call from the middle of the record, and the hash of the article that most calls are about."""
    with db.read() as connection:
        call = connection.execute(
            "select id from traces where source = 'api' and status = 'valid' "
            "and number > (select max(number) from traces) / 2 order by number limit 1"
        ).fetchone()["id"]
        article = connection.execute(
            "select article from traces where article is not null group by article order by count(*) desc limit 1"
        ).fetchone()["article"]
    return call, article


def _measure(db: Database, what: str, *, trace_id: str | None = None, article: str | None = None) -> None:
    start = time.perf_counter()
    done = _erase(db, trace_id, article)
    off = time.perf_counter()
    merged = off
    for step in overwriting.steps(db):
        merged = time.perf_counter() if step == "index" else merged
    end = time.perf_counter()
    print(
        f"{f'{what} ({done.traces:,})':<40}{off - start:>14.2f} s{merged - off:>8.2f} s{end - merged:>8.2f} s",
        flush=True,
    )


def _erase(db: Database, trace_id: str | None, article: str | None) -> Erased:
    if trace_id is not None:
        return erasing.trace(db, trace_id, author="bench", reason=WHY, within=0)
    assert article is not None
    return erasing.article(db, article, author="bench", reason=WHY, within=0)


if __name__ == "__main__":
    main()
