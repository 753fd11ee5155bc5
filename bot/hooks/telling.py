"""What a webhook says: the event, the ticket and the message as the API shows them, identity numbers masked."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from bot.desks import OpenDesk
from bot.identity import masked_in
from tickets import views
from tickets.desk import Shown
from tickets.ledger.store import Ledger
from tickets.outbox import Parcel
from tickets.verification import masked
from tickets.views import Link, MessageView, TicketView

Show = Callable[[Any], Any]  # a value of the views as JSON


class EventBody:
    def __init__(self, ledger: Ledger, *, show: Show, link: Link) -> None:
        self._ledger = ledger
        self._show = show
        self._link = link

    async def __call__(self, parcel: Parcel, desk: OpenDesk) -> Mapping[str, Any] | None:
        happened = await self._ledger.read(
            lambda session: views.happened(session, int(parcel.payload["event"]), link=self._link)
        )
        if happened is None:
            return None  # the retention or an erasure has taken it
        webhook = desk.now.desk.webhook(parcel.account.partition("/hook/")[2])
        ticket, message = happened.ticket, happened.message
        if webhook is not None and webhook.identity is Shown.MASKED and ticket is not None:
            ticket, message = _masked(ticket, message)
        return {
            "type": happened.event.kind,
            "timestamp": happened.event.at.isoformat(),
            "data": {
                "desk": parcel.desk,
                "event": self._show(happened.event),
                "ticket": self._show(ticket),
                "message": self._show(message),
            },
        }


def _masked(ticket: TicketView, message: MessageView | None) -> tuple[TicketView, MessageView | None]:
    """Put identity numbers out of sight: the contact's own, and what reads like one in the words of the message."""
    number = ticket.contact.identity.number

    def hide(text: str | None) -> str | None:
        return masked_in(text, number) if text else text

    identity = replace(ticket.contact.identity, number=masked(number) if number else None)
    addresses = tuple(
        replace(address, address=masked_in(address.address, number)) for address in ticket.contact.addresses
    )
    hidden = replace(
        ticket,
        subject=hide(ticket.subject),
        contact=replace(ticket.contact, identity=identity, addresses=addresses),
    )
    if message is None:
        return hidden, None
    return hidden, replace(
        message,
        subject=hide(message.subject),
        text=masked_in(message.text, number),
        full_text=masked_in(message.full_text, number),
        html=hide(message.html),
    )
