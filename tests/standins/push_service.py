"""Stands in for the push service of a browser's maker, and for the browsers that it serves.

async with running_push_service(certificate, vapid=key.public) as service:
    phone = service.browser()
    ... phone.endpoint, phone.p256dh, phone.auth ...
    assert phone.told == [{"title": …}]         # opened as the browser would
    service.answers(503)                        # one call at a time
    assert service.complaints == []             # what no sender should ever send
"""

import base64
import contextlib
import json
import os
import time
from collections import deque
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from tests.standins.certificate import Certificate
from tests.standins.serving import serving

_DAY = 24 * 60 * 60


def _written(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()


def _read(written: str) -> bytes:
    return base64.urlsafe_b64decode(written + "=" * (-len(written) % 4))


def _point(key: ec.EllipticCurvePublicKey) -> bytes:
    return key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


@dataclass
class BrowserWithPush:
    """A browser that has subscribed."""

    endpoint: str
    told: list[dict[str, Any]] = field(default_factory=list)
    topics: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._key, self._secret = ec.generate_private_key(ec.SECP256R1()), os.urandom(16)
        self.p256dh, self.auth = _written(_point(self._key.public_key())), _written(self._secret)

    def opens(self, body: bytes) -> bytes:
        """Open a message as RFC 8291 says. Raises InvalidTag."""
        salt, length, theirs = body[:16], body[20], body[21 : 21 + body[20]]
        shared = self._key.exchange(
            ec.ECDH(), ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), theirs)
        )
        both = b"WebPush: info\0" + _point(self._key.public_key()) + theirs
        between = HKDF(SHA256(), 32, self._secret, both).derive(shared)
        key = HKDF(SHA256(), 16, salt, b"Content-Encoding: aes128gcm\0").derive(between)
        nonce = HKDF(SHA256(), 12, salt, b"Content-Encoding: nonce\0").derive(between)
        return AESGCM(key).decrypt(nonce, body[21 + length :], None).removesuffix(b"\x02")


@dataclass(kw_only=True)
class PushService:
    vapid: str  # the one key whose messages the browsers take
    url: str = ""
    clock: Callable[[], float] = time.time
    calls: int = 0
    complaints: list[str] = field(default_factory=list)
    _browsers: dict[str, BrowserWithPush] = field(default_factory=dict)
    _answers: deque[Response] = field(default_factory=deque)

    def browser(self) -> BrowserWithPush:
        path = f"/push/{_written(os.urandom(12))}"
        self._browsers[path] = BrowserWithPush(endpoint=self.url + path)
        return self._browsers[path]

    def answers(self, status: int, *, times: int = 1, **headers: str) -> None:
        """Answer with a status; what was brought is not taken."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        self._answers += [Response(status_code=status, headers=named) for _ in range(times)]

    async def take(self, request: Request) -> Response:
        self.calls += 1
        if self._answers:
            return self._answers.popleft()
        complaint = self._wrong(request)
        if complaint:
            self.complaints.append(complaint)
            return Response(status_code=403)
        browser = self._browsers[request.url.path]
        browser.told.append(json.loads(browser.opens(await request.body())))
        browser.topics.append(request.headers["topic"])
        return Response(status_code=201)

    def _wrong(self, request: Request) -> str | None:
        given = request.headers
        signed, _, key = given["authorization"].removeprefix("vapid t=").partition(", k=")
        if key != self.vapid:
            return "another key than the browser subscribed with"
        public = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), _read(key))
        claims = jwt.decode(
            signed, public, algorithms=["ES256"], options={"verify_exp": False, "verify_aud": False}
        )
        if claims["aud"] != self.url or not 0 < claims["exp"] - self.clock() <= _DAY:
            return "signed for somebody else, or not for now"
        if (
            given["content-encoding"] != "aes128gcm"
            or not given["ttl"].isdecimal()
            or len(given["topic"]) > 32
        ):
            return "headers"
        return None


@contextlib.asynccontextmanager
async def running_push_service(certificate: Certificate, *, vapid: str) -> AsyncIterator[PushService]:
    service = PushService(vapid=vapid)
    routes = [Route("/push/{browser}", service.take, methods=["POST"])]
    async with serving(Starlette(routes=routes), certificate) as url:
        service.url = url
        yield service
