"""A provider as it really behaves: an OpenAI-compatible server over real HTTP, with every fault that we know of.

    with Provider() as provider:
        provider.write_models(path, "429+ok", "html")

Each model of the file it writes has a script for a name: what the first request gets, then the second, and so on; the
last step repeats. `STEPS` has them all.
"""

import json
import socket
import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import TracebackType
from typing import Any

import yaml


@dataclass(frozen=True)
class Seen:
    """A request that reached the provider."""

    script: str
    body: dict[str, Any]


class Provider:
    """The server, on a port of its own unless one is named. `seen` holds every request in the order of arrival."""

    def __init__(self, *, latency: float = 0.0, port: int = 0) -> None:
        self.latency = latency
        self.seen: list[Seen] = []
        self.leaving = threading.Event()
        self._counts: Counter[str] = Counter()
        self._guard = threading.Lock()
        provider = self

        class Handler(_Handler):
            owner = provider

        self._server = _Server(("127.0.0.1", port), Handler)
        self.port: int = self._server.server_port

    def __enter__(self) -> "Provider":
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.leaving.set()
        self._server.shutdown()
        self._server.server_close()

    def write_models(self, path: Path, *scripts: str) -> None:
        """A models file with a model for each script; `refused` is one whose port nobody listens on."""
        entries = [
            {
                "model_name": script,
                "litellm_params": {
                    "model": "openai/gpt-4o-mini",
                    "api_base": f"http://127.0.0.1:{_free_port() if script == 'refused' else self.port}/{script}/v1",
                    "api_key": "sk-very-secret-key",
                },
            }
            for script in scripts
        ]
        path.write_text(yaml.safe_dump({"model_list": entries}))

    def step(self, script: str, body: dict[str, Any]) -> tuple[str, int]:
        """Note a request; returns the step that answers it and its number (from 0) in the script."""
        with self._guard:
            number = self._counts[script]
            self._counts[script] += 1
            self.seen.append(Seen(script, body))
        steps = script.split("+")
        return steps[min(number, len(steps) - 1)], number


def headlines(many: int, round_: int = 0, *, longer: bool = False) -> list[str]:
    """Distinct headlines; another round has others."""
    tail = " and this one goes on far beyond anything that a desk would print" if longer else ""
    return [f"Harbour story {round_}.{number} moves the town{tail}" for number in range(many)]


PRIVATE = ("qzxj@vkrtholm.example", "020 7946 0018", "Xyvquill Wexmarlund")
"""What nobody may keep, and no newsroom's article holds by chance."""


def _json(texts: list[str]) -> str:
    return json.dumps({"headlines": texts})


def _verdicts(many: int) -> str:
    said = {"reason": "It says so.", "score": 4}
    return json.dumps(
        {"verdicts": [{"headline": n, "accuracy": said, "clarity": said, "tone": said} for n in range(1, many + 1)]}
    )


