"""The route by which a team's tracker answers: `POST /hooks/<desk>/<team>`, signed like everything that we send there.

Whoever cannot sign learns nothing, not even whether there is such a team: they get the 404 of any wrong address.
"""

import json
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, Protocol
from urllib.parse import urlsplit

from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from channels.bodies import bounded
from channels.contract import StoreBusy
from channels.hooks.signature import SignatureError, verified_id

PATH = "/hooks/{desk}/{team}"
BODY_LIMIT = 256 * 1024  # bytes
LONGEST_TEXT = 20_000
LONGEST_KEY = 100
LONGEST_NAME = 100
LONGEST_URL = 1000


class ReportKind(StrEnum):
    CREATED = "issue.created"
    COMMENTED = "issue.commented"
    CLOSED = "issue.closed"


@dataclass(frozen=True, kw_only=True)
class Report:
    """What a tracker tells about the issue that stands for a ticket there."""

    desk: str
    team: str
    event_id: str  # the same when it is told again
    kind: ReportKind
    ticket: int | None  # None: the issue's key names it
    key: str | None = None  # of the issue, as the tracker calls it
    url: str | None = None
    author: str | None = None
    text: str = ""
    raw: bytes = field(default=b"", repr=False)


class UnreadableReportError(Exception):
    """A signed body that says nothing we know; the sentence says what is expected."""


class TrackerInlet(Protocol):
    """What the door may do to the house."""

    def secret_of(self, desk: str, team: str) -> str | None:
        """Return the secret shared with a team's tracker; None where there is none."""

    async def report(self, report: Report) -> bool:
        """Take a report in, once; returns when it is stored. False: there is no such ticket with that team.

        Raises StoreBusy.
        """

    def refuse(self, *, account: str, reason: str) -> None:
        """Count what was turned away."""


class TrackerDoor:
    def __init__(self, inlet: TrackerInlet, *, clock: Callable[[], datetime]) -> None:
        self._inlet = inlet
        self._clock = clock

    @property
    def route(self) -> Route:
        return Route(PATH, self._take, methods=["POST"], name="tracker")

    async def _take(self, request: Request) -> Response:
        desk, team = request.path_params["desk"], request.path_params["team"]
        secret = self._inlet.secret_of(desk, team)
        try:
            body = await bounded(request, BODY_LIMIT)
        except ClientDisconnect:
            return _error(400, "malformed", "the body did not arrive")
        if secret is None:
            return _nothing_here()
        if body is None:
            self._inlet.refuse(account=f"{desk}/team/{team}", reason="size")
            return _nothing_here()
        try:
            event_id = verified_id(secret, request.headers, body, now=self._clock())
        except SignatureError as error:
            self._inlet.refuse(account=f"{desk}/team/{team}", reason=error.reason)
            return _nothing_here()
        return await _answered(self._inlet.report, lambda: read_report(desk, team, event_id, body))


async def _answered(take: Callable[[Report], Awaitable[bool]], read: Callable[[], Report]) -> Response:
    try:
        known = await take(read())
    except UnreadableReportError as error:
        return _error(422, "malformed", str(error))
    except StoreBusy:
        answer = _error(503, "unavailable", "not stored now, please send it again")
        answer.headers["Retry-After"] = "5"
        return answer
    return (
        Response(status_code=204) if known else _error(404, "not_found", "no such ticket is with this team")
    )


def read_report(desk: str, team: str, event_id: str, body: bytes) -> Report:
    """Read a body that was signed. Raises UnreadableReportError."""
    try:
        content = json.loads(body)
    except (ValueError, RecursionError):
        raise UnreadableReportError("expected JSON") from None
    data = content.get("data") if isinstance(content, dict) else None
    if not isinstance(data, dict) or content.get("type") not in set(ReportKind):
        raise UnreadableReportError(f'expected {{"type", "data"}} with a type of {", ".join(ReportKind)}')
    kind = ReportKind(content["type"])
    issue, comment = _mapping(data, "issue"), _mapping(data, "comment")
    report = Report(
        desk=desk,
        team=team,
        event_id=event_id,
        kind=kind,
        ticket=_number(data.get("ticket")),
        key=_text(issue, "key", LONGEST_KEY) or None,
        url=_link(issue),
        author=_text(comment, "author", LONGEST_NAME) or None,
        text=_text(comment if kind is ReportKind.COMMENTED else data, "text", LONGEST_TEXT),
        raw=body,
    )
    if report.ticket is None and report.key is None:
        raise UnreadableReportError("expected data.ticket, or data.issue.key of an issue told before")
    if kind is ReportKind.CREATED and report.key is None:
        raise UnreadableReportError("expected data.issue.key")
    if kind is ReportKind.COMMENTED and not report.text:
        raise UnreadableReportError("expected data.comment.text")
    return report


def _mapping(data: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    found = data.get(key)
    return found if isinstance(found, dict) else {}


def _number(value: Any) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) and 0 < value < 10**15 else None


def _text(data: Mapping[str, Any], key: str, longest: int) -> str:
    """Read a text, cut where it is too long."""
    value = data.get(key)
    return value.replace("\x00", "").strip()[:longest] if isinstance(value, str) else ""


def _link(issue: Mapping[str, Any]) -> str | None:
    """Read a web address; whatever else a link may be (`javascript:`) is left out."""
    url = _text(issue, "url", LONGEST_URL + 1)
    if not url or len(url) > LONGEST_URL or not url.isprintable() or " " in url:
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return url if parts.scheme in {"http", "https"} and parts.hostname else None


def _nothing_here() -> Response:
    return _error(404, "not_found", "Not Found")


def _error(status: int, code: str, message: str) -> JSONResponse:
    return JSONResponse({"error": {"code": code, "message": message, "field": None}}, status_code=status)
