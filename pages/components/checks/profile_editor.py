"""Change the profiles part by part, see what differs from what is in use, and put it in use with a note that says why."""

from collections.abc import Sequence

import streamlit as st

from core import profiles
from core.checks import profile_changes
from core.checks.profile import Profiles
from core.copydesk import Copydesk
from core.errors import BadInput, Conflict, CopydeskError
from pages.components import person
from pages.components.checks import profile_choices, profile_dialog, profile_draft, profile_words
from pages.components.checks.profile_change_table import profile_change_table
from pages.components.checks.profile_draft import EVERYBODY, Part, ProfileDraft
from pages.components.checks.profile_part_form import profile_part_form
from pages.components.formats import plain
from pages.components.keep_typing import keep_typing


def profile_editor(copydesk: Copydesk) -> None:
    """Draw the editor of this window's draft."""
    draft = profile_draft.current(copydesk.db)
    writing, reading = st.columns([7, 5], gap="large")
    part = draft.part(draft.chosen)
    with writing:
        # Drawn last, for the name of a rule is what its form holds.
        above = st.container()
        choices = {
            "desk": profile_choices.desks(copydesk, draft.start),
            "channel": profile_choices.channels(copydesk, draft.start),
            "language": profile_choices.languages(draft.start),
        }
        profile_part_form(part, choices, key=draft.id)
    with above:
        _part_choice(draft, part)
    with reading:
        edited = _differences(draft)
        _save(copydesk, draft, edited)
    keep_typing()


def _part_choice(draft: ProfileDraft, part: Part) -> None:
    labels = {EVERYBODY: "What is asked of everybody"}
    for number, rule in enumerate(draft.rules, 1):
        named = (rule.named.get("desk"), rule.named.get("channel"), rule.named.get("language"))
        labels[rule.id] = f"Rule {number}: {profile_words.rule_name(*named)}"
    # Streamlit knows an option by its label; where a label changes, the field is another one.
    key = f"{draft.id}-part-{hash(tuple(labels.values()))}"
    st.selectbox(
        "Change",
        [*labels],
        [*labels].index(part.id),
        key=key,
        format_func=lambda part_id: labels[part_id],
        on_change=_choose,
        args=(draft, key),
        help="All rules whose desk, channel and language fit apply, in their order: later ones over earlier ones.",
    )
    is_rule = part is not draft.everybody
    place = draft.rules.index(part) if is_rule else -1
    with st.container(horizontal=True):
        st.button("Add a rule", icon=":material/add:", on_click=_add, args=(draft,))
        st.button(
            "Move up", icon=":material/arrow_upward:", disabled=place < 1, on_click=_move, args=(draft, place, -1)
        )
        st.button(
            "Move down",
            icon=":material/arrow_downward:",
            disabled=not is_rule or place == len(draft.rules) - 1,
            on_click=_move,
            args=(draft, place, 1),
        )
        st.button("Remove", icon=":material/delete:", disabled=not is_rule, on_click=_remove, args=(draft, place))


def _choose(draft: ProfileDraft, key: str) -> None:
    draft.chosen = st.session_state[key]


def _add(draft: ProfileDraft) -> None:
    draft.rules.append(profile_draft.new_rule())
    draft.chosen = draft.rules[-1].id


def _move(draft: ProfileDraft, place: int, step: int) -> None:
    rules = draft.rules
    rules[place], rules[place + step] = rules[place + step], rules[place]


def _remove(draft: ProfileDraft, place: int) -> None:
    del draft.rules[place]
    draft.chosen = EVERYBODY


def _differences(draft: ProfileDraft) -> Profiles | None:
    """Show what was changed; None where nothing was, or where it cannot be, which is then said."""
    st.subheader(f"What differs from version {draft.seen.version}, in use now", anchor=False)
    try:
        edited = draft.profiles()
    except BadInput as error:
        st.error(plain(error.message), icon=":material/error:")
        return None
    found: Sequence[profile_changes.Change] = profile_changes.changes(draft.start, edited)
    if not found:
        st.caption("Nothing yet.")
        return None
    profile_change_table(found, "In use", "Yours")
    return edited


def _save(copydesk: Copydesk, draft: ProfileDraft, edited: Profiles | None) -> None:
    note = st.text_input(
        "What changes, and why?", key=f"{draft.id}-note", max_chars=500, placeholder="The note of the new version"
    )
    author = person.name_field(f"{draft.id}-author")
    st.caption("It applies at once to every new headline, in the CMS too.")
    with st.container(horizontal=True):
        if st.button("Save and use", type="primary", icon=":material/save:", disabled=edited is None):
            assert edited is not None
            try:
                made = profiles.change(copydesk.db, edited, note=note, author=author, seen=draft.seen)
            except Conflict as error:
                profile_draft.look_again(copydesk.db, draft)
                profile_dialog.refused(error.message)
                st.rerun()
            except CopydeskError as error:
                st.error(plain(error.message), icon=":material/error:")
            else:
                profile_draft.discard()
                profile_dialog.done(made)
        if draft.touched:
            with st.popover("Start over", icon=":material/delete:"):
                st.write("What you changed here will be gone.")
                st.button("Discard my changes", on_click=profile_draft.discard)
