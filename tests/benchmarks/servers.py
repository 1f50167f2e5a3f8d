"""The provider that the benchmarks ask: so cheap, and so far from our own process, that it measures nothing but us.

    with running(latency=0.2) as base:      # an OpenAI-compatible address
        litellm.completion("openai/any", api_base=base, …)

It runs as a process of its own (this file, with the latency as its argument), answers every POST with the same ten
headlines, and stops when its parent closes the pipe to it or dies. `tests/provider.py` can do far more and is far slower.
"""

import asyncio
import contextlib
import json
import subprocess
import sys
from collections.abc import Generator
from pathlib import Path

HEADLINES = [f"Harbour bridge closes for eleven weeks, version {number}" for number in range(1, 11)]
LARGEST_REQUEST = 1_000_000
MOST_CONNECTIONS = 1_024

_ANSWER = {
    "id": "chatcmpl-bench", "object": "chat.completion", "created": 1, "model": "gpt-4o-mini",
    "choices": [
        {
            "index": 0,
            "message": {"role": "assistant", "content": json.dumps({"headlines": HEADLINES})},
            "finish_reason": "stop",
        }
    ],
    "usage": {"prompt_tokens": 500, "completion_tokens": 100, "total_tokens": 600},
}  # fmt: skip
_BODY = json.dumps(_ANSWER).encode()
_REPLY = b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: %d\r\n\r\n%s" % (len(_BODY), _BODY)
_REFUSED = b"HTTP/1.1 400 Bad Request\r\ncontent-length: 0\r\nconnection: close\r\n\r\n"


@contextlib.contextmanager
def running(latency: float = 0.0) -> Generator[str]:
    """The server for the length of a `with`; gives its address, as `api_base` wants it. `latency` is in seconds."""
    command = [sys.executable, str(Path(__file__)), str(latency)]
    server = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert server.stdin
    assert server.stdout
    try:
        yield f"http://127.0.0.1:{int(server.stdout.readline())}/v1"
    finally:
        server.stdin.close()
        try:
            server.wait(5)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()
        server.stdout.close()


class _Connection(asyncio.Protocol):
    """HTTP/1.1 as litellm speaks it: one request after the other, each with its length, on a line that is kept."""

    open_now = 0

    def __init__(self, latency: float) -> None:
        self._latency = latency
        self._received = bytearray()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        _Connection.open_now += 1
        if _Connection.open_now > MOST_CONNECTIONS:
            transport.abort()

    def connection_lost(self, exc: Exception | None) -> None:
        _Connection.open_now -= 1

    def data_received(self, data: bytes) -> None:
        self._received += data
        while (end := self._received.find(b"\r\n\r\n")) >= 0:
            length = _content_length(bytes(self._received[:end]))
            if length is None or length > LARGEST_REQUEST:
                self._transport.write(_REFUSED)
                self._transport.close()
                return
            if len(self._received) < end + 4 + length:
                return
            del self._received[: end + 4 + length]
            if self._latency:
                asyncio.get_running_loop().call_later(self._latency, self._reply)
            else:
                self._reply()
        if len(self._received) > LARGEST_REQUEST:
            self._transport.abort()

    def _reply(self) -> None:
        if not self._transport.is_closing():
            self._transport.write(_REPLY)


def _content_length(head: bytes) -> int | None:
    for line in head.split(b"\r\n")[1:]:
        name, _, value = line.partition(b":")
        if name.lower() == b"content-length" and value.strip().isdigit():
            return int(value)
    return None


async def _serve(latency: float) -> None:
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: _Connection(latency), "127.0.0.1", 0, backlog=MOST_CONNECTIONS)
    print(server.sockets[0].getsockname()[1], flush=True)
    # The other end of this pipe is our parent's: it ends with the parent, even after `kill -9`.
    await asyncio.to_thread(sys.stdin.read)
    server.close()


if __name__ == "__main__":
    asyncio.run(_serve(float(sys.argv[1])))
