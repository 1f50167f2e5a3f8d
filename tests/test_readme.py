"""What the README says is so: its settings, commands, paths and pictures."""

import json
import re
import shlex
import subprocess
import sys
from pathlib import Path

import click
import pytest
from pydantic.fields import FieldInfo
from starlette.applications import Starlette
from starlette.routing import Mount
from starlette.testclient import TestClient

from core.api import create_api
from core.cli import commands
from core.copydesk import shared
from core.settings import Settings
from tests.conftest import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"^\S*python -m core (.+)$", README, re.MULTILINE)


def settings_table() -> list[str]:
    """The rows that the README should have."""
    return [
        f"| `COPYDESK_{name.upper()}` | {_default(field)} | {field.description} |"
        for name, field in Settings.model_fields.items()
    ]


def _default(field: FieldInfo) -> str:
    match field.default:
        case None | ():
            return "none"
        case Path() as path:
            return f"`{path.relative_to(ROOT).as_posix()}`"
        case tuple() as several:
            return f"`{','.join(several)}`"
        case value:
            return f"`{value}`"


def section(title: str) -> str:
    """The text below a heading, up to the next."""
    return README.partition(f"\n## {title}\n")[2].partition("\n## ")[0]


def map_of_the_house() -> list[str]:
    """Every path that the map names, in full."""
    drawn = section("The map of the house").partition("```text\n")[2].partition("```")[0]
    above: list[str] = []
    paths: list[str] = []
    for line in drawn.splitlines():
        name = line.split()[0]
        depth = (len(line) - len(line.lstrip())) // 2
        above[depth:] = [name]
        paths.append("".join(above))
    return paths


def folders() -> set[str]:
    """The folders that the map must name: all at the top that git would keep, and all packages of ours."""
    ignored = {line.rstrip("/") for line in (ROOT / ".gitignore").read_text(encoding="utf-8").split()} | {".git"}
    top = {f"{path.name}/" for path in ROOT.iterdir() if path.is_dir() and path.name not in ignored}
    packages = [path.parent for part in ("core", "pages") for path in (ROOT / part).rglob("__init__.py")]
    return top | {f"{path.relative_to(ROOT).as_posix()}/" for path in packages}


def curl() -> dict[str, object]:
    """The body that the README's first curl sends."""
    return json.loads(re.findall(r"-d '(\{.*?\})'", README, re.DOTALL)[0])


def example(line: str) -> list[str]:
    """The arguments of a command line; where its input comes from is the shell's affair."""
    return shlex.split(line.partition(" <")[0])


class TestSettings:
    def test_are_all_in_the_table_as_they_are_in_the_code(self) -> None:
        assert [line for line in section("Settings").splitlines() if line.startswith("| `")] == settings_table()


class TestMake:
    @pytest.mark.parametrize("target", sorted(set(re.findall(r"(?:^|`)make (\w+)", README, re.MULTILINE))))
    def test_each_target_exists(self, target: str) -> None:
        assert re.search(rf"^{target}:", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)

    def test_the_two_commands_are_told(self) -> None:
        assert {"make run", "make test"} <= set(re.findall(r"^make \w+", README, re.MULTILINE))


class TestMap:
    @pytest.mark.parametrize("path", map_of_the_house())
    def test_each_path_exists(self, path: str) -> None:
        assert (ROOT / path).is_dir() if path.endswith("/") else (ROOT / path).is_file()

    def test_no_folder_is_missing(self) -> None:
        assert folders() - set(map_of_the_house()) == set()


class TestCommandLine:
    @pytest.mark.parametrize("line", EXAMPLES)
    def test_each_example_is_understood(self, line: str) -> None:
        command: click.Command = commands
        words = [str(ROOT / word) if "/" in word else word for word in example(line)]
        while isinstance(command, click.Group):
            command = command.commands[words.pop(0)]
        command.make_context(command.name, words)

    def test_the_first_gives_ten_headlines(self) -> None:
        # The database is the test's own: COPYDESK_DB is set for every test.
        command = [sys.executable, "-m", "core", *example(EXAMPLES[0])]
        result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
        assert (result.returncode, len(result.stdout.splitlines())) == (0, 10), result.stderr


class TestApi:
    def test_the_request_is_answered(self) -> None:
        app = Starlette(routes=[Mount("/api", create_api(shared))])
        client = TestClient(app, base_url="http://localhost:8501", client=("127.0.0.1", 50000))
        answer = client.post("/api/headlines", json=curl()).json()
        assert (answer["status"], len(answer["headlines"])) == ("valid", 3)


class TestFiles:
    @pytest.mark.parametrize("path", re.findall(r"\]\((?!http)([^)#]+)\)", README))
    def test_each_link_and_picture_exists(self, path: str) -> None:
        assert (ROOT / path).is_file()

    @pytest.mark.parametrize("path", re.findall(r"-r (\S+\.txt)", README))
    def test_each_requirements_file_exists(self, path: str) -> None:
        assert (ROOT / path).is_file()

    def test_no_picture_is_heavy(self) -> None:
        assert all(path.stat().st_size <= 200_000 for path in (ROOT / "docs" / "pictures").glob("*.png"))
