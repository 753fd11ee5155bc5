"""How what was said on a ticket is erased, inside the writer's transaction.

Rows stay, for the history, the clocks and every figure rest on them: what goes is what somebody said, and who they are. All
of it may be run again.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import and_, bindparam, delete, null, or_, select, tuple_, update

from tickets import ticket as tickets_
from tickets.erasure import Thing
from tickets.ledger.events import append
from tickets.ledger.prepared import Prepared
from tickets.ledger.tx import Tx
from tickets.tables import (
    AskedSurvey,
    Attachment,
    Edit,
    Event,
    Example,
    Inbound,
    KeptDraft,
    Message,
    Prediction,
    Reference,
    ScheduledAnswer,
    TeamIssue,
    Ticket,
)

ERASED, SOME_ERASED = "ticket.erased", "message.erased"

_TICKETS, _MESSAGES, _EDITS = Ticket.__table__, Message.__table__, Edit.__table__  # type: ignore[attr-defined]
_FILES = Attachment.__table__  # type: ignore[attr-defined]
_INBOUND, _REFERENCES = Inbound.__table__, Reference.__table__  # type: ignore[attr-defined]
_EXAMPLES, _PREDICTIONS = Example.__table__, Prediction.__table__  # type: ignore[attr-defined]
_SURVEYS, _EVENTS = AskedSurvey.__table__, Event.__table__  # type: ignore[attr-defined]
_DRAFTS, _SCHEDULED, _ISSUES = KeptDraft.__table__, ScheduledAnswer.__table__, TeamIssue.__table__  # type: ignore[attr-defined]
_NOTHING = (
    "full_text", "html", "subject", "sender_name", "sender_address", "external_id", "replies_to", "location", "kind",
    "content", "participants", "authenticity", "delivery_error", "album", "button",
)  # fmt: skip
# What was said on a ticket, outside any at an address, or by somebody on another's ticket.
_SAID = or_(
    _MESSAGES.c.ticket == bindparam("of_ticket"),
    and_(_MESSAGES.c.ticket.is_(None), _MESSAGES.c.address == bindparam("of_address")),
    and_(
        _MESSAGES.c.ticket == bindparam("of_another"),
        _MESSAGES.c.address == bindparam("of_writer"),
        _MESSAGES.c.direction == "in",
    ),
)
_WHOSE = ("of_ticket", "of_address", "of_another", "of_writer")
_IDS = select(_MESSAGES.c.id).where(_SAID)
_WORDS = Prepared(
    update(_MESSAGES)
    .where(_SAID)
    .values(text=bindparam("words"), **{name: null() for name in _NOTHING}, formatted=False)
)
_HAD = Prepared(select(_FILES.c.sha256).where(_FILES.c.message.in_(_IDS), _FILES.c.sha256.is_not(None)))
_UNFILED = Prepared(
    update(_FILES)
    .where(_FILES.c.message.in_(_IDS))
    .values(
        name=bindparam("words"), type="application/octet-stream", size=None, sha256=None, state="refused", fetch=None,
        inline_id=None, error=bindparam("words"),
    )
)  # fmt: skip
_EARLIER = Prepared(delete(_EDITS).where(_EDITS.c.message.in_(_IDS)))
_NOTHING_RAW = {"raw": null(), "raw_sha256": null(), "error": null()}
_IS_RAW = or_(_INBOUND.c.raw.is_not(None), _INBOUND.c.raw_sha256.is_not(None))
_BECAME = and_(
    tuple_(_INBOUND.c.account, _INBOUND.c.event_id).in_(
        select(_MESSAGES.c.account, _MESSAGES.c.event_id).where(_SAID, _MESSAGES.c.event_id.is_not(None))
    ),
    _IS_RAW,
)
_TOLD_OF = and_(_INBOUND.c.ticket.is_(None), _INBOUND.c.message.in_(_IDS), _IS_RAW)
_DID = and_(_INBOUND.c.ticket == bindparam("of_ticket"), _INBOUND.c.ticket.is_not(None), _IS_RAW)
_RAW_FILES = tuple(
    Prepared(select(_INBOUND.c.raw_sha256).where(whose, _INBOUND.c.raw_sha256.is_not(None)))
    for whose in (_BECAME, _TOLD_OF, _DID)
)
_RAW = tuple(
    Prepared(update(_INBOUND).where(whose).values(**_NOTHING_RAW)) for whose in (_BECAME, _TOLD_OF, _DID)
)
_OF_MESSAGES = (
    Prepared(delete(_REFERENCES).where(_REFERENCES.c.message.in_(_IDS))),
    Prepared(
        update(_PREDICTIONS).where(_PREDICTIONS.c.message.in_(_IDS)).values(matched=null(), nearest=null())
    ),
)
_UNLEARN = Prepared(
    update(_EXAMPLES)
    .where(_EXAMPLES.c.message.in_(_IDS), _EXAMPLES.c.withdrawn_at.is_(None))
    .values(withdrawn_at=bindparam("at"), withdrawn_by=bindparam("who"))
)
_REMARKS = Prepared(
    update(_SURVEYS)
    .where(
        _SURVEYS.c.ticket == bindparam("of_ticket"),
        or_(_SURVEYS.c.remark.is_not(None), _SURVEYS.c.follow_up.is_not(None)),
    )
    .values(remark=null(), follow_up=null())
)
_OF_TICKET = (
    Prepared(delete(_DRAFTS).where(_DRAFTS.c.ticket == bindparam("of_ticket"))),
    Prepared(delete(_SCHEDULED).where(_SCHEDULED.c.ticket == bindparam("of_ticket"))),
    Prepared(update(_ISSUES).where(_ISSUES.c.ticket == bindparam("of_ticket")).values(url=null())),
)
_REASONED = Prepared(
    select(_EVENTS.c.id, _EVENTS.c.at, _EVENTS.c.data)
    .where(_EVENTS.c.ticket == bindparam("ticket"), _EVENTS.c.data.is_not(None))
    .order_by(_EVENTS.c.id)
)
_REWRITE = Prepared(
    update(_EVENTS)
    .where(_EVENTS.c.id == bindparam("of_id"), _EVENTS.c.at == bindparam("of_at"))
    .values(data=bindparam("content"))
)
_CALLED = Prepared(
    update(_TICKETS)
    .where(_TICKETS.c.number == bindparam("of_ticket"))
    .values(
        subject=bindparam("words"), thread=bindparam("nowhere"), address=null(), suggestions=null(),
        erased_at=bindparam("at"),
    )
)  # fmt: skip


class Wiped:
    """What went: how many of each kind, and the files, by their SHA-256, that may go if nothing else names them."""

    def __init__(self) -> None:
        self.counts: dict[Thing, int] = {}
        self.files: set[str] = set()

    def count(self, thing: Thing, many: int) -> None:
        if many > 0:
            self.counts[thing] = self.counts.get(thing, 0) + many

    def take(self, other: "Wiped") -> None:
        for thing, many in other.counts.items():
            self.count(thing, many)
        self.files |= other.files


def outside(tx: Tx, address: int, *, words: str, who: str, at: datetime) -> Wiped:
    """Erase what was said at an address outside any ticket."""
    return _said(tx, words=words, who=who, at=at, of_address=address)


def elsewhere(
    tx: Tx, number: int, writers: Sequence[int], *, words: str, why: str, who: str, at: datetime
) -> Wiped:
    """Erase what came from some addresses on another's ticket, whose history says that something went."""
    wiped = Wiped()
    for writer in writers:
        wiped.take(_said(tx, words=words, who=who, at=at, of_another=number, of_writer=writer))
    if wiped.counts:
        append(tx, SOME_ERASED, desk=tickets_.load(tx, number).desk, ticket=number, at=at, actor=who, why=why)
    return wiped


