"""Twilio for one WhatsApp sender: the REST API that takes messages, the storage of media, and the people behind it.

`async with standin.served() as api:` serves it; give `api` to the adapter. What was taken stands in `messages`.
`contact_writes`, `webhook` and `status` play the other direction: they post to a desk under `base_url` what Twilio would
post to its public URL, signed over the public one. Requests that the real API would refuse, or that it would accept
and spoil (a Body beside a ContentSid, a second attachment), are refused here with the code that explains it.

The list leaves a message out of any DateSent filter until it was sent: a queued one has no such date.
"""

import asyncio
import base64
import contextlib
import hashlib
import hmac
import json
import re
import time
from collections import defaultdict
from collections.abc import AsyncIterator, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import format_datetime
from itertools import count
from typing import Any, Literal
from urllib.parse import parse_qsl, urlencode, urlsplit

import httpx
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from tests.standins.serving import serving

PREFIX = "whatsapp:"
BODY_LIMIT = 1600
Call = Literal["create", "list", "media"]
Pairs = Sequence[tuple[str, str]]

_ADDRESS = re.compile(r"whatsapp:(\+[1-9][0-9]{6,14}|[A-Z]{2}\.[A-Za-z0-9]{1,128})")
_TEMPLATE = re.compile(r"HX[0-9a-f]{32}")
_SERVICE = re.compile(r"MG[0-9a-fA-F]{32}")
_FIELDS = {"To", "From", "MessagingServiceSid", "Body", "MediaUrl", "ContentSid", "ContentVariables"} | {
    "StatusCallback",
    "ValidityPeriod",
}
_FILTERS = {"To", "From", "DateSent", "DateSent<", "DateSent>", "PageSize", "Page", "PageToken"}
_TICK = 0.01  # seconds between two looks at a condition


class Refused(Exception):  # noqa: N818  what the API did
    """What the API answers instead of doing it."""

    def __init__(self, code: int, message: str = "Refused by the stand-in", *, status: int = 400) -> None:
        super().__init__(message)
        self.code, self.status = code, status

    def answer(self) -> Response:
        more_info = f"https://www.twilio.com/docs/errors/{self.code}"
        body = {"code": self.code, "message": str(self), "more_info": more_info, "status": self.status}
        return JSONResponse(body, status_code=self.status)


@dataclass(kw_only=True)
class Message:
    """One message that the API took over."""

    sid: str
    to: str  # bare, as the desk knows the contact
    from_: str | None  # bare; None if a messaging service picks one
    body: str
    media_url: str | None
    content_sid: str | None
    content_variables: dict[str, str]
    status_callback: str | None
    service: str | None
    validity: int | None  # seconds
    status: str
    created_at: datetime
    sent_at: datetime | None = None
    error_code: int | None = None


@dataclass(kw_only=True)
class Fault:
    kind: Literal["pass", "refusal", "silence", "cut", "garbage", "callback"]
    refusal: Refused | None = None
    after: bool = False  # whether it was taken over before the line failed
    base_url: str = ""
    status: str = ""


@dataclass(kw_only=True)
class Medium:
    content: bytes
    type: str
    redirect: str | None  # instead of the storage


@dataclass(kw_only=True)
class Download:
    at: Literal["api", "storage"]
    with_credentials: bool


