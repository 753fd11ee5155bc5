"""Contacts who write by WhatsApp: signed webhooks of Twilio's, many at a time, over connections that stay open."""

import http.client
import secrets
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from urllib.parse import urlencode

from twilio.request_validator import RequestValidator

SENDERS = 1500
_AGAIN = 0.2  # seconds until what was turned away is brought again
_TEXTS = (
    "nilai kuis saya belum muncul ya kak",
    "lupa password",
    "link zoom tidak bisa dibuka",
    "video tidak bisa diputar",
)


@dataclass(frozen=True, kw_only=True)
class Door:
    port: int
    path: str
    public_url: str  # what Twilio was told, and signs
    account_sid: str
    auth_token: str = field(repr=False)
    sender: str  # the desk's number


def write(door: Door, messages: range, *, at_once: int = 8) -> None:
    """Send messages of these numbers, those that are turned away again. Raises RuntimeError when one is refused."""
    signer, here = RequestValidator(door.auth_token), threading.local()

    def send(number: int) -> None:
        form = _form(door, number)
        signature = signer.compute_signature(f"{door.public_url}{door.path}", form)
        if not hasattr(here, "connection"):
            here.connection = http.client.HTTPConnection("127.0.0.1", door.port, timeout=60)
        while True:
            here.connection.request(
                "POST", door.path, urlencode(form),
                {"Content-Type": "application/x-www-form-urlencoded", "X-Twilio-Signature": signature},
            )  # fmt: skip
            answer = here.connection.getresponse()
            answer.read()
            if answer.status != http.client.SERVICE_UNAVAILABLE:
                break
            time.sleep(_AGAIN)
        if answer.status >= http.client.MULTIPLE_CHOICES:
            raise RuntimeError(f"message {number} was answered with {answer.status}")

    with ThreadPoolExecutor(at_once) as senders:
        for _ in senders.map(send, messages):
            pass


def _form(door: Door, number: int) -> dict[str, str]:
    sender, sid = f"+62811{number % SENDERS:06}", f"SM{secrets.token_hex(16)}"
    return {
        "AccountSid": door.account_sid,
        "ApiVersion": "2010-04-01",
        "Body": _TEXTS[number % len(_TEXTS)],
        "From": f"whatsapp:{sender}",
        "MessageSid": sid,
        "NumMedia": "0",
        "NumSegments": "1",
        "ProfileName": "Ana",
        "SmsMessageSid": sid,
        "SmsSid": sid,
        "SmsStatus": "received",
        "To": f"whatsapp:{door.sender}",
        "WaId": sender.removeprefix("+"),
    }
