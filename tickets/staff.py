"""The people of a desk, as rows: those that its file names and those that were added by hand.

Rows of the file follow the file; a row that a person added or disabled is theirs, and the file leaves it alone. The
look-ups tell a staff member's message from a contact's.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, select, update
from sqlmodel import Session

from tickets.actor import Actor, Kind, Role
from tickets.desk import Desk, StaffMember, Team
from tickets.ledger.events import append
from tickets.ledger.prepared import Insert, Prepared, Row
from tickets.ledger.tx import Tx
from tickets.tables import Staff

FILE, HAND = "file", "hand"
LEFT = "staff.left"

_STAFF = Staff.__table__  # type: ignore[attr-defined]
_KEY = ("desk", "id")
_ACTIVE = select(_STAFF).where(_STAFF.c.disabled_at.is_(None)).order_by(_STAFF.c.desk, _STAFF.c.id)
_AT_DESK = Prepared(_ACTIVE.where(_STAFF.c.desk == bindparam("desk")))
_WITH_EMAIL = Prepared(_ACTIVE.where(_STAFF.c.email == bindparam("email")))
_GONE = select(_STAFF.c.id).where(_STAFF.c.desk == bindparam("desk"), _STAFF.c.disabled_at.is_not(None))
_GONE_NOW = Prepared(_GONE)
_OF_FILE = Prepared(
    select(_STAFF.c.id).where(
        _STAFF.c.desk == bindparam("desk"),
        _STAFF.c.origin == bindparam("origin"),
        _STAFF.c.disabled_at.is_(None),
    )
)
_DISABLE = Prepared(
    update(_STAFF)
    .where(
        _STAFF.c.desk == bindparam("of_desk"),
        _STAFF.c.id == bindparam("of_id"),
        _STAFF.c.disabled_at.is_(None),
    )
    .values(disabled_at=bindparam("at"), origin=bindparam("origin"))
)


def _saving(*, over_hand: bool) -> Prepared:
    def statement(insert: Insert) -> object:
        into = insert(_STAFF)
        fields = {column.name: into.excluded[column.name] for column in _STAFF.c if column.name not in _KEY}
        where = None if over_hand else _STAFF.c.origin == FILE
        return into.on_conflict_do_update(index_elements=list(_KEY), set_=fields, where=where)

    return Prepared(statement)  # type: ignore[arg-type]  # both dialects' inserts are executable


_SAVE_FROM_FILE, _SAVE_BY_HAND = _saving(over_hand=False), _saving(over_hand=True)


@dataclass(frozen=True, kw_only=True)
class StaffNow:
    """Somebody who works at a desk now."""

    desk: str
    id: str
    name: str
    role: Role
    email: str | None  # lower case
    telegram: str | None  # user id in digits
    whatsapp: str | None  # E.164
    origin: str  # file, hand
    helps: Mapping[str, bool] | None = None  # second line: its teams, and whether each may answer contacts
    kind: Kind = Kind.STAFF

    @property
    def may_hold(self) -> bool:
        """Whether tickets may be theirs; who only looks holds none."""
        return self.role is not Role.VIEWER

    @property
    def actor(self) -> Actor:
        """Return them as somebody who acts at this desk and no other."""
        helps = None if self.helps is None else frozenset(self.helps)
        answers = frozenset(team for team, may in (self.helps or {}).items() if may)
        return Actor(
            kind=self.kind, id=self.id, role=self.role, desks=frozenset({self.desk}), helps=helps, answers=answers
        )  # fmt: skip


def sync(tx: Tx, desk: Desk, at: datetime) -> None:
    """Let the rows that came from the desk's file follow it; whoever left the file is disabled."""
    for member in desk.staff:
        _save(tx, _SAVE_FROM_FILE, desk.slug, member, origin=FILE, helps=desk.second_line_of(member))
    named = {member.id for member in desk.staff}
    for row in tx.all(_OF_FILE, desk=desk.slug, origin=FILE):
        if row.id not in named:
            _let_go(tx, desk.slug, row.id, origin=FILE, at=at)


