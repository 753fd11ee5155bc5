"""How much of a line into a group goes as one, and how many calls it takes: a pure rule over what waits.

A call is what the group counts: a message, an edit, the opening or closing of a topic. So what waits for one topic is
told in one message as far as it fits, and where calls are short, what opens a ticket stands below its card.
"""

from collections.abc import Iterator, Sequence
from itertools import takewhile

from tickets.budgets import Portion
from tickets.parcels import Parcel

_SAID = {"mirror", "notice"}
_SHUTS = {"close_topic", "reopen_topic"}  # of several in a row only the last counts
_CALLS = {"topic": 2, "leave_topic": 2}


def portion(parcels: Sequence[Parcel], share: int) -> Portion:
    """Return how many of these go together, from the head of their line on; `share`: calls for each line that waits."""
    head = parcels[0]
    calls = _CALLS.get(head.act, 1)
    if head.act == "topic" and share > calls:  # there is one for the words as well
        return Portion(parcels=1, calls=calls)
    return Portion(parcels=1 + sum(1 for _ in _behind(head, parcels[1:])), calls=calls)


def _behind(head: Parcel, others: Sequence[Parcel]) -> Iterator[Parcel]:
    if head.payload.get("alone") or head.payload.get("pieces"):
        return iter(())
    if head.act == "topic":
        return takewhile(_opens, others)
    if head.act in _SAID:
        return takewhile(lambda each: each.act in _SAID and not _apart(each), others)
    if head.act in _SHUTS:
        return takewhile(lambda each: each.act in _SHUTS, others)
    return iter(())


def _opens(parcel: Parcel) -> bool:
    return parcel.act == "mirror" and not parcel.payload.get("edited") and not _apart(parcel)


def _apart(parcel: Parcel) -> bool:
    """Whether it goes by itself: refused in company before, or told in part already."""
    return bool(parcel.payload.get("alone") or parcel.payload.get("pieces"))
