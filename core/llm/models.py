"""The models on offer: those of `models.yml`, in LiteLLM's own `model_list` format, and always the offline ones."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from core.errors import BadInput, KeyRejected, NotFound

OFFLINE = "offline/lede"
"""Writes headlines without being a language model."""
OFFLINE_JUDGE = "offline/judge"
"""Judges headlines without being a language model."""
_FROM_ENVIRONMENT = "os.environ/"


@dataclass(frozen=True)
class Model:
    """One model on offer. `call` is what litellm knows it by; `missing` names the variables that it still needs."""

    name: str
    call: str
    settings: Mapping[str, Any] = field(default_factory=dict[str, Any], repr=False)
    """Further arguments of the call: the address, the key. Never shown, logged or stored."""
    missing: tuple[str, ...] = ()
    secrets: tuple[str, ...] = field(default=(), repr=False)
    """What came from the environment."""

    @property
    def offline(self) -> bool:
        return self.call.startswith("offline/")

    def key_missing(self) -> KeyRejected:
        names = " and ".join(self.missing)
        return KeyRejected(f"{self.name} is not set up: set {names} in the environment or in .env, then start again.")

    def without_secrets(self, text: str) -> str:
        """A provider's text with this model's keys blanked out, since some providers repeat them in an error."""
        named = [each for name, value in self.settings.items() if _SECRET_NAMES.search(name) for each in _texts(value)]
        for secret in (*self.secrets, *named):
            text = text.replace(secret, "[key]")
        return text


_SECRET_NAMES = re.compile("key|secret|token|password|credential|headers", re.IGNORECASE)


class Models:
    """The models on offer, in the order of the file, the offline ones first."""

    def __init__(self, models: Mapping[str, Model]) -> None:
        self._models = {name: Model(name, name) for name in (OFFLINE, OFFLINE_JUDGE)} | dict(models)

    def __iter__(self) -> Iterator[Model]:
        """The models that can write headlines."""
        return (model for model in self._models.values() if model.name != OFFLINE_JUDGE)

    def judges(self) -> Iterator[Model]:
        """The models that can judge headlines."""
        return (model for model in self._models.values() if model.name != OFFLINE)

    def get(self, name: str) -> Model:
        try:
            return self._models[name]
        except KeyError:
            known = ", ".join(self._models)
            raise NotFound(f"There is no model {name!r} on offer; there are {known}.") from None


class _Entry(BaseModel):
    model_config = ConfigDict(extra="allow", protected_namespaces=())

    model_name: str = Field(min_length=1)
    litellm_params: dict[str, Any]


class _File(BaseModel):
    model_config = ConfigDict(extra="allow", protected_namespaces=())

    model_list: list[_Entry] = []


def load(path: Path, keys: Mapping[str, str]) -> Models:
    """The models of a file; `keys` holds the variables that `os.environ/NAME` may name. No file: the offline one only.

    A file that cannot be read, or that names a model twice, is `BadInput`.
    """
    if not path.exists():
        return Models({})
    try:
        value: Any = yaml.safe_load(path.read_text(encoding="utf-8"))
        file = _File.model_validate({} if value is None else value)
    except yaml.MarkedYAMLError as error:
        # The error's own text repeats the lines around it, and a key may stand there.
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise BadInput(f"The models file {path.name} cannot be read: line {line}, {error.problem}.") from None
    except ValidationError as error:
        first = error.errors(include_input=False)[0]
        where = ".".join(str(part) for part in first["loc"])
        raise BadInput(f"The models file {path.name} is wrong at {where or 'its top'}: {first['msg']}.") from None
    except (OSError, ValueError, RecursionError, yaml.YAMLError) as error:
        raise BadInput(f"The models file {path.name} cannot be read: {error}.") from error
    models: dict[str, Model] = {}
    for entry in file.model_list:
        if entry.model_name in models or entry.model_name in (OFFLINE, OFFLINE_JUDGE):
            raise BadInput(
                f"The models file {path.name} names {entry.model_name!r} twice. To spread load over several deployments, "
                "put a LiteLLM proxy in front and name it here once."
            )
        models[entry.model_name] = _model(entry, keys, path)
    return Models(models)


def _model(entry: _Entry, keys: Mapping[str, str], path: Path) -> Model:
    settings: dict[str, Any] = {}
    missing: list[str] = []
    secrets: list[str] = []
    for name, value in entry.litellm_params.items():
        if isinstance(value, str) and value.startswith(_FROM_ENVIRONMENT):
            variable = value.removeprefix(_FROM_ENVIRONMENT)
            if not keys.get(variable):
                missing.append(variable)
                continue
            value = keys[variable]
            secrets.append(value)
        settings[name] = value
    call = settings.pop("model", None)
    if not isinstance(call, str):
        raise BadInput(f"The models file {path.name} gives {entry.model_name!r} no model.")
    try:
        json.dumps(settings)
    except (TypeError, ValueError):
        raise BadInput(
            f"The models file {path.name} gives {entry.model_name!r} a setting that is no plain value."
        ) from None
    return Model(entry.model_name, call, settings, tuple(missing), tuple(secrets))


def _texts(value: Any) -> list[str]:
    """The texts in a setting, or in a mapping of them; what is shorter than four characters hides nothing."""
    values = cast("dict[str, Any]", value).values() if isinstance(value, dict) else [value]
    return [text for text in values if isinstance(text, str) and len(text) > 3]
