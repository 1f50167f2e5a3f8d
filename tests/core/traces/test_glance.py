"""What a list shows of its traces beside their figures: the first headline, and what people decided."""

from core.db import Database
from core.feedback import Given, give
from core.keeping import erasing
from core.traces.finding import glance
from core.traces.finding.find import Find
from core.traces.finding.glance import Glance
from tests.records import put


def test_the_first_headline_of_each_is_shown(db: Database) -> None:
    one, other = put(db, "Bridge closes", "Ferry carries"), put(db, "Council votes")
    seen = glance.at(db, [one, other])
    assert (seen[one].headline, seen[other].headline) == ("Bridge closes", "Council votes")


def test_of_a_search_the_headline_that_holds_most_of_its_words_is_shown(db: Database) -> None:
    trace = put(db, "Bridge closes", "Petition grows", "Bridge petition grows", "Council votes on petitions")
    for text, headline, is_held in (
        ("petition", "Petition grows", True), ("petition bridge", "Bridge petition grows", True),
        ("vot*", "Council votes on petitions", True), ('"closes petition"', "Bridge closes", False),
        ("PÉTITION -bridge", "Petition grows", True), ("ferry", "Bridge closes", False),
    ):  # fmt: skip
        seen = glance.at(db, [trace], Find(text=text).wanted)[trace]
        assert (seen.headline, seen.holds_words) == (headline, is_held), text


def test_what_people_decided_is_counted_as_far_as_it_stands(db: Database) -> None:
    trace = put(db, "Bridge closes", "Ferry carries", "Traders fear")
    for kind, position, text in (
        ("picked", 0, None), ("rejected", 1, None), ("edited", 1, "Ferry takes"), ("thumb", 2, None), ("rejected", 2, None),
    ):  # fmt: skip
        value = -1 if kind == "thumb" else None
        give(db, Given(trace, kind, "Ada", "api", position=position, text=text, value=value))  # pyright: ignore[reportArgumentType]
    assert dict(glance.at(db, [trace])[trace].decided) == {"picked": 1, "edited": 1, "rejected": 1}


def test_of_what_gave_none_or_was_erased_there_is_nothing(db: Database) -> None:
    failed, erased = put(db), put(db, "Bridge closes")
    erasing.trace(db, erased, author="ada", reason="The source withdrew.")
    seen = glance.at(db, [failed, erased])
    assert (seen[failed], seen[erased].headline) == (Glance(), None)


def test_it_is_read_by_keys_alone(db: Database) -> None:
    with db.read() as connection:
        for statement in (glance.HEADLINES, glance.ALL_HEADLINES, glance.DECISIONS):
            plan = [row["detail"] for row in connection.execute(f"explain query plan {statement}", ("[]",))]
            assert not [step for step in plan if step.startswith("SCAN") and "json_each" not in step]
