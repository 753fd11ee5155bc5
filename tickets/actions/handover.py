"""Handing over what somebody holds: to one colleague, or spread over their line as the desk gives tickets out.

Each ticket gets an event and one note that says from whom; all of it is one transaction.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, literal_column, or_, select

from tickets import absences, staff
from tickets import ticket as tickets_
from tickets.actions.answering import note
from tickets.actions.assigning import give
from tickets.actions.errors import AbsentError, NoReceiverError, UnknownValueError
from tickets.actions.rights import require
from tickets.actor import Actor, Role
from tickets.assignment import Way, spread
from tickets.desk import DeskNow
from tickets.ledger.events import append
from tickets.ledger.prepared import Prepared, Row
from tickets.ledger.tx import Tx
from tickets.lines import accepts, line_of
from tickets.presence import AbsenceNow, Away, absence_at
from tickets.tables import Ticket

_TICKETS = Ticket.__table__  # type: ignore[attr-defined]
_HELD_BY = Prepared(
    select(_TICKETS.c.number, _TICKETS.c.assignee, _TICKETS.c.team, _TICKETS.c.team_holder)
    .where(
        _TICKETS.c.desk == bindparam("desk"),
        _TICKETS.c.status.in_((literal_column("'new'"), literal_column("'open'"), literal_column("'waiting'"))),
        or_(_TICKETS.c.assignee == bindparam("staff"), _TICKETS.c.team_holder == bindparam("staff")),
    )
    .order_by(_TICKETS.c.priority.desc(), _TICKETS.c.created_at, _TICKETS.c.number)
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Move:
    """What becomes of one ticket."""

    ticket: int
    team: str | None  # whose holder changes; None: the first line
    to: str | None  # None: nobody has room, it waits to be given out


SayFor = Callable[[str, Move], str]  # from whom, what: the note that the ticket gets


def preview(
    tx: Tx, who: str, *, desk: DeskNow, to: str | None = None, by: Actor, at: datetime
) -> tuple[Move, ...]:
    """Return what a hand-over would move now; refused like the hand-over itself."""
    _check(tx, who, to, desk=desk, by=by, at=at)
    moves = _plan(tx, who, to, desk=desk, at=at)
    if not moves and to is None and tx.one(_HELD_BY, desk=desk.slug, staff=who) is not None:
        raise NoReceiverError(f"{desk.slug} gives nothing out by itself: name who takes over")
    return moves


def hand_over(
    tx: Tx, who: str, *, desk: DeskNow, to: str | None = None, say: SayFor, by: Actor, at: datetime
) -> tuple[Move, ...]:
    """Hand over what somebody holds: one's own anybody may, that of others a supervisor.

    Raises AbsentError for a receiver who is away, NoReceiverError where nobody is named and the desk gives nothing out.
    """
    moves = preview(tx, who, desk=desk, to=to, by=by, at=at)
    _carry_out(tx, who, moves, desk=desk, say=say, by=by, at=at)
    return moves


def hand_over_absent(tx: Tx, *, desk: DeskNow, say: SayFor, by: Actor, at: datetime) -> int:
    """Hand over the tickets of those whose absence from the office has begun, once each; how many absences.

    A desk that gives nothing out outside its hours hands over at the opening.
    """
    if not accepts(desk.desk, None, at):
        return 0
    begun = [
        absence
        for absence in absences.live(tx, desk.slug)
        if absence.kind is Away.OUT_OF_OFFICE and absence.handed_at is None and absence.covers(at)
    ]
    for absence in begun:
        moves = hand_over_for(tx, absence, desk=desk, say=say, by=by, at=at)
        kept = len(tx.all(_HELD_BY, desk=desk.slug, staff=absence.staff))
        absences.change(tx, absence, handed_at=at)
        append(
            tx, "staff.handed_over", desk=desk.slug, at=at, subject=absence.staff, actor=by.key, absence=absence.id,
            moved=len(moves), kept=kept,
        )  # fmt: skip
    return len(begun)


def hand_over_for(
    tx: Tx, absence: AbsenceNow, *, desk: DeskNow, say: SayFor, by: Actor, at: datetime, only: int | None = None
) -> tuple[Move, ...]:  # fmt: skip
    """Hand over to the substitute if they are here, else as the desk gives tickets out; where it does not, nothing.

    With `only` no more than that ticket.
    """
    to = absence.substitute
    if to is not None and not _is_here(tx, to, desk=desk, at=at):
        to = None
    moves = [move for move in _plan(tx, absence.staff, to, desk=desk, at=at) if only in {None, move.ticket}]
    _carry_out(tx, absence.staff, moves, desk=desk, say=say, by=by, at=at)
    return tuple(moves)


def _carry_out(
    tx: Tx, who: str, moves: Sequence[Move], *, desk: DeskNow, say: SayFor, by: Actor, at: datetime
) -> None:
    for move in moves:
        give(tx, tickets_.load(tx, move.ticket), move.to, team=move.team, by=by, at=at, handed=True)
        note(tx, move.ticket, say(who, move), by=by, at=at)
    _remember(tx, who, moves, desk=desk, at=at)


def _by_line(held: Sequence[Row], who: str) -> dict[str | None, list[int]]:
    """Sort tickets by the line on which somebody holds them; one may be theirs on both."""
    lines: dict[str | None, list[int]] = {}
    for row in held:
        if row.assignee == who:
            lines.setdefault(None, []).append(row.number)
        if row.team_holder == who:
            lines.setdefault(row.team, []).append(row.number)
    return lines


def _check(tx: Tx, who: str, to: str | None, *, desk: DeskNow, by: Actor, at: datetime) -> None:
    require(by, Role.AGENT if by.id == who else Role.SUPERVISOR, desk.slug)
    if to is None:
        return
    if to == who or to not in {person.id for person in staff.active(tx, desk.slug)}:
        raise UnknownValueError(f"nobody else called {to} works at {desk.slug}", field="agent", value=to)
    absence = absence_at(absences.live_of(tx, desk.slug, to), at)
    if absence is not None:
        raise AbsentError(absence, at=at)


def _plan(tx: Tx, who: str, to: str | None, *, desk: DeskNow, at: datetime) -> tuple[Move, ...]:
    moves: list[Move] = []
    coming: Counter[str] = Counter()
    for team, numbers in _by_line(tx.all(_HELD_BY, desk=desk.slug, staff=who), who).items():
        if to is not None:
            moves += [Move(ticket=number, team=team, to=to) for number in numbers]
            continue
        way = desk.desk.assignment_of(team).way
        if way is Way.MANUAL:
            continue
        line = line_of(tx, team, desk=desk, at=at, without=who, more=coming)
        found = spread(numbers, line.people, way, is_open=accepts(desk.desk, team, at))
        coming.update(receiver for _, receiver in found.given)
        moves += [Move(ticket=number, team=team, to=receiver) for number, receiver in found.given]
        moves += [Move(ticket=number, team=team, to=None) for number in found.left]
    return tuple(moves)


def _is_here(tx: Tx, who: str, *, desk: DeskNow, at: datetime) -> bool:
    works_here = who in {person.id for person in staff.active(tx, desk.slug)}
    return works_here and absence_at(absences.live_of(tx, desk.slug, who), at) is None


def _remember(tx: Tx, who: str, moves: Sequence[Move], *, desk: DeskNow, at: datetime) -> None:
    """Keep with their absence what was handed over, for the day on which they are back."""
    absence = absence_at(absences.live_of(tx, desk.slug, who), at)
    if absence is not None and moves:
        handed = [*absence.handed, *((move.ticket, move.to) for move in moves)]
        absences.change(tx, absence, handed=[list(pair) for pair in handed])
