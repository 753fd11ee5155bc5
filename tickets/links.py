"""What links between tickets there are, as rows: read by acts and by what shows them."""

from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz
from sqlalchemy import bindparam, select, text

from tickets.ledger.prepared import Prepared
from tickets.ledger.tx import Tx
from tickets.tables import Link, Ticket
from tickets.ticket import TicketNow

RELATED, DUPLICATE, CAUSED_BY, INCIDENT = "related", "duplicate", "caused_by", "incident"
KINDS = (RELATED, DUPLICATE, CAUSED_BY, INCIDENT)

_LINKS = Link.__table__  # type: ignore[attr-defined]
_TICKETS = Ticket.__table__  # type: ignore[attr-defined]
_INCIDENT_OF = Prepared(
    select(_LINKS.c.to).where(_LINKS.c.ticket == bindparam("ticket"), _LINKS.c.kind == INCIDENT).limit(1)
)
_PART_OF = Prepared(
    select(_LINKS.c.ticket)
    .where(_LINKS.c.to == bindparam("incident"), _LINKS.c.kind == INCIDENT)
    .order_by(_LINKS.c.ticket)
)
_OPEN_INCIDENTS = Prepared(
    select(_TICKETS.c.number, _TICKETS.c.subject, _TICKETS.c.category, _TICKETS.c.suggestions)
    .where(
        _TICKETS.c.desk == bindparam("desk"),
        text("tickets.status IN ('new', 'open', 'waiting')"),
        _TICKETS.c.number.in_(select(_LINKS.c.to).where(_LINKS.c.kind == INCIDENT)),
    )
    .order_by(_TICKETS.c.number.desc())
    .limit(20)
)


ALIKE = 80  # rapidfuzz token_set_ratio of two subjects from which on they may be one matter


@dataclass(frozen=True, kw_only=True)
class OpenIncident:
    """An incident that is still worked on."""

    number: int
    subject: str | None
    category: str | None
    suggested: str | None  # the likeliest category, while nobody has said one


def incident_of(tx: Tx, ticket: int) -> int | None:
    """Return the incident that a ticket is part of."""
    row = tx.one(_INCIDENT_OF, ticket=ticket)
    return None if row is None else int(row.to)


def tickets_of(tx: Tx, incident: int) -> tuple[int, ...]:
    """Return the tickets that are part of an incident, oldest first."""
    return tuple(row.ticket for row in tx.all(_PART_OF, incident=incident))


def open_incidents(tx: Tx, desk: str) -> tuple[OpenIncident, ...]:
    """Return the incidents that a desk works on, newest first."""
    return tuple(
        OpenIncident(
            number=row.number, subject=row.subject, category=row.category,
            suggested=row.suggestions[0][0] if row.suggestions else None,
        )
        for row in tx.all(_OPEN_INCIDENTS, desk=desk)
    )  # fmt: skip


def alike(ticket: TicketNow, incidents: Sequence[OpenIncident]) -> OpenIncident | None:
    """Return the incident that a ticket is likely part of: of the same category, or of much the same words."""
    likely = ticket.category or (ticket.suggestions[0][0] if ticket.suggestions else None)
    for incident in incidents:
        if incident.number == ticket.number:
            return None
        if likely is not None and likely in {incident.category, incident.suggested}:
            return incident
        words = (ticket.subject or "").lower(), (incident.subject or "").lower()
        if all(words) and fuzz.token_set_ratio(*words) >= ALIKE:
            return incident
    return None
