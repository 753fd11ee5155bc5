"""Twilio as the desk sees it: a REST API that takes messages strictly, and a hand that posts signed webhooks.

    async with running_twilio() as twilio:
        settings = TwilioSettings(..., api=twilio.url, account_sid=twilio.account_sid, auth_token=twilio.auth_token)
        await twilio.send_webhook(base_url, "itb-care-center", From="whatsapp:+62811000001", Body="Halo")
        twilio.messages[-1].body          # what the desk sent
        await twilio.send_status(twilio.messages[-1], "delivered")

Below a PUBLIC_URL that is not the address of the desk, `public_url=` and `base_url=` say which is which.
What goes wrong is asked for as `tests.standins.faults` says.
"""

import asyncio
import base64
import contextlib
import hashlib
import hmac
import itertools
import json
import re
import secrets
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

import httpx
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import (
    JSONResponse,
    PlainTextResponse,
    RedirectResponse,
    Response,
    StreamingResponse,
)
from starlette.routing import Route

from channels.trust import publicly_trusted
from tests.standins.faults import Fault, Faulty, RefusedError
from tests.standins.serving import serving

Fields = dict[str, str]

CONTACT = re.compile(r"whatsapp:(\+[1-9]\d{5,14}|[A-Z]{2}\.[A-Za-z0-9]{1,128})")
NUMBER = re.compile(r"whatsapp:\+[1-9]\d{5,14}")
SERVICE = re.compile(r"MG[0-9a-f]{32}")
CONTENT = re.compile(r"HX[0-9a-f]{32}")
KNOWN_FIELDS = {
    "To",
    "From",
    "MessagingServiceSid",
    "Body",
    "MediaUrl",
    "ContentSid",
    "ContentVariables",
    "StatusCallback",
    "ValidityPeriod",
}
CONTENT_API = "https://content.twilio.com"
SENT_STATUSES = {"sent", "delivered", "read", "received"}


@dataclass(kw_only=True)
class Message:
    """One message that the desk handed over. Its status is what Twilio's list shows."""

    sid: str
    to: str
    sender: str | None
    body: str
    created_at: datetime
    media_url: str | None = None
    content_sid: str | None = None
    content_variables: dict[str, str] = field(default_factory=dict)
    status_callback: str | None = None
    messaging_service_sid: str | None = None
    validity_period: int | None = None
    status: str = "queued"
    error_code: int | None = None
    direction: str = "outbound-api"
    media: Sequence[tuple[str, str]] = ()  # of one that came in: URL and type


@dataclass(frozen=True, kw_only=True)
class Medium:
    content: bytes
    type: str
    declares_length: bool = True
    leads_to: str | None = None  # where its redirect leads, if not to the storage


