"""What somebody is told who was named in a note: by whom, on which ticket, and the note in short."""

from collections.abc import Mapping

from sqlalchemy import bindparam, select

from bot.desks import OpenDesk
from bot.identity import masked_in
from bot.voice import staff_voice
from templates_replies import mention_phrases
from tickets import contacts
from tickets import ticket as tickets_
from tickets.ledger.events import Recorded
from tickets.ledger.prepared import Prepared
from tickets.ledger.tx import Tx
from tickets.staff import StaffNow
from tickets.tables import Message

_MESSAGES = Message.__table__  # type: ignore[attr-defined]
_TEXT = Prepared(select(_MESSAGES.c.text).where(_MESSAGES.c.id == bindparam("id")))


def mention_text(tx: Tx, event: Recorded, desk: OpenDesk, people: Mapping[str, StaffNow]) -> str:
    """Put a mention in words; an identity number in the note is masked, as everywhere in chats."""
    number, kind_and_id = event.ticket or 0, (event.actor or "").partition(":")
    contact = contacts.load_contact(tx, tickets_.load(tx, number).contact)
    note = tx.one(_TEXT, id=event.data["message"])
    by = people.get(kind_and_id[2])
    return mention_phrases.mentioned(
        staff_voice(desk).language, ticket=number, by=by.name if by else kind_and_id[2] or kind_and_id[0],
        note=masked_in(note.text if note is not None else "", contact.identity_number),
    )  # fmt: skip