CONTENTS: dict[str, Callable[[int], str]] = {
    "ok": lambda round_: _json(headlines(10, round_)),
    "five": lambda round_: _json(headlines(5, round_)),
    "twelve": lambda round_: _json(headlines(12, round_)),
    "too_long": lambda round_: _json(headlines(10, round_, longer=True)),
    "duplicates": lambda _: _json(["The same story"] * 5 + ["the SAME story!"] * 5),
    "fenced": lambda round_: f"Sure!\n```json\n{_json(headlines(10, round_))}\n```\nEnjoy.",
    "prose": lambda round_: (
        "Here are ten ideas:\n\n" + "\n".join(f"{n}. {t}" for n, t in enumerate(headlines(10, round_), 1))
    ),
    "chatter": lambda _: "I am sorry, but I can only talk about the weather today.",
    "wrong_schema": lambda _: json.dumps({"summary": "A harbour", "score": 3}),
    "objects": lambda round_: json.dumps(
        {"result": {"titles": [{"text": t, "angle": "x"} for t in headlines(10, round_)]}}
    ),
    "broken_json": lambda round_: _json(headlines(10, round_)).replace('"]}', '",]'),
    "private": lambda _: _json(
        [f"Ask {each}, story {number}" for number in range(3) for each in PRIVATE]
        + [f"{' and '.join(PRIVATE)} stand in a headline that is too long for any desk to print on its front page"]
    ).replace("@", "\\u0040"),
    "private_verdicts": lambda _: _verdicts(10).replace(
        "It says so.", f"Because of {PRIVATE[0]}, {PRIVATE[1]}, {PRIVATE[2]}"
    ),
    "injected": lambda _: "BANANA\n" * 10,
    "verdicts": lambda _: _verdicts(10),
    "five_verdicts": lambda _: _verdicts(5),
    "prefers_first": lambda _: json.dumps({"reason": "It came first.", "better": "first"}),
}
_STATUSES = {"400": 400, "401": 401, "403": 403, "404": 404, "429": 429, "500": 500, "502": 502, "503": 503}


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 512

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Clients that go away are part of the play."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    owner: Provider

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["content-length"])))
        if self.owner.leaving.is_set():
            # Lines that clients keep open must not outlive the server.
            self.close_connection = True
            return
        step, number = self.owner.step(self.path.split("/")[1], body)
        if self.owner.latency:
            time.sleep(self.owner.latency)
        if step == "silent":
            self.owner.leaving.wait(10)
            self.close_connection = True
        elif step == "drop":
            self.connection.shutdown(socket.SHUT_RDWR)
            self.close_connection = True
        elif step in _STATUSES or step.startswith("429"):
            self._fail(step)
        elif step == "filter_400":
            error = {"message": "The response was filtered", "code": "content_filter", "type": "invalid_request_error"}
            self._send(400, json.dumps({"error": error}))
        elif step == "private_400":
            self._send(400, json.dumps({"error": {"message": f"Not for {' or '.join(PRIVATE)}", "type": "error"}}))
        elif step == "html":
            self._send(200, "<html><body>Bad gateway</body></html>", kind="text/html")
        elif body.get("stream"):
            self._stream(step, number)
        else:
            self._whole(step, number)

    def _fail(self, step: str) -> None:
        status, _, wait = step.partition("@")
        headers = {"retry-after": wait} if wait else {}
        error = {"message": "Refused for key sk-very-secret-key", "type": "error", "code": status}
        self._send(int(status), json.dumps({"error": error}), headers=headers)

    def _whole(self, step: str, number: int) -> None:
        message: dict[str, Any] = {"role": "assistant", "content": None}
        finish = "stop"
        match step:
            case "filter":
                finish = "content_filter"
            case "refusal":
                message["refusal"] = "I cannot write about this."
            case "empty":
                message["content"] = ""
            case "cut":
                message["content"] = CONTENTS["ok"](number)[:230]
                finish = "length"
            case _:
                message["content"] = CONTENTS.get(step, CONTENTS["ok"])(number)
        answer: dict[str, Any] = {
            "id": "chatcmpl-1", "object": "chat.completion", "created": 1, "model": "gpt-4o-mini",
            "choices": [] if step == "no_choices" else [{"index": 0, "message": message, "finish_reason": finish}],
        }  # fmt: skip
        if step != "no_usage":
            answer["usage"] = {"prompt_tokens": 500, "completion_tokens": 100, "total_tokens": 600}
        self._send(200, json.dumps(answer))

    def _stream(self, step: str, number: int) -> None:
        self.send_response(200)
        self.send_header("content-type", "text/event-stream")
        self.send_header("connection", "close")
        self.end_headers()
        self.close_connection = True
        text = (
            "" if step in ("filter", "refusal", "empty", "no_choices") else CONTENTS.get(step, CONTENTS["ok"])(number)
        )
        if step in ("cut", "sse_error", "drop_midway"):
            text = text[:230]
        for start in range(0, len(text), 40):
            self._event({"content": text[start : start + 40]})
        match step:
            case "sse_error":
                self._data({"error": {"message": "The server is overloaded", "code": 500}})
            case "cut" | "drop_midway":
                # No finish reason and no [DONE]: the line simply ends.
                self.connection.shutdown(socket.SHUT_RDWR)
            case _:
                if step == "refusal":
                    self._event({"refusal": "I cannot write about this."})
                self._event({}, finish="content_filter" if step == "filter" else "stop")
                if step != "no_usage":
                    self._data(_chunk([], usage={"prompt_tokens": 500, "completion_tokens": 100, "total_tokens": 600}))
                self.wfile.write(b"data: [DONE]\n\n")

    def _event(self, delta: dict[str, Any], finish: str | None = None) -> None:
        self._data(_chunk([{"index": 0, "delta": delta, "finish_reason": finish}]))

    def _data(self, value: dict[str, Any]) -> None:
        self.wfile.write(f"data: {json.dumps(value)}\n\n".encode())
        self.wfile.flush()

    def _send(
        self, status: int, text: str, *, kind: str = "application/json", headers: dict[str, str] | None = None
    ) -> None:
        data = text.encode()
        self.send_response(status)
        self.send_header("content-type", kind)
        self.send_header("content-length", str(len(data)))
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(data)


def _chunk(choices: list[dict[str, Any]], **more: Any) -> dict[str, Any]:
    return {
        "id": "c",
        "object": "chat.completion.chunk",
        "created": 1,
        "model": "gpt-4o-mini",
        "choices": choices,
        **more,
    }


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return server.getsockname()[1]
