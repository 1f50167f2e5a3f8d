"""Who is told of a broken limit hears of it once, and of its end once, whatever happens in between."""

import base64
import hashlib
import hmac
import json
import logging
import socket
import subprocess
import sys

import pytest

from core.alerts import breaches, messages
from core.alerts.messages import deliver
from core.alerts.watch import watch
from core.alerts.webhook import Webhook
from core.db import Database
from tests.conftest import ROOT
from tests.core.alerts.conftest import Desk
from tests.receiver import Receiver

LOOK_AND_TELL = """
import sys
from pathlib import Path
from core import clock
from core.alerts import messages, watch
from core.alerts.webhook import Webhook
from core.db import open_database

clock.now_ms = lambda: int(sys.argv[3])
db = open_database(Path(sys.argv[1]))
print("ready", flush=True)
sys.stdin.readline()
watch.watch(db, tells=True)
messages.deliver(db, Webhook(sys.argv[2]).send)
db.close()
"""


def events(receiver: Receiver) -> list[str]:
    return [json.loads(each.body)["event"] for each in receiver.posted]


class TestAMessage:
    def test_is_sent_once_for_a_breach_and_once_for_its_end(self, db: Database, desk: Desk, receiver: Receiver) -> None:
        send = Webhook(receiver.url).send
        desk.limit(value=0.5)
        desk.bad()
        for _ in range(3):
            watch(db, tells=True)
            deliver(db, send)
            desk.passes(minutes=1)
        assert events(receiver) == ["breach"]
        desk.good(100)
        for _ in range(10):
            watch(db, tells=True)
            deliver(db, send)
            desk.passes(minutes=1)
        assert events(receiver) == ["breach", "recovery"]

    def test_says_what_is_wrong_in_words_and_figures(self, db: Database, desk: Desk, receiver: Receiver) -> None:
        desk.limit(desk="sport")
        desk.bad(desk="sport", article="The article.")
        watch(db, tells=True)
        deliver(db, Webhook(receiver.url).send)
        (posted,) = receiver.posted
        assert posted.path == "/alerts?key=geheim"
        assert json.loads(posted.body) == {
            "id": "breach-1", "event": "breach", "measure": "valid_at_once", "environment": "production",
            "text": "Valid at once for sport is 0 % (20 calls in an hour); it should not be below 90 %.",
            "desk": "sport", "hours": 1, "bound": "below", "limit": 0.9, "figure": 0.0, "rests_on": 20,
            "opened_at": "2026-02-02T02:40:00+00:00", "closed_at": None,
        }  # fmt: skip

    def test_waits_until_the_server_is_back(self, db: Database, desk: Desk) -> None:
        with socket.create_server(("127.0.0.1", 0)) as free:
            port = free.getsockname()[1]
        send = Webhook(f"http://127.0.0.1:{port}/").send
        desk.limit()
        desk.bad()
        watch(db, tells=True)
        deliver(db, send)
        (delivery,) = messages.of_breach(db, 1)
        assert (delivery.tries, delivery.error) == (1, "no connection (ConnectionRefusedError)")
        with Receiver(port) as back:
            deliver(db, send)
            assert back.posted == []
            desk.passes(minutes=1)
            deliver(db, send)
            deliver(db, send)
            assert events(back) == ["breach"]
        assert messages.of_breach(db, 1)[0].sent_at == desk.held.now

    def test_that_is_refused_is_tried_again_ever_more_rarely(
        self, db: Database, desk: Desk, receiver: Receiver
    ) -> None:
        receiver.answer = 500
        desk.limit()
        desk.bad()
        watch(db, tells=True)
        waits: list[float] = []
        while messages.of_breach(db, 1)[0].given_up_at is None:
            deliver(db, Webhook(receiver.url).send)
            next_at = messages.of_breach(db, 1)[0].next_at
            waits.append((next_at - desk.held.now) / 60_000)
            desk.held.now = next_at
        assert waits[:8] == [1, 2, 4, 8, 16, 32, 60, 60]
        assert messages.of_breach(db, 1)[0].error == "the answer was 500"
        assert len(receiver.posted) == len(waits)
        receiver.answer = 200
        desk.passes(minutes=10_000)
        deliver(db, Webhook(receiver.url).send)
        assert len(receiver.posted) == len(waits)

    def test_of_an_end_never_overtakes_that_of_the_breach(self, db: Database, desk: Desk, receiver: Receiver) -> None:
        receiver.answer = 503
        send = Webhook(receiver.url).send
        desk.limit(value=0.5)
        desk.bad()
        watch(db, tells=True)
        deliver(db, send)
        deliver(db, send)
        desk.good(100)
        watch(db, tells=True)
        desk.passes(minutes=6)
        watch(db, tells=True)
        receiver.answer = 200
        deliver(db, send)
        assert events(receiver) == ["breach", "breach", "recovery"]

    def test_by_one_who_died_is_sent_again_by_another(self, db: Database, desk: Desk, receiver: Receiver) -> None:
        desk.limit()
        desk.bad()
        watch(db, tells=True)

        def die(message: str, body: str) -> str | None:
            raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            deliver(db, die)
        deliver(db, Webhook(receiver.url).send)
        assert receiver.posted == []
        desk.passes(minutes=2)
        deliver(db, Webhook(receiver.url).send)
        assert events(receiver) == ["breach"]

    def test_is_sent_by_one_of_two_processes(self, db: Database, desk: Desk, receiver: Receiver) -> None:
        desk.limit()
        desk.bad()
        command = [sys.executable, "-c", LOOK_AND_TELL, str(db.path), receiver.url, str(desk.held.now)]
        both = [
            subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
            for _ in range(2)
        ]
        for each in both:
            assert each.stdout
            assert each.stdout.readline() == "ready\n"
        for each in both:
            assert each.stdin
            each.stdin.write("go\n")
            each.stdin.flush()
        for each in both:
            each.communicate(timeout=30)
            assert each.returncode == 0
        assert events(receiver) == ["breach"]
        assert len(breaches.newest(db)) == 1

    def test_is_not_written_where_nobody_is_to_be_told(self, db: Database, desk: Desk, receiver: Receiver) -> None:
        desk.limit()
        desk.bad()
        watch(db, tells=False)
        deliver(db, Webhook(receiver.url).send)
        assert receiver.posted == []


