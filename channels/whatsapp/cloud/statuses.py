"""How our messages fare, as Meta tells it, in any order and more than once.

https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference/messages/status
"""

from channels.whatsapp.cloud.envelope import Part, UnreadableError, id_of, mappings, text
from channels.whatsapp.cloud.errors import meaning_of
from channels.whatsapp.cloud.messages import instant
from tickets.message import Delivery, Told

_LONGEST_WORD = 40  # of a status or a code
STATES = {
    "accepted": Delivery.QUEUED,
    "sent": Delivery.SENT,
    "delivered": Delivery.DELIVERED,
    "read": Delivery.READ,
    "played": Delivery.READ,  # a voice message was listened to
    "failed": Delivery.FAILED,
}


def told_of(part: Part, *, account: str) -> Told:
    """Read a status. Raises UnreadableError without an id or a status.

    `biz_opaque_callback_data` is our delivery id, sent along with the message.
    """
    name, status = id_of(part.body), text(part.body.get("status")).lower()[:_LONGEST_WORD]
    if not name or not status:
        raise UnreadableError("A status without an id, or without a state.")
    state = STATES.get(status)
    code = next((text(each.get("code")) for each in mappings(part.body.get("errors"))), "")[:_LONGEST_WORD]
    failed = meaning_of(code) if state is Delivery.FAILED else None
    return Told(
        event_id=f"{name}:{status}:{code}",
        account=account,
        external_id=name,
        delivery=_delivery(text(part.body.get("biz_opaque_callback_data"))),
        state=state,
        error_code=code or None,
        error=failed.says if failed else None,
        account_broken=failed is not None and failed.of_account,
        why=failed.refusal if failed else None,
        again_after=failed.again_after if failed else None,
        template_is=failed.template if failed else None,
        told_at=instant(part.body.get("timestamp")),
        raw=part.raw,
    )


def _delivery(given: str) -> int | None:
    return int(given) if given.isascii() and given.isdecimal() and len(given) <= 18 else None
