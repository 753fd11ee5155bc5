"""Where a ticket is seen in Telegram groups: its topic in the agents' group, and one in the group of a second-line team.

A team's places stand in a table of their own, beside the thread of mails to its mailbox.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import bindparam, delete, select, update

from bot.tables import Origin, TeamPlace, Topic
from tickets.ledger.prepared import Prepared, Row, inserting, inserting_once
from tickets.ledger.tx import Tx
from tickets.message import Place

_TOPICS = Topic.__table__  # type: ignore[attr-defined]
_PLACES = TeamPlace.__table__  # type: ignore[attr-defined]
_ORIGINS = Origin.__table__  # type: ignore[attr-defined]
_INSERT = inserting_once(Topic)
_OF = Prepared(select(_TOPICS).where(_TOPICS.c.ticket == bindparam("ticket")))
_AT = Prepared(
    select(_TOPICS.c.ticket).where(
        _TOPICS.c.group == bindparam("group"), _TOPICS.c.thread == bindparam("thread")
    )
)
_RELOCATE, _RELOCATE_PLACES = (
    Prepared(
        update(table)
        .where(table.c.account == bindparam("of_account"), table.c.group == bindparam("before"))
        .values(group=bindparam("after"))
    )
    for table in (_TOPICS, _PLACES)
)
_INSERT_PLACE = inserting_once(TeamPlace)
_PLACE_OF = Prepared(
    select(_PLACES).where(_PLACES.c.ticket == bindparam("ticket"), _PLACES.c.team == bindparam("team"))
)
_PLACE_AT = Prepared(
    select(_PLACES.c.ticket, _PLACES.c.team).where(
        _PLACES.c.group == bindparam("group"), _PLACES.c.thread == bindparam("thread")
    )
)
_PLACE_OF_MAIL = Prepared(select(_PLACES.c.ticket, _PLACES.c.team).where(_PLACES.c.mail == bindparam("mail")))
_FORGET = Prepared(delete(_TOPICS).where(_TOPICS.c.ticket == bindparam("of_ticket")))
_ORIGIN = Prepared(select(_ORIGINS).where(_ORIGINS.c.message == bindparam("message")))
_ORIGIN_AT = Prepared(
    select(_ORIGINS).where(
        _ORIGINS.c.account == bindparam("account"), _ORIGINS.c.external_id == bindparam("external_id")
    )
)
_INSERT_ORIGIN = inserting(Origin)


@dataclass(frozen=True, kw_only=True)
class TopicNow:
    ticket: int
    account: str
    group: str
    thread: str | None  # None until the group has it
    card: str | None  # external id of the card's message
    open: bool
    opening: Sequence[Sequence[int]] | None = None  # what stands below the card: each message, and its parcel
    team: str | None = None  # whose group it is in; None: the agents'


@dataclass(frozen=True, kw_only=True)
class Seen:
    """A ticket at a place of a group or a mailbox."""

    ticket: int
    team: str | None  # whose place it is; None: the agents'


@dataclass(frozen=True, kw_only=True)
class OriginNow:
    message: int
    account: str
    place: dict[str, Any]  # address, thread
    external_id: str


def create(tx: Tx, *, ticket: int, account: str, group: str) -> TopicNow | None:
    """Note that a ticket shall have a topic; None if it has one already."""
    if not tx.run(_INSERT, ticket=ticket, account=account, group=group):
        return None
    return TopicNow(ticket=ticket, account=account, group=group, thread=None, card=None, open=True)


def create_for_team(tx: Tx, *, ticket: int, team: str, account: str | None, group: str | None) -> bool:
    """Note that a team shall see a ticket, in its group if it has one; False if it has seen it before."""
    return bool(tx.run(_INSERT_PLACE, ticket=ticket, team=team, account=account, group=group))


def topic_of(tx: Tx, ticket: int, team: str | None = None) -> TopicNow | None:
    if team is None:
        row = tx.one(_OF, ticket=ticket)
        return None if row is None else TopicNow(**row._asdict())
    row = tx.one(_PLACE_OF, ticket=ticket, team=team)
    if row is None or row.group is None:
        return None
    return TopicNow(
        ticket=ticket, team=team, account=row.account, group=row.group, thread=row.thread, card=row.card,
        open=row.open,
    )  # fmt: skip


def first_mail_of(tx: Tx, ticket: int, team: str) -> str | None:
    """Return the Message-ID of the first mail that a team got about a ticket."""
    row = tx.one(_PLACE_OF, ticket=ticket, team=team)
    return None if row is None else row.mail


def seen_at(tx: Tx, place: Place) -> Seen | None:
    """Return the ticket whose topic this is."""
    if place.thread is None:
        return None
    row = tx.one(_AT, group=place.address, thread=place.thread)
    if row is not None:
        return Seen(ticket=int(row.ticket), team=None)
    return _seen(tx.one(_PLACE_AT, group=place.address, thread=place.thread))


def seen_in_mail(tx: Tx, references: tuple[str, ...]) -> Seen | None:
    """Return the ticket about which a team got one of these mails."""
    found = (_seen(tx.one(_PLACE_OF_MAIL, mail=reference)) for reference in references)
    return next((seen for seen in found if seen is not None), None)


def change(tx: Tx, ticket: int, team: str | None = None, **fields: Any) -> None:
    names = tuple(sorted(fields))
    if team is None:
        tx.run(_changing(names), key=ticket, **fields)
    else:
        tx.run(_changing_place(names), key=ticket, of_team=team, **fields)


def remember(tx: Tx, topic: TopicNow, **fields: Any) -> None:
    """Note what was learned of a topic on the way to it, unless the ticket is shown in another group by now."""
    now = topic_of(tx, topic.ticket, topic.team)
    if now is not None and now.group == topic.group:
        change(tx, topic.ticket, topic.team, **fields)


def note_origin(tx: Tx, message: int, *, account: str, place: dict[str, Any], external_id: str) -> None:
    """Remember where a message was written, so that its delivery is shown there and it is not repeated there."""
    tx.run(_INSERT_ORIGIN, message=message, account=account, place=place, external_id=external_id)


def origin_of(tx: Tx, message: int) -> OriginNow | None:
    """Return where somebody of the desk wrote a message."""
    row = tx.one(_ORIGIN, message=message)
    return None if row is None else OriginNow(**row._asdict())


def origin_at(tx: Tx, *, account: str, external_id: str) -> OriginNow | None:
    """Return what became an answer or a note of somebody's message in chat."""
    row = tx.one(_ORIGIN_AT, account=account, external_id=external_id)
    return None if row is None else OriginNow(**row._asdict())