@dataclass(kw_only=True)
class TwilioStandin:
    sender: str = "+14155238886"
    account_sid: str = "AC" + "0a" * 16
    auth_token: str = "0123456789abcdef0123456789abcdef"
    public_url: str = "http://127.0.0.1:8000"  # of the desk, as configured at Twilio
    clock: Callable[[], datetime] = lambda: datetime.now(UTC)
    messages: list[Message] = field(default_factory=list)
    refusals: list[int] = field(default_factory=list)  # codes with which requests were refused by the checks
    downloads: list[Download] = field(default_factory=list)
    base_url: str = ""  # of the API, while served
    storage_url: str = ""

    def __post_init__(self) -> None:
        self._faults: dict[Call, list[Fault]] = defaultdict(list)
        self._numbers = count(1)
        self._media: dict[str, Medium] = {}
        api = "/2010-04-01/Accounts/{account}/Messages"
        self.app = Starlette(
            routes=[
                Route(f"{api}.json", self._create, methods=["POST"]),
                Route(f"{api}.json", self._list, methods=["GET"]),
                Route(f"{api}/{{message}}.json", self._one, methods=["GET"]),
                Route(f"{api}/{{message}}/Media/{{medium}}", self._medium, methods=["GET"]),
            ]
        )
        self.storage = Starlette(routes=[Route("/{medium}", self._stored, methods=["GET"])])

    @contextlib.asynccontextmanager
    async def served(self) -> AsyncIterator[str]:
        """Serve the API and, at another port, the storage of media. Yields the base URL of the API."""
        async with serving(self.app) as self.base_url, serving(self.storage) as self.storage_url:
            yield self.base_url

    # What came, for tests.

    @property
    def last(self) -> Message:
        if not self.messages:
            raise AssertionError("No message was taken over.")
        return self.messages[-1]

    def to(self, address: str) -> list[Message]:
        """The messages that went to one contact, oldest first."""
        return [message for message in self.messages if message.to == address]

    async def until(self, condition: Callable[[], object], *, within: float = 10.0) -> None:
        """Wait until something is so; fails the test after `within` seconds."""
        end = time.monotonic() + within
        while not condition():
            if time.monotonic() > end:
                raise AssertionError(f"It did not come about within {within} seconds.")
            await asyncio.sleep(_TICK)

    # Faults: each is used once (or `times`), in the order in which they were asked for.

    def refuses(self, code: int, *, status: int = 400, on: Call = "create", times: int = 1) -> None:
        """Answer with one of Twilio's codes, such as 63016, 21610, or 20003 with status 401."""
        self._add(on, times, Fault(kind="refusal", refusal=Refused(code, status=status)))

    def throttles(self, *, on: Call = "create", times: int = 1) -> None:
        refusal = Refused(20429, "Too Many Requests", status=429)
        self._add(on, times, Fault(kind="refusal", refusal=refusal))

    def breaks(self, *, after: bool = False, on: Call = "create", times: int = 1) -> None:
        """500, before or `after` the message was taken over."""
        refusal = Refused(20500, "Internal Server Error", status=500)
        self._add(on, times, Fault(kind="refusal", refusal=refusal, after=after))

    def answers_garbage(self, *, after: bool = False, on: Call = "create", times: int = 1) -> None:
        """A page of HTML with 200, as some proxy in between would give."""
        self._add(on, times, Fault(kind="garbage", after=after))

    def says_nothing(self, *, after: bool = False, on: Call = "create", times: int = 1) -> None:
        """Leave the line open and silent until the caller gives up."""
        self._add(on, times, Fault(kind="silence", after=after))

    def cuts(self, *, after: bool = False, on: Call = "create", times: int = 1) -> None:
        """Break the connection instead of an answer; with `after` the message was taken over."""
        self._add(on, times, Fault(kind="cut", after=after))

    def calls_back_early(self, base_url: str, status: str = "sent") -> None:
        """Post a status callback to the desk before the request that sends is answered."""
        self._add("create", 1, Fault(kind="callback", after=True, base_url=base_url, status=status))

    def passes(self, times: int = 1, *, on: Call = "create") -> None:
        """Work as usual before the faults that are asked for next."""
        self._add(on, times, Fault(kind="pass"))

    def mends(self) -> None:
        """Forget the faults that are still waiting."""
        self._faults.clear()

    def _add(self, on: Call, times: int, fault: Fault) -> None:
        self._faults[on] += [fault] * times

    def _take(self, call: Call) -> Fault:
        waiting = self._faults[call]
        return waiting.pop(0) if waiting else Fault(kind="pass")

    # The other direction.

    def sign(self, url: str, fields: Mapping[str, str] | Pairs, *, token: str | None = None) -> str:
        """Return X-Twilio-Signature. Of a field that comes twice each distinct value counts once, in order."""
        values: dict[str, set[str]] = defaultdict(set)
        for name, value in _pairs(fields):
            values[name].add(value)
        text = url + "".join(name + value for name in sorted(values) for value in sorted(values[name]))
        key = (token or self.auth_token).encode()
        return base64.b64encode(hmac.new(key, text.encode(), hashlib.sha1).digest()).decode()

    async def post(
        self,
        base_url: str,
        target: str,
        fields: Mapping[str, str] | Pairs,
        *,
        signature: str | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> httpx.Response:
        """Post a form to `target` (path and query) below `base_url`, signed over the public URL unless told."""
        pairs = _pairs(fields)
        given = signature if signature is not None else self.sign(f"{self.public_url}{target}", pairs)
        sent = {
            "Content-Type": "application/x-www-form-urlencoded; charset=UTF-8",
            "User-Agent": "TwilioProxy/1.1",
            "I-Twilio-Idempotency-Token": self._sid("")[-32:],
            "X-Twilio-Signature": given,
            **(headers or {}),
        }
        async with httpx.AsyncClient(timeout=15) as client:
            return await client.post(f"{base_url}{target}", content=urlencode(pairs), headers=sent)

    async def webhook(self, base_url: str, desk: str, **fields: str) -> httpx.Response:
        """Bring a message to a desk. `fields` replace or add to those of a plain text from Ana."""
        return await self.post(base_url, f"/channels/whatsapp/{desk}", self.incoming(**fields))

    async def contact_writes(
        self,
        base_url: str,
        desk: str,
        text: str = "",
        *,
        number: str = "+6281234567890",
        name: str = "Ana Wijaya",
        media: Iterable[str] = (),
        **fields: str,
    ) -> httpx.Response:
        """Bring what somebody wrote; `media` are URLs that `holds` gave. The types of the media are their own."""
        urls = list(media)
        attached = {"NumMedia": str(len(urls))}
        for index, url in enumerate(urls):
            attached |= {f"MediaUrl{index}": url, f"MediaContentType{index}": self._media[_tail(url)].type}
        named = {"From": f"{PREFIX}{number}", "WaId": number.lstrip("+"), "ProfileName": name, "Body": text}
        return await self.webhook(base_url, desk, **named | attached | fields)

    def incoming(self, **fields: str) -> dict[str, str]:
        """The form of an incoming message, as Twilio posts it."""
        sid = fields.get("MessageSid") or self._sid("SM")
        return {
            "SmsMessageSid": sid,
            "NumMedia": "0",
            "ProfileName": "Ana Wijaya",
            "MessageType": "text",
            "SmsSid": sid,
            "WaId": "6281234567890",
            "SmsStatus": "received",
            "Body": "Halo",
            "To": f"{PREFIX}{self.sender}",
            "NumSegments": "1",
            "ReferralNumMedia": "0",
            "MessageSid": sid,
            "AccountSid": self.account_sid,
            "ChannelMetadata": '{"type":"whatsapp","data":{"context":{"ProfileName":"Ana Wijaya"}}}',
            "From": f"{PREFIX}+6281234567890",
            "ApiVersion": "2010-04-01",
        } | fields

    async def status(
        self, base_url: str, message: Message, status: str, error_code: int | None = None, **fields: str
    ) -> httpx.Response:
        """Tell how a message fares, at the StatusCallback it was sent with, moved to `base_url`."""
        if message.status_callback is None:
            raise AssertionError("The message was sent without a StatusCallback.")
        self._fares(message, status, error_code)
        url = urlsplit(message.status_callback)
        target = f"{url.path}?{url.query}" if url.query else url.path
        form = self._callback(message, status, error_code) | fields
        return await self.post(base_url, target, form, signature=self.sign(message.status_callback, form))

    def _fares(self, message: Message, status: str, error_code: int | None) -> None:
        message.status, message.error_code = status, error_code
        if status in {"sent", "delivered", "read"} and message.sent_at is None:
            message.sent_at = self.clock()

    def _callback(self, message: Message, status: str, error_code: int | None) -> dict[str, str]:
        form = {
            "ChannelToAddress": f"{message.to[:-4]}XXXX",
            "ChannelInstallSid": "XE" + "0" * 32,
            "ChannelPrefix": "whatsapp",
            "SmsSid": message.sid,
            "SmsStatus": status,
            "MessageSid": message.sid,
            "MessageStatus": status,
            "From": f"{PREFIX}{message.from_ or self.sender}",
            "To": f"{PREFIX}{message.to}",
            "AccountSid": self.account_sid,
            "ApiVersion": "2010-04-01",
            "StructuredMessage": "false",
        }
        return form | ({"ErrorCode": str(error_code)} if error_code else {})

    # Media.

    def holds(self, content: bytes, kind: str = "image/jpeg", *, redirect: str | None = None) -> str:
        """Keep a file that somebody sent and return its MediaUrl; `redirect` leads elsewhere than to the storage."""
        sid = self._sid("ME")
        self._media[sid] = Medium(content=content, type=kind, redirect=redirect)
        return (
            f"{self.base_url}/2010-04-01/Accounts/{self.account_sid}/Messages/{self._sid('MM')}/Media/{sid}"
        )

    async def _medium(self, request: Request) -> Response:
        given = "authorization" in request.headers
        self.downloads.append(Download(at="api", with_credentials=given))
        try:
            self._authenticate(request)
            fault = self._take("media")
            if fault.kind != "pass":
                return await self._fail(request, fault)
            medium = self._media.get(request.path_params["medium"])
            if medium is None:
                raise Refused(20404, "Not found", status=404)  # noqa: TRY301
        except Refused as refusal:
            return refusal.answer()
        return RedirectResponse(medium.redirect or f"{self.storage_url}/{request.path_params['medium']}")

    async def _stored(self, request: Request) -> Response:
        given = "authorization" in request.headers
        self.downloads.append(Download(at="storage", with_credentials=given))
        if given:
            return Response("Only one auth mechanism allowed", status_code=400)
        medium = self._media[request.path_params["medium"]]
        return Response(medium.content, headers={"Content-Type": medium.type})

    # The REST API.

    async def _create(self, request: Request) -> Response:
        try:
            self._authenticate(request)
            fault = self._take("create")
            if fault.kind not in {"pass", "callback"} and not fault.after:
                return await self._fail(request, fault)
            message = self._message(await _form(request))
        except Refused as refusal:
            self.refusals.append(refusal.code)
            return refusal.answer()
        self.messages.append(message)
        answer = JSONResponse(self._json(message), status_code=201)
        if fault.kind == "callback":
            await self.status(fault.base_url, message, fault.status)
        elif fault.kind != "pass":
            return await self._fail(request, fault)
        return answer

    async def _list(self, request: Request) -> Response:
        try:
            self._authenticate(request)
            fault = self._take("list")
            if fault.kind != "pass":
                return await self._fail(request, fault)
            asked = request.query_params
            found = [message for message in reversed(self.messages) if self._matches(message, asked)]
            size = int(asked.get("PageSize", 50))
            page = int(asked.get("Page", 0))
        except Refused as refusal:
            self.refusals.append(refusal.code)
            return refusal.answer()
        shown = found[page * size : (page + 1) * size]
        more = {**asked, "Page": str(page + 1), "PageToken": f"PASM{page + 1}"}
        uri = f"/2010-04-01/Accounts/{self.account_sid}/Messages.json"
        return JSONResponse(
            {
                "messages": [self._json(message) for message in shown],
                "next_page_uri": f"{uri}?{urlencode(more)}" if len(found) > (page + 1) * size else None,
                "page": page,
                "page_size": size,
                "start": page * size,
                "end": page * size + len(shown) - 1,
                "uri": f"{uri}?{urlencode(asked)}",
            }
        )

    def _matches(self, message: Message, asked: Mapping[str, str]) -> bool:
        unknown = set(asked) - _FILTERS
        if unknown:
            raise Refused(20001, f"Unknown parameters {sorted(unknown)}")
        if asked.get("To", f"{PREFIX}{message.to}") != f"{PREFIX}{message.to}":
            return False
        sender = f"{PREFIX}{message.from_ or self.sender}"
        if asked.get("From", sender) != sender:
            return False
        if not {"DateSent", "DateSent<", "DateSent>"} & set(asked):
            return True
        return message.sent_at is not None and _in_range(message.sent_at, asked)

    async def _one(self, request: Request) -> Response:
        try:
            self._authenticate(request)
            for message in self.messages:
                if message.sid == request.path_params["message"]:
                    return JSONResponse(self._json(message))
            raise Refused(20404, "Not found", status=404)  # noqa: TRY301
        except Refused as refusal:
            return refusal.answer()

    async def _fail(self, request: Request, fault: Fault) -> Response:
        match fault.kind:
            case "refusal" if fault.refusal:
                return fault.refusal.answer()
            case "garbage":
                return HTMLResponse("<html>Please wait</html>", status_code=200)
            case "cut":
                _transport_of(request).abort()
        while not await request.is_disconnected():
            await asyncio.sleep(_TICK)
        return Response(status_code=499)

    def _authenticate(self, request: Request) -> None:
        expected = base64.b64encode(f"{self.account_sid}:{self.auth_token}".encode()).decode()
        if request.headers.get("authorization") != f"Basic {expected}":
            raise Refused(20003, "Authenticate", status=401)
        if request.path_params["account"] != self.account_sid:
            raise Refused(20404, "The requested resource was not found", status=404)

    def _message(self, fields: dict[str, list[str]]) -> Message:
        """Check a form as strictly as the real one, and more."""
        single = {name: values[0] for name, values in fields.items()}
        _check_names(fields)
        _check_people(single, self.sender)
        _check_content(single)
        variables = _variables(single)
        if "StatusCallback" in single and not _is_url(single["StatusCallback"]):
            raise Refused(21609, f"The StatusCallback {single['StatusCallback']!r} is no URL")
        validity = single.get("ValidityPeriod")
        if validity is not None and not (validity.isdecimal() and 1 <= int(validity) <= 36000):
            raise Refused(21621, "The ValidityPeriod is out of range")
        service = single.get("MessagingServiceSid")
        return Message(
            sid=self._sid("MM" if "MediaUrl" in single else "SM"),
            to=single["To"].removeprefix(PREFIX),
            from_=single["From"].removeprefix(PREFIX) if "From" in single else None,
            body=single.get("Body", ""),
            media_url=single.get("MediaUrl"),
            content_sid=single.get("ContentSid"),
            content_variables=variables,
            status_callback=single.get("StatusCallback"),
            service=service,
            validity=int(validity) if validity else None,
            status="accepted" if service else "queued",
            created_at=self.clock(),
        )

    def _json(self, message: Message) -> dict[str, Any]:
        uri = f"/2010-04-01/Accounts/{self.account_sid}/Messages/{message.sid}"
        return {
            "account_sid": self.account_sid,
            "api_version": "2010-04-01",
            "body": message.body,
            "date_created": format_datetime(message.created_at),
            "date_sent": format_datetime(message.sent_at) if message.sent_at else None,
            "date_updated": format_datetime(message.sent_at or message.created_at),
            "direction": "outbound-api",
            "error_code": message.error_code,
            "error_message": None,
            "from": f"{PREFIX}{message.from_ or self.sender}",
            "messaging_service_sid": message.service,
            "num_media": "1" if message.media_url else "0",
            "num_segments": "1",
            "price": None,
            "price_unit": None,
            "sid": message.sid,
            "status": message.status,
            "subresource_uris": {"media": f"{uri}/Media.json"},
            "to": f"{PREFIX}{message.to}",
            "uri": f"{uri}.json",
        }

    def _sid(self, kind: str) -> str:
        return f"{kind}{next(self._numbers):032x}"


async def _form(request: Request) -> dict[str, list[str]]:
    if not request.headers.get("content-type", "").startswith("application/x-www-form-urlencoded"):
        raise Refused(20001, "The request is no form")
    fields: dict[str, list[str]] = defaultdict(list)
    text = (await request.body()).decode()
    for name, value in parse_qsl(text, keep_blank_values=True, strict_parsing=True, errors="strict"):
        fields[name].append(value)
    return dict(fields)


def _check_names(fields: Mapping[str, list[str]]) -> None:
    if unknown := set(fields) - _FIELDS:
        raise Refused(20001, f"Unknown fields {sorted(unknown)}")
    for name, values in fields.items():
        if len(values) > 1:
            raise Refused(21620 if name == "MediaUrl" else 20001, f"{name} comes {len(values)} times")


def _check_people(single: Mapping[str, str], sender: str) -> None:
    if "To" not in single:
        raise Refused(21604, "A 'To' is required")
    if not _ADDRESS.fullmatch(single["To"]):
        raise Refused(21211, f"Invalid 'To' {single['To']!r}")
    if "From" not in single and not _SERVICE.fullmatch(single.get("MessagingServiceSid", "")):
        raise Refused(21603, "A 'From' or a messaging service is required")
    if single.get("From", f"{PREFIX}{sender}") != f"{PREFIX}{sender}":
        raise Refused(63007, "No channel with this 'From' was found")
    if single["To"] == f"{PREFIX}{sender}":
        raise Refused(63031, "'To' and 'From' are the same")


def _check_content(single: Mapping[str, str]) -> None:
    if "ContentSid" in single:
        if not _TEMPLATE.fullmatch(single["ContentSid"]):
            raise Refused(21655, "The ContentSid is invalid")
        if {"Body", "MediaUrl"} & set(single):
            raise Refused(20001, "Body and MediaUrl do not go with a ContentSid")
        return
    if not single.get("Body", "").strip() and "MediaUrl" not in single:
        raise Refused(21619, "A message body or a media URL is required")
    if len(single.get("Body", "")) > BODY_LIMIT:
        raise Refused(21617, "The message body exceeds 1600 characters")
    if "MediaUrl" in single and not _is_url(single["MediaUrl"]):
        raise Refused(21620, f"The MediaUrl {single['MediaUrl']!r} is no URL")


def _variables(single: Mapping[str, str]) -> dict[str, str]:
    given = single.get("ContentVariables")
    if given is None:
        return {}
    if "ContentSid" not in single:
        raise Refused(20001, "ContentVariables without a ContentSid")
    try:
        read = json.loads(given)
    except ValueError:
        raise Refused(21656, "ContentVariables is no JSON") from None
    if not isinstance(read, dict) or not all(isinstance(value, str) for value in read.values()):
        raise Refused(21656, "ContentVariables must be an object of strings")
    for name, value in read.items():
        if not value.strip() or re.search(r"[\n\r\t]| {5}", value):
            raise Refused(21656, f"The variable {name} is empty or not one line")
        if len(value) > BODY_LIMIT:
            raise Refused(21658, f"The variable {name} is too long")
    return read


def _in_range(at: datetime, asked: Mapping[str, str]) -> bool:
    after, before, on = (asked.get(name) for name in ("DateSent>", "DateSent<", "DateSent"))
    return (
        (after is None or at.replace(microsecond=0) >= datetime.fromisoformat(after))
        and (before is None or at.replace(microsecond=0) <= datetime.fromisoformat(before))
        and (on is None or at.date() == datetime.fromisoformat(on).date())
    )


def _is_url(text: str) -> bool:
    parts = urlsplit(text)
    return parts.scheme in {"http", "https"} and bool(parts.hostname)


def _pairs(fields: Mapping[str, str] | Pairs) -> list[tuple[str, str]]:
    return list(fields.items()) if isinstance(fields, Mapping) else list(fields)


def _tail(url: str) -> str:
    return url.rpartition("/")[2]


def _transport_of(request: Request) -> asyncio.Transport:
    """Reach for uvicorn's socket, for there is no other way to break a connection from inside an application."""
    cycle: Any = request.receive.__self__  # type: ignore[attr-defined]
    transport: asyncio.Transport = cycle.transport
    return transport
