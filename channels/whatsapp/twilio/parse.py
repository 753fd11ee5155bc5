"""What Twilio posts, as words of the desk.

Fields of a message: https://www.twilio.com/docs/messaging/guides/webhook-request; of a status callback:
https://www.twilio.com/docs/messaging/guides/outbound-message-status-in-status-callbacks. Twilio adds fields without
notice, so only those that are needed are looked at. Neither kind has a time of its own, but what the list brought does.
"""

from collections.abc import Mapping
from datetime import datetime
from email.utils import parsedate_to_datetime

from channels.locations import location_of
from channels.whatsapp.files import file_name, plain_type
from channels.whatsapp.twilio.brought import SENT_AT
from channels.whatsapp.twilio.errors import meaning_of
from tickets.message import Channel, Delivery, File, Person, Place, Said, Told

PREFIX = "whatsapp:"
LONGEST_SID = 100  # they have 34
_LONGEST_WORD = 40  # of a status or a code
MEDIA_COUNT_LIMIT = 32  # WhatsApp brings one at a time, other channels up to ten
_MEDIA = [(f"MediaUrl{index}", f"MediaContentType{index}") for index in range(MEDIA_COUNT_LIMIT)]

STATES = {
    "accepted": Delivery.QUEUED,
    "scheduled": Delivery.QUEUED,
    "queued": Delivery.QUEUED,
    "sending": Delivery.SENDING,
    "sent": Delivery.SENT,
    "delivered": Delivery.DELIVERED,
    "read": Delivery.READ,
    "undelivered": Delivery.FAILED,
    "failed": Delivery.FAILED,
    "canceled": Delivery.FAILED,
}
_CANCELED = "Pengiriman pesan ini dibatalkan di Twilio."


class UnreadableError(ValueError):
    """A correctly signed form that is not what the route is for."""


def said_of(form: Mapping[str, str], *, account: str, raw: bytes) -> Said:
    """Read an incoming message. Raises UnreadableError without a MessageSid or a sender on WhatsApp."""
    sid = _sid(form)
    address = bare_address(_needed(form, "From"))
    if address is None:
        raise UnreadableError("From is not a WhatsApp address.")
    return Said(
        event_id=sid,
        external_id=sid,
        place=Place(account=account, channel=Channel.WHATSAPP, address=address),
        sender=Person(
            address=address,
            also=_other_ids(form, address),
            name=form.get("ProfileName", "").strip() or None,
            handle=form.get("ProfileUsername", "").strip().removeprefix("@") or None,
        ),
        text=_text(form),
        files=_files(form),
        location=location_of(
            form.get("Latitude"),
            form.get("Longitude"),
            [form.get(name, "") for name in ("Label", "Address")],
        ),
        replies_to=form.get("OriginalRepliedMessageSid") or None,
        button=form.get("ButtonPayload") or form.get("ListId") or None,
        said_at=_sent_at(form),
        raw=raw,
    )


def told_of(form: Mapping[str, str], *, account: str, delivery: str | None, raw: bytes) -> Told:
    """Read a status callback. Raises UnreadableError without a MessageSid or a status.

    `delivery` is our own query parameter on the callback's URL. Callbacks come in any order, and each status once: what
    Twilio repeats has the same event id.
    """
    sid = _sid(form)
    status = _needed(form, "MessageStatus").lower()[:_LONGEST_WORD]
    code = form.get("ErrorCode", "").strip()[:_LONGEST_WORD]
    code = code if code != "0" else ""
    state = STATES.get(status)
    failed = meaning_of(code) if state is Delivery.FAILED else None
    return Told(
        event_id=f"{sid}:{status}:{code}",
        account=account,
        external_id=sid,
        delivery=_delivery_id(delivery),
        state=state,
        error_code=code or None,
        error=failure(status, code) if failed else None,
        account_broken=failed is not None and failed.of_account,
        why=failed.refusal if failed else None,
        again_after=failed.again_after if failed else None,
        template_is=failed.template if failed else None,
        raw=raw,
    )


def failure(status: str, code: str | int | None) -> str:
    """Say in words for an agent why a message with this status did not arrive."""
    return _CANCELED if status == "canceled" and not code else meaning_of(code).says


def bare_address(address: str) -> str | None:
    """Return a number or a business-scoped id without `whatsapp:`; None if it is of another channel."""
    bare = address.strip().removeprefix(PREFIX)
    return bare if bare and ":" not in bare and len(bare) <= 256 else None


def _other_ids(form: Mapping[str, str], address: str) -> tuple[str, ...]:
    """Return the business-scoped id beside a number, and the number beside such an id, where Twilio shows both.

    That of the parent is left out: it is the same for all of a company's portfolios, and nobody is written to by it.
    """
    shown = (bare_address(form.get(name, "")) for name in ("ExternalUserId", "WaId"))
    ids = (f"+{each}" if each.isascii() and each.isdecimal() else each for each in shown if each)
    return tuple(dict.fromkeys(each for each in ids if each != address))


def _sid(form: Mapping[str, str]) -> str:
    sid = _needed(form, "MessageSid")
    if len(sid) > LONGEST_SID or not sid.isprintable():
        raise UnreadableError("MessageSid is none.")
    return sid


def _needed(form: Mapping[str, str], name: str) -> str:
    value = form.get(name, "").strip()
    if not value:
        raise UnreadableError(f"{name} is missing.")
    return value


def _text(form: Mapping[str, str]) -> str:
    written = (form.get(name, "") for name in ("Body", "ButtonText", "ListTitle"))
    return next((text for text in written if text.strip()), "")


def _files(form: Mapping[str, str]) -> tuple[File, ...]:
    """Read every media field there is, whatever `NumMedia` counts."""
    found = []
    for number, (at, of_type) in enumerate(_MEDIA, start=1):
        url = form.get(at)
        if url:
            media_type = plain_type(form.get(of_type, ""))
            found.append(File(name=file_name(media_type, number), type=media_type, fetch=url))
    return tuple(found)


def _sent_at(form: Mapping[str, str]) -> datetime | None:
    """Return when Twilio had it, where that is known: of what its list brought, not of a webhook."""
    try:
        return parsedate_to_datetime(form[SENT_AT]) if SENT_AT in form else None
    except ValueError:
        return None


def _delivery_id(text: str | None) -> int | None:
    return int(text) if text and text.isascii() and text.isdecimal() and len(text) <= 18 else None
