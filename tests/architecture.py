"""Read what modules import, write and call, and say where that is against the rules of `tests.test_architecture`.

Everything here takes source texts, so that the rules can be shown failing.
"""

import ast
import functools
import re
from collections.abc import Iterable, Mapping, Sequence, Set
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

from tests.conftest import ROOT

# A table's name that is put in at run time, or added to the text, is no name: it shows as {} or as nothing.
_WRITE = re.compile(
    r"\b(?:insert\s+(?:or\s+\w+\s+)?into|replace\s+into|delete\s+from|update\s+(?:or\s+\w+\s+)?(?=[\w{}\"]+\s+set\b))\s*"
    r"[\"'`\[]?(\w+|\{\}|$)",
    re.IGNORECASE,
)

Sources = Mapping[str, str]


def read_sources() -> dict[str, str]:
    """Every module of ours with its text."""
    paths = [ROOT / "app.py", *(ROOT / "core").rglob("*.py"), *(ROOT / "pages").rglob("*.py")]
    return {_module(path): path.read_text(encoding="utf-8") for path in paths}


def imports(module: str, sources: Sources) -> set[str]:
    """What a module imports, wherever in its text: our modules by their full name, others by their package and name."""
    found: set[str] = set()
    for node in ast.walk(_parsed(sources[module])):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            base = _absolute(module, node, sources)
            inner = {f"{base}.{alias.name}" for alias in node.names}
            # `from core import clock` imports a module, `from core.clock import now_ms` a part of one.
            found |= {name if name in sources else base for name in inner}
        elif isinstance(node, ast.Call) and ast.unparse(node.func).split(".")[-1] in ("import_module", "__import__"):
            found |= {_text(argument) for argument in node.args[:1]} - {""}
    return found


def wrong_imports(sources: Sources, may_import: Mapping[str, Set[str]]) -> list[str]:
    """Imports that go up or sideways, and modules that have no place yet."""
    wrong: list[str] = []
    for module in sources:
        area = _area(module, may_import)
        if area is None:
            wrong.append(f"{module} has no place in MAY_IMPORT")
            continue
        for name in sorted(imports(module, sources)):
            target = _area(name, may_import)
            allowed = may_import[area] | {area}
            if target is None or any(_within(target, each) for each in allowed):
                continue
            wrong.append(f"{module} imports {name}")
    return wrong


def wrong_packages(sources: Sources, only_in: Mapping[str, Sequence[str]]) -> list[str]:
    """Imports of a package outside the places that it is kept to."""
    return [
        f"{module} imports {name}"
        for module in sources
        for name in sorted(imports(module, sources))
        for package, places in only_in.items()
        if _within(name, package) and not any(_within(module, place) for place in places)
    ]


def cycle(sources: Sources) -> list[str]:
    """The modules of a cycle of imports, or none."""
    graph = {module: imports(module, sources) & sources.keys() for module in sources}
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        return list(error.args[1])
    return []


def wrong_writes(sources: Sources, owners: Mapping[str, str], also_writes: Mapping[str, Set[str]]) -> list[str]:
    """SQL that writes to a table outside the module that owns it, or to a table whose name cannot be read."""
    return [
        f"{module} writes to {table}"
        for module, source in sources.items()
        for table in sorted(written_tables(source))
        if owners.get(table) != module and table not in also_writes.get(module, ())
    ]


def written_tables(source: str) -> set[str]:
    """The tables that the texts of a source write to; `?` stands for one whose name is put in at run time."""
    tree = _parsed(source)
    prose = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    inner = {id(part) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in node.values}
    texts = [_text(node) for node in ast.walk(tree) if id(node) not in prose | inner]
    tables = {match[1] for text in texts for match in _WRITE.finditer(text)}
    return {table if re.fullmatch(r"\w+", table) else "?" for table in tables}


def ungated(sources: Sources, may_release: Set[str]) -> list[str]:
    """Modules that put a version into a place without asking its gate."""
    called = re.compile(r"(?:\b|_)releases\.release\(|from core\.prompts\.releases import[^\n]*\brelease\b")
    return [
        module
        for module, source in sources.items()
        if module not in may_release and "releases" in source and called.search(_without_docstrings(source))
    ]


@functools.cache
def _parsed(source: str) -> ast.Module:
    return ast.parse(source)


def _without_docstrings(source: str) -> str:
    tree = ast.parse(source)
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            node.value = ast.Constant(None)
    return ast.unparse(tree)


def _module(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def _absolute(module: str, node: ast.ImportFrom, sources: Sources) -> str:
    if not node.level:
        return node.module or ""
    package = module if any(name.startswith(f"{module}.") for name in sources) else module.rpartition(".")[0]
    parts = package.split(".")
    return ".".join([*parts[: len(parts) - node.level + 1], *([node.module] if node.module else [])])


def _area(module: str, may_import: Iterable[str]) -> str | None:
    """The area of one of our modules; `core` itself is the place of nothing but its own docstring."""
    fitting = [area for area in may_import if _within(module, area) and (area != "core" or module == "core")]
    return max(fitting, key=len, default=None)


def _within(name: str, area: str) -> bool:
    return name == area or name.startswith(f"{area}.")


def _text(node: ast.AST) -> str:
    if isinstance(node, ast.JoinedStr):
        return "".join(_text(part) or "{}" for part in node.values)
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""
