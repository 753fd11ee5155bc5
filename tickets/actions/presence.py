"""Being here or not: breaks, leave, coming back, said by oneself or by a supervisor."""

from datetime import datetime

from tickets import absences, staff
from tickets.actions.errors import PastAbsenceError, UnknownValueError
from tickets.actions.rights import require
from tickets.actor import SYSTEM, Actor, Role
from tickets.desk import DeskNow
from tickets.ledger.events import append
from tickets.ledger.tx import Tx
from tickets.presence import AbsenceNow, Away


def go_away(
    tx: Tx, who: str, kind: Away, *, desk: DeskNow, since: datetime | None = None, until: datetime | None,
    substitute: str | None = None, note: str | None = None, by: Actor, at: datetime,
) -> AbsenceNow:  # fmt: skip
    """Be away from now, or from a later instant. An absence of this kind that it touches is changed instead."""
    _may(by, who, desk)
    since = max(since or at, at)
    if until is not None and until <= since:
        raise PastAbsenceError("an absence ends after it begins")
    people = {person.id for person in staff.active(tx, desk.slug)}
    if who not in people:
        raise UnknownValueError(f"nobody called {who} works at {desk.slug}", field="agent", value=who)
    if substitute is not None and (substitute == who or substitute not in people):
        raise UnknownValueError(
            f"nobody else called {substitute} works at {desk.slug}", field="substitute", value=substitute
        )
    same = next(
        (each for each in absences.live_of(tx, desk.slug, who) if each.kind is kind and each.overlaps(since, until)), None
    )  # fmt: skip
    if same is not None:
        absence = absences.change(
            tx, same, since=min(since, same.since), until=until, substitute=substitute, note=note
        )
    else:
        absence = absences.create(
            tx,
            desk=desk.slug,
            staff=who,
            kind=str(kind),
            since=since,
            until=until,
            substitute=substitute,
            note=note,
        )
    if since > at:
        _tell(tx, "staff.away_planned", absence, by=by, at=at)
        return absence
    _tell(tx, "staff.away", absence, by=by, at=at)
    return absences.change(tx, absence, began_at=absence.began_at or at)


def come_back(tx: Tx, who: str, *, desk: DeskNow, by: Actor, at: datetime) -> tuple[AbsenceNow, ...]:
    """End whatever keeps somebody away now; what was ended. Leave that is still to come stays planned."""
    _may(by, who, desk)
    return tuple(
        _end(tx, absence, by=by, at=at)
        for absence in absences.live_of(tx, desk.slug, who)
        if absence.covers(at)
    )


def call_off(tx: Tx, who: str, number: int, *, desk: DeskNow, by: Actor, at: datetime) -> AbsenceNow:
    """Take back an absence that has not begun."""
    _may(by, who, desk)
    planned = next((each for each in absences.live_of(tx, desk.slug, who) if each.id == number), None)
    if planned is None or planned.since <= at:
        raise PastAbsenceError("this absence has begun, or was never planned")
    _tell(tx, "staff.away_called_off", planned, by=by, at=at)
    return absences.change(tx, planned, ended_at=at)


def keep_time(tx: Tx, *, desk: DeskNow, at: datetime) -> int:
    """Write down which absences have begun or ended by themselves, at the instants at which they did; how many."""
    done = 0
    for absence in absences.live(tx, desk.slug):
        if absence.until is not None and absence.until <= at:
            if absence.began_at is None:
                _begin(tx, absence)
            _end(tx, absence, by=SYSTEM, at=absence.until)
            done += 1
        elif absence.began_at is None and absence.since <= at:
            _begin(tx, absence)
            done += 1
    return done


def _may(by: Actor, who: str, desk: DeskNow) -> None:
    require(by, Role.AGENT if by.id == who else Role.SUPERVISOR, desk.slug)


def _begin(tx: Tx, absence: AbsenceNow) -> None:
    absences.change(tx, absence, began_at=absence.since)
    _tell(tx, "staff.away", absence, by=SYSTEM, at=absence.since)


def _end(tx: Tx, absence: AbsenceNow, *, by: Actor, at: datetime) -> AbsenceNow:
    append(
        tx, "staff.back", desk=absence.desk, at=at, subject=absence.staff, actor=by.key, absence=absence.id,
        away=str(absence.kind),
    )  # fmt: skip
    return absences.change(tx, absence, ended_at=at)


def _tell(tx: Tx, kind: str, absence: AbsenceNow, *, by: Actor, at: datetime) -> None:
    append(
        tx, kind, desk=absence.desk, at=at, subject=absence.staff, actor=by.key, absence=absence.id,
        away=str(absence.kind), since=absence.since.isoformat(),
        until=absence.until.isoformat() if absence.until else None, substitute=absence.substitute, reason=absence.note,
    )  # fmt: skip