class TwilioStandin(Faulty):
    """One account. `served` serves its `app` and, at another origin, its `storage`."""

    throttling_code = 20429
    contents_a_page = 100

    def __init__(self, *, account_sid: str | None = None, auth_token: str | None = None) -> None:
        super().__init__(("create", "list", "media", "templates"))
        self.account_sid = account_sid or f"AC{secrets.token_hex(16)}"
        self.auth_token = auth_token or secrets.token_hex(16)
        self.sender = "+6281100001111"  # whom contacts write to
        self.url = ""
        self.storage_url = ""  # another origin, to which our credentials must not go
        self.messages: list[Message] = []
        self.received: list[Message] = []  # what contacts wrote, whether or not it could be brought
        self.calls: list[str] = []  # "POST Messages", "GET Messages", "GET Media", as they came
        self.templates: dict[str, str] = {}  # as ContentSid: "Halo {{1}}"
        self.statuses: dict[str, str] = {}  # of templates that are not approved, by ContentSid
        self.keeps_windows = False  # refuse free text to who has not written for a day, by its own clock
        self.heard_at: dict[str, datetime] = {}  # when contacts wrote last, by their address
        self.senders: set[str] | None = None  # if set, others are refused with 63007
        self.clock: Callable[[], datetime] = lambda: datetime.now(UTC)
        self._media: dict[str, Medium] = {}
        account = "/2010-04-01/Accounts/{account}"
        self.app = Starlette(
            routes=[
                Route(f"{account}/Messages.json", self._create, methods=["POST"]),
                Route(f"{account}/Messages.json", self._list, methods=["GET"]),
                Route(f"{account}/Messages/{{message}}.json", self._one, methods=["GET"]),
                Route(f"{account}/Messages/{{message}}/Media.json", self._media_of, methods=["GET"]),
                Route(f"{account}/Messages/{{message}}/Media/{{medium}}", self._redirect, methods=["GET"]),
                Route("/v1/ContentAndApprovals", self._contents, methods=["GET"]),
            ]
        )
        self.storage = Starlette(routes=[Route("/storage/{medium}", self._storage, methods=["GET"])])

    # -- what it keeps ------------------------------------------------------------------------------------------------

    @property
    def last(self) -> Message:
        assert self.messages, "no message was handed over"
        return self.messages[-1]

    async def until(self, condition: Callable[[], object], *, within: float = 10.0) -> None:
        """Wait until something is so; fails the test after `within` seconds."""
        async with asyncio.timeout(within):
            while not condition():
                await asyncio.sleep(0.01)

    def keeps_medium(
        self, content: bytes, media_type: str, *, declares_length: bool = True, leads_to: str | None = None
    ) -> str:
        """Store what a contact attached; return its media URL, which asks for credentials and redirects."""
        medium = f"ME{secrets.token_hex(16)}"
        self._media[medium] = Medium(
            content=content, type=media_type, declares_length=declares_length, leads_to=leads_to
        )
        return f"{self.url}/2010-04-01/Accounts/{self.account_sid}/Messages/MM{secrets.token_hex(16)}/Media/{medium}"

    def leads(self, url: str, *, to: str) -> None:
        """Let the redirect of a medium that is kept lead somewhere else."""
        medium = url.rpartition("/")[2]
        self._media[medium] = replace(self._media[medium], leads_to=to)

    def approves(self, text: str, *, status: str = "approved") -> str:
        """Approve a template such as "Halo {{1}}, ..." (or give it another status) and return its ContentSid."""
        content_sid = f"HX{secrets.token_hex(16)}"
        self.templates[content_sid] = text
        self.statuses[content_sid] = status
        return content_sid

    def sent_to(self, number: str) -> list[str]:
        """Return the words that a contact got, oldest first."""
        return [message.body for message in self.messages if message.to == f"whatsapp:{number}"]

    # -- what it posts ------------------------------------------------------------------------------------------------

    def sign(self, url: str, params: Fields | Iterable[tuple[str, str]] = ()) -> str:
        """Compute X-Twilio-Signature; repeated fields are given as pairs."""
        pairs = params.items() if isinstance(params, dict) else params
        signed = url + "".join(name + value for name, value in sorted(set(pairs)))
        digest = hmac.new(self.auth_token.encode(), signed.encode(), hashlib.sha1).digest()
        return base64.b64encode(digest).decode()

    async def post(
        self,
        url: str,
        params: Fields | Iterable[tuple[str, str]],
        *,
        signed_url: str | None = None,
        signature: str | None = None,
    ) -> httpx.Response:
        """Post a form to `url`, signed over `signed_url` where a proxy stands between; `signature=""`: unsigned."""
        pairs = list(params.items()) if isinstance(params, dict) else list(params)
        given = self.sign(signed_url or url, pairs) if signature is None else signature
        headers = [(b"Content-Type", b"application/x-www-form-urlencoded; charset=utf-8")]
        if given:
            headers.append((b"X-Twilio-Signature", given.encode("latin-1")))
        async with httpx.AsyncClient(timeout=15, trust_env=False, verify=publicly_trusted()) as client:
            return await client.post(url, content=urlencode(pairs), headers=headers)

    def webhook(self, *, media: Sequence[tuple[str, str]] = (), **fields: str) -> Fields:
        """Make the form of an incoming message; `media` are pairs of URL and type, `fields` are Twilio's names."""
        sid = fields.get("MessageSid", f"{'MM' if media else 'SM'}{secrets.token_hex(16)}")
        contact = fields.get("From", "whatsapp:+6281234567890")
        form = {
            "SmsMessageSid": sid,
            "NumMedia": str(len(media)),
            "ProfileName": "Ana",
            "MessageType": "text",
            "SmsSid": sid,
            "WaId": contact.removeprefix("whatsapp:").removeprefix("+"),
            "SmsStatus": "received",
            "Body": "Halo",
            "To": f"whatsapp:{self.sender}",
            "NumSegments": "1",
            "ReferralNumMedia": "0",
            "MessageSid": sid,
            "AccountSid": self.account_sid,
            "From": contact,
            "ApiVersion": "2010-04-01",
        }
        for index, (url, media_type) in enumerate(media):
            form |= {f"MediaUrl{index}": url, f"MediaContentType{index}": media_type}
        return form | fields

    def receives(self, form: Fields, *, at: datetime | None = None) -> Message:
        """Have a contact's message, which is to be brought by its webhook, in the list."""
        media = [
            (form[f"MediaUrl{index}"], form[f"MediaContentType{index}"])
            for index in range(int(form["NumMedia"]))
        ]
        message = Message(
            sid=form["MessageSid"], to=form["To"], sender=form["From"], body=form["Body"], status="received",
            created_at=(at or self.clock()).replace(microsecond=0), direction="inbound", media=media,
        )  # fmt: skip
        self.received.append(message)
        return message

    async def send_webhook(
        self,
        base_url: str,
        desk: str,
        *,
        public_url: str | None = None,
        signature: str | None = None,
        media: Sequence[tuple[str, str]] = (),
        **fields: str,
    ) -> httpx.Response:
        """Let a contact write to a desk: `await twilio.send_webhook(url, "itb", From="whatsapp:+62...", Body="Halo")`."""
        path = f"/channels/whatsapp/{desk}"
        form = self.webhook(media=media, **fields)
        self.heard_at[form["From"]] = self.clock()
        return await self.post(
            f"{base_url}{path}",
            form,
            signed_url=f"{public_url or base_url}{path}",
            signature=signature,
        )

    def status_form(
        self, message: Message, status: str, *, error_code: int | None = None, **fields: str
    ) -> Fields:
        """Make the form that tells how a message fares."""
        form = {
            "SmsSid": message.sid,
            "SmsStatus": status,
            "MessageStatus": status,
            "To": message.to,
            "MessageSid": message.sid,
            "AccountSid": self.account_sid,
            "From": message.sender or f"whatsapp:{self.sender}",
            "ApiVersion": "2010-04-01",
            "ChannelToAddress": message.to,
        }
        if error_code is not None:
            form |= {"ErrorCode": str(error_code)}
        return form | fields

    async def send_status(
        self,
        message: Message,
        status: str,
        *,
        error_code: int | None = None,
        base_url: str | None = None,
        **fields: str,
    ) -> httpx.Response:
        """Tell the desk how a message fares, in whatever order the test likes; `base_url` if a proxy stands between."""
        assert message.status_callback is not None, "this message was sent without a StatusCallback"
        message.status, message.error_code = status, error_code
        form = self.status_form(message, status, error_code=error_code, **fields)
        signed_url = message.status_callback
        _, channels, rest = signed_url.partition("/channels/")
        url = f"{base_url}{channels}{rest}" if base_url is not None else signed_url
        return await self.post(url, form, signed_url=signed_url)

    # -- the REST API -------------------------------------------------------------------------------------------------

    async def _create(self, request: Request) -> Response:
        self.calls.append("POST Messages")
        body = (await request.body()).decode()

        async def take() -> Response:
            message = self._read(request, body)
            self.messages.append(message)
            return JSONResponse(self._shown(message), status_code=201)

        return await self._answer(request, "create", take)

    async def _list(self, request: Request) -> Response:
        self.calls.append("GET Messages")

        async def show() -> Response:
            return JSONResponse(self._page(request))

        return await self._answer(request, "list", show)

    async def _one(self, request: Request) -> Response:
        async def show() -> Response:
            return JSONResponse(self._shown(self._received(request)))

        return await self._answer(request, "list", show)

    async def _media_of(self, request: Request) -> Response:
        async def show() -> Response:
            message = self._received(request)
            listed = [
                {
                    "sid": url.rpartition("/")[2],
                    "account_sid": self.account_sid,
                    "parent_sid": message.sid,
                    "content_type": media_type,
                    "date_created": format_datetime(message.created_at),
                    "date_updated": format_datetime(message.created_at),
                    "uri": f"{urlsplit(url).path}.json",
                }
                for url, media_type in message.media
            ]
            return JSONResponse(
                {
                    "media_list": listed,
                    "next_page_uri": None,
                    "page": 0,
                    "page_size": 50,
                    "uri": request.url.path,
                }
            )

        return await self._answer(request, "list", show)

    def _received(self, request: Request) -> Message:
        sid = request.path_params["message"]
        found = next((each for each in self.received if each.sid == sid), None)
        if found is None:
            raise RefusedError(20404, "The requested resource was not found", status=404)
        return found

    async def _contents(self, request: Request) -> Response:
        """The Content API's list: https://www.twilio.com/docs/content/content-api-resources."""
        self.calls.append("GET ContentAndApprovals")

        async def show() -> Response:
            if unknown := set(request.query_params) - {"PageSize", "Page", "PageToken"}:
                raise self._complaint(f"Twilio's list of templates knows no {sorted(unknown)}")
            size, page = (
                int(request.query_params.get("PageSize", 50)),
                int(request.query_params.get("Page", 0)),
            )
            size = min(size, self.contents_a_page)
            all_of = list(self.templates)
            shown = all_of[page * size : (page + 1) * size]
            more = len(all_of) > (page + 1) * size
            url = f"{CONTENT_API}/v1/ContentAndApprovals?PageSize={size}&Page={page + 1}&PageToken=DNHX"
            meta = {
                "key": "contents", "page": page, "page_size": size, "first_page_url": f"{CONTENT_API}/v1/ContentAndApprovals",
                "previous_page_url": None, "next_page_url": url if more else None, "url": f"{CONTENT_API}/v1/ContentAndApprovals",
            }  # fmt: skip
            return JSONResponse({"meta": meta, "contents": [self._content(sid) for sid in shown]})

        return await self._answer(request, "templates", show)

    def _content(self, sid: str) -> dict[str, Any]:
        text = self.templates[sid]
        return {
            "sid": sid,
            "account_sid": self.account_sid,
            "friendly_name": f"nama {sid[:6]}",
            "language": "id",
            "date_created": "2026-10-01T01:00:00Z",
            "date_updated": "2026-10-01T01:00:00Z",
            "variables": dict.fromkeys(re.findall(r"{{(.+?)}}", text), "contoh"),
            "types": {"twilio/text": {"body": text}},
            "approval_requests": {
                "category": "UTILITY", "status": self.statuses.get(sid, "approved"), "name": f"nama_{sid[:6].lower()}",
                "content_type": "twilio/text", "rejection_reason": "", "allow_category_change": True, "type": "whatsapp",
            },
        }  # fmt: skip

    async def _redirect(self, request: Request) -> Response:
        self.calls.append("GET Media")
        medium = request.path_params["medium"]

        async def redirect() -> Response:
            if medium not in self._media:
                raise RefusedError(20404, "The requested resource was not found", status=404)
            storage = f"{self.storage_url}/storage/{medium}?key=of-this-medium"
            return RedirectResponse(self._media[medium].leads_to or storage, status_code=307)

        return await self._answer(request, "media", redirect)

    async def _storage(self, request: Request) -> Response:
        if "authorization" in request.headers:
            self.complaints.append("the credentials were shown to the storage")
            return PlainTextResponse("Only one auth mechanism allowed", status_code=400)
        medium = self._media[request.path_params["medium"]]
        if medium.declares_length:
            return Response(medium.content, media_type=medium.type)
        return StreamingResponse(_chunks(medium.content), media_type=medium.type)

    async def _answer(self, request: Request, call: str, take: Callable[[], Awaitable[Response]]) -> Response:
        return await self.answer(call, lambda: self._authenticate(request), take)

    async def called_back(self, fault: Fault) -> Response:
        await self.send_status(self.last, fault.callback, base_url=fault.base_url)
        return JSONResponse(self._shown(self.last), status_code=201)

    def error(
        self, status: int, code: int, message: str, *, headers: dict[str, str] | None = None
    ) -> Response:
        body = {
            "code": code,
            "message": message,
            "more_info": f"https://www.twilio.com/docs/errors/{code}",
            "status": status,
        }
        return JSONResponse(body, status_code=status, headers=headers)

    def _authenticate(self, request: Request) -> None:
        expected = base64.b64encode(f"{self.account_sid}:{self.auth_token}".encode()).decode()
        if request.headers.get("authorization") != f"Basic {expected}":
            raise RefusedError(20003, "Authenticate", status=401)
        if request.path_params.get("account", self.account_sid) != self.account_sid:
            raise RefusedError(20404, "The requested resource was not found", status=404)

    def _read(self, request: Request, body: str) -> Message:
        if not request.headers.get("content-type", "").startswith("application/x-www-form-urlencoded"):
            raise self._complaint(f"a message came as {request.headers.get('content-type')}")
        pairs = parse_qsl(body, keep_blank_values=True, strict_parsing=True)
        form = dict(pairs)
        if len(form) != len(pairs):
            raise self._complaint("a field was given twice (WhatsApp takes one medium a message)")
        if unknown := form.keys() - KNOWN_FIELDS:
            raise self._complaint(f"Twilio knows no {sorted(unknown)}")
        self._check_ends(form)
        self._check_content(form)
        self._check_window(form)
        self._check_callback(form)
        variables = self._variables(form)
        validity = form.get("ValidityPeriod")
        return Message(
            sid=f"{'MM' if 'MediaUrl' in form else 'SM'}{secrets.token_hex(16)}",
            to=form["To"],
            sender=form.get("From"),
            body=self._rendered(form, variables),
            created_at=self.clock().replace(microsecond=0),
            media_url=form.get("MediaUrl"),
            content_sid=form.get("ContentSid"),
            content_variables=variables,
            status_callback=form.get("StatusCallback"),
            messaging_service_sid=form.get("MessagingServiceSid"),
            validity_period=int(validity) if validity is not None else None,
            status="accepted" if "MessagingServiceSid" in form else "queued",
        )

    def _check_ends(self, form: Fields) -> None:
        if not CONTACT.fullmatch(form.get("To", "")):
            raise RefusedError(21211, "Invalid 'To' Phone Number")
        if "From" not in form and "MessagingServiceSid" not in form:
            raise RefusedError(21603, "A 'From' phone number is required")
        sender = form.get("From")
        if sender is not None and not NUMBER.fullmatch(sender):
            raise RefusedError(21212, "The 'From' number is not a valid phone number")
        if sender is not None and self.senders is not None and sender not in self.senders:
            raise RefusedError(63007, "Twilio could not find a Channel with the specified From address")
        if "MessagingServiceSid" in form and not SERVICE.fullmatch(form["MessagingServiceSid"]):
            raise RefusedError(21705, "The Messaging Service Sid is invalid")

    def _check_content(self, form: Fields) -> None:
        body, content = form.get("Body"), form.get("ContentSid")
        if content is not None and (body is not None or "MediaUrl" in form):
            raise self._complaint("a template goes without Body and MediaUrl")
        if body is None and content is None and "MediaUrl" not in form:
            raise RefusedError(21619, "A text message body or media urls must be specified")
        if body is not None and not body.strip():
            raise RefusedError(21619, "A text message body or media urls must be specified")
        if body is not None and len(body) > 1600:
            raise RefusedError(21617, "The concatenated message body exceeds the 1600 character limit")
        if content is not None and (
            not CONTENT.fullmatch(content) or (self.templates and content not in self.templates)
        ):
            raise RefusedError(21655, "The ContentSid is Invalid")
        if "MediaUrl" in form and urlsplit(form["MediaUrl"]).scheme not in {"http", "https"}:
            raise RefusedError(21620, "Invalid media URL(s)")
        validity = form.get("ValidityPeriod", "36000")
        if not validity.isdecimal() or not 1 <= int(validity) <= 36000:
            raise self._complaint(f"ValidityPeriod {validity}")

    def _check_window(self, form: Fields) -> None:
        content = form.get("ContentSid")
        if content is not None and self.statuses.get(content, "approved") != "approved":
            raise RefusedError(
                {"paused": 63041, "disabled": 63042}.get(self.statuses[content], 63040), "as WhatsApp says"
            )
        heard_at = self.heard_at.get(form["To"])
        is_open = heard_at is not None and self.clock() - heard_at < timedelta(hours=24)
        if self.keeps_windows and content is None and not is_open:
            raise RefusedError(
                63016, "Failed to send freeform message because you are outside the allowed window."
            )

    def _check_callback(self, form: Fields) -> None:
        if "StatusCallback" not in form:
            return
        parts = urlsplit(form["StatusCallback"])
        if parts.scheme not in {"http", "https"} or not parts.hostname or "_" in parts.hostname:
            raise RefusedError(21609, "Invalid 'StatusCallback' URL")

    def _variables(self, form: Fields) -> dict[str, str]:
        if "ContentVariables" not in form:
            return {}
        if "ContentSid" not in form:
            raise self._complaint("ContentVariables without a ContentSid")
        try:
            found = json.loads(form["ContentVariables"])
        except ValueError:
            found = None
        if not isinstance(found, dict) or not found or not all(_is_sendable(each) for each in found.values()):
            raise RefusedError(21656, "The ContentVariables Parameter is invalid")
        if any(len(each) > 1600 for each in found.values()):
            raise RefusedError(21658, "A ContentVariables value is too long")
        return found

    def _rendered(self, form: Fields, variables: dict[str, str]) -> str:
        if "ContentSid" not in form:
            return form.get("Body", "")
        text = self.templates.get(form["ContentSid"], " ".join(f"{{{{{name}}}}}" for name in variables))
        if set(re.findall(r"{{(.+?)}}", text)) != set(variables):
            raise RefusedError(63028, "Number of parameters provided does not match the expected number")
        return re.sub(r"{{(.+?)}}", lambda match: variables[match[1]], text)

    def _complaint(self, text: str) -> RefusedError:
        return self.complaint(text, code=20001)

    def _page(self, request: Request) -> dict[str, Any]:
        query = request.query_params
        if unknown := set(query) - {
            "To",
            "From",
            "DateSent",
            "DateSent<",
            "DateSent>",
            "PageSize",
            "Page",
            "PageToken",
        }:
            raise self._complaint(f"Twilio's list knows no {sorted(unknown)}")
        size, page = int(query.get("PageSize", 50)), int(query.get("Page", 0))
        both = sorted((*self.received, *self.messages), key=lambda each: each.created_at)
        fitting = [message for message in reversed(both) if self._fits(message, query)]
        shown = fitting[page * size : (page + 1) * size]
        following = None
        if len(fitting) > (page + 1) * size:
            pairs = [
                (name, value) for name, value in query.multi_items() if name not in {"Page", "PageToken"}
            ]
            following = f"{request.url.path}?{urlencode([*pairs, ('Page', page + 1), ('PageToken', 'PA' + shown[-1].sid)])}"
        return {
            "messages": [self._shown(message) for message in shown],
            "next_page_uri": following,
            "page": page,
            "page_size": size,
            "uri": request.url.path,
        }

    def _fits(self, message: Message, query: Any) -> bool:
        """Tell whether the filters let a message through; what was not sent yet has no date to be found by."""
        sent_at = message.created_at if message.status in SENT_STATUSES else None
        after, before = query.get("DateSent>"), query.get("DateSent<")
        return (
            query.get("To") in {None, message.to}
            and query.get("From") in {None, message.sender}
            and (after is None or (sent_at is not None and sent_at >= datetime.fromisoformat(after)))
            and (before is None or (sent_at is not None and sent_at <= datetime.fromisoformat(before)))
        )

    def _shown(self, message: Message) -> dict[str, Any]:
        sent_at = format_datetime(message.created_at) if message.status in SENT_STATUSES else None
        return {
            "account_sid": self.account_sid,
            "api_version": "2010-04-01",
            "body": message.body,
            "date_created": format_datetime(message.created_at),
            "date_sent": sent_at,
            "date_updated": format_datetime(message.created_at),
            "direction": message.direction,
            "error_code": message.error_code,
            "error_message": None,
            "from": message.sender,
            "messaging_service_sid": message.messaging_service_sid,
            "num_media": str(len(message.media) or int(bool(message.media_url))),
            "num_segments": "1",
            "price": None,
            "price_unit": None,
            "sid": message.sid,
            "status": message.status,
            "subresource_uris": {},
            "to": message.to,
            "uri": f"/2010-04-01/Accounts/{self.account_sid}/Messages/{message.sid}.json",
        }

    def remembers(self, message: Message, *, ago: timedelta) -> Message:
        """Put a copy of a message into the list as if it had been sent that long ago."""
        older = replace(message, sid=f"SM{secrets.token_hex(16)}", created_at=message.created_at - ago)
        self.messages.insert(0, older)
        return older


@contextlib.asynccontextmanager
async def served(twilio: TwilioStandin) -> AsyncIterator[str]:
    """Serve a stand-in's REST API, and its storage at another port. Yields the API's base URL."""
    async with serving(twilio.app) as twilio.url, serving(twilio.storage) as twilio.storage_url:
        try:
            yield twilio.url
        finally:
            twilio.close()


@contextlib.asynccontextmanager
async def running_twilio(**options: str) -> AsyncIterator[TwilioStandin]:
    """Make a stand-in and serve it; options as for TwilioStandin."""
    twilio = TwilioStandin(**options)
    async with served(twilio):
        yield twilio


def _is_sendable(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip()) and not re.search(r"[\n\r\t]| {5}", value)


async def _chunks(content: bytes) -> AsyncIterator[bytes]:
    for start in itertools.count(0, 4096):
        if start >= len(content):
            return
        yield content[start : start + 4096]
