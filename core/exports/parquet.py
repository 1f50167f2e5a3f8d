"""Rows as a Parquet file that comes out bit by bit: what is packed leaves at once, the index of it at the end."""

import importlib
import io
from collections.abc import Mapping, Sequence
from typing import Any

# Compiled, they tell no types.
pyarrow: Any = importlib.import_module("pyarrow")
parquet: Any = importlib.import_module("pyarrow.parquet")

_TEXT, _NUMBER, _FIGURE = pyarrow.string(), pyarrow.int64(), pyarrow.float64()
_NUMBERS = ("version", "release", "asked", "given", "attempts", "input_tokens", "output_tokens")
_FIGURES = ("duration_ms", "first_headline_ms", "cost_usd")
_LISTS = ("headlines", "feedback")


class Packing:
    """A file under way. Its schema is that of all exports, whatever is in the rows."""

    def __init__(self, columns: Sequence[str]) -> None:
        self._out = _Outgoing()
        self._schema = pyarrow.schema([(name, _type(name)) for name in columns])
        self._writer = parquet.ParquetWriter(self._out, self._schema, compression="zstd")

    def pack(self, rows: Sequence[Mapping[str, object]]) -> bytes:
        """Put in rows; returns what the file has grown by."""
        self._writer.write_table(pyarrow.Table.from_pylist(list(rows), schema=self._schema))
        return self._out.taken()

    def end(self) -> bytes:
        """The end of the file."""
        self._writer.close()
        return self._out.taken()


class _Outgoing(io.RawIOBase):
    """A file that forgets what was taken from it."""

    def __init__(self) -> None:
        self._pieces: list[bytes] = []
        self._at = 0

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        piece = bytes(data)
        self._pieces.append(piece)
        self._at += len(piece)
        return len(piece)

    def tell(self) -> int:
        return self._at

    def taken(self) -> bytes:
        data = b"".join(self._pieces)
        self._pieces.clear()
        return data


def _type(name: str) -> Any:
    if name == "asked_at":
        return pyarrow.timestamp("ms", tz="UTC")
    if name in _LISTS:
        return pyarrow.list_(_TEXT)
    return _NUMBER if name in _NUMBERS else _FIGURE if name in _FIGURES else _TEXT