def was_written_in(origin: OriginNow | None, topic: TopicNow) -> bool:
    """Whether a message was written in this very topic."""
    return (
        origin is not None
        and origin.account == topic.account
        and origin.place.get("address") == topic.group
        and origin.place.get("thread") == topic.thread
    )


def _seen(row: Row | None) -> Seen | None:
    return None if row is None else Seen(ticket=int(row.ticket), team=row.team)


@cache
def _changing(names: tuple[str, ...]) -> Prepared:
    return Prepared(
        update(_TOPICS)
        .where(_TOPICS.c.ticket == bindparam("key"))
        .values({name: bindparam(name) for name in names})
    )


@cache
def _changing_place(names: tuple[str, ...]) -> Prepared:
    return Prepared(
        update(_PLACES)
        .where(_PLACES.c.ticket == bindparam("key"), _PLACES.c.team == bindparam("of_team"))
        .values({name: bindparam(name) for name in names})
    )


def relocate(tx: Tx, *, account: str, before: str, after: str) -> None:
    """A group has another address: its topics stand there now."""
    for statement in (_RELOCATE, _RELOCATE_PLACES):
        tx.run(statement, of_account=account, before=before, after=after)


def forget(tx: Tx, ticket: int) -> None:
    """Let a ticket have no topic: it went to another desk, or to another group."""
    tx.run(_FORGET, of_ticket=ticket)