def _said(tx: Tx, *, words: str, who: str, at: datetime, **meant: int) -> Wiped:
    """Erase what is meant: those of _WHOSE that say so."""
    wiped = Wiped()
    whose = dict.fromkeys(_WHOSE) | meant
    files = {row.sha256 for row in tx.all(_HAD, **whose)}
    tx.run(_UNFILED, **whose, words=words)
    wiped.count(Thing.FILES, len(files))
    wiped.files |= files
    for statement in _RAW_FILES:
        wiped.files |= {row.raw_sha256 for row in tx.all(statement, **_known(statement, whose))}
    for statement in _RAW:
        wiped.count(Thing.RAW, tx.run(statement, **_known(statement, whose)))
    for statement in _OF_MESSAGES:
        tx.run(statement, **whose)
    wiped.count(Thing.EXAMPLES, tx.run(_UNLEARN, **whose, at=at, who=who))
    wiped.count(Thing.MESSAGES, tx.run(_EARLIER, **whose))
    wiped.count(Thing.MESSAGES, tx.run(_WORDS, **whose, words=words))
    return wiped


def ticket(tx: Tx, number: int, *, words: str, why: str, who: str, at: datetime) -> Wiped:
    """Erase a ticket: what was said on it, the reasons people gave, how it is called; once.

    `why`: what the history says, `erasure` or `retention`; `who`: the actor's key.
    """
    now = tickets_.load(tx, number)
    wiped = Wiped()
    if now.erased_at is not None:
        return wiped
    wiped.take(_said(tx, words=words, who=who, at=at, of_ticket=number))
    for statement in _OF_TICKET:
        tx.run(statement, of_ticket=number)
    wiped.count(Thing.SURVEYS, tx.run(_REMARKS, of_ticket=number))
    for row in tx.all(_REASONED, ticket=number):
        if "reason" in row.data:
            tx.run(_REWRITE, of_id=row.id, of_at=row.at, content=row.data | {"reason": words})
    tx.run(_CALLED, of_ticket=number, words=words, nowhere=f"erased:{number}", at=at)
    wiped.count(Thing.TICKETS, 1)
    append(tx, ERASED, desk=now.desk, ticket=number, at=at, actor=who, why=why)
    return wiped


def _known(statement: Prepared, values: dict[str, Any]) -> dict[str, Any]:
    """Return what a statement asks for: one of them knows tickets alone."""
    return {"of_ticket": values["of_ticket"]} if statement in (_RAW_FILES[2], _RAW[2]) else values
