"""What the matcher foretold of each message that says the matter of a ticket, and what became of it.

A row is written as the message comes in, before anybody has said what is right, so that quality and gate rest on what
was foretold then and not on what is known by now. It is settled by whoever says so: a person who sets the category,
the contact whom an automatic answer has helped or not, a person who finds that no category fits. A message whose
category a person has set is an example to learn from, until that is changed or the message is taken back; so is one
that fits no category.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import bindparam, select, update

from tickets.actor import CONTACT, SYSTEM, Actor
from tickets.ledger.pending import Late
from tickets.ledger.prepared import Prepared, Row, inserting
from tickets.ledger.tx import Tx
from tickets.tables import Example, Message, Prediction
from tickets.ticket import TicketNow

_PREDICTIONS = Prediction.__table__  # type: ignore[attr-defined]
_EXAMPLES = Example.__table__  # type: ignore[attr-defined]
_MESSAGES = Message.__table__  # type: ignore[attr-defined]
_INSERT = inserting(Prediction)
_INSERT_EXAMPLE = inserting(Example)
_NEWEST_OF = Prepared(
    select(
        _PREDICTIONS.c.id, _PREDICTIONS.c.message, _PREDICTIONS.c.desk, _PREDICTIONS.c.suggestions,
        _PREDICTIONS.c.decision, _PREDICTIONS.c.outcome, _PREDICTIONS.c.matched, _PREDICTIONS.c.nearest,
    )
    .where(_PREDICTIONS.c.ticket == bindparam("ticket"))
    .order_by(_PREDICTIONS.c.id.desc())
    .limit(1)
)  # fmt: skip
_DECIDE = Prepared(
    update(_PREDICTIONS)
    .where(_PREDICTIONS.c.message == bindparam("of_message"))
    .values(decision=bindparam("was"))
)
_SETTLE = Prepared(
    update(_PREDICTIONS)
    .where(_PREDICTIONS.c.id == bindparam("key"))
    .values(
        outcome=bindparam("became"), right=bindparam("is_right"), settled_at=bindparam("at"),
        settled_by=bindparam("who"),
    )
)  # fmt: skip
_TAKEN_BACK_AT = Prepared(
    select(_MESSAGES.c.withdrawn_at).where(_MESSAGES.c.id == bindparam("message")).limit(1)
)
_WITHDRAW = Prepared(
    update(_EXAMPLES)
    .where(_EXAMPLES.c.message == bindparam("of_message"), _EXAMPLES.c.withdrawn_at.is_(None))
    .values(withdrawn_at=bindparam("at"), withdrawn_by=bindparam("who"))
)
_FORGET = Prepared(
    update(_PREDICTIONS).where(_PREDICTIONS.c.message == bindparam("of_message")).values(matched=None)
)
_FORETOLD = "foretold"  # with a message, under this a transaction remembers the row that it writes
MOST_SUGGESTIONS = 3
NO_CATEGORY = ""  # of an example that fits none


class Decision(StrEnum):
    """What was done with what the matcher suggested."""

    SENT = "sent"  # the reply went to the contact by itself
    ASKED = "asked"  # the contact was asked which it is
    SUGGESTED = "suggested"  # people see it
    NONE = "none"  # there was nothing to suggest


class Outcome(StrEnum):
    """What became of it."""

    ACCEPTED = "accepted"  # a person set the category that was suggested first
    CORRECTED = "corrected"  # a person set another one, or the contact chose it
    REJECTED = "rejected"  # a person found that no category fits: it is out of the desk's scope
    CONFIRMED = (
        "confirmed"  # the contact said that the automatic answer helped, or chose what was suggested first
    )
    DENIED = "denied"  # the contact said that it did not


@dataclass(frozen=True, kw_only=True)
class Foretold:
    """What the matcher says a message is about."""

    suggestions: tuple[tuple[str, float], ...] = ()  # (category, score), best first
    matched: tuple[str, ...] = ()  # words of the message that speak for the best
    nearest: Mapping[str, Any] | None = None  # {"ticket": n} or {"text": …}: what the message is most like
    scale: int | None = None  # on which the scores lie


def foretell(
    tx: Tx, ticket: TicketNow, foretold: Foretold, *, message: int, revision: int, at: datetime
) -> None:
    """Write down what is suggested for a message that says what its ticket is about, even if that is nothing."""
    suggestions = foretold.suggestions[:MOST_SUGGESTIONS]
    tx.memo[_FORETOLD, message] = tx.add(
        _INSERT, id=tx.next_id("predictions"), message=message, ticket=ticket.number, desk=ticket.desk, at=at,
        revision=revision, suggestions=[list(pair) for pair in suggestions], matched=list(foretold.matched) or None,
        nearest=dict(foretold.nearest) if foretold.nearest else None, scale=foretold.scale,
        decision=str(Decision.SUGGESTED if suggestions else Decision.NONE),
    )  # fmt: skip


def is_foretold(tx: Tx, ticket: int) -> bool:
    """Whether a message that says what the ticket is about was there already."""
    return tx.one(_NEWEST_OF, ticket=ticket) is not None


def decided(tx: Tx, message: int, decision: Decision) -> None:
    """Note what was done with what was suggested for a message."""
    late: Late | None = tx.memo.get((_FORETOLD, message))
    if late is None or not late.amend({"decision": str(decision)}):
        tx.run(_DECIDE, of_message=message, was=str(decision))


def settle(tx: Tx, ticket: TicketNow, category: str, *, by: Actor, at: datetime) -> None:
    """Let the category that a person has set settle what was foretold, and teach the matcher.

    A message that fits no category keeps that verdict whatever the ticket is filed under; taking one of the
    suggestions after all takes it back.
    """
    row = _standing(tx, ticket)
    if row is None:
        return
    suggested = [pair[0] for pair in row.suggestions or ()]
    if row.outcome == Outcome.REJECTED and category not in suggested:
        return
    accepted = suggested[:1] == [category]
    _settle(tx, row, Outcome.ACCEPTED if accepted else Outcome.CORRECTED, right=category, by=by, at=at)
    _teach(tx, row, category, by=by, at=at)


def settle_out_of_scope(tx: Tx, ticket: TicketNow, *, by: Actor, at: datetime) -> bool:
    """Let a person's word that no category fits settle what was foretold; False if there is nothing to settle."""
    row = _standing(tx, ticket)
    if row is None or row.outcome == Outcome.REJECTED:
        return False
    _settle(tx, row, Outcome.REJECTED, right=None, by=by, at=at)
    _teach(tx, row, NO_CATEGORY, by=by, at=at)
    return True


