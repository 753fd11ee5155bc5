"""What a webhook says: the event, the ticket and the message as the API shows them, identity numbers masked."""

from collections.abc import Callable, Mapping
from typing import Any

from bot.desks import OpenDesk
from bot.identity import masked_in
from tickets import views
from tickets.connections import Shown
from tickets.ledger.store import Ledger
from tickets.parcels import Parcel
from tickets.verification import masked
from tickets.views import Link

_REFERENCES = frozenset({"external_id", "sha256", "url"})  # long numbers that are nobody's
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
        data = {
            "desk": parcel.desk,
            "event": self._show(happened.event),
            "ticket": self._show(happened.ticket),
            "message": self._show(happened.message),
        }
        if webhook is None or webhook.identity is Shown.MASKED:
            known = happened.ticket.contact.identity.number if happened.ticket is not None else None
            data = without_numbers(data, known)
        return {
            "type": happened.event.kind,
            "timestamp": happened.event.at.isoformat(),
            "data": data,
        }


def without_numbers(shown: Any, known: str | None, *, under: str = "") -> Any:
    """Mask identity numbers wherever they stand in JSON: said, looked up, or in the words of a message."""
    if isinstance(shown, Mapping):
        return {key: without_numbers(value, known, under=key) for key, value in shown.items()}
    if isinstance(shown, list):
        return [without_numbers(each, known, under=under) for each in shown]
    if not isinstance(shown, str) or under in _REFERENCES:
        return shown
    return masked(shown) if under == "number" else masked_in(shown, known)
