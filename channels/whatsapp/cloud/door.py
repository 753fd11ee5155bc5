"""The door of a desk's Cloud API numbers: Meta's question when the webhook is set up, and what it brings from then on.

An app has one webhook for all its numbers, so a number is found by Meta's id of it, whichever desk's address was
called. Meta brings again what is not answered with 200, for days, so that is said as soon as everything is stored; and
what cannot be read is stored too.
"""

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import chain

from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, Response

from channels.bodies import bounded
from channels.contract import Inlet, StoreBusy
from channels.whatsapp.cloud.envelope import Part, UnreadableError, parts_of, text
from channels.whatsapp.cloud.parse import heard_in
from channels.whatsapp.cloud.settings import CloudSettings
from channels.whatsapp.cloud.signature import HEADER, same, signed

BODY_LIMIT = 3 * 1024 * 1024  # bytes: the most that Meta puts into one
_CHALLENGE_LIMIT = 200


class Apps:
    """The numbers of all desks, by the secret of their app."""

    def __init__(self, numbers: Iterable[CloudSettings]) -> None:
        self._numbers = defaultdict[str, list[CloudSettings]](list)
        for each in numbers:
            self._numbers[each.app_secret].append(each)

    def signers(self, body: bytes, signature: str, *, desk: Sequence[CloudSettings]) -> list[CloudSettings]:
        """Return the numbers of the app that signed a body, the desk's own before others; [] if none did.

        The desk's apps are asked first: nearly always it is one of theirs.
        """
        for secret in chain((each.app_secret for each in desk), self._numbers):
            if signed(body, signature=signature, app_secret=secret):
                own = [each for each in desk if each.app_secret == secret]
                return own + [each for each in self._numbers[secret] if each.desk != desk[0].desk]
        return []


class CloudDoor:
    """Lets in what one of the apps signed."""

    def __init__(self, own: Sequence[CloudSettings], apps: Apps, inlet: Inlet) -> None:
        """`own` are the numbers of the desk, at least one; `apps` know those of all desks."""
        self._own = tuple(own)
        self._apps = apps
        self._inlet = inlet

    async def verify(self, request: Request) -> Response:
        """Answer what Meta asks when somebody sets the webhook up."""
        asked = request.query_params
        token, challenge = asked.get("hub.verify_token", ""), asked.get("hub.challenge", "")
        known = any(each.verify_token is not None and same(token, each.verify_token) for each in self._own)
        if asked.get("hub.mode") != "subscribe" or not known or len(challenge) > _CHALLENGE_LIMIT:
            self._inlet.refuse(account=self._own[0].account, reason="verify_token")
            return PlainTextResponse("The verify token is wrong.", status_code=403)
        return PlainTextResponse(challenge)

    async def hear(self, request: Request) -> Response:
        """Take in a webhook: all of it, or nothing that would not be taken again."""
        try:
            body = await bounded(request, BODY_LIMIT)
        except ClientDisconnect:
            return PlainTextResponse("The body did not arrive.", status_code=400)
        if body is None:
            self._inlet.refuse(account=self._own[0].account, reason="size")
            return PlainTextResponse("A body of this size is not taken.", status_code=413)
        given = request.headers.get(HEADER, "")
        signers = self._apps.signers(body, given, desk=self._own)
        if not signers:
            self._inlet.refuse(account=self._own[0].account, reason="signature")
            return PlainTextResponse("The signature is wrong.", status_code=403)
        try:
            await self._take(body, signers)
        except StoreBusy:
            return PlainTextResponse(
                "Not stored now, please bring it again.", status_code=503, headers={"Retry-After": "5"}
            )
        return PlainTextResponse("OK")

    async def _take(self, body: bytes, signers: Sequence[CloudSettings]) -> None:
        try:
            parts = list(parts_of(body))
        except UnreadableError as error:
            await self._keep(signers[0].account, body, str(error))
            return
        for part in parts:
            await self._take_part(part, signers)

    async def _take_part(self, part: Part, signers: Sequence[CloudSettings]) -> None:
        concerned = _concerned(part, signers)
        if not concerned:
            await self._keep(signers[0].account, part.raw, "No account has the number that this is for.")
        for account in (each.account for each in concerned):
            try:
                heard = heard_in(part, account=account)
            except UnreadableError as error:
                await self._keep(account, part.raw, str(error))
                return
            await self._inlet.deliver(heard)

    async def _keep(self, account: str, raw: bytes, error: str) -> None:
        event_id = f"unreadable:{hashlib.sha256(raw).hexdigest()}"
        await self._inlet.keep(account=account, event_id=event_id, raw=raw, error=error)


def _concerned(part: Part, signers: Sequence[CloudSettings]) -> list[CloudSettings]:
    """Return the numbers that something is told to: one, or all of a business account's where none is named."""
    if part.number is not None:
        return [each for each in signers if each.phone_number_id == part.number][:1]
    shown = re.sub(r"\D", "", text(part.body.get("display_phone_number")))
    named = [each for each in signers if shown and each.sender == f"+{shown}"]
    of_business = [each for each in signers if each.business_account_id == part.business]
    return named or of_business or list(signers[:1])
