"""Where what can be chosen is shown to be pressed; elsewhere it is a numbered list, or stands in words. Pure."""

from bot.desk_files.accounts import CLOUD, PROVIDER
from tickets.desk import Desk
from tickets.message import Channel

_ALWAYS = frozenset({Channel.TELEGRAM, Channel.WEBCHAT})


def may_press(desk: Desk, *, account: str, channel: str) -> bool:
    """Whether an account shows buttons: on WhatsApp Meta's own API does, at Twilio each text would need a content of its own."""
    if channel != Channel.WHATSAPP:
        return channel in _ALWAYS
    return any(
        each.key == account and each.settings.get(PROVIDER) == CLOUD
        for each in desk.accounts_on(Channel.WHATSAPP)
    )
