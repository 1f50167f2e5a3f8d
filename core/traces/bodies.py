"""How the long texts of a trace are kept: articles once by their hash, everything else compressed and beside the row.

A message that holds its article is stored as the pieces around it. So an article stands in the file only once, however
often it is asked about, and when it is erased it is gone from every message, too.
"""

import hashlib
import json
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from core.errors import DatabaseError
from core.llm.attempt import Message


class DamagedText(DatabaseError):
    """The bytes of a text are not those that were written."""

    def __init__(self) -> None:
        super().__init__("A text on record is damaged and cannot be read. python -m core doctor says how many are.")


@dataclass(frozen=True)
class PackedArticle:
    """An article as it is stored."""

    hash: str
    packed: bytes
    characters: int


def pack_article(text: str) -> PackedArticle:
    return PackedArticle(article_hash(text), pack_text(text), len(text))


def article_hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def pack(value: Any) -> bytes:
    """Plain data as compressed JSON."""
    return zlib.compress(json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode(), level=1)


def unpack(blob: bytes) -> Any:
    """The data that `pack` was given; `DamagedText` if they are not there any more."""
    try:
        return json.loads(zlib.decompress(blob))
    except (zlib.error, ValueError) as error:
        raise DamagedText from error


def pack_text(text: str) -> bytes:
    return zlib.compress(text.encode(), level=1)


def unpack_text(blob: bytes) -> str:
    """The text that `pack_text` was given; `DamagedText` if it is not there any more."""
    try:
        return zlib.decompress(blob).decode()
    except (zlib.error, UnicodeDecodeError) as error:
        raise DamagedText from error


def fold(messages: Sequence[Message], article: str | None) -> list[dict[str, Any]]:
    """Messages as role and pieces; the article stands between one piece and the next."""
    return [
        {"role": message["role"], "pieces": message["content"].split(article) if article else [message["content"]]}
        for message in messages
    ]


def unfold(folded: Sequence[Mapping[str, Any]], article: str | None) -> list[Message]:
    """The messages as they were sent."""
    return [{"role": message["role"], "content": (article or "").join(message["pieces"])} for message in folded]
