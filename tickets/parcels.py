"""Parcels: what waits in the outbox, as it is carried."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum, StrEnum
from typing import Any

from tickets.contacts import AddressNow
from tickets.ledger.prepared import Row

SENT_AS = "sent_as"  # in the payload: the approved template that was chosen when it left


class Audience(StrEnum):
    CONTACT = "contact"
    STAFF = "staff"
    HOOK = "hook"


class Priority(IntEnum):
    """Who goes first where a budget is short."""

    ANSWER = 0
    INCOMING = 1  # a contact's message on its way to the agents
    ALERT = 2
    CARD = 3


@dataclass(frozen=True, kw_only=True)
class Parcel:
    """One claimed row of the outbox."""

    id: int
    account: str
    audience: Audience
    act: str
    order_key: str
    desk: str
    ticket: int | None
    message: int | None
    payload: Mapping[str, Any]
    attempts: int  # this one included
    created_at: datetime
    tried_at: datetime | None  # the attempt before this one
    budget: str | None = None  # of the place that counts calls, if it goes to one
    reached: AddressNow | None = None  # their address when this was claimed, where there is a window


def parcel_of(row: Row, *, again: bool = True, reached: AddressNow | None = None) -> Parcel:
    """Return a row as it is claimed."""
    return Parcel(
        id=row.id, account=row.account, audience=Audience(row.audience), act=row.act, order_key=row.order_key,
        desk=row.desk, ticket=row.ticket, message=row.message, payload=row.payload or {},
        attempts=row.attempts + 1 if again else row.attempts, created_at=row.created_at, tried_at=row.tried_at,
        budget=row.budget, reached=reached,
    )  # fmt: skip
