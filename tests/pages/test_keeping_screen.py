"""The screen of what is kept: the terms of each desk, what was taken away, and an examination."""

import os
import threading

import pytest

from core.copydesk import shared
from core.headlines import Request
from core.keeping import erasing, overwriting
from tests.core.api.caller import client
from tests.pages.test_screens import ARTICLE, screen, sentences


def test_it_tells_the_terms_of_each_desk(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COPYDESK_RETENTION", "production=90,production/sport=30")
    monkeypatch.setenv("COPYDESK_TEXTLESS_DESKS", "world")
    monkeypatch.setenv("COPYDESK_REDACT", "email")
    at = screen("keeping.py")
    assert not at.exception
    table = at.dataframe[0].value.set_index("Desk")
    assert list(table.loc["sport"]) == ["for ever", "for ever", "30 days"]
    assert list(table.loc["local"]) == ["for ever", "for ever", "90 days"]
    assert set(table.loc["world"]) == {"no texts"}
    assert "Taken out of every text: e-mail addresses" in sentences(at)


def test_it_tells_what_was_erased_and_why() -> None:
    at = screen("keeping.py")
    assert "Nothing yet. What is erased" in sentences(at)
    assert "Nothing yet. While Copydesk is served" in sentences(at)
    trace_id = shared().suggest(Request(article=ARTICLE, desk="local")).trace.id
    erasing.trace(shared().db, trace_id, author="ada", reason="The source withdrew.")
    at = screen("keeping.py")
    (row,) = at.dataframe[1].value.to_dict("records")
    assert (row["Who"], row["What"], row["Why"]) == ("ada", f"trace {trace_id[:18]} erased", "The source withdrew.")
    assert (row["How much"], row["In the file"]) == ("1 call, 1 article", "overwritten")


def test_it_tells_what_is_still_being_overwritten_in_the_file() -> None:
    trace_id = shared().suggest(Request(article=ARTICLE, desk="local")).trace.id
    erasing.trace(shared().db, trace_id, author="ada", reason="The source withdrew.", within=0)
    (row,) = screen("keeping.py").dataframe[1].value.to_dict("records")
    assert row["In the file"] == "being overwritten"
    assert "still being overwritten in the file" in sentences(screen("traces.py", trace=trace_id))
    assert overwriting.overwrite(shared().db)
    assert "being overwritten" not in sentences(screen("traces.py", trace=trace_id))


def test_it_says_where_an_erasure_is_started() -> None:
    at = screen("keeping.py")
    assert "open its trace and press Erase" in sentences(at)
    assert "Find the trace" in [str(link.proto.label) for link in at.get("page_link")]


def test_it_examines_the_installation() -> None:
    at = screen("keeping.py")
    at.button[0].click().run()
    assert not at.exception
    assert "Nothing to mend" in " ".join(each.value for each in at.success)
    shared().db.path.chmod(0o666)
    at.button[0].click().run()
    assert "can write to" in sentences(at)


def test_it_tells_what_copydesk_fails_at_by_itself() -> None:
    copydesk = shared()
    copydesk.db.write(lambda connection: connection.execute("alter table limits rename to elsewhere"))
    copydesk.chores.start()
    tried = threading.Event()
    while "Watch limits" not in copydesk.chores.outcomes:
        assert not tried.wait(0.01)
    copydesk.chores.stop()
    copydesk.db.write(lambda connection: connection.execute("alter table elsewhere rename to limits"))
    at = screen("keeping.py")
    assert "no such table" in at.warning[0].value
    (row,) = [each for each in at.dataframe[1].value.to_dict("records") if each["What"] == "Watch limits"]
    assert "no such table" in row["How it went"]
    assert row["By"].startswith(f"process {os.getpid()} on ")
    at.button[0].click().run()
    assert not at.exception
    assert sentences(at).replace("\\", "").count("Watch limits: ") == 1
    assert client().get("/api/health").json()["failing"] == ["Watch limits"]
