"""OAuth2 in place of a mailbox's password: Google Workspace, Microsoft 365, or any server with a token endpoint.

A refresh token buys access tokens that live about an hour; each is fetched when it is first needed and renewed before
it ends. Microsoft gives out a new refresh token with each access token and lets an old one end after 90 days, so the
newest is kept (`Keeper`). Once the endpoint has refused us it is left in peace for a while: only a person can help, and
providers lock out who goes on asking.
"""

import asyncio
import hashlib
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol
from urllib.parse import urlsplit

import httpx
import structlog

from channels.contract import ChannelError
from channels.trust import publicly_trusted

GOOGLE, MICROSOFT = "google", "microsoft"

_PRESETS = {
    GOOGLE: ("https://oauth2.googleapis.com/token", "https://mail.google.com/"),
    MICROSOFT: (
        "https://login.microsoftonline.com/{tenant}/oauth2/v2.0/token",
        "https://outlook.office.com/IMAP.AccessAsUser.All https://outlook.office.com/SMTP.Send offline_access",
    ),
}
_WITHOUT_USER = "https://outlook.office365.com/.default"  # Microsoft: the application itself is allowed in
_WITHIN = 15.0  # seconds, for one question
_MOST_OF_ANSWER = 64 * 1024  # bytes
_LONGEST_TOKEN = 16_000
_EARLY = 300.0  # seconds before its end at which a token is renewed; a fifth of its life if that is less
_USUAL_LIFE = 3600.0
_PEACE = 3600.0  # after a refusal
_KNOWN_ERRORS = frozenset(
    {
        "invalid_request", "invalid_client", "invalid_grant", "unauthorized_client", "unsupported_grant_type",
        "invalid_scope", "interaction_required", "consent_required",
    }
)  # fmt: skip

log = structlog.get_logger()


@dataclass(frozen=True, kw_only=True)
class OAuth:
    """How a mailbox proves who it is. Raises ValueError where something is missing."""

    provider: str  # google, microsoft, microsoft/<tenant>, or the URL of a token endpoint
    client_id: str
    client_secret: str | None = field(default=None, repr=False)
    refresh_token: str | None = field(default=None, repr=False)
    scope: str | None = None  # None: what the provider asks for mail

    def __post_init__(self) -> None:
        if self.refresh_token is None and (self.client_secret is None or self.provider == GOOGLE):
            raise ValueError("it needs a refresh token")

    @property
    def token_url(self) -> str:
        name, _, tenant = self.provider.partition("/")
        return _PRESETS[name][0].format(tenant=tenant or "common") if name in _PRESETS else self.provider

    @property
    def host(self) -> str:
        return urlsplit(self.token_url).hostname or ""

    @property
    def fingerprint(self) -> str:
        """Tell one refresh token that a person set from the next one."""
        return hashlib.sha256((self.refresh_token or "").encode()).hexdigest()[:16]

    def asked(self, refresh_token: str | None) -> dict[str, str]:
        """Return the form that asks for an access token."""
        usual = _PRESETS.get(self.provider.partition("/")[0], ("", ""))[1]
        form = {"client_id": self.client_id}
        if self.client_secret is not None:
            form["client_secret"] = self.client_secret
        if refresh_token is None:
            usual = _WITHOUT_USER if usual else ""
            form["grant_type"] = "client_credentials"
        else:
            form |= {"grant_type": "refresh_token", "refresh_token": refresh_token}
        scope = self.scope or usual
        return form | ({"scope": scope} if scope and self.provider != GOOGLE else {})


def provider_of(raw: str) -> str:
    """Check how a desk file names a provider. Raises ValueError."""
    name, slash, tenant = raw.partition("/")
    if raw == GOOGLE or (name == MICROSOFT and bool(slash) == bool(tenant) and _is_tenant(tenant)):
        return raw
    parts = urlsplit(raw)
    here = parts.hostname in {"127.0.0.1", "::1", "localhost"}
    if parts.scheme != "https" and not (parts.scheme == "http" and here):
        raise ValueError("secrets travel by https only")
    if not parts.hostname or parts.username or parts.fragment:
        raise ValueError("no URL of a token endpoint")
    return raw


def _is_tenant(text: str) -> bool:
    return len(text) <= 100 and text.replace(".", "").replace("-", "").isalnum() if text else True


class TokenRefusedError(ChannelError):
    """The token endpoint does not give us a token, and will not until a person acts."""


class TokenUnavailableError(ChannelError):
    """The token endpoint cannot be reached, or cannot answer now."""


class Keeper(Protocol):
    """Where the newest refresh token of a mailbox is kept, beside the fingerprint of the one a person had set."""

    def read(self, fingerprint: str) -> str | None: ...

    def write(self, fingerprint: str, refresh_token: str) -> None:
        """Raises OSError."""


class KeptInMemory:
    """Fulfils Keeper for as long as the process lives."""

    def __init__(self) -> None:
        self._kept: dict[str, str] = {}

    def read(self, fingerprint: str) -> str | None:
        return self._kept.get(fingerprint)

    def write(self, fingerprint: str, refresh_token: str) -> None:
        self._kept[fingerprint] = refresh_token


