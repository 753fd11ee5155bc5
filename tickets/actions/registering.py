"""The register of findings: supervisors write and judge, whoever is responsible tells how far they have come.

What was said stands in the register's own history (`finding_notes`); the events of the ledger hold ids alone.
"""

import re
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, func, select, update

from tickets import staff
from tickets import ticket as tickets_
from tickets.actions.errors import ActError, NotAllowedError, NothingToSayError, RuleError, UnknownValueError
from tickets.actions.rights import require
from tickets.actor import Actor, Kind, Role
from tickets.findings import LONGEST_TEXT, Effect, Matter, Stand, Step, next_reminder
from tickets.hours import Calendar
from tickets.ledger.events import append
from tickets.ledger.prepared import Prepared, Row, inserting
from tickets.ledger.tx import Tx
from tickets.tables import Finding, FindingNote
from tickets.ticket import NoSuchTicketError

FURTHEST = timedelta(days=5 * 366)  # that a finding may be due ahead
_SERVICE = re.compile(r"(category|procedure):[\w.-]{1,100}")

_FINDINGS = Finding.__table__  # type: ignore[attr-defined]
_NOTES = FindingNote.__table__  # type: ignore[attr-defined]
_INSERT = inserting(Finding)
_NOTE = inserting(FindingNote)
_ONE = Prepared(select(_FINDINGS).where(_FINDINGS.c.id == bindparam("id")))
_LINES = Prepared(select(func.count().label("many")).where(_NOTES.c.finding == bindparam("finding")))
_MATTER = ("source", "service", "ticket", "clock", "text", "cause", "action", "responsible", "due_on")
_STANDING = ("stand", "proposed_at", "closed_at", "closed_by", "effect")
_CHANGE = Prepared(
    update(_FINDINGS)
    .where(_FINDINGS.c.id == bindparam("key"))
    .values({name: bindparam(f"new_{name}") for name in (*_MATTER, "remind_at")})
)
_STAND = Prepared(
    update(_FINDINGS)
    .where(_FINDINGS.c.id == bindparam("key"))
    .values({name: bindparam(f"new_{name}") for name in (*_STANDING, "remind_at")})
)
_REMIND = Prepared(
    update(_FINDINGS).where(_FINDINGS.c.id == bindparam("key")).values(remind_at=bindparam("new_remind_at"))
)
_DUE = Prepared(
    select(_FINDINGS)
    .where(_FINDINGS.c.remind_at <= bindparam("now"))
    .order_by(_FINDINGS.c.remind_at, _FINDINGS.c.id)
    .limit(bindparam("most"))
)


class NoSuchFindingError(ActError):
    """There is no such finding."""

    code = "not_found"

    def __init__(self, finding: int) -> None:
        super().__init__(f"there is no finding {finding}")


@dataclass(frozen=True, kw_only=True)
class FindingNow:
    """A finding as it stands in this transaction."""

    id: int
    desk: str
    ticket: int | None
    text: str
    action: str
    responsible: str | None
    due_on: date | None
    stand: Stand


def load(tx: Tx, finding: int) -> FindingNow:
    """Return a finding. Raises NoSuchFindingError."""
    row = tx.one(_ONE, id=finding)
    if row is None:
        raise NoSuchFindingError(finding)
    return _now(row)


def record(tx: Tx, desk: str, matter: Matter, *, calendar: Calendar, by: Actor, at: datetime) -> int:
    """Write a finding down; its id. For supervisors."""
    require(by, Role.SUPERVISOR, desk)
    sound = _sound(tx, desk, matter, at=at)
    id_ = tx.next_id("findings")
    tx.run(
        _INSERT, id=id_, desk=desk, found_at=at, found_by=by.key, **asdict(sound), stand=str(Stand.OPEN), proposed_at=None,
        closed_at=None, closed_by=None, effect=None, remind_at=next_reminder(calendar, sound.due_on, after=at),
    )  # fmt: skip
    _tell(tx, load(tx, id_), Step.RECORDED, "", by=by, at=at)
    return id_


def change(tx: Tx, finding: int, matter: Matter, *, calendar: Calendar, by: Actor, at: datetime) -> None:
    """Write it down otherwise: another cause, action, person, day. For supervisors, while it is not closed."""
    found = load(tx, finding)
    require(by, Role.SUPERVISOR, found.desk)
    _require_not_closed(found)
    sound = _sound(tx, found.desk, matter, at=at)
    remind_at = next_reminder(calendar, sound.due_on, after=at) if found.stand is Stand.OPEN else None
    tx.run(_CHANGE, key=finding, **_new(asdict(sound)), new_remind_at=remind_at)
    _tell(tx, found, Step.CHANGED, "", by=by, at=at)


def note(tx: Tx, finding: int, text: str, *, by: Actor, at: datetime) -> None:
    """Tell how far it has come."""
    found = _theirs(tx, finding, by)
    _require_not_closed(found)
    _tell(tx, found, Step.NOTED, _said(text), by=by, at=at)


def propose(tx: Tx, finding: int, text: str, *, by: Actor, at: datetime) -> None:
    """Say that it is done, and what was done; a supervisor judges. Nobody is reminded until then."""
    found = _theirs(tx, finding, by)
    if found.stand is not Stand.OPEN:
        raise RuleError(f"finding {finding} is {found.stand} already")
    _stand(tx, finding, Stand.PROPOSED, proposed_at=at)
    _tell(tx, found, Step.PROPOSED, _said(text), by=by, at=at)


