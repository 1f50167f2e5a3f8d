"""Bring the prompts that travel with the code into the database, so that a fresh installation can work at once."""

from contextlib import suppress
from pathlib import Path

from core.db import Database
from core.errors import Conflict
from core.prompts import files, releases, versions

AUTHOR = "copydesk"


def bring_in(db: Database, folder: Path) -> None:
    """Import every `*.prompt.yml` of `folder`, in the order of their names, as versions.

    What is there already stays as it is. A prompt that an environment does not serve yet is released to it in its newest
    shipped version; a newsroom's own releases are never touched.
    """
    shipped: dict[str, int] = {}
    for path in sorted(folder.glob("*.prompt.yml")):
        file = files.read(path)
        version = versions.save(db, file.name, file.content, note=file.note or f"From {path.name}", author=AUTHOR)
        shipped[file.name] = version.number
    for prompt, number in shipped.items():
        for environment in releases.ENVIRONMENTS:
            if not releases.is_served(db, prompt, environment):
                place = releases.Place(prompt, environment)
                # Several processes may start on a new database at once; one of them is first, and that is enough.
                with suppress(Conflict):
                    releases.release(db, place, number, author=AUTHOR, reason="Shipped with Copydesk.", seen=None)
