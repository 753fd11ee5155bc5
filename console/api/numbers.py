"""Whole identity numbers: given to programs that may read them, with a line in the trail as for whoever looks at a page."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from typing import Any

from fastapi.responses import JSONResponse

from console.api.shapes import encode
from console.doors import Knock, trail
from console.doors.trail import Entry, Kind
from console.house import House
from tickets.views import ContactView, TicketView


@dataclass(frozen=True, kw_only=True)
class Numbers:
    """Whether one request is given whole numbers, and under whose name that is written down."""

    house: House
    who: str
    knock: Knock
    whole: bool  # else they are masked

    async def answer(self, value: Any, status: int = 200) -> JSONResponse:
        """Answer with a value as JSON; whose whole numbers are in it is written down first."""
        given = tuple(_given(value)) if self.whole else ()
        if given:
            tickets = [each.number for each in given if isinstance(each, TicketView)]
            contacts = [each.id for each in given if isinstance(each, ContactView)]
            await self.write_down(**({"tickets": tickets} if tickets else {"contacts": contacts}))
        return JSONResponse(encode(value, numbers=self.whole), status_code=status)

    async def write_down(self, **of_whom: list[int]) -> None:
        """Leave a line in the trail of whose whole numbers were given: `tickets`, or `contacts`."""
        entry = Entry(kind=Kind.NUMBERS_READ, who=self.who, knock=self.knock, data=of_whom)
        at = self.house.clock()
        await self.house.ledger.write(lambda tx: trail.write(tx, entry, at=at), name="trail")


def _given(value: Any) -> Iterator[TicketView | ContactView]:
    """Yield the tickets, and what contacts there are outside of any, whose identity number is known."""
    if isinstance(value, TicketView | ContactView):
        contact = value if isinstance(value, ContactView) else value.contact
        if contact.identity.number is not None:
            yield value
    elif is_dataclass(value):
        for field in fields(value):
            yield from _given(getattr(value, field.name))
    elif isinstance(value, Mapping):
        for each in value.values():
            yield from _given(each)
    elif isinstance(value, list | tuple):
        for each in value:
            yield from _given(each)
