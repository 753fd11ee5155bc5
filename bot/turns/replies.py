"""Which turn somebody answers: that of the call which their message replies to.

By mail the call is named by what we signed into its Message-ID and its Reply-To (`channels.email.message_ids`): who
refers to it got that very mail, or was shown it. So the sender's address must be that of whoever was called as well.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from channels.email.message_ids import MessageIds
from tickets import outbox, references
from tickets import ticket as tickets_
from tickets.ledger.tx import Tx
from tickets.message import Channel, Said


@dataclass(frozen=True, kw_only=True)
class Meant:
    """The turn that a call was about, and whom it called."""

    desk: str
    ticket: int
    case: int
    step: str
    round: int
    person: str  # id
    chosen: Sequence[str]  # an outcome and a reason, which the answer confirms
    called_at: datetime


def may_answer_call(said: Said) -> bool:
    """Whether it is worth looking for a call: it answers something, in words or with a file, and no machine wrote it."""
    if said.automatic or said.button or said.text.lstrip().startswith(("/", "#")):
        return False
    return bool(said.references if said.place.channel is Channel.EMAIL else said.replies_to)


def meant(tx: Tx, said: Said, message_ids: MessageIds) -> Meant | None:
    """Return the turn whose call a message answers, the newest one that it names; None if it answers none."""
    if said.place.channel is Channel.EMAIL:
        ours = message_ids.among(said.references)
        parcels = [ours[each] for each in reversed(said.references) if each in ours]
    else:
        found = references.parcel_at(tx, account=said.place.account, external_id=said.replies_to or "")
        parcels = [found] if found is not None else []
    return next((turn for parcel in parcels if (turn := _called_by(tx, parcel)) is not None), None)


def _called_by(tx: Tx, parcel: int) -> Meant | None:
    row = outbox.row_of(tx, parcel)
    turn = row.payload.get("turn") if row is not None else None
    if row is None or row.ticket is None or turn is None:
        return None
    ticket = tickets_.going_on(tx, row.ticket)
    return Meant(desk=row.desk, ticket=ticket, called_at=row.created_at, **turn)
