"""How our messages fare, as Meta tells it, in any order and more than once.

https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference/messages/status
"""

from channels.whatsapp.cloud.envelope import Part, UnreadableError, mappings, text
from channels.whatsapp.cloud.errors import is_of_account, refusal_of, sentence
from channels.whatsapp.cloud.messages import instant
from tickets.message import Delivery, Told

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
    name, status = text(part.body.get("id")), text(part.body.get("status")).lower()
    if not name or not status:
        raise UnreadableError("A status without an id, or without a state.")
    state = STATES.get(status)
    failed = state is Delivery.FAILED
    code = next((text(each.get("code")) for each in mappings(part.body.get("errors"))), "")
    return Told(
        event_id=f"{name}:{status}:{code}",
        account=account,
        external_id=name,
        delivery=_delivery(text(part.body.get("biz_opaque_callback_data"))),
        state=state,
        error_code=code or None,
        error=sentence(code) if failed else None,
        account_broken=failed and is_of_account(code),
        why=refusal_of(code) if failed else None,
        told_at=instant(part.body.get("timestamp")),
        raw=part.raw,
    )


def _delivery(given: str) -> int | None:
    return int(given) if given.isascii() and given.isdecimal() and len(given) <= 18 else None
