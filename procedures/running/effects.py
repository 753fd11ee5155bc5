"""What else happens when a case or a step begins or ends: letters made, rooms booked, money asked for.

It happens in the transaction of the act itself, so that both are there or neither. A theme adds its lines to `EFFECTS`: what
is to be done, read out of the definition and the answers by a pure function, and a thin one that does it. One that cannot be
done raises an `ActError`, and nothing has happened. Effects of one moment run in the order of the table; what happened
first is followed up first: the step that is over, then those that its end dropped, passed over or began, then the case's end.

An effect sees the case as it stands afterwards, and does not move it. What needs the desk's other procedures, or the
world outside, follows the history instead (`bot/turns/following`).
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from procedures.archive import filing
from procedures.bookings import of_cases as bookings
from procedures.cases.happened import Happened, Moment
from procedures.money import invoicing
from procedures.papers import effects as paper_effects
from procedures.running import categorising
from procedures.running.reminders import note_reminder, reminder_times
from tickets.ledger.tx import Tx


@dataclass(frozen=True, kw_only=True)
class Effect:
    """One thing that may happen besides."""

    what: Callable[[Happened], Iterable[Any]]  # pure: what is to be done, most often nothing
    do: Callable[[Tx, Happened, Any], None]  # does one of these


_FIRM = Effect(what=bookings.made_firm_by_the_step, do=bookings.confirm)
EFFECTS: Mapping[Moment, Sequence[Effect]] = {
    Moment.CASE_BEGUN: (
        Effect(what=categorising.category_of, do=categorising.categorise),
        Effect(what=bookings.booked_at_the_beginning, do=bookings.book),
    ),
    Moment.STEP_BEGUN: (_FIRM, Effect(what=reminder_times, do=note_reminder)),
    Moment.STEP_DONE: (
        Effect(what=bookings.booked_by_the_step, do=bookings.book),
        Effect(what=bookings.freed_by_the_step, do=bookings.free),
        Effect(what=invoicing.to_bill, do=invoicing.bill),
        Effect(what=invoicing.to_be_paid, do=invoicing.require_paid),
        Effect(what=paper_effects.of_step, do=paper_effects.work_on),
    ),
    Moment.CASE_ENDED: (
        Effect(what=bookings.settled_by_the_end, do=bookings.settle),
        Effect(what=invoicing.to_void, do=invoicing.void_open),
        Effect(what=paper_effects.of_end, do=paper_effects.close),
        Effect(what=filing.name_to_file, do=filing.file_away),
    ),
    Moment.STEP_PASSED: (_FIRM,),
}


def follow_up(
    tx: Tx, happened: Iterable[Happened], effects: Mapping[Moment, Sequence[Effect]] = EFFECTS
) -> None:
    """Do what else there is to do. Raises ActError where it cannot be done."""
    for each in happened:
        for effect in effects.get(each.moment, ()):
            for order in effect.what(each):
                effect.do(tx, each, order)
