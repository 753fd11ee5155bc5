"""What a ticket's page shows of other tickets: links, merges, the incident it is or is part of, and what could be."""

from dataclasses import dataclass

from sqlmodel import Session

from tickets import views
from tickets.lifecycle import TO_DO
from tickets.views import IncidentTicket, LinkView, OtherTicket, Search, TicketView, Wanted, WholeTicket

FOUND = 30


@dataclass(frozen=True, kw_only=True)
class Belonging:
    links: tuple[LinkView, ...]  # without those that make an incident
    incident: LinkView | None  # that it is part of
    tickets: tuple[IncidentTicket, ...]  # that are part of it
    incidents: tuple[OtherTicket, ...]  # that it could be part of
    found: tuple[TicketView, ...]  # that were looked for, and could be part of it
    newest: (
        int  # the newest message on any ticket of the contact: whoever answers knows what was said up to it
    )

    @property
    def lacking(self) -> bool:
        """Whether something of this incident has no category yet."""
        return any(each.category is None and each.status in TO_DO for each in self.tickets)


def belonging_of(session: Session, whole: WholeTicket, *, find: str, search: Search | None) -> Belonging:
    ticket = whole.ticket
    part_of = next((link for link in whole.links if link.kind == "incident" and link.outgoing), None)
    tickets = views.incident_tickets(session, ticket.number)
    known = {ticket.number, *(each.number for each in tickets)}
    found: tuple[TicketView, ...] = ()
    if find.strip():
        wanted = Wanted(desk=ticket.desk, status=frozenset(TO_DO), q=find)
        page = views.tickets(session, wanted, limit=FOUND, search=search)
        found = tuple(each for each in page.items if each.number not in known)
    incidents = () if tickets or part_of else views.open_incidents(session, ticket.desk)
    return Belonging(
        links=tuple(link for link in whole.links if link.kind != "incident"), incident=part_of, tickets=tickets,
        incidents=tuple(each for each in incidents if each.number != ticket.number), found=found,
        newest=views.newest_message_of(session, ticket.contact.id),
    )  # fmt: skip
