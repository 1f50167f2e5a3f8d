"""The loop of all model calls ends without a trace of what it was doing."""

import subprocess
import sys
from pathlib import Path

from tests.conftest import ROOT
from tests.provider import Provider

# What happens at the exit comes after the interpreter has waited for all threads that it waits for.
STOPPED_WHILE_LOADING = """
import atexit, sys, time
from core import settings
from core.copydesk import open_copydesk
from core.headlines import Request
from core.llm import door

atexit.register(lambda: print("loaded" if door.loaded(offline=True) else "not waited for"))
with open_copydesk(settings.load()) as copydesk:
    copydesk.start(Request(article="The bridge closes.", desk="local"))
    while "litellm" not in sys.modules:
        time.sleep(0.001)
"""


# The tasks are cancelled at every moment of a call, also while litellm prepares it on a thread.
CUT_OFF = """
import asyncio, gc, sys
from core.llm import gateway, models
from core.llm.gateway import Patience, Question
from core.llm.models import Model, Models

loud = Models({"m": Model("m", "openai/gpt-4o-mini", {"api_base": sys.argv[1], "api_key": "sk-none"})})
question = Question("m", [{"role": "user", "content": "Ten headlines."}])

async def cut_off(seconds):
    calls = [
        asyncio.create_task(gateway.complete(question, loud, Patience(retries=0), report=lambda _: None)) for _ in range(20)
    ]
    await asyncio.sleep(seconds)
    for call in calls:
        call.cancel()
    await asyncio.gather(*calls, return_exceptions=True)

asyncio.run(gateway.complete(question, loud, Patience(), report=lambda _: None))
for number in range(10):
    asyncio.run(cut_off(number / 500))
gc.collect()
"""


class TestACallThatIsCutOff:
    def test_does_not_make_anybody_wait_for_what_is_still_loaded(self, tmp_path: Path) -> None:
        done = subprocess.run(
            [sys.executable, "-c", STOPPED_WHILE_LOADING], cwd=tmp_path, env={"PYTHONPATH": str(ROOT)},
            capture_output=True, text=True, timeout=60, check=False,
        )  # fmt: skip
        assert (done.stdout, done.stderr) == ("not waited for\n", "")

    def test_says_nothing_of_what_was_never_begun(self, tmp_path: Path) -> None:
        with Provider(latency=0.05) as provider:
            address = f"http://127.0.0.1:{provider.port}/ok/v1"
            done = subprocess.run(
                [sys.executable, "-c", CUT_OFF, address], cwd=tmp_path, env={"PYTHONPATH": str(ROOT)},
                capture_output=True, text=True, timeout=60, check=False,
            )  # fmt: skip
        assert (done.returncode, "never awaited" in done.stderr) == (0, False), done.stderr
