"""Post a message to the address that an installation names: once, in so many seconds, following nobody elsewhere.

The address comes from whoever runs Copydesk and may lie within their network; it is http or https, and a redirect is an
answer like any other, so nothing that is posted reaches an address that nobody named. With a secret, messages are signed
as Standard Webhooks are (https://www.standardwebhooks.com): HMAC-SHA256 over "id.timestamp.body".
"""

import base64
import hashlib
import hmac
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from urllib.parse import urlsplit

from core import clock


@dataclass(frozen=True, repr=False)
class Webhook:
    """Where messages go. Neither the address, which may hold a key, nor the secret is ever shown."""

    url: str
    secret: str | None = None
    seconds: float = 5.0
    """The longest wait for the connection, and again for the answer."""

    def send(self, message: str, body: str) -> str | None:
        """Post the body of a message under its id; returns what was wrong, or None if the answer was a 2xx."""
        content = body.encode()
        to = urlsplit(self.url)
        connect = HTTPSConnection if to.scheme == "https" else HTTPConnection
        path = (to.path or "/") + (f"?{to.query}" if to.query else "")
        try:
            connection = connect(to.hostname or "", to.port, timeout=self.seconds)
            try:
                connection.request("POST", path, body=content, headers=self._headers(message, content))
                status = connection.getresponse().status
            finally:
                connection.close()
        except TimeoutError:
            return f"no answer in {self.seconds:g} seconds"
        except (OSError, HTTPException) as error:
            # The text of an error could hold the address.
            return f"no connection ({type(error).__name__})"
        return None if 200 <= status < 300 else f"the answer was {status}"

    def _headers(self, message: str, content: bytes) -> dict[str, str]:
        timestamp = str(clock.now_ms() // 1000)
        headers = {
            "content-type": "application/json; charset=utf-8",
            "user-agent": "Copydesk",
            "webhook-id": message,
            "webhook-timestamp": timestamp,
        }
        if self.secret is not None:
            signed = hmac.digest(_key(self.secret), f"{message}.{timestamp}.".encode() + content, hashlib.sha256)
            headers["webhook-signature"] = "v1," + base64.b64encode(signed).decode()
        return headers


def _key(secret: str) -> bytes:
    """The bytes of a secret: of one that begins with whsec_, those that the rest stands for."""
    encoded = secret.removeprefix("whsec_")
    return secret.encode() if encoded == secret else base64.b64decode(encoded)