def send_back(tx: Tx, finding: int, text: str, *, calendar: Calendar, by: Actor, at: datetime) -> None:
    """Say that it is not done after all, and what is lacking. For supervisors."""
    found = load(tx, finding)
    require(by, Role.SUPERVISOR, found.desk)
    if found.stand is not Stand.PROPOSED:
        raise RuleError(f"nobody has proposed that finding {finding} is done")
    _stand(tx, finding, Stand.OPEN, remind_at=next_reminder(calendar, found.due_on, after=at))
    _tell(tx, found, Step.SENT_BACK, _said(text), by=by, at=at)


def close(tx: Tx, finding: int, text: str, effect: Effect, *, by: Actor, at: datetime) -> None:
    """Close it: what was done, and how far that has helped. For supervisors."""
    found = load(tx, finding)
    require(by, Role.SUPERVISOR, found.desk)
    _require_not_closed(found)
    _stand(tx, finding, Stand.CLOSED, closed_at=at, closed_by=by.key, effect=str(effect))
    _tell(tx, found, Step.CLOSED, _said(text), by=by, at=at)


def reopen(tx: Tx, finding: int, text: str, *, calendar: Calendar, by: Actor, at: datetime) -> None:
    """Open it again: it has come back, or the action has not helped. For supervisors."""
    found = load(tx, finding)
    require(by, Role.SUPERVISOR, found.desk)
    if found.stand is not Stand.CLOSED:
        raise RuleError(f"finding {finding} is not closed")
    _stand(tx, finding, Stand.OPEN, remind_at=next_reminder(calendar, found.due_on, after=at))
    _tell(tx, found, Step.REOPENED, _said(text), by=by, at=at)


def take_due(tx: Tx, *, now: datetime, most: int) -> tuple[FindingNow, ...]:
    """Return the findings of which somebody is to be reminded now, the longest due first."""
    return tuple(_now(row) for row in tx.all(_DUE, now=now, most=most))


def reminded(tx: Tx, found: FindingNow, *, calendar: Calendar | None, at: datetime) -> None:
    """Write down that somebody was, so that it is next when it is due next; without a calendar, never more."""
    remind_at = None if calendar is None else next_reminder(calendar, found.due_on, after=at)
    tx.run(_REMIND, key=found.id, new_remind_at=remind_at)


def _theirs(tx: Tx, finding: int, by: Actor) -> FindingNow:
    """Return a finding that is theirs to tell about: they are responsible for it, or supervise its desk."""
    found = load(tx, finding)
    require(by, Role.VIEWER, found.desk)
    is_theirs = by.kind is Kind.STAFF and by.id == found.responsible
    if not is_theirs and not by.may(Role.SUPERVISOR, found.desk):
        raise NotAllowedError(f"{by.key} is not responsible for finding {finding}")
    return found


def _sound(tx: Tx, desk: str, matter: Matter, *, at: datetime) -> Matter:
    """Return the matter as it is kept. Raises NothingToSayError, UnknownValueError."""
    texts = {name: getattr(matter, name).strip() for name in ("text", "cause", "action")}
    if not texts["text"]:
        raise NothingToSayError("a finding says what was found")
    for name, text in texts.items():
        if len(text) > LONGEST_TEXT:
            raise UnknownValueError(
                f"{name} has {LONGEST_TEXT} characters at most", field=name, value=text[:40]
            )
    if matter.due_on is not None and abs(matter.due_on - at.date()) > FURTHEST:
        raise UnknownValueError(
            "a finding is due within five years", field="due_on", value=matter.due_on.isoformat()
        )
    if matter.responsible and matter.responsible not in {person.id for person in staff.active(tx, desk)}:
        raise UnknownValueError(
            f"nobody at {desk} is called {matter.responsible}", field="responsible", value=matter.responsible
        )
    if matter.service is not None and not _SERVICE.fullmatch(matter.service):
        raise UnknownValueError("no service is called so", field="service", value=matter.service[:40])
    if matter.ticket is not None and not _is_of(tx, matter.ticket, desk):
        raise UnknownValueError(
            f"{desk} has no ticket #{matter.ticket}", field="ticket", value=str(matter.ticket)
        )
    return Matter(**{**asdict(matter), **texts, "source": matter.source})


def _is_of(tx: Tx, ticket: int, desk: str) -> bool:
    try:
        return tickets_.load(tx, ticket).desk == desk
    except NoSuchTicketError:
        return False


def _said(text: str) -> str:
    said = text.strip()
    if not said:
        raise NothingToSayError("a line of the register says something")
    return said[:LONGEST_TEXT]


def _require_not_closed(found: FindingNow) -> None:
    if found.stand is Stand.CLOSED:
        raise RuleError(f"finding {found.id} is closed; open it again first")


def _stand(tx: Tx, finding: int, stand: Stand, **values: Any) -> None:
    standing = dict.fromkeys((*_STANDING, "remind_at")) | values | {"stand": str(stand)}
    tx.run(_STAND, key=finding, **_new(standing))


def _new(values: dict[str, Any]) -> dict[str, Any]:
    return {f"new_{name}": value for name, value in values.items()}


def _tell(tx: Tx, found: FindingNow, step: Step, text: str, *, by: Actor, at: datetime) -> None:
    row = tx.one(_LINES, finding=found.id)
    number = 1 if row is None else int(row.many) + 1
    tx.run(_NOTE, finding=found.id, number=number, at=at, by=by.key, step=str(step), text=text)
    append(
        tx, f"finding.{step}", desk=found.desk, ticket=found.ticket, subject=found.id, actor=by.key, at=at,
        finding=found.id,
    )  # fmt: skip


def _now(row: Row) -> FindingNow:
    return FindingNow(
        id=row.id, desk=row.desk, ticket=row.ticket, text=row.text, action=row.action, responsible=row.responsible, due_on=row.due_on,
        stand=Stand(row.stand),
    )  # fmt: skip
