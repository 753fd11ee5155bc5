"""Where each ticket's topic stands in the agents' group."""

from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import bindparam, select, update

from bot.tables import Origin, Topic
from tickets.ledger.prepared import Prepared, inserting_once
from tickets.ledger.writer import Tx

_TOPICS = Topic.__table__  # type: ignore[attr-defined]
_ORIGINS = Origin.__table__  # type: ignore[attr-defined]
_INSERT = inserting_once(Topic)
_OF = Prepared(select(_TOPICS).where(_TOPICS.c.ticket == bindparam("ticket")))
_ORIGIN = Prepared(select(_ORIGINS).where(_ORIGINS.c.message == bindparam("message")))


@dataclass(frozen=True, kw_only=True)
class TopicNow:
    ticket: int
    account: str
    group: str
    thread: str | None  # None until the group has it
    card: str | None  # external id of the card's message
    open: bool


@dataclass(frozen=True, kw_only=True)
class OriginNow:
    message: int
    account: str
    place: dict[str, Any]  # address, thread
    external_id: str


def create(tx: Tx, *, ticket: int, account: str, group: str) -> bool:
    """Note that a ticket shall have a topic; False if it has one already."""
    return bool(tx.run(_INSERT, ticket=ticket, account=account, group=group))


def topic_of(tx: Tx, ticket: int) -> TopicNow | None:
    row = tx.one(_OF, ticket=ticket)
    return None if row is None else TopicNow(**row._asdict())


def change(tx: Tx, ticket: int, **fields: Any) -> None:
    tx.run(_changing(tuple(sorted(fields))), key=ticket, **fields)


def origin_of(tx: Tx, message: int) -> OriginNow | None:
    """Return where an agent wrote the message that was sent."""
    row = tx.one(_ORIGIN, message=message)
    return None if row is None else OriginNow(**row._asdict())


@cache
def _changing(names: tuple[str, ...]) -> Prepared:
    return Prepared(
        update(_TOPICS)
        .where(_TOPICS.c.ticket == bindparam("key"))
        .values({name: bindparam(name) for name in names})
    )
