"""What a mail to a contact has beside the agent's words: the message that is answered, and who gets a copy."""

from sqlalchemy import bindparam, select, update

from bot.desks import OpenDesk
from bot.voice import contact_voice
from templates_replies import mail_phrases
from tickets import ticket as tickets_
from tickets.ledger.prepared import Prepared, Row
from tickets.ledger.tx import Tx
from tickets.message import Authenticity, Quoted
from tickets.parcels import Audience, Parcel
from tickets.tables import Message

COPY_PARTICIPANTS = "copy_participants"  # the setting of the account
MOST_COPIES = 20
LONGEST_QUOTE = 4_000  # characters; the reader has the whole message

_MESSAGES = Message.__table__  # type: ignore[attr-defined]
_ANSWERED = Prepared(
    select(_MESSAGES.c.text, _MESSAGES.c.sender_name, _MESSAGES.c.sender_address, _MESSAGES.c.at)
    .where(
        _MESSAGES.c.account == bindparam("account"),
        _MESSAGES.c.external_id == bindparam("external_id"),
        _MESSAGES.c.ticket == bindparam("ticket"),
        _MESSAGES.c.direction == "in",
    )
    .order_by(_MESSAGES.c.id.desc())
    .limit(1)
)
_CARRIED = Prepared(select(_MESSAGES.c.participants).where(_MESSAGES.c.id == bindparam("id")))
_KEEP = Prepared(
    update(_MESSAGES).where(_MESSAGES.c.id == bindparam("key")).values(participants=bindparam("participants"))
)
_NEWEST_OF = Prepared(
    select(_MESSAGES.c.participants, _MESSAGES.c.authenticity)
    .where(
        _MESSAGES.c.ticket == bindparam("ticket"),
        _MESSAGES.c.direction == "in",
        _MESSAGES.c.sender_address == bindparam("address"),
    )
    .order_by(_MESSAGES.c.id.desc())
    .limit(20)
)


def copies_of(tx: Tx, parcel: Parcel, desk: OpenDesk) -> tuple[str, ...]:
    """Return who gets a copy of an agent's answer: whom the contact, nobody else, copied on their newest mail.

    They are noted at the answer, which shows them and has the same ones on every try.
    """
    if parcel.message is None or parcel.ticket is None or not _copies(desk, parcel.account):
        return ()
    carried = tx.one(_CARRIED, id=parcel.message)
    if carried is not None and carried.participants:
        return tuple(carried.participants)
    address = parcel.payload["place"]["address"]
    theirs = (row for row in tx.all(_NEWEST_OF, ticket=parcel.ticket, address=address) if not _is_forged(row))
    newest = next(theirs, None)
    named = [] if newest is None else [each for each in newest.participants or () if each != address]
    if named:
        tx.run(_KEEP, key=parcel.message, participants=named[:MOST_COPIES])
    return tuple(named[:MOST_COPIES])


def _is_forged(row: Row) -> bool:
    return bool(row.authenticity) and Authenticity(**row.authenticity).forged


def _copies(desk: OpenDesk, account: str) -> bool:
    found = (each.settings for each in desk.now.desk.accounts if each.key == account)
    return any(settings.get(COPY_PARTICIPANTS) == "true" for settings in found)


def quoted_below(tx: Tx, parcel: Parcel, desk: OpenDesk) -> Quoted | None:
    """Return what an agent's answer by mail answers; what the bot says by itself quotes nothing."""
    answered = parcel.payload.get("replies_to")
    if answered is None or parcel.ticket is None or parcel.audience is not Audience.CONTACT:
        return None
    row = tx.one(_ANSWERED, account=parcel.account, external_id=answered, ticket=parcel.ticket)
    if row is None or not row.text.strip():
        return None
    language = contact_voice(desk, tickets_.load(tx, parcel.ticket).language).language
    moment = row.at.astimezone(desk.now.desk.calendar.tz)
    return Quoted(
        attribution=mail_phrases.wrote(language, who=row.sender_name or row.sender_address, moment=moment),
        text=_trimmed(row.text.strip()),
    )


def _trimmed(text: str) -> str:
    if len(text) <= LONGEST_QUOTE:
        return text
    return text[:LONGEST_QUOTE].rsplit(None, 1)[0] + " […]"
