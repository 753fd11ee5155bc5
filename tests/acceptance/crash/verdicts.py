"""Rules over the writers' ledgers, the service's, and what the providers hold: each says what must not be so."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from tests.acceptance.crash.besieged import MAIL, TWILIO
from tests.acceptance.crash.found import Found, Taken
from tests.acceptance.crash.kept import Kept, Way
from tickets.message import Delivery

Verdict = Callable[[Kept, Found, Sequence[Taken]], Iterator[str]]

_CHATS = {Way.TELEGRAM, Way.TWILIO, Way.CLOUD}
_LEFT = {"sent", "delivered", "read"}
_FURTHER = {Delivery.SENT: {"sent", "delivered", "read"}, Delivery.DELIVERED: {"delivered", "read"}}


def complaints(kept: Kept, found: Found, taken: Sequence[Taken]) -> dict[str, list[str]]:
    """Return what every verdict has to say, by its name; those with nothing to say are left out."""
    said = {name: list(verdict(kept, found, taken)) for name, verdict in VERDICTS.items()}
    return {name: each for name, each in said.items() if each}


# -- what came in -----------------------------------------------------------------------------------------------------


def _came_in(found: Found) -> Counter[str]:
    return Counter(each.external_id for each in found.messages if each.direction == "in")


def lost(kept: Kept, found: Found, _: Sequence[Taken]) -> Iterator[str]:
    stored = _came_in(found)
    for entry in kept.entries.values():
        if entry.acknowledged and not stored[entry.external_id]:
            yield f"{entry.way}: {entry.external_id} was acknowledged and is lost"


def not_fetched(kept: Kept, found: Found, _: Sequence[Taken]) -> Iterator[str]:
    """What its provider brings no more is in its list, and was fetched from there."""
    stored = _came_in(found)
    for entry in kept.entries.values():
        if entry.given_up and not stored[entry.external_id]:
            yield f"{entry.way}: {entry.external_id} was given up by its provider and not fetched"


def doubled(kept: Kept, found: Found, _: Sequence[Taken]) -> Iterator[str]:
    for external_id, times in _came_in(found).items():
        if times > 1:
            yield f"{external_id} is stored {times} times"
        if external_id not in kept.entries:
            yield f"{external_id} is stored, and nobody wrote it"


def unprocessed(_: Kept, found: Found, __: Sequence[Taken]) -> Iterator[str]:
    for event in found.unprocessed:
        yield f"{event.account}: {event.event_id} was kept unprocessed: {event.error}"


def out_of_order(kept: Kept, found: Found, _: Sequence[Taken]) -> Iterator[str]:
    """A contact of a chat writes one after the other; so the ledger has it, and in one ticket.

    What was given up is fetched after all the others.
    """
    places = {external_id: place for place, external_id in enumerate(kept.entries)}
    of_contact = defaultdict(list)
    for message in found.messages:
        entry = kept.entries.get(message.external_id or "")
        if entry is not None and entry.way in _CHATS:
            of_contact[entry.way, entry.contact].append(message)
    for (way, contact), messages in of_contact.items():
        if len({each.ticket for each in messages}) > 1:
            yield f"{way}: {contact} has the tickets {sorted({each.ticket for each in messages})}"
        brought = [each for each in messages if not kept.entries[each.external_id].given_up]
        written = [places[each.external_id] for each in brought]
        if written != sorted(written):
            yield f"{way}: what {contact} wrote is stored as {[each.external_id for each in messages]}"


# -- what went out ----------------------------------------------------------------------------------------------------


def answers_lost(kept: Kept, found: Found, _: Sequence[Taken]) -> Iterator[str]:
    """What an agent was told is written down stands there, once."""
    texts = Counter(each.text for each in found.messages if each.direction == "out")
    for key, answer in kept.answers.items():
        times = texts[answer.text]
        if times > 1 or (answer.acknowledged and not times):
            yield f"the answer {key} on #{answer.ticket} is stored {times} times"


def unanswered(_: Kept, found: Found, __: Sequence[Taken]) -> Iterator[str]:
    """The desk says something by itself on every ticket, once."""
    said = Counter(each.ticket for each in found.messages if each.author == "bot")
    for ticket in found.tickets:
        if said[ticket.number] != 1:
            yield f"#{ticket.number} has {said[ticket.number]} automatic replies"


def still_waiting(_: Kept, found: Found, __: Sequence[Taken]) -> Iterator[str]:
    for parcel in found.parcels:
        if parcel.state in {"queued", "sending"}:
            yield f"parcel {parcel.id} ({parcel.act} to {parcel.audience}) is still {parcel.state}: {parcel.error}"


def sent_twice(_: Kept, found: Found, taken: Sequence[Taken]) -> Iterator[str]:
    """What a provider was handed is known to the ledger, once; else its outcome is said to be unknown."""
    known = Counter((each.account, each.external_id) for each in found.references)
    doubt = Counter((each.account, _address(each)) for each in found.parcels if each.state == "unknown")
    for mail, times in Counter(each.external_id for each in taken if each.account == MAIL).items():
        if times > 1:
            yield f"{mail} was brought {times} times"
    nameless: Counter[tuple[str, str]] = Counter()
    for each in taken:
        if known[each.account, each.external_id] > 1:
            yield f"{each.account}: {each.external_id} stands for {known[each.account, each.external_id]} parcels"
        if not known[each.account, each.external_id]:
            nameless[each.account, _bare(each.to)] += 1
    for (account, to), times in nameless.items():
        if times > doubt[account, to]:
            yield f"{account}: {to} received {times} that the ledger does not know, and {doubt[account, to]} are unknown"


def said_to_be_sent(_: Kept, found: Found, taken: Sequence[Taken]) -> Iterator[str]:
    """What is said to be sent was received, and an answer that failed has failed for no reason of ours."""
    received = {(each.account, each.external_id) for each in taken}
    named = defaultdict(set)
    for reference in found.references:
        named[reference.message].add((reference.account, reference.external_id))
    for message in found.messages:
        if message.direction != "out":
            continue
        if message.delivery in _LEFT and not named[message.id] & received:
            yield f"the answer {message.id} on #{message.ticket} is {message.delivery}, and nobody received it"
        if message.delivery == "failed":
            yield f"the answer {message.id} on #{message.ticket} failed: {message.delivery_error}"


def not_reconciled(kept: Kept, found: Found, _: Sequence[Taken]) -> Iterator[str]:
    """Twilio can be asked what became of a message, and both providers of WhatsApp tell it; that counts."""
    named = defaultdict(list)
    for reference in found.references:
        named[reference.external_id].append(reference.message)
    deliveries = {each.id: each.delivery for each in found.messages}
    for message in found.messages:
        if message.delivery == "unknown" and message.account == TWILIO:
            yield f"the answer {message.id} on #{message.ticket} is unknown, and Twilio knows it"
    for external_id, told in kept.receipts.items():
        states = {deliveries.get(each) for each in named[external_id]}
        if not states & _FURTHER[told]:
            yield f"{external_id} was told to be {told}, and the ledger says {states}"


# -- clocks and alerts ------------------------------------------------------------------------------------------------


def clocks(_: Kept, found: Found, __: Sequence[Taken]) -> Iterator[str]:
    yield from found.clocks


def alerts(_: Kept, found: Found, taken: Sequence[Taken]) -> Iterator[str]:
    """Of every promise that is about to break, or broken, the supervisor is told once, and it surely left."""
    told: Counter[str] = Counter()
    ways = {
        each.dedup.removeprefix("again:"): each for each in found.parcels if each.dedup.startswith("again:")
    }
    for parcel in found.parcels:
        if parcel.act == "alert" and parcel.dedup.startswith("alert:"):
            told.update(
                _news(parcel.ticket, each) for each in (parcel.payload, *parcel.payload.get("more", ()))
            )
            if parcel.state != "sent" and str(parcel.id) not in ways:
                yield f"the alert {parcel.dedup} on #{parcel.ticket} is {parcel.state}, and went no other way"
    for event in found.alarming:
        times = told[_news(event.ticket, {"kind": event.kind, "clock": event.data})]
        if times != 1:
            yield f"{event.kind} on #{event.ticket} ({event.data}) was told {times} times"


def _news(ticket: int, news: Mapping[str, Any]) -> str:
    about = news["clock"]
    return f"#{ticket} {news['kind']} {about['clock']} {about.get('about', '')} {about['cycle']} {about.get('due_at', '')}"


def _address(parcel: Any) -> str:
    place = parcel.payload.get("place") or (parcel.payload.get("ways") or [{"address": ""}])[0]
    return _bare(str(place["address"]))


def _bare(address: str) -> str:
    return address.removeprefix("whatsapp:").removeprefix("+")


VERDICTS: Mapping[str, Verdict] = {
    "lost": lost,
    "not fetched": not_fetched,
    "doubled": doubled,
    "unprocessed": unprocessed,
    "out of order": out_of_order,
    "answers lost": answers_lost,
    "unanswered": unanswered,
    "still waiting": still_waiting,
    "sent twice": sent_twice,
    "said to be sent": said_to_be_sent,
    "not reconciled": not_reconciled,
    "clocks": clocks,
    "alerts": alerts,
}
