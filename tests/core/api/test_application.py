"""The API as a whole: its documentation, and an installation that cannot work."""

from core import settings
from tests.core.api.caller import client, error


class TestDocumentation:
    def test_it_loads_nothing_from_elsewhere(self) -> None:
        page = client().get("/api/docs").text
        assert "http://" not in page.replace("http://localhost:8501", "")
        assert "https://" not in page
        assert client().get("/api/static-offline-docs/swagger-ui-bundle.js").status_code == 200

    def test_every_operation_is_described(self) -> None:
        paths = client().get("/api/openapi.json").json()["paths"]
        assert set(paths) == {
            "/health", "/headlines", "/traces", "/traces/export", "/traces/{trace_id}", "/traces/{trace_id}/feedback",
            "/traces/{trace_id}/review",
        }  # fmt: skip


class TestBrokenInstallation:
    def test_a_database_that_cannot_be_used_is_503_with_the_reason(self) -> None:
        settings.load().db.write_text("no database")
        assert error(client().get("/api/health")) == (503, "database")
