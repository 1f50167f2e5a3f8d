"""Write an export to a file, which is there whole or not at all."""

import os
from collections.abc import Iterator
from pathlib import Path

from core.db import Database
from core.errors import BadInput
from core.exports.pieces import Form, Piece, pieces
from core.traces.finding.find import Find


def write(db: Database, find: Find, form: Form, path: Path) -> Iterator[Piece]:
    """Write all that a search finds; yields each piece once it is written. A file that is there is replaced."""
    growing = path.with_name(f"{path.name}.part")
    try:
        with growing.open("wb") as file:
            for piece in pieces(db, find, form):
                file.write(piece.data)
                yield piece
            file.flush()
            os.fsync(file.fileno())
        growing.replace(path)
    except OSError as error:
        raise BadInput(f"{path} cannot be written: {error.strerror or error}.") from error
    finally:
        growing.unlink(missing_ok=True)