def add(tx: Tx, desk: str, member: StaffMember) -> None:
    """Add somebody by hand, or change who they are; the desk's file does not touch them from then on."""
    _save(tx, _SAVE_BY_HAND, desk, member, origin=HAND)


def disable(tx: Tx, desk: str, id: str, *, at: datetime) -> bool:  # noqa: A002  the word of the desk file
    """Let somebody work here no longer, even if the file still names them. False: nobody active is called so."""
    return _let_go(tx, desk, id, origin=HAND, at=at)


def gone(tx: Tx, desk: str) -> frozenset[str]:
    """Return the ids of those who worked at a desk once and do no longer."""
    return frozenset(row.id for row in tx.all(_GONE_NOW, desk=desk))


def seen_gone(session: Session, desk: str) -> frozenset[str]:
    """Return the same for whoever only reads."""
    return frozenset(session.execute(_GONE, {"desk": desk}).scalars())


def active(tx: Tx, desk: str) -> tuple[StaffNow, ...]:
    """Return everybody who works at a desk now."""
    return tuple(staff_from(row) for row in tx.all(_AT_DESK, desk=desk))


def holders(tx: Tx, desk: str) -> frozenset[str]:
    """Return the ids of those who may hold tickets: everybody who works here, but for those who may only look."""
    return frozenset(person.id for person in active(tx, desk) if person.may_hold)


def with_email(tx: Tx, email: str) -> tuple[StaffNow, ...]:
    """Return the rows of one person at all desks."""
    return tuple(staff_from(row) for row in tx.all(_WITH_EMAIL, email=email.strip().lower()))


def named(tx: Tx, desk: str, words: str) -> StaffNow | None:
    """Find somebody as colleagues name them: by id, mailbox, or a name that only one of them has."""
    wanted = words.strip().lower().removeprefix("@")
    people = active(tx, desk)
    exact = next((person for person in people if wanted in {person.id.lower(), person.email}), None)
    if exact is not None:
        return exact
    called = [person for person in people if person.name.lower() == wanted]
    called = called or [person for person in people if wanted in person.name.lower().split()]
    return called[0] if len(called) == 1 else None


def team_as_one(desk: Desk, team: Team) -> StaffNow:
    """Return a team as one who writes in its name: its mailbox, its tracker."""
    return StaffNow(
        desk=desk.slug, id=team.id, name=team.name, role=Role.AGENT, email=team.email, telegram=None, whatsapp=None,
        origin=FILE, helps={team.id: team.answers}, kind=Kind.TEAM,
    )  # fmt: skip


def _save(
    tx: Tx, statement: Prepared, desk: str, member: StaffMember, *, origin: str,
    helps: Mapping[str, bool] | None = None,
) -> None:  # fmt: skip
    tx.run(
        statement, desk=desk, id=member.id, name=member.name, role=str(member.role),
        email=member.email.lower() if member.email else None, telegram=member.telegram,
        whatsapp=member.whatsapp, origin=origin, helps=None if helps is None else dict(helps), disabled_at=None,
    )  # fmt: skip


def staff_from(row: Row) -> StaffNow:
    """Return a row of the table as a value."""
    return StaffNow(
        desk=row.desk, id=row.id, name=row.name, role=Role(row.role), email=row.email, telegram=row.telegram,
        whatsapp=row.whatsapp, origin=row.origin, helps=row.helps,
    )  # fmt: skip


def _let_go(tx: Tx, desk: str, id: str, *, origin: str, at: datetime) -> bool:  # noqa: A002  the column
    """Let somebody work here no longer; say whether they did."""
    if not tx.run(_DISABLE, of_desk=desk, of_id=id, at=at, origin=origin):
        return False
    append(tx, LEFT, desk=desk, subject=id, at=at)
    return True
