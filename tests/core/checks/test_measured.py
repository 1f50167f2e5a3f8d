"""The checks are measured on labelled headlines, and the page that says how good they are is written from that."""

from pathlib import Path

import pytest

from core.checks import measured, profile_files
from core.checks.measured import LabelledArticle, Measured
from core.checks.profile import Profiles
from core.checks.run import VERSIONS
from core.errors import BadInput
from tests.conftest import ROOT

FOLDER = ROOT / "prompts" / "labelled"
PAGE = ROOT / "docs" / "CHECKS.md"

ARTICLE = "The council spent 12 million euros on the bridge. It opens on Monday, the mayor said."
NUMBER = "Council spent 14 million euros on the bridge"
CLEAN = "Council spent 12 million euros on the bridge"


def labelled(*headlines: tuple[str, list[str]], pairs: object = ()) -> Measured:
    texts = [{"text": text, "faults": faults} for text, faults in headlines]
    article = LabelledArticle.model_validate({"article": ARTICLE, "desk": "local", "headlines": texts, "pairs": pairs})
    return measured.measure({"en": [article]}, Profiles())


def rate(found: Measured, check: str) -> tuple[int, int, int]:
    of = next(each for each in found.rates if each.check == check)
    return of.found, of.missed, of.false


@pytest.fixture(scope="module")
def ours() -> Measured:
    profiles = profile_files.read(ROOT / "prompts" / "profiles" / "newsroom.yml")
    return measured.measure(measured.read(FOLDER), profiles)


class TestRates:
    def test_a_labelled_fault_is_found_or_missed(self) -> None:
        found = labelled((NUMBER, ["unsupported_number"]), (CLEAN, ["unsupported_number"]))
        assert rate(found, "unsupported_number") == (1, 1, 0)

    def test_what_nobody_labelled_is_a_false_alarm(self) -> None:
        found = labelled((NUMBER, []), (CLEAN, []))
        assert rate(found, "unsupported_number") == (0, 0, 1)
        assert [(each.kind, each.headline) for each in found.mistakes] == [("false", NUMBER)]

    def test_precision_and_recall_are_shares_of_findings_and_of_faults(self) -> None:
        found = labelled(
            (NUMBER, ["unsupported_number"]), (NUMBER + ".", ["trailing_period"]), (CLEAN, ["unsupported_number"])
        )
        of = next(each for each in found.rates if each.check == "unsupported_number")
        assert (of.precision, of.recall) == (0.5, 0.5)

    def test_near_duplicates_are_labelled_by_pairs(self) -> None:
        pairs = [(0, 1, "near_duplicate"), (0, 2, "near_duplicate"), (1, 2, "different")]
        found = labelled((CLEAN, []), (NUMBER, ["unsupported_number"]), ("Mayor opens something", []), pairs=pairs)
        assert rate(found, "near_duplicate") == (1, 1, 0)

    def test_languages_are_added_up(self, ours: Measured) -> None:
        pooled = next(each for each in ours.pooled() if each.check == "unsupported_number")
        assert pooled.found == sum(each.found for each in ours.rates if each.check == "unsupported_number")


class TestTheLabelledSet:
    def test_has_at_least_300_headlines_in_four_languages(self, ours: Measured) -> None:
        assert ours.headlines >= 300
        assert {each.language for each in ours.rates} == {"en", "fr", "nl", "de"}

    def test_has_clean_headlines_and_planted_faults_of_each_kind(self, ours: Measured) -> None:
        assert ours.clean >= 120
        planted = {each.check for each in ours.pooled() if each.found + each.missed >= 3}
        # Those two depend on what a profile asks for, and have tests of their own.
        assert planted == VERSIONS.keys() - {"late_keyword", "banned_word"}

    def test_every_label_names_a_check(self, tmp_path: Path) -> None:
        (tmp_path / "en.yml").write_text("- {article: A, desk: local, headlines: [{text: B, faults: [ugly]}]}")
        with pytest.raises(BadInput, match=r"en\.yml labels ugly, which no check looks for"):
            measured.read(tmp_path)

    def test_a_broken_file_is_named(self, tmp_path: Path) -> None:
        (tmp_path / "fr.yml").write_text("nothing")
        with pytest.raises(BadInput, match=r"labelled headlines in fr\.yml cannot be read"):
            measured.read(tmp_path)


class TestThePage:
    def test_says_how_good_the_mended_checks_were_when_the_labels_were_unseen(self, ours: Measured) -> None:
        assert "other_language 1.00 and 0.25" in measured.report(ours)
        assert "little_overlap 0.28 and 1.00" in measured.report(ours)

    def test_says_what_was_measured(self, ours: Measured) -> None:
        written = measured.report(ours)
        if not PAGE.exists() or PAGE.read_text(encoding="utf-8") != written:
            PAGE.write_text(written, encoding="utf-8")
            pytest.fail("docs/CHECKS.md did not say what the checks do; it was written anew. Read it and commit it.")
