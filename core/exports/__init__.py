"""What a search finds as a file: CSV for a spreadsheet, JSONL with everything, Parquet for any engine.

    for piece in exports.pieces(db, find, "csv"):
        file.write(piece.data)

Nothing is held in memory but a page of traces, and who writes waits for nobody who exports.
"""

from core.exports.pieces import FORMS, MEDIA_TYPES, Form, Piece, pieces
from core.exports.writing import write

__all__ = ["FORMS", "MEDIA_TYPES", "Form", "Piece", "pieces", "write"]
