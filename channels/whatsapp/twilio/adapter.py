"""The door for the wiring: one WhatsApp sender at Twilio as the channel contract sees it."""

import asyncio
from collections.abc import Collection, Sequence
from datetime import datetime
from urllib.parse import urlencode

from channels.contract import ChannelError, Found, RefusedByProvider, Taking
from channels.contract import Listed as InList
from channels.whatsapp.files import takes
from channels.whatsapp.outcomes import PartlySent
from channels.whatsapp.twilio.calls import Listed, TwilioCalls
from channels.whatsapp.twilio.drafts import KINDS, MediaUrl, drafts, sender_fields
from channels.whatsapp.twilio.media import Media
from channels.whatsapp.twilio.parse import STATES, UnreadableError, failure, said_of
from channels.whatsapp.twilio.reconcile import LOOKED_AT, found_among
from channels.whatsapp.twilio.settings import TwilioSettings
from tickets.message import Delivery, File, ListedTemplate, Outgoing, Sent


class TwilioWhatsApp:
    """Fulfils Sender, MediaSource, PicksFiles, Reconciling, ListsIncoming, TemplateSource and Closable."""

    def __init__(self, settings: TwilioSettings, *, media_url: MediaUrl | None = None) -> None:
        """`media_url` gives a public link under which Twilio can get a file; without one, files are refused."""
        self.settings = settings
        self._media_url = media_url
        self._calls = TwilioCalls(settings)
        self._media = Media(settings)

    async def send(self, outgoing: Outgoing) -> Sent:
        """Send one thing, as several messages if it must. PartlySent: some of them are out."""
        planned = drafts(outgoing, media_url=self._media_url)
        common = sender_fields(self.settings, outgoing)
        taken: list[Listed] = []
        for draft in planned:
            try:
                taken.append(_accepted(await self._calls.create({**common, **draft.fields()})))
            except ChannelError as error:
                if not taken:
                    raise
                sids = tuple(each.sid for each in taken)
                raise PartlySent(external_ids=sids, parts=len(planned), reason=str(error)) from error
        # Taken by Twilio is not yet sent by WhatsApp; but where no callback can reach us, nobody will tell us more.
        told_later = self.settings.status_callback(outgoing.delivery) is not None
        state = STATES.get(taken[0].status, Delivery.QUEUED) if told_later else Delivery.SENT
        return Sent(external_ids=tuple(each.sid for each in taken), state=state)

    async def find(
        self, outgoing: Outgoing, *, tried_at: datetime, known: Collection[str] = ()
    ) -> Found | None:
        """Look it up in Twilio's list. Raises Deferred, or OutcomeUnknown if the list leaves a doubt."""
        planned = drafts(outgoing, media_url=self._media_url)
        found = found_among(await self._listed(outgoing), planned, tried_at=tried_at, known=known)
        if found is not None:
            return found
        # A request that was cut off may still be on its way into the list, and "not there" means a second message.
        await asyncio.sleep(self.settings.settles_within.total_seconds())
        return found_among(await self._listed(outgoing), planned, tried_at=tried_at, known=known)

    async def came_in(self, *, since: datetime, until: datetime) -> Sequence[InList]:
        """List what contacts wrote, oldest first. Raises Deferred."""
        number = self.settings.number
        filters = {"to": f"whatsapp:{number}"} if number else {}
        found = await self._calls.received(since=since, **filters)
        ours = [each for each in found if number or each.service == self.settings.service]
        return [
            InList(external_id=each.sid, handle=each.sid)
            for each in sorted(ours, key=lambda each: each.at)
            if since <= each.at < until
        ]

    async def bring(self, listed: Sequence[InList], inlet: Taking) -> Collection[InList]:
        for each in listed:
            form = await self._calls.one_received(each.handle)
            raw, account = urlencode(form).encode(), self.settings.account
            try:
                said = said_of(form, account=account, raw=raw)
            except UnreadableError as error:
                await inlet.keep(account=account, event_id=each.handle, raw=raw, error=str(error))
            else:
                await inlet.deliver(said)
        return listed

    def takes(self, file: File) -> bool:
        has_link = self._media_url is not None and self._media_url(file) is not None
        return has_link and takes(file, KINDS)

    async def fetch(self, reference: str) -> File:
        return await self._media.fetch(reference)

    async def templates(self) -> Sequence[ListedTemplate]:
        """Raises Deferred if the list could not be had."""
        return await self._calls.contents()

    async def aclose(self) -> None:
        await self._media.aclose()
        await self._calls.aclose()

    async def _listed(self, outgoing: Outgoing) -> list[Listed]:
        filters = {"to": f"whatsapp:{outgoing.place.address}"}
        if self.settings.number:
            return await self._calls.listed(
                limit=LOOKED_AT, from_=f"whatsapp:{self.settings.number}", **filters
            )
        listed = await self._calls.listed(limit=LOOKED_AT, **filters)
        return [each for each in listed if each.service == self.settings.service]


def _accepted(message: Listed) -> Listed:
    if STATES.get(message.status) is Delivery.FAILED:
        code = str(message.error_code) if message.error_code else None
        raise RefusedByProvider(failure(message.status, message.error_code), code=code)
    return message
