"""What to send by the Cloud API for one outgoing: a pure plan, before anything is uploaded or sent.

Words go before files, each file as a message of its own; a single file takes short words along as its caption. Our
delivery id goes with the last message alone: whoever tells that this one left tells that all of them did.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from channels.contract import RefusedByProvider
from channels.marks import starred
from channels.splitting import pieces, units
from channels.whatsapp.cloud.choices import interactive
from channels.whatsapp.cloud.envelope import Json
from channels.whatsapp.cloud.templates import template_of
from channels.whatsapp.files import MB, FileKind, sendable
from channels.whatsapp.texts import with_choices
from tickets.message import File, Outgoing

TEXT_LIMIT, CAPTION_LIMIT = 4096, 1024
OURS = "wamid."  # how Meta's names of messages begin
# https://developers.facebook.com/documentation/business-messaging/whatsapp/business-phone-numbers/media
KINDS = (
    FileKind(name="image", types=frozenset({"image/jpeg", "image/png"}), limit=5 * MB),
    FileKind(
        name="audio",
        types=frozenset({"audio/aac", "audio/amr", "audio/mp4", "audio/mpeg", "audio/ogg"}),
        limit=16 * MB,
    ),
    FileKind(name="video", types=frozenset({"video/3gpp", "video/mp4"}), limit=16 * MB),
    FileKind(name="sticker", types=frozenset({"image/webp"}), limit=MB // 2),
    FileKind(
        name="document",
        types=frozenset(
            {
                "application/msword",
                "application/pdf",
                "application/vnd.ms-excel",
                "application/vnd.ms-powerpoint",
                "application/vnd.openxmlformats-officedocument.presentationml.presentation",
                "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
                "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
                "text/plain",
            }
        ),
        limit=100 * MB,
    ),
)
_CAPTIONED = frozenset({"image", "video", "document"})


@dataclass(frozen=True, kw_only=True)
class Draft:
    """One message to send. A file with content has to be uploaded first, for the message names its id."""

    kind: str  # the message's type
    body: Json
    common: Json
    file: File | None = None

    @property
    def upload(self) -> File | None:
        return self.file if self.file is not None and self.file.content is not None else None

    def message(self, medium: str | None = None) -> Json:
        """Return what to send; `medium` is the id of the uploaded file."""
        source: dict[str, Any] = {}
        if self.file is not None:
            source = {"id": medium} if medium is not None else {"link": self.file.url}
        return {**self.common, "type": self.kind, self.kind: {**self.body, **source}}


def drafts(outgoing: Outgoing, *, language: str) -> tuple[Draft, ...]:
    """Plan the messages for one outgoing. Raises RefusedByProvider if WhatsApp cannot carry it."""
    if outgoing.edits is not None:
        raise RefusedByProvider("Pesan WhatsApp yang sudah terkirim tidak dapat diubah.")
    common = _to(outgoing.place.address)
    planned = [
        Draft(kind=kind, body=body, common=common, file=file)
        for kind, body, file in _planned(outgoing, language)
    ]
    if not planned:
        raise RefusedByProvider("Pesan ini kosong sehingga tidak dapat dikirim.")
    if outgoing.replies_to is not None and outgoing.replies_to.startswith(OURS):
        answers = {**common, "context": {"message_id": outgoing.replies_to}}
        planned[0] = replace(planned[0], common=answers)
    named = {**planned[-1].common, "biz_opaque_callback_data": str(outgoing.delivery)}
    planned[-1] = replace(planned[-1], common=named)
    return tuple(planned)


def reaction(address: str, external_id: str, emoji: str | None) -> Json:
    """Return our one reaction on a message; none takes it away."""
    body = {"message_id": external_id, "emoji": emoji or ""}
    return {**_to(address), "type": "reaction", "reaction": body}


def _to(address: str) -> dict[str, Any]:
    """Address a contact by number, or by the business-scoped id where no number is known."""
    return {"recipient_type": "individual", "to" if address.startswith("+") else "recipient": address}


_Planned = tuple[str, Json, File | None]


def _planned(outgoing: Outgoing, language: str) -> Iterator[_Planned]:
    if outgoing.template is not None:
        if outgoing.files:
            raise RefusedByProvider("Pesan template WhatsApp tidak dapat membawa berkas.")
        yield "template", template_of(outgoing.template, language=language), None
        return
    kinds = [_kind(file) for file in outgoing.files]
    text = starred(outgoing.text, formatted=outgoing.formatted)[0].strip()
    captioned = (
        len(kinds) == 1
        and kinds[0] in _CAPTIONED
        and not outgoing.buttons
        and not outgoing.in_words
        and units(text) <= CAPTION_LIMIT
    )
    if not captioned:
        yield from _words(outgoing, language)
    for kind, file in zip(kinds, outgoing.files, strict=True):
        caption = {"caption": text} if captioned and text else {}
        named = {"filename": file.name} if kind == "document" else {}
        yield kind, {**caption, **named}, file


def _words(outgoing: Outgoing, language: str) -> Iterator[_Planned]:
    """The last piece of a long text carries the choices."""
    text, whole = starred(outgoing.text, formatted=outgoing.formatted)
    *before, last = pieces(text, TEXT_LIMIT, whole=whole) or [""]
    chosen = interactive(last, outgoing.buttons, language=language)
    said = with_choices(text, outgoing.buttons, in_words=outgoing.in_words)
    for piece in before if chosen is not None else pieces(said, TEXT_LIMIT, whole=whole):
        yield "text", {"body": piece, "preview_url": False}, None
    if chosen is not None:
        yield "interactive", chosen, None


def _kind(file: File) -> str:
    kind = sendable(file, KINDS)
    if file.content is None and file.url is None:
        raise RefusedByProvider(
            f"Berkas {file.name} belum tersedia sehingga tidak dapat dikirim lewat WhatsApp."
        )
    return kind.name
