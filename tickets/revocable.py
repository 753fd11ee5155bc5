"""What can still be done to an answer that has left, by the channel that took it."""

from datetime import datetime, timedelta

from tickets.message import Channel

# How long what left can be taken back. Telegram: https://core.telegram.org/bots/api#deletemessage
_TAKEN_BACK_WITHIN = {Channel.TELEGRAM: timedelta(hours=48), Channel.WEBCHAT: timedelta.max}
_LONGEST = {Channel.TELEGRAM: 4096}  # UTF-16 units of one message: of a longer one there are several
AMENDED = frozenset({Channel.TELEGRAM, Channel.WEBCHAT})


def may_amend(channel: Channel, *texts: str) -> bool:
    """Whether words that left can give way to others; `texts` are both."""
    longest = _LONGEST.get(channel)
    return channel in AMENDED and all(longest is None or _units(text) <= longest for text in texts)


def may_withdraw(channel: Channel, *, left_at: datetime, now: datetime) -> bool:
    return now - left_at < _TAKEN_BACK_WITHIN.get(channel, timedelta())


def _units(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
