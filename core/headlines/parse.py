"""Find the headlines in whatever a model sent: JSON, fenced JSON, JSON in prose, broken JSON, or a list in plain text.

Two promises. It never raises, whatever the text. And it never invents: each headline stands in the answer as it is
returned; what was cut off in the middle is left out rather than shown as a headline.
"""

import json
import re
from collections.abc import Iterator
from typing import Any, cast

import json_repair
from pydantic_core import from_json

LONGEST_ANSWER = 200_000
LONGEST_LINE = 300
_DEEPEST = 6

_THINKING = re.compile(r"<(think|thinking|reasoning)>.*?(</\1>|\Z)", re.DOTALL | re.IGNORECASE)
_FENCE = re.compile(r"```[a-zA-Z0-9_-]*[ \t]*\n?(.*?)(?:```|\Z)", re.DOTALL)
_ITEM = re.compile(r"^\s*(?:\(?\d{1,2}\s?[.):]|[-*•‣–—●▪]|#\d{1,2}[.:]?)(?:\s+|(?=[*_\"“«„]))(?P<text>.*\S)\s*$")
_LABEL = re.compile(
    r"^(?:headline|title|option|suggestion|titre|proposition|kop|titel|suggestie|schlagzeile|überschrift|vorschlag)"
    r"\s*(?:n[°o]\s*)?\d{1,2}\s*[:.)–-]\s*",
    re.IGNORECASE,
)
_BOLD = re.compile(r"^(\*\*|__)(?P<text>.+?)\1(?P<rest>.*)$")
_WORD = re.compile(r"[^\W_]")
_QUOTES = (('"', '"'), ("“", "”"), ("„", "“"), ("„", "”"), ("«", "»"), ("»", "«"), ("‹", "›"), ("「", "」"))
_TEXT_FIELDS = ("headline", "text", "title", "titre", "kop", "titel", "schlagzeile", "überschrift", "value", "content")
_LIST_FIELDS = ("headlines", "titles", "suggestions", "options", "titres", "koppen", "schlagzeilen", "results")
_NUMBERED_KEY = re.compile(r"^[^\W\d]*[\s_-]?\d{1,2}$")


def parse(answer: str, *, truncated: bool = False) -> list[str]:
    """The headlines of an answer in its own order, as the model wrote them; none is an empty list.

    `truncated` says that the model stopped in the middle, so that the last line of a plain list is not whole.
    """
    text = _THINKING.sub("", answer[:LONGEST_ANSWER]).lstrip("\ufeff").strip()
    truncated = truncated or len(answer) > LONGEST_ANSWER
    for found in _readings(text, truncated=truncated):
        if found:
            return found
    return []


def growing(answer: str) -> list[str]:
    """The headlines that are complete in an answer still being written. For showing only; `parse` decides."""
    text = _THINKING.sub("", answer).lstrip()
    start = _json_start(text)
    if start is not None:
        return _strings(_partial(text[start:]))
    return _listed(text.rsplit("\n", 1)[0]) if "\n" in text else []


def _readings(text: str, *, truncated: bool) -> Iterator[list[str]]:
    """Every way to read a text, the strictest first."""
    yield _strings(_strict(text))
    fenced = [body.strip() for body in cast("list[str]", _FENCE.findall(text))]
    for body in fenced:
        yield _strings(_strict(body))
    yield from _embedded(text)
    for body in (*fenced, text):
        start = _json_start(body)
        if start is not None:
            yield _strings(_partial(body[start:]))
            yield _mended(body[start:])
    for body in (*fenced, text):
        # What looks like JSON and could not be read as such is no list of plain lines either.
        if not body.startswith(("{", "[")):
            lines = body.rsplit("\n", 1)[0] if truncated and "\n" in body else "" if truncated else body
            yield _listed(lines) or _plain(lines)