class Tokens:
    """The access tokens of one mailbox, for its listener and its sender."""

    def __init__(
        self,
        oauth: OAuth,
        *,
        account: str,
        keeper: Keeper | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._oauth = oauth
        self._keeper = keeper or KeptInMemory()
        self._clock = clock
        self._lock = asyncio.Lock()
        self._token: str | None = None
        self._renew_at = 0.0
        self._refusal: str | None = None
        self._ask_again_at = 0.0
        self._log = log.bind(account=account)

    @property
    def trouble(self) -> str | None:
        """Say why there is no token, in a sentence for the operator; None while all is well."""
        return self._refusal

    async def token(self) -> str:
        """Return a token that lives for some minutes yet. Raises TokenRefusedError or TokenUnavailableError."""
        async with self._lock:
            if self._token is not None and self._clock() < self._renew_at:
                return self._token
            if self._refusal is not None and self._clock() < self._ask_again_at:
                raise TokenRefusedError(self._refusal)
            try:
                return await self._renew()
            except TokenRefusedError as error:
                self._token, self._refusal = None, str(error)
                self._ask_again_at = self._clock() + _PEACE
                self._log.error("oauth.refused", why=str(error), asked_again_in=_PEACE)
                raise

    def spoil(self, token: str) -> None:
        """Note that a mail server refused a token: the next one is fetched anew."""
        if token == self._token:
            self._token = None

    async def _renew(self) -> str:
        refresh_token = self._newest()
        try:
            answer = await self._asked(refresh_token)
        except TokenRefusedError:
            if self._newest() == refresh_token:
                raise
            answer = await self._asked(self._newest())  # another process renewed it meanwhile
        token, life = _token_in(answer), _life_in(answer)
        newer = answer.get("refresh_token")
        if isinstance(newer, str) and 0 < len(newer) <= _LONGEST_TOKEN and newer != refresh_token:
            await self._keep(newer)
        self._token, self._refusal = token, None
        self._renew_at = self._clock() + life - min(_EARLY, life / 5)
        return token

    async def _keep(self, refresh_token: str) -> None:
        try:
            await asyncio.to_thread(self._keeper.write, self._oauth.fingerprint, refresh_token)
        except (
            OSError
        ) as error:  # mail goes on; the one that a person set may still be good at the next start
            self._log.error("oauth.not_kept", why=error.strerror)

    def _newest(self) -> str | None:
        if self._oauth.refresh_token is None:
            return None
        return self._keeper.read(self._oauth.fingerprint) or self._oauth.refresh_token

    async def _asked(self, refresh_token: str | None) -> Mapping[str, Any]:
        host = self._oauth.host
        try:
            async with (
                asyncio.timeout(_WITHIN),
                # Redirects would carry the secrets to whatever host they name.
                httpx.AsyncClient(
                    verify=publicly_trusted(), trust_env=False, follow_redirects=False, timeout=_WITHIN
                ) as client,
                client.stream(
                    "POST", self._oauth.token_url, data=self._oauth.asked(refresh_token),
                    headers={"Accept": "application/json", "Accept-Encoding": "identity"},
                ) as response,
            ):  # fmt: skip
                body = await _bounded(response)
        except (httpx.HTTPError, OSError, TimeoutError) as error:
            raise TokenUnavailableError(
                f"the token endpoint at {host} cannot be reached ({type(error).__name__})"
            ) from None
        if response.status_code == httpx.codes.TOO_MANY_REQUESTS or response.is_server_error:
            raise TokenUnavailableError(f"the token endpoint at {host} answers {response.status_code}")
        answer = _json(response, body)
        if response.is_success and answer is not None and _token_in(answer):
            return answer
        raise TokenRefusedError(_in_words(host, response.status_code, (answer or {}).get("error")))


async def _bounded(response: httpx.Response) -> bytes:
    body = b""
    async for chunk in response.aiter_raw():
        body += chunk
        if len(body) > _MOST_OF_ANSWER:
            return b""
    return body


def _json(response: httpx.Response, body: bytes) -> Mapping[str, Any] | None:
    try:
        content = httpx.Response(response.status_code, content=body).json()
    except (ValueError, RecursionError):
        return None
    return content if isinstance(content, dict) else None


def _token_in(answer: Mapping[str, Any]) -> str:
    """Return the token; "" where there is none that may stand in a login."""
    token = answer.get("access_token")
    fits = isinstance(token, str) and len(token) <= _LONGEST_TOKEN and token.isascii() and token.isprintable()
    return str(token) if fits else ""


def _life_in(answer: Mapping[str, Any]) -> float:
    try:
        seconds = float(answer.get("expires_in", _USUAL_LIFE))
    except (TypeError, ValueError):
        return _USUAL_LIFE
    return min(max(seconds, 1.0), 86_400.0)


def _in_words(host: str, status: int, error: object) -> str:
    """Say what a refusal means; of the endpoint's own words only those of the standard, for others may repeat ours."""
    if error == "invalid_grant":
        return (
            f"{host} refuses the refresh token (invalid_grant): access was revoked or has expired. "
            "Grant it anew and set the new refresh token"
        )
    if error in {"invalid_client", "unauthorized_client"}:
        return f"{host} refuses the application ({error}): check client id and secret, which may have expired"
    word = error if isinstance(error, str) and error in _KNOWN_ERRORS else f"status {status}"
    return f"{host} gives no token ({word}): check the OAuth2 settings of the account"
