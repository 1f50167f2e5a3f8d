"""Read a folder of prompts as the untrusted input that it is: one wrong file, and nothing of it is taken."""

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from core.errors import BadInput
from core.prompts import files, names, plain_yaml, template
from core.prompts.files import PromptFile
from core.prompts.folder.layout import RELEASES, VERSION_FILE, name_of, refuse_links
from core.prompts.releases import Environment


class Live(BaseModel):
    """What the folder says is live at a place."""

    model_config = ConfigDict(extra="forbid")

    environment: Environment
    desk: str = Field(min_length=1)
    version: int = Field(gt=0)
    hash: str = Field(pattern="^[0-9a-f]{64}$")


@dataclass(frozen=True)
class FoundVersion:
    """A version with the number of its file; `source` names that in remarks."""

    number: int
    file: PromptFile
    source: str


@dataclass(frozen=True)
class Found:
    """The versions of a folder, ordered by prompt and number, and by prompt what is live there."""

    versions: tuple[FoundVersion, ...]
    live: dict[str, tuple[Live, ...]]


def read(folder: Path) -> tuple[Found, list[str]]:
    """All that `folder` holds, checked, and what was passed over."""
    found: list[FoundVersion] = []
    live: dict[str, tuple[Live, ...]] = {}
    passed_over: list[str] = []
    for path in _entries(folder):
        if names.is_name(path.name):
            refuse_links(path)
        if path.is_symlink() or not path.is_dir() or path.name.startswith("."):
            _note_if_prompt(path, passed_over)
            continue
        for inside in _entries(path):
            numbered = VERSION_FILE.fullmatch(inside.name)
            if not names.is_name(path.name) or (numbered is None and inside.name != RELEASES):
                _note_if_prompt(inside, passed_over)
                continue
            _refuse_what_is_no_file(inside)
            if numbered is None:
                live[path.name] = _read_live(inside)
            else:
                found.append(_read_version(inside, int(numbered[1])))
    if not found:
        raise BadInput(f"{folder} holds no prompts: there is no <prompt>/<number>.prompt.yml in it.")
    found.sort(key=lambda one: (one.file.name, one.number))
    return Found(tuple(found), live), passed_over


def _entries(folder: Path) -> list[Path]:
    try:
        return sorted(folder.iterdir())
    except OSError as error:
        raise BadInput(f"{folder} cannot be read: {error}.") from error


def _note_if_prompt(path: Path, passed_over: list[str]) -> None:
    """Whoever put a prompt where nobody looks for it should hear of it; a README needs no word."""
    if path.name.endswith((".prompt.yml", ".prompt.yaml")):
        passed_over.append(f"{name_of(path)} was passed over: a version is found at <prompt>/<number>.prompt.yml.")


def _refuse_what_is_no_file(path: Path) -> None:
    refuse_links(path)
    if not path.is_file():
        raise BadInput(f"{name_of(path)} is no file.")


def _read_version(path: Path, number: int) -> FoundVersion:
    source = name_of(path)
    text = plain_yaml.read_text(path, source=source)
    file = files.parse(text, source=source)

    def line(*steps: int | str) -> int:
        return plain_yaml.load(text, source=source).line(steps)

    if file.name != path.parent.name:
        raise BadInput(f"{source}, line {line('name')}: this is a version of {file.name}, not of {path.parent.name}.")
    if file.parent is not None and file.parent >= number:
        where = line("copydesk", "parent")
        raise BadInput(f"{source}, line {where}: version {number} cannot start from version {file.parent}.")
    for index, message in enumerate(file.content.messages):
        try:
            template.check(message.content)
        except BadInput as error:
            where = line("messages", index, "content")
            raise BadInput(f"{source}, line {where}: {error.message}") from error
    return FoundVersion(number, file, source)


def _read_live(path: Path) -> tuple[Live, ...]:
    source = name_of(path)
    tree = plain_yaml.load(plain_yaml.read_text(path, source=source), source=source)
    try:
        return _Releases.model_validate(tree.value).live
    except ValidationError as error:
        raise tree.mistake(error) from None


class _Past(BaseModel):
    model_config = ConfigDict(extra="forbid")

    environment: Environment
    desk: str = Field(min_length=1)
    kind: Literal["released", "rolled back", "withdrawn"]
    version: int | None = None
    author: str
    createdAt: str
    reason: str = ""


class _Releases(BaseModel):
    model_config = ConfigDict(extra="forbid")

    live: tuple[Live, ...] = ()
    history: tuple[_Past, ...] = ()
