"""Messages with their files and deliveries, and what they came in as."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import Row, bindparam, func, or_, select
from sqlmodel import Session

from tickets.message import Authenticity, Direction
from tickets.tables import Attachment, Edit, Inbound, Message, Reference, Staff
from tickets.views.handling import merged_into
from tickets.views.message_values import (
    AttachmentView,
    DeliveryView,
    EditView,
    Link,
    MessageView,
    RawEvent,
    RepliedView,
    SenderView,
)
from tickets.views.replies import replied_to
from tickets.views.wanted import Page

_MESSAGES = Message.__table__  # type: ignore[attr-defined]
_ATTACHMENTS = Attachment.__table__  # type: ignore[attr-defined]
_EDITS = Edit.__table__  # type: ignore[attr-defined]
_INBOUND = Inbound.__table__  # type: ignore[attr-defined]
_REFERENCES = Reference.__table__  # type: ignore[attr-defined]
_STAFF = Staff.__table__  # type: ignore[attr-defined]
_IDS: Any = bindparam("ids", expanding=True)
_NUMBERS: Any = bindparam("numbers", expanding=True)
_LAST = select(_MESSAGES).where(
    _MESSAGES.c.id.in_(
        select(func.max(_MESSAGES.c.id))
        .where(_MESSAGES.c.ticket.in_(_NUMBERS), _MESSAGES.c.direction != str(Direction.NOTE))
        .group_by(_MESSAGES.c.ticket)
    )
)
_TAKEN_BACK = select(_MESSAGES).where(
    _MESSAGES.c.ticket.in_(_NUMBERS),
    _MESSAGES.c.direction == str(Direction.IN),
    _MESSAGES.c.withdrawn_at.is_not(None),
)
_FILES = select(_ATTACHMENTS).where(_ATTACHMENTS.c.message.in_(_IDS)).order_by(_ATTACHMENTS.c.id)
_EDITED = select(_EDITS).where(_EDITS.c.message.in_(_IDS)).order_by(_EDITS.c.id)
_NAMES = select(_STAFF.c.id, _STAFF.c.name).where(_STAFF.c.id.in_(_IDS))


def messages(
    session: Session,
    *,
    link: Link,
    limit: int,
    desks: frozenset[str] | None = None,
    ticket: int | None = None,
    external_id: str | None = None,
    after: int | None = None,
    only: Sequence[int] | None = None,
) -> Page[MessageView]:
    """Return messages, newest first; a Message-ID is found with and without its angle brackets."""
    statement = select(_MESSAGES).order_by(_MESSAGES.c.id.desc())
    if desks is not None:
        statement = statement.where(_MESSAGES.c.desk.in_(desks))
    if ticket is not None:
        statement = statement.where(_MESSAGES.c.ticket.in_((ticket, *merged_into(session, ticket))))
    if external_id is not None:
        statement = statement.where(named(session, external_id))
    if only is not None:
        statement = statement.where(_MESSAGES.c.id.in_(only))
    if after is not None:
        statement = statement.where(_MESSAGES.c.id < after)
    rows = session.execute(statement.limit(limit + 1)).all()
    following = str(rows[limit - 1].id) if len(rows) > limit else None
    return Page(items=message_views(session, rows[:limit], link=link), next=following)


def raw_of(session: Session, message: int, *, desks: frozenset[str] | None = None) -> RawEvent | None:
    """Return what came in as this message; None where nothing did: an answer, a note, a walk-in."""
    statement = (
        select(_MESSAGES.c.desk, _MESSAGES.c.channel, _INBOUND.c.event_id, _INBOUND.c.raw, _INBOUND.c.raw_sha256)
        .join(
            _INBOUND,
            (_INBOUND.c.account == _MESSAGES.c.account) & (_INBOUND.c.event_id == _MESSAGES.c.event_id),
        )
        .where(_MESSAGES.c.id == message)
    )  # fmt: skip
    row = session.execute(statement).first()
    if row is None or (desks is not None and row.desk not in desks):
        return None
    if row.raw is None and row.raw_sha256 is None:
        return None
    return RawEvent(channel=row.channel, event_id=row.event_id, content=row.raw, sha256=row.raw_sha256)


def raw_of_kept(session: Session, *, account: str, event_id: str) -> RawEvent | None:
    """Return what came in and could not be processed; None if it does not wait any more."""
    statement = select(_INBOUND.c.raw, _INBOUND.c.raw_sha256).where(
        _INBOUND.c.account == account, _INBOUND.c.event_id == event_id, _INBOUND.c.processed_at.is_(None)
    )
    row = session.execute(statement).one_or_none()
    if row is None:
        return None
    channel = account.partition("/")[2].partition("-")[0]
    return RawEvent(channel=channel, event_id=event_id, content=row.raw, sha256=row.raw_sha256)


def ticket_of_event(session: Session, *, account: str, event_id: str) -> int | None:
    """Return the ticket of the message that an event became."""
    statement = (
        select(_MESSAGES.c.ticket)
        .join(_INBOUND, _INBOUND.c.message == _MESSAGES.c.id)
        .where(_INBOUND.c.account == account, _INBOUND.c.event_id == event_id)
    )
    return session.execute(statement).scalars().first()


def attachment(session: Session, id_: int, *, link: Link) -> AttachmentView | None:
    row = session.execute(select(_ATTACHMENTS).where(_ATTACHMENTS.c.id == id_)).one_or_none()
    return None if row is None else attachment_view(row, link)


def named(session: Session, external_id: str) -> Any:
    bare = external_id.strip().removeprefix("<").removesuffix(">")
    forms = [external_id, bare, f"<{bare}>"]
    ours = select(_REFERENCES.c.message).where(
        _REFERENCES.c.external_id.in_(forms), _REFERENCES.c.message.is_not(None)
    )
    # Asked first, so that both sides of the OR can use an index of the messages.
    return or_(_MESSAGES.c.external_id.in_(forms), _MESSAGES.c.id.in_(session.execute(ours).scalars().all()))


def last_messages(session: Session, numbers: Sequence[int]) -> dict[int, MessageView]:
    rows = session.execute(_LAST, {"numbers": numbers}).all()
    return {
        message.ticket: message
        for message in message_views(session, rows, link=str)
        if message.ticket is not None
    }


def message_views(session: Session, rows: Sequence[Row[Any]], *, link: Link) -> tuple[MessageView, ...]:
    """Return messages as everybody sees them: of one that a contact took back, that they did."""
    return tuple(
        replace(view, text="", full_text="", html=None, location=None, content=None, attachments=(), edits=())
        if view.withdrawn_at is not None and view.direction == Direction.IN
        else view
        for view in _as_said(session, rows, link=link)
    )


def taken_back(session: Session, number: int, *, link: Link) -> dict[int, MessageView]:
    """Return what a ticket's contact took back, as it was, by the messages' ids: for those who supervise alone."""
    rows = session.execute(_TAKEN_BACK, {"numbers": (number, *merged_into(session, number))}).all()
    return {view.id: view for view in _as_said(session, rows, link=link)}


def _as_said(session: Session, rows: Sequence[Row[Any]], *, link: Link) -> tuple[MessageView, ...]:
    files: dict[int, list[AttachmentView]] = defaultdict(list)
    ids = [row.id for row in rows]
    if ids:
        for row in session.execute(_FILES, {"ids": ids}):
            files[row.message].append(attachment_view(row, link))
    names = _names_of(session, rows)
    edits = _edits_of(session, rows)
    replied = replied_to(session, rows)
    return tuple(
        _message_view(row, tuple(files[row.id]), names, edits.get(row.id, ()), replied.get(row.id))
        for row in rows
    )


def _edits_of(session: Session, rows: Sequence[Row[Any]]) -> dict[int, tuple[EditView, ...]]:
    ids = [row.id for row in rows if row.edited_at is not None]
    found: defaultdict[int, list[EditView]] = defaultdict(list)
    if ids:
        for row in session.execute(_EDITED, {"ids": ids}):
            found[row.message].append(EditView(text=row.text, until=row.at))
    return {message: tuple(edits) for message, edits in found.items()}


def _names_of(session: Session, rows: Sequence[Row[Any]]) -> dict[str, str]:
    ids = {row.actor.removeprefix("staff:") for row in rows if (row.actor or "").startswith("staff:")}
    if not ids:
        return {}
    return {f"staff:{row.id}": row.name for row in session.execute(_NAMES, {"ids": ids})}


def _message_view(
    row: Row[Any],
    attachments: tuple[AttachmentView, ...],
    names: Mapping[str, str],
    edits: tuple[EditView, ...],
    replied: RepliedView | None,
) -> MessageView:
    if row.direction == Direction.IN:
        sender = SenderView(name=row.sender_name, address=row.sender_address)
    else:
        by_id = (row.actor or "").partition(":")[2] or None
        sender = SenderView(name=names.get(row.actor or "", by_id or row.sender_name), address=None)
    delivery = None
    if row.delivery is not None:
        delivery = DeliveryView(state=row.delivery, attempts=row.attempts, error=row.delivery_error)
    return MessageView(
        id=row.id, ticket=row.ticket, external_id=row.external_id, direction=row.direction, author=row.author,
        sender=sender, channel=row.channel, subject=row.subject, text=row.text,
        full_text=row.text if row.full_text is None else row.full_text, html=row.html, automatic=row.automatic,
        bounce=row.bounce, button=row.button, location=row.location, kind=row.kind, content=row.content, attachments=attachments, delivery=delivery,
        said_at=row.said_at, edited_at=row.edited_at, created_at=row.at, team=row.team,
        edits=edits, withdrawn_at=row.withdrawn_at, replies_to=replied, formatted=row.formatted,
        participants=tuple(row.participants or ()),
        authenticity=Authenticity(**row.authenticity) if row.authenticity else None,
    )  # fmt: skip


def attachment_view(row: Row[Any], link: Link) -> AttachmentView:
    return AttachmentView(
        id=row.id, name=row.name, type=row.type, size=row.size, sha256=row.sha256,
        url=link(row.id) if row.sha256 is not None else None, state=row.state, again=row.state == "refused" and row.fetch is not None, error=row.error, inline_id=row.inline_id,
    )  # fmt: skip