def _strict(text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def _partial(text: str) -> Any:
    """JSON that ends too early, without the string that was cut; None for JSON that is broken before its end."""
    # pydantic alone would also stop, without a word, at an unescaped quotation mark and hand out half a headline.
    try:
        return from_json(text, allow_partial=True) if _is_cut(text) else None
    except ValueError:
        return None


def _is_cut(text: str) -> bool:
    """True for JSON that is fine as far as it goes."""
    try:
        json.loads(text)
    except json.JSONDecodeError as error:
        return error.pos >= len(text) or error.msg.startswith("Unterminated string")
    except RecursionError:
        return False
    return True


def _embedded(text: str) -> Iterator[list[str]]:
    """JSON inside prose: each balanced value that starts at a bracket; several objects count together."""
    decoder = json.JSONDecoder()
    singles: list[str] = []
    position = 0
    tries = 0
    while tries < 200 and (match := re.compile(r"[{\[]").search(text, position)):
        tries += 1
        try:
            value, position = decoder.raw_decode(text, match.start())
        except (ValueError, RecursionError):
            position = match.start() + 1
            continue
        found = _strings(value)
        if len(found) > 1:
            yield found
        singles.extend(found)
    yield singles


def _mended(text: str) -> list[str]:
    """Broken JSON, mended by a library; only strings that the answer really holds come back."""
    try:
        value = json_repair.loads(text)
    except (ValueError, RecursionError, IndexError, TypeError):
        return []
    found = [headline for headline in _strings(value) if _stands_in(headline, text)]
    # Without a closing bracket the last string was cut, and the library closed it for us.
    return found if text.rstrip().rstrip("`").rstrip().endswith(("]", "}")) else found[:-1]


def _stands_in(headline: str, text: str) -> bool:
    return (
        headline in text or json.dumps(headline, ensure_ascii=False)[1:-1] in text or json.dumps(headline)[1:-1] in text
    )


def _json_start(text: str) -> int | None:
    """Where JSON begins: a bracket with a quotation mark, a bracket or a key near it."""
    match = re.search(r"[{\[]\s*[\"'“{\[\w]", text)
    return None if match is None else match.start()


def _strings(value: Any, depth: int = 0) -> list[str]:
    """The headlines in decoded JSON: the first list of texts that is found from the outside in."""
    if depth > _DEEPEST:
        return []
    if isinstance(value, list):
        return [text for item in cast("list[Any]", value) for text in _text_of(item, depth)]
    if not isinstance(value, dict):
        return []
    fields = cast("dict[str, Any]", value)
    named: list[Any] = [fields[name] for name in _LIST_FIELDS if isinstance(fields.get(name), list | dict)]
    others: list[Any] = [item for item in fields.values() if isinstance(item, list | dict)]
    for inner in [*named, *others]:
        if found := _strings(inner, depth + 1):
            return found
    numbered = [item for key, item in fields.items() if _NUMBERED_KEY.match(key) and isinstance(item, str)]
    return numbered or _field_text(fields)


def _text_of(item: Any, depth: int) -> list[str]:
    """A list's entry: a text, an object that holds one, or a list within the list."""
    if isinstance(item, str):
        return [item]
    if isinstance(item, dict):
        return _field_text(cast("dict[str, Any]", item)) or _strings(item, depth + 1)
    return _strings(item, depth + 1)


def _field_text(fields: dict[str, Any]) -> list[str]:
    """The one text of an object such as {"headline": "…", "angle": "…"} or {"headline": {"text": "…"}}."""
    lowered = {key.casefold(): item for key, item in fields.items()}
    for name in _TEXT_FIELDS:
        inner = lowered.get(name)
        if isinstance(inner, str):
            return [inner]
        if isinstance(inner, dict):
            return _field_text(cast("dict[str, Any]", inner))
    return []


def _listed(text: str) -> list[str]:
    """The entries of a numbered or bulleted list, without their marks."""
    items = (_ITEM.match(line) for line in text.splitlines())
    return [_clean(item["text"]) for item in items if item and _WORD.search(item["text"])]


def _plain(text: str) -> list[str]:
    """Lines without marks: headlines if there are several of them, or a single one that is no sentence."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    headlines = [line for line in lines if len(line) <= LONGEST_LINE and not _is_talk(line)]
    if len(headlines) == 1 and (len(lines) > 2 or headlines[0].endswith((".", "!", "?")) or " " not in headlines[0]):
        return []
    return [_clean(line) for line in headlines]


_TALK = re.compile(
    r"^(?:sure|certainly|of course|here (?:are|is)|i (?:hope|can|am|'m|’m|cannot|have)|let me know|feel free|i'm sorry|sorry|"
    r"bien sûr|voici|j'espère|n'hésitez|natuurlijk|hier (?:zijn|is|sind|ist)|laat (?:me|het)|gerne|natürlich|"
    r"ich hoffe|lassen sie|as an ai)\b",
    re.IGNORECASE,
)


def _is_talk(line: str) -> bool:
    """What a model says to the person, or a server to a browser, rather than a headline."""
    spoken = bool(_TALK.match(line)) and line.endswith((".", "!", "?"))
    return (
        spoken or line.endswith((":", "：")) or (line.startswith("<") and line.endswith(">")) or not _WORD.search(line)
    )


def _clean(line: str) -> str:
    """A line without what only presents it: a label, bold marks, quotation marks around the whole."""
    line = _LABEL.sub("", line.strip())
    bold = _BOLD.match(line)
    if bold:
        rest = bold["rest"].strip()
        # "**Headline** – why it works" has an explanation behind it, "**Sport:** Headline" a kicker before it.
        is_kicker = bold["text"].rstrip().endswith(":") or rest.startswith(":")
        line = f"{bold['text'].strip()}{'' if rest.startswith(':') else ' '}{rest}" if is_kicker else bold["text"]
        line = _LABEL.sub("", line.strip())
    for opening, closing in _QUOTES:
        inner = line[1:-1]
        if (
            len(line) > 2
            and line.startswith(opening)
            and line.endswith(closing)
            and opening not in inner
            and closing not in inner
        ):
            return inner.strip()
    return line.strip()
