"""The models on offer: the offline one always, those of `models.yml` beside it, and no key ever where it can be read."""

from pathlib import Path

import pytest

from core.errors import BadInput, KeyRejected, NotFound
from core.llm import models
from core.llm.models import OFFLINE, OFFLINE_JUDGE, Model, Models

SECRET = "sk-geheim-0123456789"
KEYS = {"SOME_API_KEY": SECRET, "EMPTY_KEY": ""}

TWO = """\
model_list:
  - model_name: fast
    litellm_params:
      model: openai/gpt-4o-mini
      api_key: os.environ/SOME_API_KEY
  - model_name: own
    litellm_params:
      model: hosted_vllm/llama
      api_base: http://127.0.0.1:8000/v1
router_settings:
  num_retries: 3
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "models.yml"


def load(path: Path, text: str) -> Models:
    path.write_text(text, encoding="utf-8")
    return models.load(path, KEYS)


def one(path: Path, parameters: str) -> Model:
    return load(path, f"model_list:\n  - model_name: one\n    litellm_params: {parameters}\n").get("one")


def refusal(path: Path, text: str) -> str:
    with pytest.raises(BadInput) as caught:
        load(path, text)
    assert path.name in caught.value.message
    return caught.value.message


class TestWithoutAFile:
    def test_the_offline_model_is_on_offer(self, path: Path) -> None:
        assert [model.name for model in models.load(path, KEYS)] == [OFFLINE]

    def test_the_offline_model_is_marked_as_such(self, path: Path) -> None:
        assert models.load(path, KEYS).get(OFFLINE).offline

    @pytest.mark.parametrize("text", ["", "# nothing yet\n", "model_list: []\n", "router_settings: {}\n"])
    def test_an_empty_one_is_as_good_as_none(self, path: Path, text: str) -> None:
        assert [model.name for model in load(path, text)] == [OFFLINE]


class TestAFile:
    def test_is_offered_in_its_order_after_the_offline_model(self, path: Path) -> None:
        assert [model.name for model in load(path, TWO)] == [OFFLINE, "fast", "own"]

    def test_says_what_litellm_is_to_call(self, path: Path) -> None:
        assert load(path, TWO).get("own").call == "hosted_vllm/llama"

    def test_gives_further_settings_of_the_call(self, path: Path) -> None:
        assert load(path, TWO).get("own").settings == {"api_base": "http://127.0.0.1:8000/v1"}

    def test_offers_no_other_offline_model(self, path: Path) -> None:
        assert [model.name for model in load(path, TWO) if model.offline] == [OFFLINE]

    def test_offers_the_stand_in_that_judges_to_judge_and_not_to_write(self, path: Path) -> None:
        offered = load(path, TWO)
        assert [model.name for model in offered.judges()] == [OFFLINE_JUDGE, "fast", "own"]
        assert OFFLINE_JUDGE not in [model.name for model in offered]
        assert offered.get(OFFLINE_JUDGE).offline

    def test_names_what_there_is_when_a_model_is_not(self, path: Path) -> None:
        with pytest.raises(
            NotFound, match="no model 'slow' on offer; there are offline/lede, offline/judge, fast, own"
        ):
            load(path, TWO).get("slow")


class TestKeys:
    def test_come_from_the_variable_that_the_file_names(self, path: Path) -> None:
        assert one(path, "{model: m, api_key: os.environ/SOME_API_KEY}").settings == {"api_key": SECRET}

    def test_that_are_there_are_not_missing(self, path: Path) -> None:
        assert one(path, "{model: m, api_key: os.environ/SOME_API_KEY}").missing == ()

    @pytest.mark.parametrize("variable", ["OTHER_API_KEY", "EMPTY_KEY"])
    def test_that_are_not_there_are_named_by_their_variable(self, path: Path, variable: str) -> None:
        assert one(path, f"{{model: m, api_key: os.environ/{variable}}}").missing == (variable,)

    def test_that_are_not_there_are_not_sent(self, path: Path) -> None:
        assert one(path, "{model: m, api_key: os.environ/OTHER_API_KEY}").settings == {}

    def test_that_are_not_there_can_be_told_to_a_person(self) -> None:
        error = Model("fast", "m", missing=("ONE", "TWO")).key_missing()
        assert isinstance(error, KeyRejected)
        assert error.message == ("fast is not set up: set ONE and TWO in the environment or in .env, then start again.")

    def test_do_not_show(self, path: Path) -> None:
        model = one(path, "{model: m, api_key: os.environ/SOME_API_KEY}")
        assert SECRET not in repr(model)
        assert SECRET not in str(list(load(path, TWO)))


class TestWithoutSecrets:
    def test_a_key_is_blanked_wherever_it_stands(self) -> None:
        model = Model("fast", "m", {"api_key": SECRET})
        assert model.without_secrets(f"Bearer {SECRET}: {SECRET} is wrong") == "Bearer [key]: [key] is wrong"

    @pytest.mark.parametrize(
        "name",
        [
            "api_key",
            "aws_access_key_id",
            "aws_secret_access_key",
            "aws_session_token",
            "azure_ad_token",
            "azure_password",
            "client_secret",
            "vertex_credentials",
        ],
    )
    def test_whatever_came_from_the_environment_is_blanked(self, path: Path, name: str) -> None:
        model = one(path, f"{{model: m, {name}: os.environ/SOME_API_KEY}}")
        assert SECRET not in model.without_secrets(f"refused: {SECRET}")

    def test_a_key_in_a_header_is_blanked(self, path: Path) -> None:
        model = one(path, f"{{model: m, extra_headers: {{Authorization: Bearer {SECRET}}}}}")
        assert SECRET not in model.without_secrets(f"refused: Bearer {SECRET}")

    def test_an_address_stays(self) -> None:
        model = Model("own", "m", {"api_base": "http://127.0.0.1:8000/v1"})
        assert "127.0.0.1:8000" in model.without_secrets("Cannot connect to http://127.0.0.1:8000/v1")

    def test_a_text_is_not_torn_apart_by_a_key_that_is_hardly_one(self) -> None:
        assert Model("own", "m", {"api_key": "no"}).without_secrets("There is no model") == "There is no model"


class TestAWrongFile:
    def test_with_a_model_twice_is_refused(self, path: Path) -> None:
        entry = "  - model_name: same\n    litellm_params: {model: m}\n"
        assert "names 'same' twice" in refusal(path, "model_list:\n" + entry * 2)

    def test_with_another_offline_model_of_the_same_name_is_refused(self, path: Path) -> None:
        text = f"model_list:\n  - model_name: {OFFLINE}\n    litellm_params: {{model: m}}\n"
        assert f"names {OFFLINE!r} twice" in refusal(path, text)

    def test_without_a_model_to_call_is_refused(self, path: Path) -> None:
        assert "gives 'one' no model" in refusal(
            path, "model_list:\n  - model_name: one\n    litellm_params: {api_base: x}\n"
        )

    def test_with_a_setting_that_is_no_plain_value_is_refused(self, path: Path) -> None:
        text = "model_list:\n  - model_name: one\n    litellm_params: {model: m, since: 2026-01-01}\n"
        assert "no plain value" in refusal(path, text)

    @pytest.mark.parametrize(
        ("text", "where"),
        [
            ("model_list: 7\n", "model_list"),
            ("model_list:\n", "model_list"),
            ("model_list: [7]\n", "model_list.0"),
            ("model_list:\n  - model_name: one\n", "model_list.0.litellm_params"),
            ("model_list:\n  - litellm_params: {model: m}\n", "model_list.0.model_name"),
            ("model_list:\n  - model_name: ''\n    litellm_params: {model: m}\n", "model_list.0.model_name"),
            ("model_list:\n  - model_name: one\n    litellm_params: m\n", "model_list.0.litellm_params"),
        ],
    )
    def test_of_the_wrong_shape_is_refused_with_the_place(self, path: Path, text: str, where: str) -> None:
        assert f"is wrong at {where}: " in refusal(path, text)

    @pytest.mark.parametrize("text", ["just text", "[]", "- a\n", "7", "0", "false"])
    def test_that_is_no_mapping_is_refused(self, path: Path, text: str) -> None:
        refusal(path, text)

    @pytest.mark.parametrize(
        "text",
        [
            "model_list: [",
            "a: b: c",
            "\ta: 1",
            "a: 1\n---\nb: 2",
            "since: 2026-99-01",
            "a: !!int abc",
            "a: " + "[" * 500 + "]" * 500,
            "model_list:\n  - model_name: one\n    litellm_params: {model: m, x: &a [*a]}\n",
        ],
        ids=lambda text: text[:16],
    )
    def test_that_is_broken_is_refused(self, path: Path, text: str) -> None:
        refusal(path, text)

    def test_that_is_not_utf8_is_refused(self, path: Path) -> None:
        path.write_bytes("model_list: é".encode("latin-1"))
        with pytest.raises(BadInput, match=r"models.yml cannot be read"):
            models.load(path, KEYS)

    def test_that_is_a_folder_is_refused(self, tmp_path: Path) -> None:
        with pytest.raises(BadInput, match="cannot be read"):
            models.load(tmp_path, KEYS)

    def test_with_a_tag_of_python_runs_nothing(self, path: Path, tmp_path: Path) -> None:
        refusal(path, f"a: !!python/object/apply:os.mkdir [{tmp_path}/made]\n")
        assert not (tmp_path / "made").exists()

    def test_that_breaks_beside_a_key_does_not_repeat_the_key(self, path: Path) -> None:
        text = f"model_list:\n  - model_name: one\n    litellm_params:\n      api_key: {SECRET}: oops\n"
        assert SECRET not in refusal(path, text)

    def test_with_a_wrong_value_does_not_repeat_it(self, path: Path) -> None:
        assert SECRET not in refusal(path, f"model_list:\n  - model_name: [{SECRET}]\n    litellm_params: {{}}\n")
