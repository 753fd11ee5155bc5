"""Who a visitor is: an id of ours in a signed cookie. And the keys of forms: signed for one visitor, good for once."""

import secrets
from dataclasses import dataclass

from itsdangerous import BadSignature, URLSafeSerializer
from starlette.requests import Request
from starlette.responses import Response

COOKIE = "tanggap_chat"
LASTS = 180 * 24 * 60 * 60  # seconds


@dataclass(frozen=True, kw_only=True)
class OnceKey:
    """What a form carries: whose it is, and by what it is known when it comes twice."""

    visitor: str
    key: str


class Visitors:
    """Signs and reads cookies and forms of one web chat."""

    def __init__(self, secret_key: str, account: str, *, is_https: bool) -> None:
        self._cookies = URLSafeSerializer(secret_key, salt=f"webchat:{account}")
        self._forms = URLSafeSerializer(secret_key, salt=f"webchat-form:{account}")
        self._is_https = is_https

    def known(self, request: Request) -> str | None:
        """Return the visitor that the cookie names."""
        try:
            visitor = self._cookies.loads(request.cookies.get(COOKIE, "")[:500])
        except BadSignature:
            return None
        return visitor if isinstance(visitor, str) else None

    def new(self) -> str:
        return secrets.token_urlsafe(16)

    def remember(self, response: Response, visitor: str, *, path: str) -> None:
        """Set the cookie. Within another site's page browsers keep it only if it says that it may be there."""
        parts = [f"{COOKIE}={self._cookies.dumps(visitor)}", f"Max-Age={LASTS}", f"Path={path}", "HttpOnly"]
        parts += ["Secure", "SameSite=None", "Partitioned"] if self._is_https else ["SameSite=Lax"]
        response.headers.append("Set-Cookie", "; ".join(parts))

    def form_key(self, visitor: str) -> str:
        return str(self._forms.dumps([visitor, secrets.token_urlsafe(12)]))

    def read_form_key(self, signed: str) -> OnceKey | None:
        """Return what a form's key says; None if it is not one that we made."""
        try:
            content = self._forms.loads(signed[:1000])
        except BadSignature:
            return None
        if not isinstance(content, list) or len(content) != 2:
            return None
        return OnceKey(visitor=str(content[0]), key=str(content[1]))
