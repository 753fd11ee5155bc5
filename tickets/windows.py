"""The window of a channel: how long after a contact's last message free text may be sent to them."""

from datetime import datetime, timedelta

from tickets.message import Channel

WHATSAPP = timedelta(hours=24)
WAITS_FOR_CONTACT = timedelta(days=30)  # what nobody has asked for in so long is not sent any more

# What stands on a message that waits for the contact to write.
WAITS = "Menunggu kontak menulis lagi: jendela 24 jam WhatsApp sudah tertutup. / Waits for the contact to write: WhatsApp's 24 hours are over."


def has_one(channel: str) -> bool:
    return channel == Channel.WHATSAPP


def closes_at(channel: str, last_inbound_at: datetime | None) -> datetime | None:
    """Return until when free text may be sent; None where there is no window, or it never was open."""
    return last_inbound_at + WHATSAPP if has_one(channel) and last_inbound_at is not None else None


def is_open(channel: str, last_inbound_at: datetime | None, at: datetime) -> bool:
    """Return whether free text may be sent; outside the window WhatsApp takes nothing but approved templates."""
    if not has_one(channel):
        return True
    return last_inbound_at is not None and at - last_inbound_at < WHATSAPP
