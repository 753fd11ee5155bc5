"""Who a visitor is: a visit, signed, in a cookie or in the hands of our own script. And the keys of forms: good for once.

Browsers that refuse cookies in frames of other sites leave the widget with the *pass*: the same signed visit, which the
page hands to its script, which keeps it for this origin and shows it with each request. Both are signed anew with each
page, so that a conversation lives as long as somebody comes back to it.
"""

import base64
import hashlib
import secrets
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass

from itsdangerous import BadSignature, URLSafeSerializer
from starlette.requests import Request
from starlette.responses import Response

from tickets.message import Vouched

COOKIE = "tanggap_chat"
PASS = "x-chat-pass"  # noqa: S105  the name of a header
LASTS = 180 * 24 * 60 * 60  # seconds since the last page
LASTS_VOUCHED = 12 * 60 * 60  # seconds since somebody vouched for the visitor


@dataclass(frozen=True, kw_only=True)
class Visit:
    """Whose conversation it is."""

    visitor: str
    vouched: Vouched | None = None
    until: int | None = None  # of who is vouched for: when the word is over, in seconds since 1970


@dataclass(frozen=True, kw_only=True)
class OnceKey:
    """What a form carries: whose it is, and by what it is known when it comes twice."""

    visitor: str
    key: str


class Visitors:
    """Signs and reads the visits and forms of one web chat."""

    def __init__(
        self, secret_key: str, account: str, *, page: str, is_https: bool,
        clock: Callable[[], float] = time.time,
    ) -> None:  # fmt: skip
        """`page`: the path of the chat's page."""
        self._visits = URLSafeSerializer(secret_key, salt=f"webchat:{account}")
        self._forms = URLSafeSerializer(secret_key, salt=f"webchat-form:{account}")
        self._account = account
        self._is_https = is_https
        # Over https by a name that a sibling of the domain cannot set; such a cookie is sent to every path of ours.
        self._cookie = f"__Host-{COOKIE}-{page.rpartition('/')[2]}" if is_https else COOKIE
        self._path = "/" if is_https else page
        self._clock = clock

    def known(self, request: Request) -> Visit | None:
        """Return the visit that the pass names, or else the cookie; None for a new, a forged, or one long past."""
        signed = (request.headers.get(PASS), request.cookies.get(self._cookie))
        return next((visit for each in signed if each and (visit := self._read(each))), None)

    def new(self) -> Visit:
        return Visit(visitor=secrets.token_urlsafe(16))

    def of_person(self, vouched: Vouched) -> Visit:
        """Return the visit of somebody who is vouched for: the same on each of their devices."""
        name = hashlib.sha256(f"{self._account}\n{vouched.subject}".encode()).digest()[:18]
        visitor = f"lms-{base64.urlsafe_b64encode(name).decode()}"
        return Visit(visitor=visitor, vouched=vouched, until=int(self._clock()) + LASTS_VOUCHED)

    def signed(self, visit: Visit) -> str:
        content = {"visitor": visit.visitor, "until": visit.until or int(self._clock()) + LASTS}
        return str(self._visits.dumps(content | ({"who": asdict(visit.vouched)} if visit.vouched else {})))

    def remember(self, response: Response, visit: Visit) -> None:
        """Set the cookie. Within another site's page browsers keep it only if it says that it may be there."""
        seconds = LASTS if visit.until is None else max(visit.until - int(self._clock()), 0)
        self._set(response, self.signed(visit), seconds)

    def forget(self, response: Response) -> None:
        self._set(response, "", 0)

    def form_key(self, visit: Visit) -> str:
        return str(self._forms.dumps([visit.visitor, secrets.token_urlsafe(12)]))

    def read_form_key(self, signed: str) -> OnceKey | None:
        """Return what a form's key says; None if it is not one that we made."""
        try:
            content = self._forms.loads(signed[:1000])
        except BadSignature:
            return None
        if not isinstance(content, list) or len(content) != 2:
            return None
        return OnceKey(visitor=str(content[0]), key=str(content[1]))

    def _read(self, signed: str) -> Visit | None:
        try:
            content = self._visits.loads(signed[:4000])
        except BadSignature:
            return None
        if not isinstance(content, dict) or content["until"] <= self._clock():
            return None
        if "who" not in content:
            return Visit(visitor=content["visitor"])
        return Visit(visitor=content["visitor"], vouched=Vouched(**content["who"]), until=content["until"])

    def _set(self, response: Response, value: str, seconds: int) -> None:
        parts = [f"{self._cookie}={value}", f"Max-Age={seconds}", f"Path={self._path}", "HttpOnly"]
        parts += ["Secure", "SameSite=None", "Partitioned"] if self._is_https else ["SameSite=Lax"]
        response.headers.append("Set-Cookie", "; ".join(parts))
