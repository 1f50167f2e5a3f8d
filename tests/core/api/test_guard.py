"""Who may use the API, and who is turned away."""

import pytest

from tests.core.api.caller import client, error


class TestWhoMayUseIt:
    TOKEN = "a-token-of-some-length"

    @pytest.fixture
    def with_token(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("COPYDESK_API_TOKEN", self.TOKEN)

    def test_without_a_token_this_machine_is_served(self) -> None:
        assert client().get("/api/health").json() == {"status": "ok", "traces": 0, "failing": []}

    def test_without_a_token_another_machine_is_not(self) -> None:
        assert error(client(host="10.0.0.7").get("/api/health")) == (403, "forbidden")

    def test_a_web_page_that_points_its_own_name_here_is_not(self) -> None:
        assert error(client(base="http://evil.example:8501").get("/api/health")) == (403, "forbidden")

    def test_what_came_through_a_proxy_is_not(self) -> None:
        response = client().get("/api/health", headers={"x-forwarded-for": "10.0.0.7"})
        assert error(response) == (403, "forbidden")

    @pytest.mark.usefixtures("with_token")
    def test_with_a_token_every_machine_that_shows_it_is_served(self) -> None:
        headers = {"Authorization": f"Bearer {self.TOKEN}"}
        assert client(host="10.0.0.7").get("/api/traces/0", headers=headers).status_code == 404

    @pytest.mark.usefixtures("with_token")
    @pytest.mark.parametrize("header", [{}, {"Authorization": "Bearer wrong"}, {"Authorization": "Basic YTpi"}])
    def test_without_showing_it_nobody_is(self, header: dict[str, str]) -> None:
        response = client().post("/api/headlines", json={"article": "Any.", "desk": "local"}, headers=header)
        assert error(response) == (401, "unauthorized")

    @pytest.mark.usefixtures("with_token")
    def test_health_and_documentation_are_open(self) -> None:
        paths = ("/api/health", "/api/docs", "/api/openapi.json")
        assert [client(host="10.0.0.7").get(path).status_code for path in paths] == [200, 200, 200]
