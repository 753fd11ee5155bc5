"""The door for the wiring: one WhatsApp number at Meta's Cloud API as the channel contract sees it.

Meta has no list of what was sent, so an unknown outcome stays one until a status comes that names our delivery.
"""

from collections.abc import Sequence

from channels.contract import ChannelError, Deferred, RefusedByProvider
from channels.whatsapp.cloud.calls import CloudCalls
from channels.whatsapp.cloud.drafts import KINDS, Draft, drafts, reaction
from channels.whatsapp.cloud.listed import template_of
from channels.whatsapp.cloud.media import Media
from channels.whatsapp.cloud.settings import CloudSettings
from channels.whatsapp.files import takes
from channels.whatsapp.outcomes import OutcomeUnknown, PartlySent
from tickets.message import Delivery, File, ListedTemplate, Outgoing, Place, Sent


class CloudWhatsApp:
    """Fulfils Sender, MediaSource, PicksFiles, Reacting, ShowsRead, TemplateSource and Closable."""

    def __init__(self, settings: CloudSettings) -> None:
        self.settings = settings
        self._calls = CloudCalls(settings)
        self._media = Media(settings, self._calls)

    async def send(self, outgoing: Outgoing) -> Sent:
        """Send one thing, as several messages if it must. PartlySent: some of them are out."""
        planned = drafts(outgoing, language=self.settings.language)
        uploaded = [await self._uploaded(draft) for draft in planned]
        names: list[str] = []
        for draft, medium in zip(planned, uploaded, strict=True):
            try:
                names.append(await self._calls.send(draft.message(medium)))
            except ChannelError as error:
                if not names:
                    raise
                raise PartlySent(external_ids=tuple(names), parts=len(planned), reason=str(error)) from error
        return Sent(external_ids=tuple(names), state=Delivery.QUEUED)

    async def react(self, place: Place, external_id: str, emoji: str | None) -> None:
        await self._calls.send(reaction(place.address, external_id, emoji))

    async def mark_read(self, external_id: str) -> None:
        await self._calls.mark_read(external_id)

    def takes(self, file: File) -> bool:
        return takes(file, KINDS)

    async def fetch(self, reference: str) -> File:
        return await self._media.fetch(reference)

    async def templates(self) -> Sequence[ListedTemplate]:
        """Raises RefusedByProvider without the business account's id, Deferred if the list could not be had."""
        account = self.settings.business_account_id
        if account is None:
            raise RefusedByProvider("Template tidak dapat diambil: business_account_id akun ini belum diisi.")
        try:
            rows = await self._calls.templates(account)
        except OutcomeUnknown as error:
            raise Deferred(str(error)) from error
        return [each for row in rows if (each := template_of(row)) is not None]

    async def aclose(self) -> None:
        await self._media.aclose()
        await self._calls.aclose()

    async def _uploaded(self, draft: Draft) -> str | None:
        if draft.upload is None:
            return None
        try:
            return await self._calls.upload(draft.upload)
        except OutcomeUnknown as error:  # whether Meta has the file or not: nobody was written to
            raise Deferred(str(error)) from error
