"""Undoing an answer that has not left yet: as if it had never been given.

Its clocks are derived anew without it, and the ticket stands as before it. Whoever has the ticket by it keeps it: they
are writing. What came after it, a word of the contact or somebody's decision, stays as it is.
"""

from datetime import datetime

from sqlalchemy import bindparam, select, update

from tickets import ticket as tickets_
from tickets import unsent
from tickets.actions.answering import WAS, WITH, Given
from tickets.actions.errors import CannotTakeBackError, UnknownValueError
from tickets.actions.rights import require_agent
from tickets.actor import Actor
from tickets.clocks import UNDONE
from tickets.ledger.blobs import Stored
from tickets.ledger.events import append
from tickets.ledger.prepared import Prepared, Row
from tickets.ledger.tx import Tx
from tickets.lifecycle import Status
from tickets.tables import Attachment, Event, Message

_EVENTS = Event.__table__  # type: ignore[attr-defined]
_MESSAGES = Message.__table__  # type: ignore[attr-defined]
_ATTACHMENTS = Attachment.__table__  # type: ignore[attr-defined]
_TEXT = Prepared(select(_MESSAGES.c.text).where(_MESSAGES.c.id == bindparam("id")))
_FILES = Prepared(
    select(*(_ATTACHMENTS.c[name] for name in ("name", "type", "size", "sha256", "state", "inline_id")))
    .where(_ATTACHMENTS.c.message == bindparam("message"))
    .order_by(_ATTACHMENTS.c.id)
)
_WITHDRAW = Prepared(
    update(_MESSAGES).where(_MESSAGES.c.id == bindparam("key")).values(withdrawn_at=bindparam("at"))
)
_HAPPENED = Prepared(
    select(_EVENTS.c.id, _EVENTS.c.kind, _EVENTS.c.subject, _EVENTS.c.actor, _EVENTS.c.data)
    .where(_EVENTS.c.ticket == bindparam("ticket"))
    .order_by(_EVENTS.c.id)
)
_DECIDES = frozenset(
    f"ticket.{each}" for each in ("waiting", "resumed", "solved", "reopened", "closed", "spam", "merged")
)


def undo(tx: Tx, number: int, message: int, *, by: Actor, at: datetime) -> Given:
    """Take back one's own answer while it is held, and return what it was. Raises CannotTakeBackError once it left."""
    ticket = tickets_.load(tx, number)
    require_agent(by, ticket)
    history = tx.all(_HAPPENED, ticket=number)
    given = next((each for each in history if _is_answer(each, message) and each.actor == by.key), None)
    if given is None or WAS not in (given.data or {}):
        raise UnknownValueError(
            f"ticket #{number} has no such answer of theirs", field="message", value=str(message)
        )
    if not unsent.recall(tx, message, at=at):
        raise CannotTakeBackError(f"message {message} has left", ticket=number)
    tx.run(_WITHDRAW, key=message, at=at)
    append(tx, UNDONE, desk=ticket.desk, ticket=number, at=at, subject=message, actor=by.key)
    since = [each for each in history if each.id > given.id]
    if not any(_decides(each, message) for each in since):
        status = Status(given.data[WAS])
        if status is Status.WAITING and any(each.kind == "message.received" for each in since):
            append(tx, "ticket.resumed", desk=ticket.desk, ticket=number, at=at, actor=by.key)
            status = Status.OPEN
        tickets_.change(tx, ticket, at=at, status=status)
    text = str(tx.one(_TEXT, id=message).text)  # type: ignore[union-attr]
    return Given(text=text, files=tuple(Stored(**row._asdict()) for row in tx.all(_FILES, message=message)))


def _is_answer(event: Row, message: int) -> bool:
    return bool(event.kind == "message.answered" and event.subject == str(message))


def _decides(event: Row, message: int) -> bool:
    return event.kind in _DECIDES and (event.data or {}).get(WITH) != str(message)
