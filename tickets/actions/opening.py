"""Opening a ticket by hand: somebody telephones or stands at the counter, and an agent writes it down."""

from dataclasses import dataclass
from datetime import datetime

from tickets import contacts
from tickets import ticket as tickets_
from tickets.actions.errors import NothingToSayError, UnknownValueError
from tickets.actions.handling import categorise
from tickets.actions.rights import require_first_line
from tickets.actor import Actor
from tickets.desk import DeskNow
from tickets.ledger.events import append
from tickets.ledger.prepared import inserting
from tickets.ledger.tx import Tx
from tickets.lifecycle import Status
from tickets.message import Author, Channel, Direction
from tickets.subjects import subject_of
from tickets.tables import Message
from tickets.ticket import TicketNow

_INSERT = inserting(Message)
MEDIA = ("telephone", "counter", "other")


@dataclass(frozen=True, kw_only=True)
class Caller:
    """Who came, as far as they said."""

    name: str | None = None
    identity_name: str | None = None
    identity_number: str | None = None
    identity_unit: str | None = None
    identity_email: str | None = None


def open_by_hand(
    tx: Tx,
    *,
    desk: DeskNow,
    by: Actor,
    at: datetime,
    caller: Caller,
    text: str,
    subject: str | None = None,
    category: str | None = None,
    came_at: datetime | None = None,
    medium: str | None = None,
) -> tuple[TicketNow, int]:
    """Write down what somebody said; the ticket and the message. Its clocks start when they came.

    There is no address to answer to, until somebody names one (`reaching`): answers are noted as given by mouth.
    """
    require_first_line(by, desk.slug)
    _require_sound(text, came_at, medium, at=at)
    since = (came_at or at).isoformat()
    account = f"{desk.slug}/{Channel.OTHER}"
    contact = contacts.new_contact(
        tx, desk=desk.slug, name=caller.name or caller.identity_name, at=at,
        identity_name=caller.identity_name, identity_number=caller.identity_number,
        identity_unit=caller.identity_unit, identity_email=caller.identity_email,
    )  # fmt: skip
    message = tx.next_id("messages")
    ticket = tickets_.create(
        tx, desk=desk.slug, account=account, channel=str(Channel.OTHER), thread=f"hand:{message}", address=None,
        contact=contact, status=str(Status.NEW), subject=subject_of(text, subject), revision=desk.revision,
        language=desk.desk.language, created_at=at, updated_at=at, medium=medium,
    )  # fmt: skip
    append(
        tx, "ticket.opened", desk=desk.slug, ticket=ticket.number, at=at, actor=by.key, asks=True,
        revision=desk.revision, since=since, channel=str(Channel.OTHER),
    )  # fmt: skip
    tx.run(
        _INSERT, id=message, at=at, desk=desk.slug, ticket=ticket.number, account=account, channel=str(Channel.OTHER),
        direction=str(Direction.IN), author=str(Author.CONTACT), actor=by.key, sender_name=caller.name, text=text,
        subject=subject, said_at=came_at,
    )  # fmt: skip
    append(
        tx, "message.received", desk=desk.slug, ticket=ticket.number, at=at, subject=message, actor=by.key, asks=True,
        automatic=False, revision=desk.revision, since=since,
    )  # fmt: skip
    if category is not None:
        ticket = categorise(tx, ticket.number, category, desk=desk, by=by, at=at)
    return ticket, message


def _require_sound(text: str, came_at: datetime | None, medium: str | None, *, at: datetime) -> None:
    """Raise NothingToSayError or UnknownValueError where nobody can have come so."""
    if not text.strip():
        raise NothingToSayError("a ticket needs the words of whoever came")
    if came_at is not None and came_at > at:
        raise UnknownValueError(
            "nobody can have come later than now", field="came_at", value=came_at.isoformat()
        )
    if medium is not None and medium not in MEDIA:
        raise UnknownValueError(
            f"no medium is called {medium}; {', '.join(MEDIA)} are", field="medium", value=medium
        )
