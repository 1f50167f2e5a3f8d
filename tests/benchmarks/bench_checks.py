"""What do the checks cost?

Ten headlines against one article that nobody has read yet, by all checks, as `suggest()` does it: articles of 6,000 and of
100,000 characters (the most that is read), the latter in full prose and as nothing but numbers. The aim is 5 ms for ten
headlines and 6,000 characters. Then each check by itself; and how many lines a minute `python -m core check` gets through,
start included, with ten headlines for each article and with another article in every line. The aim is 30,000.
"""

import json
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from core.checks import profile_files
from core.checks.article import LONGEST, Article
from core.checks.case import Case
from core.checks.run import CHECKS, check_set
from core.headlines import samples
from core.llm import lede

ROOT = Path(__file__).parents[2]
AIM_MS = 5
AIM_LINES = 30_000
CHARACTERS = 6_000
HEADLINES = 10
ROUNDS = 200
ROUNDS_LONG = 20
LINES = 5_000
LANGUAGES = ("en", "fr", "nl", "de")
SHOWN = 8

PROFILE = profile_files.read(ROOT / "prompts" / "profiles" / "newsroom.yml").of(
    desk="local", channel="web", language="en"
)


def main() -> None:
    print(f"{HEADLINES} headlines, all {len(CHECKS)} checks, an article that nobody has read\n")
    print(f"{'':34}{'median':>10}{'p95':>10}")
    medians: list[float] = []
    for language in LANGUAGES:
        text = prose(language, CHARACTERS)
        times = _times(_set(text, language), ROUNDS)
        medians.append(statistics.median(times))
        _print(f"{language}, {len(text):,} characters", times)
    for name, text in (("prose", prose("en", LONGEST)), ("numbers", "12,400 or £2.8m, " * (LONGEST // 17))):
        _print(f"en, {len(text):,} characters of {name}", _times(_set(text, "en"), ROUNDS_LONG))
    _print_checks(prose("en", CHARACTERS))
    print(f"\nThe command, {LINES:,} lines, articles of {CHARACTERS:,} characters\n")
    lines = {
        "ten headlines for each article": _lines_a_minute(LINES // HEADLINES),
        "another article in every line": _lines_a_minute(LINES),
        "the same, two processes": _lines_a_minute(LINES, processes=2),
    }
    for name, speed in lines.items():
        print(f"{name:34}{speed:10,.0f} lines a minute   (aim: at least {AIM_LINES:,})")
    print(
        f"Result: ten headlines take {min(medians):.1f} to {max(medians):.1f} ms by language (aim: at most {AIM_MS} ms); the "
        f"command checks {min(lines.values()):,.0f} to {max(lines.values()):,.0f} lines a minute."
    )


def prose(language: str, characters: int) -> str:
    """The sample articles of a language, one after the other, as often as it takes."""
    texts = [sample.text for sample in samples.listing(ROOT / "prompts" / "samples") if sample.language == language]
    joined = "\n\n".join(texts) + "\n\n"
    return (joined * (characters // len(joined) + 1))[:characters]


def headlines(text: str) -> list[str]:
    """What the offline model writes for an article."""
    question = (
        f"Write {HEADLINES} headlines of at most 70 characters, as JSON.\n\n<article>\n{text[:CHARACTERS]}\n</article>"
    )
    answer = lede.answer([{"role": "user", "content": question}], json_wanted=True)
    return json.loads(answer)["headlines"][:HEADLINES]


def _set(text: str, language: str) -> Callable[[], object]:
    written = headlines(prose(language, CHARACTERS))
    assert len(written) == HEADLINES
    return lambda: check_set(written, Article(text, language), PROFILE)


def _print_checks(text: str) -> None:
    """Each check by itself, all on one article: who is first to ask for something of it pays for it."""
    written = headlines(text)
    times: dict[str, list[float]] = {check.name: [] for check in CHECKS}
    for _ in range(ROUNDS):
        article = Article(text, "en")
        cases = [Case(headline, article, PROFILE) for headline in written]
        for check in CHECKS:
            times[check.name].append(_time(lambda check=check, cases=cases: [check(case) for case in cases]))
    costliest = sorted(times, key=lambda name: -statistics.median(times[name]))
    print(
        f"\nThe costliest checks (en, {len(text):,} characters; whoever asks the article first pays for reading it)\n"
    )
    for name in costliest[:SHOWN]:
        _print(name, times[name])
    rest = sum(statistics.median(times[name]) for name in costliest[SHOWN:])
    print(f"{f'the {len(costliest) - SHOWN} others together':34}{rest:7.2f} ms")


def _lines_a_minute(articles: int, *, processes: int = 1) -> float:
    chance = random.Random(5)
    text = prose("en", CHARACTERS)
    written = headlines(text)
    sentences = text.split(". ")
    with tempfile.TemporaryDirectory(prefix="copydesk-bench-") as folder:
        path = Path(folder) / "headlines.jsonl"
        with path.open("w", encoding="utf-8") as file:
            for number in range(LINES):
                if number % (LINES // articles) == 0:
                    chance.shuffle(sentences)
                line = {"article": ". ".join(sentences), "headline": written[number % HEADLINES], "desk": "local"}
                file.write(json.dumps(line, ensure_ascii=False) + "\n")
        start = time.perf_counter()
        command = [sys.executable, "-m", "core", "check", path, "--processes", str(processes)]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, check=True)
        seconds = time.perf_counter() - start
    assert done.stdout.count(b"\n") == LINES
    return LINES / seconds * 60


def _print(name: str, times: Sequence[float]) -> None:
    print(f"{name:34}{statistics.median(times):7.2f} ms{statistics.quantiles(times, n=20)[-1]:7.2f} ms")


def _times(function: Callable[[], object], rounds: int) -> list[float]:
    function()
    return [_time(function) for _ in range(rounds)]


def _time(function: Callable[[], object]) -> float:
    start = time.perf_counter()
    function()
    return (time.perf_counter() - start) * 1000


if __name__ == "__main__":
    main()