def settle_by_contact(tx: Tx, ticket: TicketNow, category: str | None, *, helped: bool, at: datetime) -> None:
    """Let the contact say whether the automatic answer helped, unless a person has said what is right."""
    row = _standing(tx, ticket)
    if row is None or row.decision != Decision.SENT or row.outcome is not None:
        return
    outcome = Outcome.CONFIRMED if helped else Outcome.DENIED
    _settle(tx, row, outcome, right=category if helped else None, by=CONTACT, at=at)


def settle_by_choice(tx: Tx, ticket: TicketNow, category: str, *, at: datetime) -> None:
    """Let what the contact chose settle what was foretold, unless that is settled; they teach the matcher nothing."""
    row = _standing(tx, ticket)
    if row is None or row.outcome is not None:
        return
    right = [pair[0] for pair in row.suggestions or ()][:1] == [category]
    outcome = Outcome.CONFIRMED if right else Outcome.CORRECTED
    _settle(tx, row, outcome, right=category, by=CONTACT, at=at)


def why(tx: Tx, ticket: int) -> Foretold | None:
    """Return what was foretold of the words that say the matter of a ticket, with its reason."""
    row = tx.one(_NEWEST_OF, ticket=ticket)
    if row is None:
        return None
    suggestions = tuple((category, score) for category, score in row.suggestions or ())
    return Foretold(suggestions=suggestions, matched=tuple(row.matched or ()), nearest=row.nearest)


def forget(tx: Tx, message: int, *, by: Actor, at: datetime) -> None:
    """Keep nothing of the words of a message: it was taken back, or its contact is forgotten."""
    tx.run(_FORGET, of_message=message)
    withdraw_example(tx, message, by=by, at=at)


def withdraw_example(tx: Tx, message: int, *, by: Actor = SYSTEM, at: datetime) -> None:
    """Let the matcher learn from a message no more: it was taken back, or its category was changed."""
    tx.run(_WITHDRAW, of_message=message, at=at, who=by.key)


def _standing(tx: Tx, ticket: TicketNow) -> Row | None:
    """Return what was foretold of the words that say the matter now; None if another desk's matcher said it."""
    row = tx.one(_NEWEST_OF, ticket=ticket.number)
    return row if row is not None and row.desk == ticket.desk else None


def _settle(tx: Tx, row: Row, outcome: Outcome, *, right: str | None, by: Actor, at: datetime) -> None:
    tx.run(_SETTLE, key=row.id, became=str(outcome), is_right=right, at=at, who=by.key)


def _teach(tx: Tx, row: Row, category: str, *, by: Actor, at: datetime) -> None:
    withdraw_example(tx, row.message, by=by, at=at)
    said = tx.one(_TAKEN_BACK_AT, message=row.message)
    if said is not None and said.withdrawn_at is None:
        tx.run(
            _INSERT_EXAMPLE, id=tx.next_id("examples"), desk=row.desk, message=row.message, category=category, at=at,
            by=by.key,
        )  # fmt: skip
