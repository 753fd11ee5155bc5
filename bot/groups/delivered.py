"""What became of what was sent, told where it was written: a reaction on the agent's own message, words if it matters.

What waits for the contact to write is told with the one button that asks them to, what may have arrived or not with the
one that sends it again; what the house said by itself and
could not bring is told as well, so that nothing on a ticket is lost in silence.
"""

from collections.abc import Mapping

from sqlalchemy import bindparam, select

from bot import topics
from bot.commands import Verb, button
from bot.desks import OpenDesk
from bot.telling import Rows, into_topic, to_place
from bot.topics import OriginNow
from bot.voice import staff_voice
from templates_replies import staff_phrases, window_phrases
from templates_replies.both_tongues import read_in
from tickets import contacts
from tickets import ticket as tickets_
from tickets.actions import knocking
from tickets.ledger.events import Recorded
from tickets.ledger.prepared import Prepared
from tickets.ledger.tx import Tx
from tickets.message import Author, Button, Channel, Place
from tickets.outbox import enqueue
from tickets.parcels import Audience, Priority
from tickets.tables import Message

_MESSAGES = Message.__table__  # type: ignore[attr-defined]
_TROUBLE = Prepared(select(_MESSAGES.c.delivery_error).where(_MESSAGES.c.id == bindparam("id")))
# Reactions that every Telegram group allows; what they mean stands in the operator's guide.
REACTIONS: Mapping[str, str] = {
    "sent": "🕊", "delivered": "👌", "read": "👀", "parked": "😴", "failed": "💔", "unknown": "🤔",
}  # fmt: skip
TROUBLES = frozenset({"delivery.failed", "delivery.unknown", "delivery.parked"})


def tell_origin(tx: Tx, event: Recorded, desk: OpenDesk) -> None:
    """Queue what a delivery's event means for whoever wrote the message."""
    state = event.kind.removeprefix("delivery.")
    if state == event.kind or state not in REACTIONS or event.ticket is None:
        return
    origin = topics.origin_of(tx, int(event.subject or 0))
    found = desk.agents_groups()
    if origin is not None and found is not None and origin.account == found[0].key:
        enqueue(
            tx, dedup=f"reaction:{origin.message}:{state}", account=origin.account, audience=Audience.STAFF,
            act="reaction", order_key=f"reaction:{origin.message}", priority=Priority.CARD, desk=event.desk,
            ticket=event.ticket, at=event.at,
            payload={"place": origin.place, "external_id": origin.external_id, "emoji": REACTIONS[state]},
        )  # fmt: skip
    told = _words(tx, event, desk, state) if event.kind in TROUBLES else None
    if told is not None:
        doubt = f":{event.id}" if state == "unknown" else ""  # it may be sent again, and be in doubt again
        _tell(tx, event, desk, origin, *told, dedup=f"trouble:{event.subject}:{state}{doubt}")


def _words(tx: Tx, event: Recorded, desk: OpenDesk, state: str) -> tuple[str, Rows] | None:
    """Return what is to be said about it; None for what nobody has to hear."""
    ticket, voice = event.ticket or 0, staff_voice(desk)
    if event.data.get("why") == "withdrawn":
        return None  # whoever did it knows
    row = tx.one(_TROUBLE, id=int(event.subject or 0))
    reason = read_in((row.delivery_error if row is not None else None) or "", voice.language)
    if event.data.get("author") == Author.BOT:
        lost = state == "failed" and event.data.get("why") in {"window", "template"}
        return (
            (window_phrases.automatic_lost(voice.language, ticket=ticket, reason=reason), ())
            if lost
            else None
        )
    if event.data.get("author") != Author.AGENT:
        return None
    if state == "parked":
        return _parked(tx, ticket, desk)
    if state == "failed":
        return voice.delivery_failed(ticket, reason), ()
    label = staff_phrases.send_again_label(voice.language)
    again = Button(label=label, data=button(Verb.SEND_AGAIN, ticket, str(event.subject)))
    return voice.delivery_unknown(ticket), [[again]]


def _parked(tx: Tx, number: int, desk: OpenDesk) -> tuple[str, Rows]:
    ticket, language = tickets_.load(tx, number), staff_voice(desk).language
    address = contacts.load_address(tx, ticket.address) if ticket.address is not None else None
    knocked = address is not None and knocking.asked_at(tx, address) is not None
    label = window_phrases.knock_label(language)
    rows = () if knocked else [[Button(label=label, data=button(Verb.KNOCK, number))]]
    return window_phrases.parked(language, ticket=number, knocked=knocked), rows


def _tell(
    tx: Tx, event: Recorded, desk: OpenDesk, origin: OriginNow | None, text: str, rows: Rows, *, dedup: str
) -> None:
    """Say it where the message was written, else in the ticket's topic."""
    if origin is not None:
        accounts = desk.now.desk.accounts
        channel = next((each.channel for each in accounts if each.key == origin.account), Channel.TELEGRAM)
        place = Place(
            account=origin.account, channel=channel, address=origin.place["address"],
            thread=origin.place.get("thread"),
        )  # fmt: skip
        to_place(
            tx, place, text, desk=event.desk, ticket=event.ticket, dedup=dedup, at=event.at, buttons=rows,
            replies_to=origin.external_id,
        )  # fmt: skip
        return
    topic = topics.topic_of(tx, event.ticket or 0)
    if topic is not None and rows and topic.thread is not None:
        place = Place(
            account=topic.account, channel=Channel.TELEGRAM, address=topic.group, thread=topic.thread
        )
        to_place(
            tx, place, text, desk=event.desk, ticket=event.ticket, dedup=dedup, at=event.at, buttons=rows
        )
    elif topic is not None:
        into_topic(tx, topic, desk=event.desk, act="notice", dedup=dedup, at=event.at, text=text)
