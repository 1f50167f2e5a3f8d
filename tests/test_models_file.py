"""The models file that is shipped: every model asks for what it lacks, and takes what the shipped prompt sends."""

import pytest

from core.llm import models
from core.llm.door import litellm
from core.llm.models import OFFLINE, Model
from core.prompts import files
from tests.conftest import ROOT

SHIPPED = ROOT / "models.yml"
PROMPT = ROOT / "prompts" / "headlines-2.prompt.yml"
OFFERED = [model for model in models.load(SHIPPED, {}) if model.name != OFFLINE]


class TestModelsFile:
    def test_holds_no_key(self) -> None:
        assert all(not model.settings for model in OFFERED)

    @pytest.mark.parametrize("model", OFFERED, ids=lambda model: model.name)
    def test_each_names_what_to_set(self, model: Model) -> None:
        assert model.missing

    @pytest.mark.parametrize("model", OFFERED, ids=lambda model: model.name)
    def test_each_takes_what_the_shipped_prompt_sends(self, model: Model) -> None:
        content = files.read(PROMPT).content
        name, provider, *_ = litellm().get_llm_provider(model.call)
        sent = litellm().get_optional_params(
            model=name,
            custom_llm_provider=provider,
            response_format=content.response_format(),
            **content.parameters.sent(),
        )
        assert sent["temperature"] == content.parameters.temperature
