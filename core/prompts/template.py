"""Fill a prompt's templates. Who may write a prompt must not thereby gain the machine, its memory or its time.

Jinja's sandbox keeps templates from our objects, but not from loops within loops or strings of gigabytes. Templates
therefore get a small language: variables, conditions and a few filters. There is nothing in a prompt to loop over.
"""

from collections.abc import Mapping
from functools import lru_cache

from jinja2 import StrictUndefined, Template, TemplateSyntaxError, UndefinedError, meta, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment

from core.errors import BadInput

LONGEST_RENDERING = 1_000_000

_ALLOWED = (
    nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name, nodes.Const, nodes.If, nodes.CondExpr, nodes.Filter,
    nodes.Test, nodes.Compare, nodes.Operand, nodes.And, nodes.Or, nodes.Not, nodes.Keyword,
)  # fmt: skip
_FILTERS = {"upper", "lower", "capitalize", "trim", "length", "wordcount", "truncate", "default", "first", "last"}

_environment = ImmutableSandboxedEnvironment(undefined=StrictUndefined, autoescape=False, keep_trailing_newline=True)


def check(source: str) -> None:
    """Refuse a template that cannot be used, with the line and a sentence (`BadInput`)."""
    _parse(source)


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
    except (TypeError, ValueError, ArithmeticError) as error:
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
    for node in tree.find_all(nodes.Node):
        if not isinstance(node, _ALLOWED):
            what = type(node).__name__.lower()
            raise BadInput(
                f"The template uses {what!r} at line {node.lineno}; only variables, if and filters are allowed."
            )
        if isinstance(node, nodes.Filter) and node.name not in _FILTERS:
            known = ", ".join(sorted(_FILTERS))
            raise BadInput(f"The template uses the filter {node.name!r} at line {node.lineno}; there are {known}.")
    return tree
