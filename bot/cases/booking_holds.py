"""What is held only for a time: people are reminded before it ends, and then it is given back."""

from datetime import datetime

from bot.desks import Desks, OpenDesk
from bot.former_procedures import procedure_of
from procedures.bookings import actions, holds, rows
from procedures.bookings.holds import Hold
from procedures.bookings.rows import BookingNow, State
from procedures.cases import rows as cases
from tickets.ledger.tx import Tx


def look_after(tx: Tx, desks: Desks, *, now: datetime, most: int) -> int:
    """Remind of what will be given back, and give back what is due; return how many there were."""
    found = holds.take_due(tx, now=now, most=most)
    for each in found:
        _look_after(tx, desks, each, now=now)
    return len(found)


def _look_after(tx: Tx, desks: Desks, hold: Hold, *, now: datetime) -> None:
    booking = rows.load(tx, hold.booking)
    desk = desks.get(booking.desk)
    if desk is None or booking.state is not State.TENTATIVE:
        return
    if hold.lapses:
        actions.lapse(tx, booking, desk=desk.now, at=now)
    else:
        asked = _waits_for_requester(tx, booking, desk)
        actions.remind(tx, booking, hold.ends_at, requester=asked, desk=desk.now, at=now)


def _waits_for_requester(tx: Tx, booking: BookingNow, desk: OpenDesk) -> bool:
    """Whether it is the requester by whom the case of a booking goes on."""
    case = cases.load(tx, booking.case) if booking.case is not None else None
    procedure = procedure_of(tx, case, desk) if case is not None else None
    if case is None or procedure is None:
        return False
    steps = [step for name in case.standing.open if (step := procedure.step(name))]
    roles = [role for step in steps if (role := procedure.acting(step))]
    return any(one.requester for role in roles for one in role.each)
