"""What a folder of prompts looks like, and that it holds plain files only."""

import re
from pathlib import Path

from core.errors import BadInput

RELEASES = "releases.yml"
ALL_DESKS = "all desks"

# 18 digits are within SQLite's integers.
VERSION_FILE = re.compile(r"([1-9][0-9]{0,17})\.prompt\.yml")


def refuse_links(*paths: Path) -> None:
    """`BadInput` if one of these is a symbolic link, which may lead anywhere."""
    for path in paths:
        if path.is_symlink():
            raise BadInput(f"{path} is a symbolic link. A folder of prompts holds plain files only.")


def name_of(path: Path) -> str:
    """How errors name a file of the folder."""
    return f"{path.parent.name}/{path.name}"
