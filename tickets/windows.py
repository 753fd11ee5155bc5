"""The window of a channel: how long after a contact's last message free text may be sent to them."""

from datetime import datetime, timedelta

from tickets.message import Channel

WHATSAPP = timedelta(hours=24)


def is_open(channel: str, last_inbound_at: datetime | None, at: datetime) -> bool:
    """Return whether free text may be sent; outside the window WhatsApp takes nothing but approved templates."""
    if channel != Channel.WHATSAPP:
        return True
    return last_inbound_at is not None and at - last_inbound_at < WHATSAPP
