"""What became of a call, in one word that looks the same on every screen; told apart without colour, too."""

from dataclasses import dataclass
from typing import Literal

import streamlit as st

from core.traces.model import Status


@dataclass(frozen=True)
class Look:
    colour: Literal["green", "orange", "red", "gray"]
    icon: str
    meaning: str


LOOKS: dict[Status, Look] = {
    "valid": Look("green", "check", "The first answer kept the contract."),
    "repaired": Look("green", "build", "The contract was kept after asking again for what was missing."),
    "incomplete": Look("orange", "rule", "Fewer headlines than were asked for, even after asking again."),
    "failed": Look("red", "error", "No headline came of it."),
    "interrupted": Look("red", "power_off", "Copydesk was stopped while this was being asked."),
    "refused": Look("gray", "block", "It could not be asked: something is wrong with the request."),
    "open": Look("gray", "hourglass_empty", "Still being asked."),
}


def badge(status: Status) -> None:
    look = LOOKS[status]
    st.badge(status, icon=f":material/{look.icon}:", color=look.colour, help=look.meaning)
