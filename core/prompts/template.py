"""Fill a prompt's templates. Who may write a prompt must not thereby gain the machine, its memory or its time.

Jinja's sandbox keeps templates from our objects, but not from loops within loops or strings of gigabytes. Templates
therefore get a small language: variables, conditions and a few filters. There is nothing in a prompt to loop over.
"""

import math
import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any, cast

from jinja2 import StrictUndefined, Template, TemplateRuntimeError, TemplateSyntaxError, UndefinedError, meta, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment

from core.errors import BadInput

LONGEST_RENDERING = 1_000_000
DEEPEST = 40
MOST_NODES = 1_000

_ALLOWED = (
    nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name, nodes.Const, nodes.If, nodes.CondExpr, nodes.Filter,
    nodes.Test, nodes.Compare, nodes.Operand, nodes.And, nodes.Or, nodes.Not, nodes.Keyword,
)  # fmt: skip
_FILTERS = {"upper", "lower", "capitalize", "trim", "length", "wordcount", "truncate", "default", "first", "last"}

_environment = ImmutableSandboxedEnvironment(undefined=StrictUndefined, autoescape=False, keep_trailing_newline=True)
cast("dict[str, Any]", _environment.globals).clear()

_TESTS = frozenset(cast("dict[str, Any]", _environment.tests))

# Names that Jinja fills in by itself, with objects of its own.
_SPECIAL = {"self", "caller", "loop", "varargs", "kwargs", "super"}


def check(source: str) -> None:
    """Refuse a template that cannot be used, with the line and a sentence (`BadInput`)."""
    _compile(source)


def variables(source: str) -> frozenset[str]:
    """The names that a template needs to be given."""
    return frozenset(meta.find_undeclared_variables(_parse(source)))


def render(source: str, values: Mapping[str, str | int]) -> str:
    """The template with its variables filled in. One that is missing, or a text beyond all measure, is `BadInput`."""
    pieces: list[str] = []
    length = 0
    try:
        for piece in _compile(source).generate(values):
            length += len(piece)
            if length > LONGEST_RENDERING:
                raise BadInput(f"The prompt grows beyond {LONGEST_RENDERING:,} characters. Use the article only once.")
            pieces.append(piece)
    except UndefinedError as error:
        raise BadInput(f"The prompt uses a variable that it is not given: {error.message}.") from error
    except (TypeError, ValueError, ArithmeticError, AssertionError, TemplateRuntimeError) as error:
        raise BadInput(f"The prompt cannot be filled in: {error}.") from error
    return "".join(pieces)


@lru_cache(maxsize=256)
def _compile(source: str) -> Template:
    _parse(source)
    return _environment.from_string(source)


def _parse(source: str) -> nodes.Template:
    try:
        tree = _environment.parse(source)
    except TemplateSyntaxError as error:
        raise BadInput(f"The template breaks at line {error.lineno}: {error.message}") from error
    except RecursionError as error:
        raise BadInput("The template is nested too deeply.") from error
    except ValueError as error:
        raise BadInput(f"The template breaks at line {_line_of_long_number(source)}: {error}") from error
    for node, line in _walk(tree):
        fault = _fault(node)
        if fault is not None:
            raise BadInput(f"The template uses {fault} at line {line}.")
    return tree


def _fault(node: nodes.Node) -> str | None:
    """What is wrong with one node of a template, if anything is."""
    match node:
        case nodes.Name() if node.name in _SPECIAL:
            return f"{node.name!r}, which is no variable,"
        case nodes.Test() if node.name not in _TESTS:
            return f"a test {node.name!r} that there is not"
        case nodes.Const() if isinstance(node.value, float) and not math.isfinite(node.value):
            return "a number beyond all measure"
        case nodes.Filter() if node.name not in _FILTERS:
            return f"the filter {node.name!r}, but there are only {', '.join(sorted(_FILTERS))},"
        case _ if not isinstance(node, _ALLOWED):
            return f"{type(node).__name__.lower()!r}, but only variables, if and filters are allowed,"
        case _:
            return None


def _line_of_long_number(source: str) -> int:
    """Where the number stands that Python refuses to read for its thousands of digits; Jinja does not say."""
    lines = enumerate(source.splitlines(), 1)
    return next((number for number, text in lines if re.search(r"\d{4300}", text)), 1)


def _walk(tree: nodes.Template) -> Iterator[tuple[nodes.Node, int]]:
    """Every node with its line, without recursion; too deep or too many is `BadInput`."""
    waiting: list[tuple[nodes.Node, int, int]] = [(tree, 1, 0)]
    seen = 0
    while waiting:
        node, line, depth = waiting.pop()
        line = node.lineno or next((child.lineno for child in node.iter_child_nodes() if child.lineno), line)
        seen += not isinstance(node, nodes.TemplateData)
        if depth > DEEPEST or seen > MOST_NODES:
            raise BadInput(f"The template is nested too deeply, or too long, at line {line}.")
        yield node, line
        waiting.extend((child, line, depth + 1) for child in reversed(list(node.iter_child_nodes())))
