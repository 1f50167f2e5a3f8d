"""What a database file still holds, whatever SQLite says: the rows, the pages that are free, the journal, what is compressed."""

import sqlite3
import zlib
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path

_COMPRESSED = b"\x78\x01"


def held(path: Path, secrets: list[str]) -> set[str]:
    """Those of the secrets that stand anywhere in the file or its journal, as they are or compressed, in any letter case.

    The index of words writes a word without the letters that it shares with the one before; so a word is looked for
    without its first three letters.
    """
    text = "\n".join(_texts(path)).lower()
    raw = b"\n".join(_raw(path)).lower()
    return {
        secret
        for secret in secrets
        if secret.lower() in text
        or secret.lower().encode() in raw
        or (" " not in secret and secret.lower()[3:].encode() in raw)
    }


def _raw(path: Path) -> list[bytes]:
    files = [path, path.with_name(f"{path.name}-wal"), path.with_name(f"{path.name}-shm")]
    return [file.read_bytes() for file in files if file.exists()]


def _texts(path: Path) -> list[str]:
    """Every value of every row, and whatever can be decompressed anywhere in the bytes."""
    found = [_decompressed(raw, at) for raw in _raw(path) for at in _places(raw)]
    with closing(sqlite3.connect(path)) as connection:
        tables = [row[0] for row in connection.execute("select name from sqlite_master where type = 'table'")]
        for table in tables:
            if table == "trace_search":
                continue
            for row in connection.execute(f'select * from "{table}"'):
                for value in row:
                    found.append(_decompressed(value, 0) if isinstance(value, bytes) else str(value))
    return found


def _places(raw: bytes) -> list[int]:
    places: list[int] = []
    at = raw.find(_COMPRESSED)
    while at >= 0:
        places.append(at)
        at = raw.find(_COMPRESSED, at + 1)
    return places


def _decompressed(data: bytes, at: int) -> str:
    # Byte by byte, so that what comes before a break is had, too.
    reader = zlib.decompressobj()
    out = b""
    with suppress(zlib.error):
        for start in range(at, min(len(data), at + 65_536), 64):
            out += reader.decompress(data[start : start + 64])
            if reader.eof:
                break
    return out.decode(errors="replace")


def index_terms(path: Path) -> set[str]:
    """Every term in the pieces of the index of words, also where only a mark says that it was taken out.

    Pages are read as FTS5 writes them: a term that follows another one in its page has none of the letters that both begin
    with. What SQLite lists by itself are the terms that are still in use.
    """
    with closing(sqlite3.connect(path)) as connection:
        separators = {row[0] for row in connection.execute("select term from trace_search_idx")}
        pages = connection.execute(
            "select block from trace_search_data where id > 10 and (id >> 31) & 63 = 0"
        ).fetchall()
    terms = {term for page in pages for term in _terms(page[0])} | separators
    return {term[1:].decode(errors="replace") for term in terms}


def _terms(page: bytes) -> Iterator[bytes]:
    size = int.from_bytes(page[2:4])
    term, at, place = b"", 0, size
    while place < len(page):
        step, place = _number(page, place)
        # The first number says where the first term is, the others how far on the next one.
        is_first, at = at == 0, at + step
        shared, start = (0, at) if is_first else _number(page, at)
        length, start = _number(page, start)
        term = term[:shared] + page[start : start + length]
        yield term


def _number(data: bytes, at: int) -> tuple[int, int]:
    """A number as SQLite packs it, here of up to 28 bits, and the place behind it."""
    value = 0
    while True:
        byte = data[at]
        value, at = value << 7 | byte & 0x7F, at + 1
        if not byte & 0x80:
            return value, at
