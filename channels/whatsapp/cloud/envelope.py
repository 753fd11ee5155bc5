"""Taking a webhook apart: it holds entries, they hold changes, and these many messages and statuses.

Each becomes a part of its own, with an envelope around nothing but itself, so that it can be stored, kept and read
again without its neighbours: https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from typing import Any

Json = Mapping[str, Any]
LONGEST_ID = 500  # characters; they have some 60


class Kind(StrEnum):
    MESSAGE = "messages"
    STATUS = "statuses"
    MOVED = "user_id_update"  # an id of a contact's changed
    OTHER = "other"  # whatever else Meta tells, if the app is subscribed to it


class UnreadableError(ValueError):
    """Something signed that this version cannot read; says what, and nothing of what was in it."""


# Which changes bring several things at once, each under its kind.
_SEVERAL: Mapping[str, tuple[Kind, ...]] = {
    "messages": (Kind.MESSAGE, Kind.STATUS),
    str(Kind.MOVED): (Kind.MOVED,),
}
_APART = frozenset({Kind.MESSAGE, Kind.STATUS, Kind.MOVED, "errors"})


@dataclass(frozen=True, kw_only=True)
class Part:
    kind: Kind
    body: Json  # the message or status itself
    contacts: tuple[Json, ...]  # who Meta says they are, for all messages of the change
    number: str | None  # phone_number_id of our side
    business: str = ""  # id of the business account
    about: str  # the change's field, such as "messages"
    raw: bytes


def parts_of(raw: bytes) -> Iterator[Part]:
    """Yield what a webhook holds, in its order. Raises UnreadableError for what is none of WhatsApp's."""
    try:
        webhook = json.loads(raw)
    except (ValueError, RecursionError) as error:
        raise UnreadableError("The body is not JSON.") from error
    if not isinstance(webhook, dict) or webhook.get("object") != "whatsapp_business_account":
        raise UnreadableError("The body is not a webhook of WhatsApp's.")
    for entry in mappings(webhook.get("entry")):
        for change in mappings(entry.get("changes")):
            yield from _of_change(entry, change)


def mapping(value: object) -> Json:
    """Return a JSON object as such, and anything else as an empty one."""
    return value if isinstance(value, dict) else {}


def mappings(value: object) -> list[Json]:
    """Return the objects of a JSON list, without what is none."""
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []


def text(value: object) -> str:
    """Return a JSON string as such, a number as one, and anything else as an empty one."""
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode()  # a lone surrogate can be written in JSON
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else ""


def id_of(body: Json) -> str:
    """Return the id of a message or status; an empty one for what is none, and could not be looked up."""
    found = text(body.get("id"))
    return found if len(found) <= LONGEST_ID and found.isprintable() else ""


def _of_change(entry: Json, change: Json) -> Iterator[Part]:
    value = mapping(change.get("value"))
    about = text(change.get("field"))
    contacts = tuple(mappings(value.get("contacts")))
    number = text(mapping(value.get("metadata")).get("phone_number_id")) or None
    part = partial(Part, contacts=contacts, number=number, about=about, business=text(entry.get("id")))
    found = False
    for kind in _SEVERAL.get(about, ()):
        for body in mappings(value.get(kind)):
            found = True
            raw = _alone(entry, change, {**_around(value), str(kind): [body]})
            yield part(kind=kind, body=body, raw=raw)
    if not found or "errors" in value:
        raw = _alone(entry, change, {**_around(value), **_beside(value)})
        yield part(kind=Kind.OTHER, body=value, raw=raw)


def _around(value: Json) -> dict[str, Any]:
    """Return what all messages and statuses of a change share."""
    return {name: each for name, each in value.items() if name not in _APART}


def _beside(value: Json) -> dict[str, Any]:
    return {"errors": value["errors"]} if "errors" in value else {}


def _of_entry(entry: Json) -> dict[str, Any]:
    """Return id and time: what is told again later in the same words is something new."""
    return {name: entry[name] for name in ("id", "time") if name in entry}


def _alone(entry: Json, change: Json, value: Json) -> bytes:
    webhook = {
        "object": "whatsapp_business_account",
        "entry": [{**_of_entry(entry), "changes": [{"field": change.get("field"), "value": value}]}],
    }
    return json.dumps(webhook, separators=(",", ":")).encode("ascii")
