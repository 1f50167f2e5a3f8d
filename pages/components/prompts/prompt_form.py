"""A prompt's content as a form that needs no knowledge of files."""

from collections.abc import Iterable, Sequence
from typing import Any

import streamlit as st
from pydantic import ValidationError

from core.errors import BadInput
from core.llm.models import Model, Models
from core.prompts import tasks
from core.prompts.content import Content, MessageTemplate

_ROLES = {"system": "Instructions (system)", "user": "Request (user)", "assistant": "Example answer (assistant)"}
_OUTPUTS = {
    "json_schema": "JSON that follows a schema",
    "json_object": "JSON",
    "text": "Plain text",
}
_EFFORTS = ("none", "minimal", "low", "medium", "high")


def prompt_form(prompt: str, content: Content, models: Models, *, key: str) -> Content:
    """Draw the form and return what it holds; a value that cannot be is `BadInput`.

    Messages are added and taken away by buttons, after which the screen runs anew: `key` must change with them.
    """
    st.caption("What a call fills in: " + ", ".join(f"`{{{{ {name} }}}}`" for name in tasks.variables(prompt)))
    messages = [_message(message, number, key) for number, message in enumerate(content.messages)]
    with st.expander("Model and settings", icon=":material/tune:"):
        model = _model(content, models.judges() if tasks.judges(prompt) else models, key)
    contract = content.contract.model_dump(mode="json")
    if not tasks.judges(prompt):
        with st.expander("Contract: how many headlines, and how long", icon=":material/rule:"):
            contract = _contract(content, key)
    with st.expander("Description", icon=":material/notes:"):
        description = st.text_area("What this prompt is for", content.description, key=f"{key}-description")
    whole = content.model_dump(mode="json") | model
    whole |= {"messages": messages, "contract": contract, "description": description}
    try:
        return Content.model_validate(whole)
    except ValidationError as error:
        first = error.errors(include_input=False)[0]
        raise BadInput(f"{'.'.join(str(step) for step in first['loc'])} is wrong: {first['msg']}.") from None


def with_example(content: Content) -> Content:
    """The same with an empty example, a request and its answer, before the last message."""
    example = (MessageTemplate(role="user", content=""), MessageTemplate(role="assistant", content=""))
    return content.model_copy(update={"messages": (*content.messages[:-1], *example, content.messages[-1])})


def without(content: Content, number: int) -> Content:
    """The same without one of its messages."""
    return content.model_copy(update={"messages": (*content.messages[:number], *content.messages[number + 1 :])})


def _message(message: MessageTemplate, number: int, key: str) -> dict[str, str]:
    role = st.selectbox(
        f"Message {number + 1}",
        list(_ROLES),
        index=list(_ROLES).index(message.role),
        format_func=lambda role: _ROLES[role],
        key=f"{key}-role-{number}",
    )
    text = st.text_area(
        f"Text of message {number + 1}",
        message.content,
        key=f"{key}-text-{number}",
        height="content",
        label_visibility="collapsed",
        max_chars=50_000,
    )
    return {"role": role, "content": text}


def _model(content: Content, models: Iterable[Model], key: str) -> dict[str, Any]:
    offered = {model.name: model for model in models}
    names = _with(list(offered), [content.model])
    parameters = content.parameters

    def label(name: str) -> str:
        return name if name in offered else f"{name} (not on offer here)"

    model = st.selectbox("Model", names, index=names.index(content.model), format_func=label, key=f"{key}-model")
    fallbacks = st.multiselect(
        "If it fails, ask",
        _with(list(offered), content.fallbacks),
        content.fallbacks,
        format_func=label,
        key=f"{key}-fallbacks",
        placeholder="no other model",
    )
    st.caption("What is left empty is not sent, so that the provider's own default holds.")
    one, two, three = st.columns(3)
    chosen = {
        "temperature": one.number_input(
            "Temperature", 0.0, 2.0, parameters.temperature, 0.1, key=f"{key}-temperature", placeholder="default"
        ),
        "top_p": two.number_input(
            "Top p", 0.01, 1.0, parameters.top_p, 0.05, key=f"{key}-top-p", placeholder="default"
        ),
        "max_tokens": three.number_input(
            "Most tokens", 1, None, parameters.max_tokens, key=f"{key}-max-tokens", placeholder="default"
        ),
        "seed": one.number_input("Seed", value=parameters.seed, step=1, key=f"{key}-seed", placeholder="none"),
        "reasoning_effort": two.selectbox(
            "Reasoning",
            _EFFORTS,
            index=None if parameters.reasoning_effort is None else _EFFORTS.index(parameters.reasoning_effort),
            key=f"{key}-effort",
            placeholder="default",
        ),
        "stop": three.multiselect(
            "Stop at",
            parameters.stop or (),
            parameters.stop or (),
            key=f"{key}-stop",
            accept_new_options=True,
            placeholder="nothing",
        )
        or None,
    }
    output = st.selectbox(
        "Answer as",
        list(_OUTPUTS),
        index=list(_OUTPUTS).index(content.output),
        format_func=lambda mode: _OUTPUTS[mode],
        key=f"{key}-output",
    )
    return {"model": model, "fallbacks": fallbacks, "parameters": chosen, "output": output}


def _contract(content: Content, key: str) -> dict[str, Any]:
    contract = content.contract
    count = st.number_input("Headlines", 1, 50, contract.count, key=f"{key}-count")
    st.caption("The most characters, spaces included. More channels can be added in the file.")
    columns = st.columns(len(contract.limits))
    limits = {
        channel: column.number_input(channel, 1, None, contract.limits[channel], key=f"{key}-limit-{channel}")
        for column, channel in zip(columns, contract.channels, strict=True)
    }
    return {"count": count, "limits": limits}


def _with(names: list[str], more: Sequence[str]) -> list[str]:
    return list(dict.fromkeys([*names, *more]))
