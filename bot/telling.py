"""Telling people of the desk: into a ticket's topic, or to somebody's own address. Always through the outbox."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from tickets.ledger.writer import Tx
from tickets.message import Button, Channel, Place
from tickets.outbox import Audience, Priority, enqueue

Rows = Sequence[Sequence[Button]]


def into_topic(
    tx: Tx,
    *,
    ticket: int,
    account: str,
    desk: str,
    act: str,
    dedup: str,
    at: datetime,
    priority: Priority = Priority.INCOMING,
    message: int | None = None,
    **payload: Any,
) -> None:
    """Queue something for the ticket's topic; one line a ticket, so that the topic is there before what goes into it."""
    enqueue(
        tx, dedup=dedup, account=account, audience=Audience.STAFF, act=act, order_key=f"topic:{ticket}",
        priority=priority, desk=desk, ticket=ticket, message=message, payload=payload, at=at,
    )  # fmt: skip


def to_place(
    tx: Tx,
    place: Place,
    text: str,
    *,
    desk: str,
    dedup: str,
    at: datetime,
    buttons: Rows = (),
    ticket: int | None = None,
    replies_to: str | None = None,
    subject: str | None = None,
) -> None:
    """Answer somebody of the desk where they wrote."""
    payload: Mapping[str, Any] = {
        "place": {
            "account": place.account,
            "channel": str(place.channel),
            "address": place.address,
            "thread": place.thread,
        },
        "text": text,
        "buttons": [[[button.label, button.data] for button in row] for row in buttons],
        "replies_to": replies_to,
        "subject": subject,
        "references": [replies_to] if replies_to and place.channel is Channel.EMAIL else [],
    }
    line = f"{place.account}:{place.address}:{place.thread or ''}"
    enqueue(
        tx, dedup=dedup, account=place.account, audience=Audience.STAFF, act="say", order_key=f"staff:{line}",
        priority=Priority.INCOMING, desk=desk, ticket=ticket, payload=payload, at=at,
    )  # fmt: skip


def to_person(
    tx: Tx, ways: Sequence[Mapping[str, str]], text: str, *, desk: str, person: str, dedup: str, at: datetime,
    ticket: int | None = None,
) -> None:  # fmt: skip
    """Tell somebody of the desk something on the first of their ways that works."""
    if ways:
        enqueue(
            tx, dedup=dedup, account=ways[0]["account"], audience=Audience.STAFF, act="tell",
            order_key=f"alert:{desk}:{person}", priority=Priority.ALERT, desk=desk, ticket=ticket, at=at,
            payload={"ways": list(ways), "text": text},
        )  # fmt: skip
