"""The door of a desk's senders at Twilio: what contacts write, and how our messages fare.

Several senders of one desk share it. Twilio does not repeat what was answered with an error unless it is told to
(`#rp=...` on the webhook's URL), so 200 is said only for what is stored, and what is signed but makes no sense is kept.
"""

import hashlib
from collections.abc import Callable, Sequence

from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, Response

from channels.bodies import bounded
from channels.contract import Inlet, StoreBusy
from channels.whatsapp.twilio.parse import UnreadableError, bare_address, said_of, told_of
from channels.whatsapp.twilio.settings import TwilioSettings
from channels.whatsapp.twilio.signature import HEADER, Form, form_of, signed
from tickets.message import Heard

BODY_LIMIT = 256 * 1024  # bytes; a message with ten media has some 5 kB
NOTHING_TO_SAY = '<?xml version="1.0" encoding="UTF-8"?><Response/>'

Reads = Callable[[Request, Form, bytes, TwilioSettings], Heard]


class TwilioDoor:
    """Lets in what one of the desk's senders signed."""

    def __init__(self, senders: Sequence[TwilioSettings], inlet: Inlet) -> None:
        """`senders` are those of one desk, at least one."""
        self._senders = tuple(senders)
        self._inlet = inlet

    async def message(self, request: Request) -> Response:
        return await self._post(request, path=self._senders[0].path, ours="To", reads=_said)

    async def status(self, request: Request) -> Response:
        return await self._post(request, path=self._senders[0].status_path, ours="From", reads=_told)

    async def _post(self, request: Request, *, path: str, ours: str, reads: Reads) -> Response:
        try:
            body = await bounded(request, BODY_LIMIT)
        except ClientDisconnect:
            return PlainTextResponse("The body did not arrive.", status_code=400)
        if body is None:
            self._inlet.refuse(account=self._senders[0].account, reason="size")
            return PlainTextResponse("A body of this size is not taken.", status_code=413)
        form = form_of(body)
        signers = self._signers(request, path, form) if form is not None else []
        if form is None or not signers:
            self._inlet.refuse(account=_named(self._senders, form, ours).account, reason="signature")
            return PlainTextResponse("The signature is wrong.", status_code=403)
        sender = _named(signers, form, ours)
        try:
            return await self._take(lambda: reads(request, form, body, sender), sender, body)
        except StoreBusy:
            return PlainTextResponse(
                "Not stored now, please bring it again.", status_code=503, headers={"Retry-After": "5"}
            )

    def _signers(self, request: Request, path: str, form: Form) -> list[TwilioSettings]:
        given = request.headers.get(HEADER, "")
        query = request.scope["query_string"].decode("latin-1")
        target = f"{path}?{query}" if query else path
        return [
            sender
            for sender in self._senders
            if signed(
                url=f"{sender.public_url.rstrip('/')}{target}",
                form=form,
                signature=given,
                auth_token=sender.auth_token,
            )
        ]

    async def _take(self, read: Callable[[], Heard], sender: TwilioSettings, body: bytes) -> Response:
        try:
            heard = read()
        except UnreadableError as error:
            event_id = f"unreadable:{hashlib.sha256(body).hexdigest()}"
            await self._inlet.keep(account=sender.account, event_id=event_id, raw=body, error=str(error))
            return PlainTextResponse(str(error), status_code=400)
        await self._inlet.deliver(heard)
        return Response(NOTHING_TO_SAY, media_type="text/xml")


def _said(_: Request, form: Form, body: bytes, sender: TwilioSettings) -> Heard:
    return said_of(form, account=sender.account, raw=body)


def _told(request: Request, form: Form, body: bytes, sender: TwilioSettings) -> Heard:
    delivery = request.query_params.get("delivery")
    return told_of(form, account=sender.account, delivery=delivery, raw=body)


def _named(senders: Sequence[TwilioSettings], form: Form | None, ours: str) -> TwilioSettings:
    """Return the sender that the form names as our side, else the first: nothing signed is lost for a changed number."""
    if form is None:
        return senders[0]
    number = bare_address(form.get(ours, ""))
    service = form.get("MessagingServiceSid") or None
    by_number = [each for each in senders if each.number is not None and each.number == number]
    by_service = [each for each in senders if each.service is not None and each.service == service]
    return [*by_number, *by_service, *senders][0]
