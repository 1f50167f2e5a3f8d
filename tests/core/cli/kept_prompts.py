"""Prompts on record for the command line."""

from pathlib import Path

from tests.command_line import printed

POEMS = """\
name: poems
model: offline/lede
messages:
  - role: system
    content: Write „Größe“ 🌉.
  - role: user
    content: |
      {{ article }}
      Ten lines.
copydesk:
  note: The first.
"""


def saved(text: str, name: str = "poems") -> int:
    """The number of the version that this text of a file is saved as."""
    path = Path(f"{name}-next.prompt.yml")
    path.write_text(text)
    return printed("prompts", "import", str(path), "--note", "Next.")[0]["version"]
