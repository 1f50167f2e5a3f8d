"""The README's pictures of a story: what a punchier prompt does to each desk, and what the gate says to it."""

import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.test_first_headlines import choose
from tests.conftest import ROOT

EXAMPLES = ROOT / "prompts" / "examples"
ME = ("--author", "Ada")
Take = Callable[[Page, str], None]


def told(folder: Path) -> str:
    """Do what the README's commands of the story do; returns the id of the run."""
    said(folder, "profiles", "add", str(EXAMPLES / "desk-rules.yml"), "--note", "What sport and politics mind.", *ME)
    said(folder, "prompts", "import", str(EXAMPLES / "headlines-punchy.prompt.yml"), *ME)
    run = said(
        folder, "eval", "newsroom", "--candidate", "headlines@3", "--baseline", "production", "--repeats", "3", *ME
    )
    return run.stderr.split()[-1]


def said(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """A command of Copydesk on the database in this folder."""
    environment = os.environ | {"COPYDESK_DB": str(folder / "copydesk.db")}
    command = [sys.executable, "-m", "core", *arguments]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True)


def pictures(page: Page, app: str, run: str, take: Take) -> None:
    """The comparison by desk, the gate that fails for all desks, and that it passes for sport."""
    page.goto(f"{app}/evals?run={run}&compare=1&of=without_fail")
    expect(page.get_by_text("How do they stand in every measure?")).to_be_visible(timeout=60_000)
    take(page, "story-desks")
    page.goto(f"{app}/prompts?prompt=headlines&version=3&release=production")
    expect(page.get_by_text("The gate fails for all desks")).to_be_visible(timeout=60_000)
    take(page, "story-refused")
    choose(page, "For", "sport")
    expect(page.get_by_text("The gate passes for the sport desk")).to_be_visible(timeout=60_000)
    expect(page.get_by_text(re.compile("^Production, sport desk: from 2 to 3"))).to_be_visible()
    take(page, "story-sport")
