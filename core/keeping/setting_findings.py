"""What is wrong with the settings of an installation, and with the files that they name."""

import os
import tomllib
from collections.abc import Iterator
from pathlib import Path

from core import policy
from core.errors import CopydeskError
from core.evals.gates import rules
from core.keeping import retention
from core.keeping.finding import Finding, mend, mind
from core.llm import models
from core.prompts import files as prompt_files
from core.prompts.releases import ENVIRONMENTS
from core.settings import ROOT, Settings

_HERE = ("localhost", "127.0.0.1", "::1")


def listening(chosen: Settings | None) -> Iterator[Finding]:
    """Who can reach the screens and the API."""
    address = os.environ.get("STREAMLIT_SERVER_ADDRESS") or _configured_address()
    if address not in _HERE:
        yield mend(
            "address",
            f"The screens are served at {address or 'every address of this machine'}, and they have no sign-in: whoever "
            "reaches this machine can release, edit and read.",
            "Set STREAMLIT_SERVER_ADDRESS=localhost, and put a proxy with a sign-in before it.",
        )
        if chosen is not None and chosen.api_token is None:
            yield mind(
                "API",
                "COPYDESK_API_TOKEN is not set, so the API serves this machine only.",
                "Set it to a long random text.",
            )


def files(chosen: Settings) -> Iterator[Finding]:
    """The files that the settings name: are they there, and can they be read?"""
    yield from _secrets()
    yield from _policy(chosen)
    yield from _retention(chosen)
    yield from _models(chosen)
    yield from _prompts(chosen.prompts)
    yield from _gates(chosen.gates)


def _configured_address() -> str:
    path = ROOT / ".streamlit" / "config.toml"
    try:
        return str(tomllib.loads(path.read_text(encoding="utf-8")).get("server", {}).get("address", ""))
    except (OSError, ValueError):
        return ""


def _secrets() -> Iterator[Finding]:
    path = Path(".env")
    if path.is_file() and path.stat().st_mode & 0o044:
        yield mend(
            ".env",
            "Other users of this machine can read .env, where keys and tokens stand.",
            f"chmod 600 {path.resolve()}",
        )


def _policy(chosen: Settings) -> Iterator[Finding]:
    try:
        policy.of(chosen)
    except CopydeskError as error:
        yield mend("redaction", error.message, "Correct it; Copydesk does not start with it.")
    path = chosen.redact_words
    if path is not None and path.is_file() and path.stat().st_mode & 0o044:
        yield mend(
            "redaction", f"Other users of this machine can read {path}, where the words stand.", f"chmod 600 {path}"
        )


def _retention(chosen: Settings) -> Iterator[Finding]:
    try:
        kept = retention.parse(chosen.retention)
    except CopydeskError as error:
        yield mend("retention", error.message, "Correct it; Copydesk does not start with it.")
        return
    for rule in kept.rules:
        if rule.desk is not None and rule.desk not in chosen.desks:
            yield mend(
                "retention",
                f"COPYDESK_RETENTION has a rule for {rule.place}, and there is no such desk.",
                f"Name one of {', '.join(chosen.desks)}.",
            )


def _models(chosen: Settings) -> Iterator[Finding]:
    if not chosen.models.exists():
        yield mind("models", f"There is no file {chosen.models}, so only the offline model is on offer.", _NAME_IT)
        return
    try:
        offered = models.load(chosen.models, chosen.provider_keys)
    except CopydeskError as error:
        yield mend("models", error.message, "Correct the file; Copydesk does not start with it.")
        return
    for model in offered:
        if model.missing:
            needed = " and ".join(model.missing)
            yield mind(
                "models", f"{model.name} cannot be asked: {needed} is not set.", "Set it, or leave the model out."
            )


def _prompts(folder: Path) -> Iterator[Finding]:
    found = sorted(folder.glob("*.prompt.yml")) if folder.is_dir() else []
    if not found:
        yield mend(
            "prompts", f"There are no prompts in {folder}.", "Name the folder that has them in COPYDESK_PROMPTS."
        )
    for path in found:
        try:
            prompt_files.read(path)
        except CopydeskError as error:
            yield mend("prompts", error.message, "Correct the file; Copydesk does not start with it.")


def _gates(folder: Path) -> Iterator[Finding]:
    found = sorted(folder.glob("*.yml")) if folder.is_dir() else []
    if not found:
        yield mind(
            "gates", f"There are no gates in {folder}: every version can be released untested.", "See prompts/gates."
        )
    for path in found:
        for environment in ENVIRONMENTS:
            try:
                rules.of(folder, path.stem, environment)
            except CopydeskError as error:
                yield mend("gates", error.message, "Correct the file; nothing can be released to its environment.")
                break


_NAME_IT = "That is well for a try. For a real model, name a file in COPYDESK_MODELS."
