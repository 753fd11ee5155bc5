"""What could not be brought to somebody of the desk on one way goes by their next; without one, its ticket says so.

A month's report has no ticket: there the archive does.
"""

from datetime import datetime

from bot import topics
from bot.desks import Desks
from bot.telling import into_topic
from bot.voice import staff_voice
from reports.filed import waiting
from templates_replies import window_phrases
from tickets.ledger.events import append
from tickets.ledger.tx import Tx
from tickets.outbox import enqueue
from tickets.parcels import SENT_AS, Audience, Parcel, Priority

_OF_THIS_TRY = frozenset({"closed", SENT_AS})


def another_way(tx: Tx, parcel: Parcel, desks: Desks, *, reason: str, at: datetime) -> None:
    """Queue a parcel that was not brought for the next way to the same person."""
    left = parcel.payload["ways"][1:]
    if left:
        kept = {key: value for key, value in parcel.payload.items() if key not in _OF_THIS_TRY}
        enqueue(
            tx, dedup=f"again:{parcel.id}", account=left[0]["account"], audience=Audience.STAFF, act=parcel.act,
            order_key=parcel.order_key, priority=Priority.ALERT, desk=parcel.desk, ticket=parcel.ticket, at=at,
            payload=kept | {"ways": left},
        )  # fmt: skip
    elif parcel.ticket is not None:
        _lost(tx, parcel, parcel.ticket, desks, reason=reason, at=at)
    else:
        waiting.miss(tx, parcel.payload.get("reports", ()))


def _lost(tx: Tx, parcel: Parcel, ticket: int, desks: Desks, *, reason: str, at: datetime) -> None:
    append(tx, "alert.undelivered", desk=parcel.desk, ticket=ticket, at=at, subject=parcel.id)
    topic = topics.topic_of(tx, ticket)
    if topic is not None:
        language = staff_voice(desks[parcel.desk]).language
        into_topic(
            tx, topic, desk=parcel.desk, act="notice", dedup=f"lost:{parcel.id}", at=at,
            text=window_phrases.alert_lost(language, ticket=ticket, reason=reason),
        )  # fmt: skip
