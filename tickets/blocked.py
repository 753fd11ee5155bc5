"""What came from a blocked address: stored like everything, kept away from the tickets, and taken in later if wanted."""

from datetime import datetime

from sqlalchemy import bindparam, delete, select, update

from tickets import contacts
from tickets.desk import DeskNow
from tickets.ledger.events import append
from tickets.ledger.prepared import Prepared, Row, inserting
from tickets.ledger.tx import Tx
from tickets.message import Authenticity, Channel, Person, Place, Said
from tickets.placing import Reading, ticket_for
from tickets.tables import Attachment, HeldMessage, Message

_HELD = HeldMessage.__table__  # type: ignore[attr-defined]
_MESSAGES = Message.__table__  # type: ignore[attr-defined]
_ATTACHMENTS = Attachment.__table__  # type: ignore[attr-defined]
_INSERT = inserting(HeldMessage)
_OF_ADDRESS = Prepared(
    select(
        _MESSAGES.c.id, _MESSAGES.c.account, _MESSAGES.c.channel, _MESSAGES.c.event_id, _MESSAGES.c.external_id,
        _MESSAGES.c.sender_name, _MESSAGES.c.sender_address, _MESSAGES.c.text, _MESSAGES.c.subject,
        _MESSAGES.c.replies_to, _MESSAGES.c.automatic, _MESSAGES.c.participants, _MESSAGES.c.authenticity, _HELD.c.reading,
    )
    .join(_HELD, _HELD.c.message == _MESSAGES.c.id)
    .where(_HELD.c.address == bindparam("address"))
    .order_by(_MESSAGES.c.id)
)  # fmt: skip
_RELEASE = Prepared(delete(_HELD).where(_HELD.c.message == bindparam("of_message")))
_PLACE = Prepared(
    update(_MESSAGES).where(_MESSAGES.c.id == bindparam("key")).values(ticket=bindparam("to_ticket"))
)
_PLACE_FILES = Prepared(
    update(_ATTACHMENTS)
    .where(_ATTACHMENTS.c.message == bindparam("of_message"))
    .values(ticket=bindparam("to_ticket"))
)


def hold(
    tx: Tx, said: Said, *, message: int, address: int, desk: str, reading: Reading, at: datetime
) -> None:
    """Keep a stored message away from the tickets, with what was read out of its words and what it refers to."""
    tx.run(
        _INSERT, message=message, address=address, desk=desk, at=at,
        reading={"asks": reading.asks, "opens": reading.opens, "language": reading.language,
                 "suggestions": [list(pair) for pair in reading.suggestions],
                 "references": list(said.references), "answers": dict(said.answers)},
    )  # fmt: skip
    append(tx, "message.blocked", desk=desk, at=at, subject=message, actor="contact")


def take_in_held(tx: Tx, address: int, *, desk: DeskNow, at: datetime) -> tuple[int, ...]:
    """Let what was kept away become tickets, in its order; their numbers. Their clocks start now."""
    known = contacts.load_address(tx, address)
    contact = contacts.load_contact(tx, known.contact)
    numbers: list[int] = []
    for row in tx.all(_OF_ADDRESS, address=address):
        reading = Reading(
            asks=row.reading["asks"], opens=row.reading["opens"], language=row.reading["language"],
            suggestions=tuple((category, score) for category, score in row.reading["suggestions"]),
        )  # fmt: skip
        ticket, _, _ = ticket_for(
            tx,
            _said(row, known.external_id),
            desk=desk,
            reading=reading,
            address=known,
            contact=contact,
            at=at,
        )
        tx.run(_RELEASE, of_message=row.id)
        if ticket is None:
            continue
        tx.run(_PLACE, key=row.id, to_ticket=ticket.number)
        tx.run(_PLACE_FILES, of_message=row.id, to_ticket=ticket.number)
        append(
            tx, "message.received", desk=ticket.desk, ticket=ticket.number, at=at, subject=row.id, actor="contact",
            asks=reading.asks and not row.automatic, automatic=row.automatic, revision=ticket.revision,
        )  # fmt: skip
        numbers.append(ticket.number)
    return tuple(dict.fromkeys(numbers))


def _said(row: Row, address: str) -> Said:
    return Said(
        event_id=row.event_id or "", external_id=row.external_id or "",
        place=Place(account=row.account, channel=Channel(row.channel), address=address),
        sender=Person(address=row.sender_address or address, name=row.sender_name), text=row.text,
        subject=row.subject, replies_to=row.replies_to, references=tuple(row.reading.get("references", ())),
        answers=row.reading.get("answers", {}), participants=tuple(row.participants or ()), automatic=row.automatic,
        authenticity=Authenticity(**row.authenticity) if row.authenticity else None,
    )  # fmt: skip
