"""What can still be done to an answer that has left, by the channel that took it."""

from datetime import datetime, timedelta

from tickets.message import Channel

# How long what left can be taken back. Telegram: https://core.telegram.org/bots/api#deletemessage
_TAKEN_BACK_WITHIN = {Channel.TELEGRAM: timedelta(hours=48), Channel.WEBCHAT: timedelta.max}
AMENDED = frozenset({Channel.TELEGRAM, Channel.WEBCHAT})


def may_amend(channel: Channel) -> bool:
    """Whether words that left can give way to others."""
    return channel in AMENDED


def may_withdraw(channel: Channel, *, left_at: datetime, now: datetime) -> bool:
    return now - left_at < _TAKEN_BACK_WITHIN.get(channel, timedelta())
