"""The provider over HTTP: what it publishes of itself, and the exchange of a code for tokens.

Nothing is followed elsewhere, nothing is read beyond a megabyte, and what it publishes is asked for again after an hour, or
when a token is signed by a key that was not there yet.
"""

import base64
import json
from collections.abc import Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

import httpx

from console.sso.claims import SignOnError
from console.sso.settings import SingleSignOn, is_issuer

PUBLISHED_LASTS = timedelta(hours=1)
KEYS_LAST = timedelta(minutes=1)  # at least: a stranger's token shall not have us ask all the time
_TIMEOUT = httpx.Timeout(10)
_LARGEST = 1_000_000  # bytes of an answer
_ENDPOINTS = ("authorization_endpoint", "token_endpoint", "jwks_uri")

__all__ = ["Provider", "SingleSignOn"]


@dataclass(frozen=True, kw_only=True)
class Way:
    """What ties an answer of the provider to the browser that was sent there."""

    state: str
    nonce: str
    challenge: str  # the verifier's hash


class Provider:
    """One provider. `transport` replaces the network in tests."""

    def __init__(self, settings: SingleSignOn, *, transport: httpx.AsyncBaseTransport | None = None) -> None:
        self.settings = settings
        self._transport = transport
        self._published: tuple[datetime, Mapping[str, Any]] | None = None
        self._keys: tuple[datetime, Mapping[str, Any]] | None = None

    async def published(self, *, now: datetime) -> Mapping[str, Any]:
        """Return what it publishes of itself. Raises SignOnError."""
        if self._published is not None and now - self._published[0] < PUBLISHED_LASTS:
            return self._published[1]
        issuer = self.settings.issuer
        found = await self._ask("GET", f"{issuer.rstrip('/')}/.well-known/openid-configuration")
        if found.get("issuer") != issuer:
            raise SignOnError("discovery: another issuer")
        if not all(_is_safe(found.get(name), like=issuer) for name in _ENDPOINTS):
            raise SignOnError("discovery: endpoints")
        self._published = (now, found)
        return found

    async def keys(self, *, now: datetime, wanted: str | None) -> Mapping[str, Any]:
        """Return its keys; asked for anew when the wanted one is not among them. Raises SignOnError."""
        if self._keys is not None:
            asked_at, kept = self._keys
            is_there = wanted is None or any(key.get("kid") == wanted for key in kept.get("keys", ()))
            if now - asked_at < (PUBLISHED_LASTS if is_there else KEYS_LAST):
                return kept
        published = await self.published(now=now)
        found = await self._ask("GET", published["jwks_uri"])
        self._keys = (now, found)
        return found

    async def address(self, way: Way, *, back: str, now: datetime) -> str:
        """Return where a browser is sent to log in. Raises SignOnError."""
        published = await self.published(now=now)
        query = urlencode(
            {
                "response_type": "code",
                "client_id": self.settings.client_id,
                "redirect_uri": back,
                "scope": self.settings.scopes,
                "state": way.state,
                "nonce": way.nonce,
                "code_challenge": way.challenge,
                "code_challenge_method": "S256",
            }
        )
        address: str = published["authorization_endpoint"]
        return f"{address}{'&' if urlsplit(address).query else '?'}{query}"

    async def says_who_answers(self, *, now: datetime) -> bool:
        """Whether it names itself in each answer (RFC 9207), so that an answer without a name is none of its own."""
        published = await self.published(now=now)
        return published.get("authorization_response_iss_parameter_supported") is True

    async def exchange(self, code: str, *, verifier: str, back: str, now: datetime) -> Mapping[str, Any]:
        """Return the tokens for a code. Raises SignOnError."""
        published = await self.published(now=now)
        form = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": back,
            "code_verifier": verifier,
        }
        headers, secret = {}, self.settings.client_secret
        methods = published.get("token_endpoint_auth_methods_supported", ["client_secret_basic"])
        if secret is None:
            form["client_id"] = self.settings.client_id
        elif "client_secret_basic" in methods:
            headers["Authorization"] = _basic(self.settings.client_id, secret)
        else:
            form |= {"client_id": self.settings.client_id, "client_secret": secret}
        found = await self._ask("POST", published["token_endpoint"], data=form, headers=headers)
        if not isinstance(found.get("id_token"), str):
            raise SignOnError("token endpoint: no id_token")
        return found

    async def more_of(self, access_token: object, *, now: datetime) -> Mapping[str, Any]:
        """Return what it says of whoever holds an access token. Raises SignOnError."""
        published = await self.published(now=now)
        address = published.get("userinfo_endpoint")
        if not isinstance(access_token, str) or not _is_safe(address, like=self.settings.issuer):
            return {}
        return await self._ask("GET", str(address), headers={"Authorization": f"Bearer {access_token}"})

    async def _ask(self, method: str, address: str, **more: Any) -> Mapping[str, Any]:
        where = urlsplit(address).path.rsplit("/", 1)[-1]
        try:
            async with self._client() as client, client.stream(method, address, **more) as answer:
                content = b""
                async for part in answer.aiter_bytes():
                    content += part
                    if len(content) > _LARGEST:
                        raise SignOnError(f"{where}: too large")
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise SignOnError(f"{where}: {type(error).__name__}") from error
        if answer.status_code != httpx.codes.OK:
            raise SignOnError(f"{where}: status {answer.status_code}")
        try:
            found = json.loads(content)
        except ValueError as error:
            raise SignOnError(f"{where}: no JSON") from error
        if not isinstance(found, dict):
            raise SignOnError(f"{where}: no object")
        return found

    @asynccontextmanager
    async def _client(self) -> Any:
        async with httpx.AsyncClient(
            transport=self._transport, timeout=_TIMEOUT, follow_redirects=False
        ) as client:
            client.headers["Accept"] = "application/json"
            yield client


def _is_safe(address: object, *, like: str) -> bool:
    """Whether an address may be asked: by https, or as plainly as the issuer, which is on this machine then."""
    if not isinstance(address, str):
        return False
    return is_issuer(address.partition("?")[0]) and urlsplit(address).scheme in {
        "https",
        urlsplit(like).scheme,
    }


def _basic(client_id: str, secret: str) -> str:
    pair = f"{quote(client_id, safe='')}:{quote(secret, safe='')}"
    return f"Basic {base64.b64encode(pair.encode()).decode()}"