class TestAWebhook:
    @pytest.mark.parametrize("secret", ["geheim-geheim-geheim", "whsec_" + base64.b64encode(b"geheim-geheim").decode()])
    def test_signs_as_standard_webhooks_are_signed(self, receiver: Receiver, secret: str) -> None:
        assert Webhook(receiver.url, secret).send("breach-1", '{"text": "Ärger"}') is None
        (posted,) = receiver.posted
        key = b"geheim-geheim" if secret.startswith("whsec_") else secret.encode()
        content = f"{posted.headers['webhook-id']}.{posted.headers['webhook-timestamp']}.{posted.body}".encode()
        signature = base64.b64encode(hmac.digest(key, content, hashlib.sha256)).decode()
        assert posted.headers["webhook-signature"] == f"v1,{signature}"

    def test_without_a_secret_signs_nothing(self, receiver: Receiver) -> None:
        Webhook(receiver.url).send("breach-1", "{}")
        assert "webhook-signature" not in receiver.posted[0].headers

    @pytest.mark.parametrize("status", [301, 302, 307, 308])
    def test_follows_nobody_elsewhere(self, receiver: Receiver, status: int) -> None:
        with Receiver() as elsewhere:
            receiver.answer, receiver.location = status, elsewhere.url
            assert Webhook(receiver.url).send("breach-1", "{}") == f"the answer was {status}"
            assert elsewhere.posted == []

    def test_that_never_answers_is_not_waited_for(self) -> None:
        with socket.create_server(("127.0.0.1", 0)) as silent:
            url = f"http://127.0.0.1:{silent.getsockname()[1]}/"
            assert Webhook(url, seconds=0.05).send("breach-1", "{}") == "no answer in 0.05 seconds"

    def test_that_speaks_no_http_is_told(self, receiver: Receiver) -> None:
        error = Webhook(receiver.url.replace("http://", "https://")).send("breach-1", "{}")
        assert error == "no connection (SSLError)"

    def test_shows_neither_address_nor_secret(self, caplog: pytest.LogCaptureFixture) -> None:
        caplog.set_level(logging.DEBUG)
        webhook = Webhook("http://127.0.0.1:9/?key=geheim", "geheim-geheim-geheim")
        assert "geheim" not in repr(webhook) + str(webhook.send("breach-1", "{}")) + caplog.text
