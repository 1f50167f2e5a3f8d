"""One name for all forms of a window, and what of a cookie is taken as one."""

from urllib.parse import quote

import pytest
from streamlit.testing.v1 import AppTest

from pages.components.person import from_cookie


def two_forms() -> None:
    import streamlit as st

    from pages.components import person

    if st.toggle("Elsewhere"):
        person.remember("Ben")
    person.name_field("one")
    person.name_field("other")


@pytest.fixture
def at() -> AppTest:
    return AppTest.from_function(two_forms).run()


class TestTheField:
    def test_knows_the_name_that_was_given_in_another_one(self, at: AppTest) -> None:
        at.text_input("one").input("Ada").run()
        assert at.text_input("other").value == "Ada"

    def test_knows_the_name_that_was_given_elsewhere_on_the_screen(self, at: AppTest) -> None:
        at.text_input("one").input("Ada").run()
        at.toggle[0].set_value(True).run()
        assert [field.value for field in at.text_input] == ["Ben", "Ben"]

    def test_is_told_the_name_in_every_run_for_the_first_may_be_cut_short(self) -> None:
        at = AppTest.from_function(two_forms)
        at.session_state["person"] = "Ada"
        at.run().run()
        assert [(field.value, field.proto.default) for field in at.text_input] == [("Ada", "Ada")] * 2

    def test_that_was_emptied_stays_empty(self, at: AppTest) -> None:
        at.text_input("one").input("Ada").run()
        at.text_input("one").input("").run()
        at.run()
        assert at.text_input("one").value == ""


class TestACookie:
    @pytest.mark.parametrize(
        ("written", "name"),
        [
            (quote("Zoë d’Arc"), "Zoë d’Arc"),
            (quote(" Ada "), "Ada"),
            (quote("A\u202eda\n"), "Ada"),
            (quote("A" * 81), ""),
            ("%ff", "\ufffd"),
            ("", ""),
        ],
    )
    def test_is_read_as_a_name_if_it_can_be_one(self, written: str, name: str) -> None:
        assert from_cookie(written) == name
