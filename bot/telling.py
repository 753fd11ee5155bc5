"""Telling people of the desk: into a ticket's topic, or to somebody's own address. Always through the outbox."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from bot.topics import TopicNow
from tickets.ledger.tx import Tx
from tickets.message import Button, Channel, Place
from tickets.outbox import enqueue
from tickets.parcels import Audience, Priority

Rows = Sequence[Sequence[Button]]
NOTHING_MORE: Mapping[str, Any] = {}


# Who goes first where a group's calls are short. What lets a topic or a message of a contact wait is no message itself.
_PRIORITIES: Mapping[str, Priority] = {
    "topic": Priority.INCOMING,
    "mirror": Priority.INCOMING,
    "file": Priority.INCOMING,
    "notice": Priority.ALERT,
    "leave_topic": Priority.ALERT,
}
_LINES: Mapping[str, str] = {"card": "card", "leave_topic": "leave"}  # what does not wait in its topic's


def budget_of(place: Place) -> str | None:
    """Return the budget on which something said at a place draws: that of a Telegram group, to this bot."""
    in_group = place.channel is Channel.TELEGRAM and place.address.startswith("-")
    return group_budget(place.account, place.address) if in_group else None


def group_budget(account: str, group: str) -> str:
    return f"{account}:{group}"


def account_of(budget: str) -> str:
    return budget.rpartition(":")[0]


def line_of(topic: TopicNow, act: str) -> str:
    """Return the line in which something waits for a topic.

    Cards stand in a line of their own: they may wait longer than what is said. So does what is left to say in a topic
    that its ticket has no more: the new one does not wait for it.
    """
    line = f"{_LINES.get(act, 'topic')}:{topic.ticket}"
    return line if topic.team is None else f"{line}:{topic.team}"


def into_topic(
    tx: Tx,
    topic: TopicNow,
    *,
    desk: str,
    act: str,
    dedup: str,
    at: datetime,
    priority: Priority | None = None,
    message: int | None = None,
    not_before: datetime | None = None,
    **payload: Any,
) -> None:
    """Queue something for a ticket's topic; one line a topic, so that it is there before what goes into it."""
    enqueue(
        tx, dedup=dedup, account=topic.account, audience=Audience.STAFF, act=act, order_key=line_of(topic, act),
        priority=_PRIORITIES.get(act, Priority.CARD) if priority is None else priority, desk=desk,
        ticket=topic.ticket, message=message, at=at, not_before=not_before,
        payload=payload if topic.team is None else {"team": topic.team, **payload},
        budget=group_budget(topic.account, topic.group),
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
    in_words: str | None = None,
    ticket: int | None = None,
    replies_to: str | None = None,
    subject: str | None = None,
    form: Mapping[str, Any] | None = None,
) -> None:
    """Answer somebody of the desk where they wrote. `in_words`: what they may write where buttons are not shown.

    `form`: with the SOP form of a procedure or a case (`carrying/sop_forms`).
    """
    payload: Mapping[str, Any] = {
        "place": {
            "account": place.account,
            "channel": str(place.channel),
            "address": place.address,
            "thread": place.thread,
        },
        "text": text,
        "buttons": [[[button.label, button.data] for button in row] for row in buttons],
        "in_words": in_words,
        "replies_to": replies_to,
        "subject": subject,
        "references": [replies_to] if replies_to and place.channel is Channel.EMAIL else [],
        **({"form": form} if form else {}),
    }
    line = f"{place.account}:{place.address}:{place.thread or ''}"
    enqueue(
        tx, dedup=dedup, account=place.account, audience=Audience.STAFF, act="say", order_key=f"staff:{line}",
        priority=Priority.ANSWER, desk=desk, ticket=ticket, payload=payload, at=at, budget=budget_of(place),
    )  # fmt: skip


def to_person(
    tx: Tx, ways: Sequence[Mapping[str, str]], text: str, *, desk: str, person: str, dedup: str, at: datetime,
    ticket: int | None = None, buttons: Rows = (), in_words: str | None = None,
    more: Mapping[str, Any] = NOTHING_MORE, not_before: datetime | None = None,
) -> None:  # fmt: skip
    """Tell somebody of the desk something on the first of their ways that works.

    `in_words` says what they may write where there are no buttons; `more` is what else whoever carries it should know.
    """
    if ways:
        enqueue(
            tx, dedup=dedup, account=ways[0]["account"], audience=Audience.STAFF, act="tell",
            order_key=f"alert:{desk}:{person}", priority=Priority.ALERT, desk=desk, ticket=ticket, at=at,
            not_before=not_before, payload={
                "ways": list(ways),
                "text": text,
                "buttons": [[[button.label, button.data] for button in row] for row in buttons],
                "in_words": [in_words] if in_words else [],
                **more,
            },
        )  # fmt: skip
