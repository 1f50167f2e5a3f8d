"""The address that opens a version with its release dialog, filled in for a place that somebody asked about."""

from collections.abc import Collection
from typing import cast

import streamlit as st

from core.prompts.releases import ENVIRONMENTS, Environment, Place


def to_release(place: Place, version: int) -> dict[str, str]:
    """The parameters for a place; without a desk it is meant for all."""
    address = {"prompt": place.prompt, "version": str(version), "release": place.environment}
    return address | ({"for": place.desk} if place.desk else {})


def take(prompt: str, desks: Collection[str]) -> Place | None:
    """The place that the address asks for, once: whoever closes the dialog does not find it open again."""
    address = st.query_params
    environment, desk = address.pop("release", None), address.pop("for", None)
    if environment not in ENVIRONMENTS or not (desk is None or desk in desks):
        return None
    return Place(prompt, cast("Environment", environment), desk)
