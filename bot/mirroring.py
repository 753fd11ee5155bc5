"""How a message looks to those who work on its ticket: in a topic, and in what a second-line team is sent."""

from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, select

from bot.desks import OpenDesk
from bot.identity import masked_in
from bot.voice import staff_voice
from templates_replies import authenticity_phrases, presence_phrases, rule_phrases, staff_topics
from templates_replies.catalogue import Language
from tickets import contacts, references
from tickets import ticket as tickets_
from tickets.ledger.prepared import Prepared, Row
from tickets.ledger.tx import Tx
from tickets.lines import ASSIGNMENT
from tickets.message import Authenticity, Author, Channel, Direction
from tickets.staff import active
from tickets.tables import Attachment, Message

_MESSAGES = Message.__table__  # type: ignore[attr-defined]
_ATTACHMENTS = Attachment.__table__  # type: ignore[attr-defined]
_MESSAGE = Prepared(select(_MESSAGES).where(_MESSAGES.c.id == bindparam("id")))
_MESSAGE_AT = Prepared(
    select(_MESSAGES).where(
        _MESSAGES.c.account == bindparam("account"), _MESSAGES.c.external_id == bindparam("external_id")
    )
)
_LAST = Prepared(
    select(_MESSAGES)
    .where(_MESSAGES.c.ticket == bindparam("ticket"), _MESSAGES.c.at <= bindparam("until"))
    .order_by(_MESSAGES.c.id.desc())
    .limit(bindparam("most"))
)
_FILES = Prepared(
    select(_ATTACHMENTS.c.name)
    .where(_ATTACHMENTS.c.message == bindparam("message"))
    .order_by(_ATTACHMENTS.c.id)
)
MOST_OF_TALK = 40  # messages
LONGEST_TALK = 12_000  # characters


def mirrored(tx: Tx, message: int, desk: OpenDesk, *, edited: bool = False, hung: bool = False) -> str:
    """Return a message as colleagues read it, identity numbers masked.

    A reply quotes how the words begin that it answers, unless it is `hung` on them.
    """
    row = tx.one(_MESSAGE, id=message)
    assert row is not None
    return _shown(tx, row, desk, edited=edited, hung=hung)


def answered_by(tx: Tx, message: int) -> int | None:
    """Return the message of the same ticket that a contact's reply points at."""
    row = tx.one(_MESSAGE, id=message)
    found = _answered(tx, row) if row is not None else None
    return None if found is None else int(found.id)


def text_of(tx: Tx, message: int) -> str:
    """Return what a message says, identity numbers masked."""
    row = tx.one(_MESSAGE, id=message)
    assert row is not None
    return _masked(tx, row, row.text)


def talk(tx: Tx, ticket: int, desk: OpenDesk, *, until: datetime) -> str:
    """Return the conversation up to an instant; of a long one the end."""
    rows = tx.all(_LAST, ticket=ticket, until=until, most=MOST_OF_TALK)
    shown: list[str] = []
    length = 0
    for row in rows:
        text = _shown(tx, row, desk)
        length += len(text)
        if shown and length > LONGEST_TALK:
            break
        shown.append(text[:LONGEST_TALK])
    return "\n\n".join(reversed(shown))


def _shown(tx: Tx, row: Row, desk: OpenDesk, *, edited: bool = False, hung: bool = False) -> str:
    voice = staff_voice(desk)
    language = voice.language
    text = _masked(tx, row, row.text)
    if row.direction == Direction.NOTE and row.withdrawn_at is not None:
        return staff_topics.note_taken_back(language, who=_who(tx, row, desk))
    if row.direction == Direction.NOTE:
        return staff_topics.colleague_noted(language, who=_who(tx, row, desk), text=text, edited=edited)
    if row.author == Author.BOT:
        return staff_topics.bot_answered(language, text=text)
    if row.author == Author.AGENT and edited:
        return staff_topics.colleague_amended(language, who=_who(tx, row, desk), text=text)
    if row.author == Author.AGENT:
        return staff_topics.colleague_answered(language, who=_who(tx, row, desk), text=text)
    called = _who_wrote(tx, row)
    if row.withdrawn_at is not None:
        return staff_topics.contact_deleted(language, who=called, text=text)
    if edited:
        return staff_topics.contact_edited(language, who=called, text=text)
    latitude, longitude, place = row.location or (None, None, None)
    link = f"https://maps.google.com/?q={latitude},{longitude}" if row.location else None
    answered = None if hung else _answered(tx, row)
    return staff_topics.contact_wrote(
        language, who=called, at=voice.local(row.at), text=text,
        subject=_masked(tx, row, row.subject) if row.subject else None,
        files=[_masked(tx, row, file.name) for file in tx.all(_FILES, message=row.id)], link=link, place=place,
        warning=_forged(row, language),
        answers=_beginning(tx, answered, language) if answered is not None else None,
    )  # fmt: skip


def _answered(tx: Tx, row: Row) -> Row | None:
    """Return what a reply in a chat points at, where that is of the same ticket; a mail quotes by itself."""
    if row.replies_to is None or row.channel == Channel.EMAIL:
        return None
    theirs = tx.one(_MESSAGE_AT, account=row.account, external_id=row.replies_to)
    ours = references.message_at(tx, account=row.account, external_id=row.replies_to)
    found = theirs or (tx.one(_MESSAGE, id=ours) if ours is not None else None)
    if found is None or found.id == row.id or found.ticket != row.ticket or found.direction == Direction.NOTE:
        return None
    return found


def _beginning(tx: Tx, answered: Row, language: Language) -> str:
    """Return the words that a reply quotes; what was taken back is not said again."""
    if answered.withdrawn_at is not None:
        return staff_topics.deleted(language)
    return _masked(tx, answered, answered.text)


def _who_wrote(tx: Tx, row: Row) -> str:
    """Return who wrote what came in: the contact, or somebody else by the name and address that they wrote under."""
    contact = contacts.load_contact(tx, tickets_.load(tx, row.ticket).contact)
    if row.address is None or contacts.load_address(tx, row.address).contact == contact.id:
        called = contact.called or row.sender_address or "?"
    else:
        called = f"{row.sender_name} <{row.sender_address}>" if row.sender_name else row.sender_address or "?"
    return masked_in(called, contact.identity_number)


def _forged(row: Row, language: Language) -> str | None:
    found = Authenticity(**row.authenticity) if row.authenticity else None
    if found is None or not found.forged:
        return None
    return sender_check(found, language)


def sender_check(found: Authenticity, language: Language) -> str:
    return authenticity_phrases.checked(
        language, by=found.by, spf=found.spf, dkim=found.dkim, dmarc=found.dmarc, forged=found.forged
    )


def _who(tx: Tx, row: Any, desk: OpenDesk) -> str:
    """Return who wrote it; whoever did so for a team is named with it."""
    language = staff_voice(desk).language
    names = {person.id: person.name for person in active(tx, row.desk)}
    names |= {
        f"rule-{rule.id}": rule_phrases.by_rule(language, name=rule.name) for rule in desk.now.desk.rules
    }
    names[ASSIGNMENT.id] = presence_phrases.by_itself(language)
    person = names.get((row.actor or "").partition(":")[2])
    if row.team is None:
        return person or row.actor or "?"
    team = desk.now.desk.team(row.team)
    called = team.name if team is not None else row.team
    return f"{person} ({called})" if person else str(called)


def _masked(tx: Tx, row: Row, said: str) -> str:
    contact = contacts.load_contact(tx, tickets_.load(tx, row.ticket).contact)
    return masked_in(said, contact.identity_number)
