"""What a group refused for good: it goes in a safer form as long as there is one, and then the supervisors are told."""

from datetime import datetime

import structlog

from bot.alerts import ways_to
from bot.carrying.safer import must_be_read, safer
from bot.desks import Desks
from bot.telling import to_person
from bot.voice import staff_voice
from templates_replies import untold_phrases
from tickets import budgets, outbox
from tickets.actor import Role
from tickets.ledger.tx import Tx
from tickets.parcels import Parcel
from tickets.staff import active

log = structlog.get_logger()


def settle_refused(
    tx: Tx, desks: Desks, parcel: Parcel, *, reason: str, page: str | None, at: datetime
) -> None:
    """Let it go in the next form, or give it up and tell the supervisors."""
    form = safer(parcel.act, parcel.payload)
    if form is not None:
        budgets.settle_apart(tx, [parcel], reason=reason, at=at, form=str(form), why=reason, pieces=0)
        return
    outbox.settle_failed(tx, parcel, reason=reason, at=at)
    if must_be_read(parcel.act) and parcel.ticket is not None:
        log.error("group.untold", delivery=parcel.id, ticket=parcel.ticket, act=parcel.act)
        _tell_supervisors(tx, desks, parcel, parcel.ticket, reason=reason, page=page, at=at)


def _tell_supervisors(
    tx: Tx, desks: Desks, parcel: Parcel, ticket: int, *, reason: str, page: str | None, at: datetime
) -> None:
    desk = desks[parcel.desk]
    said = untold_phrases.words_untold(staff_voice(desk).language, ticket=ticket, page=page, why=reason)
    for person in active(tx, desk.slug):
        if person.role is Role.SUPERVISOR:
            to_person(
                tx, ways_to(person, desk), said, desk=desk.slug, person=person.id, ticket=ticket, at=at,
                dedup=f"untold:{parcel.id}:{person.id}",
            )  # fmt: skip
