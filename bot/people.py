"""Who of those who write is somebody of the desk: kept in memory, for every message asks."""

from collections.abc import Iterable

from tickets import views
from tickets.ledger.store import Ledger
from tickets.message import Channel
from tickets.staff import StaffNow


class People:
    """All active staff, read anew from time to time and whenever a desk changes."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._people: tuple[StaffNow, ...] = ()
        self._by_address: dict[tuple[str, Channel, str], StaffNow] = {}

    async def refresh(self) -> None:
        self._index(await self._ledger.read(views.colleagues))

    def find(self, desk: str, channel: Channel, address: str) -> StaffNow | None:
        """Return whose address this is on a channel, if it is somebody's of the desk."""
        return self._by_address.get((desk, channel, address.lower()))

    def named(self, desk: str, id: str) -> StaffNow | None:  # noqa: A002  the word of the desk file
        return next((person for person in self._people if person.desk == desk and person.id == id), None)

    def at(self, desk: str) -> tuple[StaffNow, ...]:
        return tuple(person for person in self._people if person.desk == desk)

    def _index(self, people: Iterable[StaffNow]) -> None:
        self._people = tuple(people)
        found: dict[tuple[str, Channel, str], StaffNow] = {}
        for person in self._people:
            for channel, address in addresses_of(person):
                found[person.desk, channel, address.lower()] = person
        self._by_address = found


def addresses_of(person: StaffNow) -> tuple[tuple[Channel, str], ...]:
    """Return the ways to reach somebody of the desk, the quickest first."""
    ways = (
        (Channel.TELEGRAM, person.telegram),
        (Channel.WHATSAPP, person.whatsapp),
        (Channel.EMAIL, person.email),
    )
    return tuple((channel, address) for channel, address in ways if address)
