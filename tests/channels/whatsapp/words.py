"""Who writes to whom in these tests, and how what is to be sent is written down."""

from typing import Any

from tickets.message import Button, Channel, Outgoing, Place

ACCOUNT = "itb/whatsapp"
ANA = "+6281234567890"


class Out:
    """Writes down what is to be sent."""

    def __call__(self, text: str = "", *, to: str = ANA, delivery: int = 41, **more: Any) -> Outgoing:
        place = Place(account=ACCOUNT, channel=Channel.WHATSAPP, address=to)
        return Outgoing(delivery=delivery, place=place, text=text, **more)

    def buttons(self, *labels: str) -> tuple[tuple[Button, ...], ...]:
        """A row for each label."""
        return tuple((Button(label=label, data=label.lower()),) for label in labels)
