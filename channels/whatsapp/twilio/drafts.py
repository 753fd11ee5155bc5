"""What to create at Twilio for one outgoing: a pure plan, before anything is sent.

WhatsApp takes one attachment a message, without a caption on documents, so words and files go as messages of their
own, words first. A template goes alone: Twilio refuses a Body beside it.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta

from channels.contract import RefusedByProvider
from channels.marks import starred
from channels.splitting import pieces
from channels.whatsapp.files import MB, FileKind, sendable
from channels.whatsapp.texts import with_choices
from channels.whatsapp.twilio.settings import TwilioSettings
from channels.whatsapp.twilio.variables import content_variables
from channels.whatsapp.values import clean_value
from tickets.message import File, Outgoing, Template

MediaUrl = Callable[[File], str | None]

LONGEST_VALIDITY = timedelta(hours=10)
BODY_LIMIT = 1600  # https://www.twilio.com/docs/api/errors/21617
# https://www.twilio.com/docs/whatsapp/guidance-whatsapp-media-messages
KINDS = (
    FileKind(name="image", types=frozenset({"image/jpeg", "image/png"}), limit=5 * MB),
    FileKind(
        name="other",
        types=frozenset(
            {
                "application/msword",
                "application/pdf",
                "application/vnd.openxmlformats-officedocument.presentationml.presentation",
                "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
                "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
                "audio/3gpp",
                "audio/aac",
                "audio/amr",
                "audio/mpeg",
                "audio/ogg",
                "video/mp4",
            }
        ),
        limit=16 * MB,
    ),
)


@dataclass(frozen=True, kw_only=True)
class Draft:
    """One message to create. Exactly one of body, media and content is set."""

    body: str | None = None
    media_url: str | None = None
    content_sid: str | None = None
    content_variables: str | None = None
    words: tuple[str, ...] = ()  # template: what its rendered text must contain

    def fields(self) -> dict[str, object]:
        """Return the arguments for twilio's `messages.create`."""
        values = {
            "body": self.body,
            "media_url": [self.media_url] if self.media_url else None,
            "content_sid": self.content_sid,
            "content_variables": self.content_variables,
        }
        return {name: value for name, value in values.items() if value is not None}


def drafts(outgoing: Outgoing, *, media_url: MediaUrl | None = None) -> tuple[Draft, ...]:
    """Plan the messages for one outgoing. Raises RefusedByProvider if WhatsApp cannot carry it."""
    if outgoing.edits is not None:
        raise RefusedByProvider("Pesan WhatsApp yang sudah terkirim tidak dapat diubah.")
    if outgoing.template is not None:
        return (_of_template(outgoing.template, outgoing.files),)
    text, whole = starred(outgoing.text, formatted=outgoing.formatted)
    said = with_choices(text, outgoing.buttons, in_words=outgoing.in_words)
    texts = [Draft(body=piece) for piece in pieces(said, BODY_LIMIT, whole=whole)]
    planned = (*texts, *_of_files(outgoing.files, media_url))
    if not planned:
        raise RefusedByProvider("Pesan ini kosong sehingga tidak dapat dikirim.")
    return planned


def sender_fields(settings: TwilioSettings, outgoing: Outgoing) -> dict[str, object]:
    """Return what every message of one outgoing has in common, as arguments for `messages.create`."""
    values = {
        "to": f"whatsapp:{outgoing.place.address}",
        "from_": f"whatsapp:{settings.number}" if settings.number else None,
        "messaging_service_sid": settings.service,
        "status_callback": settings.status_callback(outgoing.delivery),
        "validity_period": _validity(settings.validity, outgoing.valid_for),
    }
    return {name: value for name, value in values.items() if value is not None}


def _validity(usual: timedelta | None, wanted: timedelta | None) -> int | None:
    """Return for how many seconds Twilio may keep it in its queue, as the shorter of the two has it."""
    given = [each for each in (usual, wanted, LONGEST_VALIDITY) if each is not None]
    return None if usual is None and wanted is None else max(1, int(min(given).total_seconds()))


def _of_template(template: Template, files: tuple[File, ...]) -> Draft:
    if files:
        raise RefusedByProvider("Pesan template WhatsApp tidak dapat membawa berkas.")
    return Draft(
        content_sid=template.content_sid,
        content_variables=content_variables(template.variables),
        words=tuple(clean_value(value) for value in template.variables.values()),
    )


def _of_files(files: tuple[File, ...], media_url: MediaUrl | None) -> Iterator[Draft]:
    for file in files:
        sendable(file, KINDS)
        url = media_url(file) if media_url is not None else None
        if url is None:
            raise RefusedByProvider(
                f"Berkas {file.name} belum dapat dikirim lewat WhatsApp: berkas perlu tautan publik yang dapat diunduh Twilio."
            )
        yield Draft(media_url=url)
