"""Who has a ticket, in words: its holder, the team and who in it works on it, and whether they are here."""

from collections.abc import Mapping
from datetime import datetime

from bot.absence_words import absence_in_words
from bot.desks import OpenDesk
from bot.voice import staff_voice
from tickets import absences
from tickets.ledger.tx import Tx
from tickets.presence import AbsenceNow
from tickets.staff import active
from tickets.ticket import TicketNow


class Holders:
    """The holders of one ticket; with `at` it is said of whom is away at that instant."""

    def __init__(self, tx: Tx, ticket: TicketNow, desk: OpenDesk, *, at: datetime | None = None) -> None:
        self._ticket = ticket
        self._desk = desk
        self._at = at
        self.names = {person.id: person.name for person in active(tx, ticket.desk)}
        self._away: Mapping[str, AbsenceNow] = (
            absences.away_now(tx, ticket.desk, at) if at is not None else {}
        )

    @property
    def first_line(self) -> str | None:
        return self.called(self._ticket.assignee)

    @property
    def team(self) -> str | None:
        """Return `Tim Edunex`, or `Tim Edunex: Yoga Permana`."""
        team = self._desk.now.desk.team(self._ticket.team) if self._ticket.team else None
        if team is None:
            return None
        holder = self.called(self._ticket.team_holder)
        return f"{team.name}: {holder}" if holder is not None else team.name

    def called(self, who: str | None) -> str | None:
        """Return the name of somebody of the desk."""
        if who is None:
            return None
        name = self.names.get(who, who)
        absence = self._away.get(who)
        if absence is None or self._at is None:
            return name
        words = absence_in_words(self._desk.now.desk, staff_voice(self._desk).language, absence, self._at)
        return f"{name} ({words})"
