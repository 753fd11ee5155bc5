"""What a case books and gives back as it moves. Hung on `procedures.running.effects`."""

from collections.abc import Iterable

from procedures.bookings import holds, rows
from procedures.bookings.errors import ResourceGoneError
from procedures.bookings.rows import BookingNow, State
from procedures.bookings.taking import For, Wish, change, give_back, make, make_firm
from procedures.bookings.wanted import Wanted, booked_by, made_firm_by, wanted
from procedures.cases.happened import Happened
from procedures.definition.bookings import Books
from procedures.definition.procedure import Ending
from tickets.ledger.tx import Tx


def booked_at_the_beginning(happened: Happened) -> Iterable[Books]:
    return happened.doing.procedure.books


def booked_by_the_step(happened: Happened) -> Iterable[Books]:
    if happened.step is None or happened.turn is None:
        return ()
    return booked_by(happened.doing.procedure, happened.step, happened.turn.outcome)


def freed_by_the_step(happened: Happened) -> Iterable[str]:
    return happened.step.bookings.frees if happened.step else ()


def made_firm_by_the_step(happened: Happened) -> Iterable[str]:
    return made_firm_by(happened.doing.procedure, happened.step) if happened.step else ()


def settled_by_the_end(happened: Happened) -> Iterable[State]:
    """Yield how everything that the case has booked stands once it is over: certain, or given back."""
    end = happened.doing.procedure.end(happened.case.ended or "")
    yield State.FIRM if end is not None and end.ending is Ending.DONE else State.CANCELLED


def book(tx: Tx, happened: Happened, books: Books) -> None:
    """Book what was answered; a case that books the same entry again changes what it has."""
    case, doing = happened.case, happened.doing
    had = {each.resource: each for each in rows.of_case(tx, case.id) if each.place == books.id}
    wants = {each.resource: each for each in wanted(books, case.answers)}
    for name, booking in had.items():
        if name not in wants:
            give_back(tx, booking, desk=doing.desk.desk, by=doing.by, at=doing.at)
    for name, want in wants.items():
        _hold(tx, happened, books, want, had.get(name))


def _hold(tx: Tx, happened: Happened, books: Books, want: Wanted, had: BookingNow | None) -> None:
    case, doing = happened.case, happened.doing
    desk = doing.desk.desk
    if had is not None and (had.period(desk.calendar.tz), had.count) == (want.period, want.count):
        return
    resource = desk.resource(want.resource)
    if resource is None:
        raise ResourceGoneError(f"{desk.slug} has {want.resource} no more", ticket=case.ticket)
    wish = Wish(
        resource=resource,
        period=want.period,
        count=want.count,
        title=want.title,
        state=State.TENTATIVE if books.firm else State.FIRM,
    )
    if had is None:
        whose = For(ticket=case.ticket, case=case.id, place=books.id)
        made = make(tx, wish, whose, desk=desk, by=doing.by, at=doing.at)
        if books.held is not None:
            holds.note(tx, made, books.held, calendar=desk.calendar, at=doing.at)
    else:
        change(tx, had, wish, desk=desk, by=doing.by, at=doing.at)


def free(tx: Tx, happened: Happened, name: str) -> None:
    for booking in rows.of_case(tx, happened.case.id):
        if booking.place == name:
            give_back(tx, booking, desk=happened.doing.desk.desk, by=happened.doing.by, at=happened.doing.at)


def confirm(tx: Tx, happened: Happened, name: str) -> None:
    for booking in rows.of_case(tx, happened.case.id):
        if booking.place == name and booking.state is State.TENTATIVE:
            make_firm(tx, booking, desk=happened.doing.desk.desk, by=happened.doing.by, at=happened.doing.at)


def settle(tx: Tx, happened: Happened, state: State) -> None:
    doing = happened.doing
    for booking in rows.of_case(tx, happened.case.id):
        if state is State.CANCELLED:
            give_back(tx, booking, desk=doing.desk.desk, by=doing.by, at=doing.at)
        elif booking.state is State.TENTATIVE:
            make_firm(tx, booking, desk=doing.desk.desk, by=doing.by, at=doing.at)
