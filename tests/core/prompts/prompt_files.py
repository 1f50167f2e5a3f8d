"""Prompt files as the tests of reading and writing them need them."""

from pathlib import Path

import pytest

from core.errors import BadInput
from core.prompts import files
from core.prompts.files import PromptFile

SHIPPED = sorted((Path(__file__).parents[3] / "prompts").glob("*.prompt.yml"))
WRITERS = [path for path in SHIPPED if path.name.startswith("headlines-")]

HEAD = """\
name: headlines
model: offline/lede
messages:
  - role: user
    content: "{{ article }}"
"""


def parse(text: str) -> PromptFile:
    return files.parse(text, source="headlines.prompt.yml")


def message(text: str) -> str:
    with pytest.raises(BadInput) as caught:
        parse(text)
    return caught.value.message
