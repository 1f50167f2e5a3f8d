"""Settings: defaults, the environment over `.env`, and for every wrong value its name, but never a secret."""

from pathlib import Path

import pytest

from core import settings
from core.errors import BadInput
from core.settings import ROOT, Settings

SECRET = "geheim-geheim-geheim"

WRONG = {
    "COPYDESK_ENVIRONMENT": ["live", "", "Production"],
    "COPYDESK_API_TOKEN": ["short", "               "],
    "COPYDESK_DESKS": ["", " , "],
    "COPYDESK_TIMEOUT": ["soon", "0", "-1", "601", "nan", "inf", ""],
    "COPYDESK_RETRIES": ["-1", "11", "2.5", "many"],
    "COPYDESK_RETRY_WAIT": ["-1", "301", "nan"],
    "COPYDESK_ARTICLE_LIMIT": ["0", "long"],
    "COPYDESK_BODY_LIMIT": ["0", "1 MB"],
    "COPYDESK_OFFLINE_LATENCY": ["-0.1", "61"],
    "COPYDESK_WEBHOOK": [
        "http://localhost:99999/x",
        "http://news..example/x",
        f"http://{'a' * 64}.example/x",
        "example.org",
        "ftp://example.org/",
        "https://",
        "https://u:p@example.org/",
        "http://a b/",
        "http://h:0",
    ],
    "COPYDESK_WEBHOOK_SECRET": ["short", "whsec_not-base-64-at-all"],
}


def in_file(*lines: str) -> None:
    # Each test runs in a folder of its own, which is where `.env` is looked for.
    Path(".env").write_text("\n".join(lines), encoding="utf-8")


class TestDefaults:
    @pytest.fixture(autouse=True)
    def nothing_set(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.delenv("COPYDESK_DB")
        monkeypatch.delenv("COPYDESK_MODELS")

    def test_keep_everything_inside_the_project(self) -> None:
        chosen = settings.load()
        assert chosen.db == ROOT / "data" / "copydesk.db"
        assert chosen.models == ROOT / "models.yml"
        assert chosen.prompts == ROOT / "prompts"

    def test_name_ten_desks(self) -> None:
        assert len(set(settings.load().desks)) == 10

    def test_ask_production(self) -> None:
        assert settings.load().environment == "production"

    def test_have_no_token(self) -> None:
        assert settings.load().api_token is None


class TestWhereAValueComesFrom:
    def test_the_environment(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("COPYDESK_TIMEOUT", "12.5")
        assert settings.load().timeout == 12.5

    def test_a_file(self) -> None:
        in_file("COPYDESK_TIMEOUT=12.5")
        assert settings.load().timeout == 12.5

    def test_the_environment_before_the_file(self, monkeypatch: pytest.MonkeyPatch) -> None:
        in_file("COPYDESK_TIMEOUT=1", "COPYDESK_RETRIES=5")
        monkeypatch.setenv("COPYDESK_TIMEOUT", "2")
        chosen = settings.load()
        assert (chosen.timeout, chosen.retries) == (2, 5)

    def test_a_line_about_something_else_is_no_setting(self) -> None:
        in_file("OPENAI_API_KEY=sk", "COPYDESK_SOMETHING=1")
        assert settings.load().retries == 2

    def test_a_file_that_is_not_utf8_is_refused_by_its_name(self) -> None:
        Path(".env").write_bytes("COPYDESK_ENVIRONMENT=é".encode("latin-1"))
        with pytest.raises(BadInput, match=r"\.env"):
            settings.load()


class TestDesks:
    def test_are_split_at_commas(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("COPYDESK_DESKS", "sport, tech ,,local,")
        assert settings.load().desks == ("sport", "tech", "local")


class TestAWrongValue:
    @pytest.mark.parametrize(("name", "value"), [(name, value) for name in WRONG for value in WRONG[name]])
    def test_is_named(self, monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
        monkeypatch.setenv(name, value)
        with pytest.raises(BadInput, match=f"The setting {name} is wrong: "):
            settings.load()

    def test_is_named_when_it_stands_in_a_file(self) -> None:
        in_file("COPYDESK_RETRIES=many")
        with pytest.raises(BadInput, match="COPYDESK_RETRIES"):
            settings.load()

    def test_of_the_environment_is_told_what_there_is(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("COPYDESK_ENVIRONMENT", "live")
        with pytest.raises(BadInput, match="must be development, staging or production"):
            settings.load()


class TestToken:
    def test_is_kept(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("COPYDESK_API_TOKEN", SECRET)
        token = settings.load().api_token
        assert token
        assert token.get_secret_value() == SECRET

    def test_does_not_show(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("COPYDESK_API_TOKEN", SECRET)
        assert SECRET not in repr(settings.load())

    def test_that_is_empty_is_none(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("COPYDESK_API_TOKEN", "")
        assert settings.load().api_token is None

    def test_that_is_empty_in_a_file_is_none(self) -> None:
        in_file("COPYDESK_API_TOKEN=")
        assert settings.load().api_token is None

    def test_that_is_too_short_is_not_repeated(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("COPYDESK_API_TOKEN", SECRET[:15])
        with pytest.raises(BadInput) as caught:
            settings.load()
        assert "geheim" not in caught.value.message
        assert caught.value.__cause__ is None

    def test_of_sixteen_characters_is_long_enough(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("COPYDESK_API_TOKEN", SECRET[:16])
        assert settings.load().api_token


class TestProviderKeys:
    def test_come_from_the_environment(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("SOME_API_KEY", SECRET)
        assert settings.load().provider_keys["SOME_API_KEY"] == SECRET

    def test_come_from_the_file(self) -> None:
        in_file(f"SOME_API_KEY={SECRET}")
        assert settings.load().provider_keys["SOME_API_KEY"] == SECRET

    def test_come_from_the_environment_first(self, monkeypatch: pytest.MonkeyPatch) -> None:
        in_file("SOME_API_KEY=old")
        monkeypatch.setenv("SOME_API_KEY", SECRET)
        assert settings.load().provider_keys["SOME_API_KEY"] == SECRET

    def test_leave_out_a_name_without_a_value(self) -> None:
        in_file("SOME_API_KEY")
        assert "SOME_API_KEY" not in settings.load().provider_keys

    def test_do_not_show(self) -> None:
        in_file(f"SOME_API_KEY={SECRET}")
        chosen = settings.load()
        assert chosen.provider_keys
        assert SECRET not in repr(chosen)


class TestSettings:
    @pytest.mark.parametrize("name", Settings.model_fields)
    def test_each_has_a_description(self, name: str) -> None:
        description = Settings.model_fields[name].description
        assert description
        assert description.endswith(".")

    def test_do_not_change(self) -> None:
        with pytest.raises(ValueError, match="frozen"):
            settings.load().retries = 9  # pyright: ignore[reportAttributeAccessIssue]
