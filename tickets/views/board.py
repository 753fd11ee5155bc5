"""The supervisors' board: what is to be looked after at a desk, and the tickets behind each figure.

Each figure is one question that its own partial index answers, so the cost follows what is wrong and not how much
there ever was. Figures stop counting at `MOST`: beyond it nobody needs the exact number, and the database would have
to walk for it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Select, and_, bindparam, exists, func, literal_column, or_, select, union_all
from sqlmodel import Session

from tickets.clocks import FIRST_RESPONSE, NEXT_RESPONSE, RESOLUTION
from tickets.desk import Supervision
from tickets.lifecycle import TO_DO, Status
from tickets.tables import AskedSurvey, Clock, Inbound, Message, Ticket, VerificationDraw

MOST = 1000
_OPEN_AT_MOST = 100_000  # tickets that are not closed
_READ_AT_MOST = 4 * MOST  # rows of clocks or messages: several may belong to one ticket


class Figure(StrEnum):
    """What the board counts, worst first."""

    BREACHED = "breached"
    UNDELIVERED = "undelivered"
    SOON = "soon"  # a promise is about to be broken: the share after which supervisors are warned has gone by
    UNANSWERED = "unanswered"  # the contact waits for an answer of a person
    WAITING_LONG = "waiting_long"  # for the contact
    UNCATEGORISED = "uncategorised"
    LOW_SCORE = "low_score"  # of the survey, and nobody has noted what was done about it
    TO_VERIFY = "to_verify"  # solved, and drawn: only a supervisor closes it
    UNVERIFIED = "unverified"  # solved and not yet closed


@dataclass(frozen=True, kw_only=True)
class Tally:
    """One figure, and which tickets it counts."""

    figure: Figure
    tickets: tuple[int, ...]  # worst first, at most MOST
    since: datetime | None  # of the worst: since when, or until when

    @property
    def count(self) -> int:
        return len(self.tickets)

    @property
    def more(self) -> bool:
        """Whether there may be more than were counted."""
        return len(self.tickets) >= MOST


@dataclass(frozen=True, kw_only=True)
class KeptView:
    """Something that came in and could not be processed; it is kept raw and can be replayed."""

    account: str
    event_id: str
    at: datetime
    error: str | None


@dataclass(frozen=True, kw_only=True)
class Board:
    desk: str
    at: datetime
    kept: tuple[KeptView, ...]  # failed intake, oldest first
    tallies: Mapping[Figure, Tally]  # all of them, worst first

    @property
    def all_done(self) -> bool:
        return not self.kept and not any(tally.count for tally in self.tallies.values())


_TICKETS = Ticket.__table__  # type: ignore[attr-defined]
_CLOCKS = Clock.__table__  # type: ignore[attr-defined]
_MESSAGES = Message.__table__  # type: ignore[attr-defined]
_INBOUND = Inbound.__table__  # type: ignore[attr-defined]
_SURVEYS = AskedSurvey.__table__  # type: ignore[attr-defined]
_DRAWS = VerificationDraw.__table__  # type: ignore[attr-defined]


def _text(value: str) -> Any:
    """A constant that stands in the statement: with a parameter in its place a partial index is not used."""
    return literal_column(f"'{value}'")


_DESK: Any = bindparam("desk")
_MANY: Any = bindparam("most")
_ROWS: Any = bindparam("rows")
_OPEN: Any = bindparam("open")
_RUNS = and_(_CLOCKS.c.met_at.is_(None), _CLOCKS.c.ended_at.is_(None))
_IN_TROUBLE = and_(
    _CLOCKS.c.desk == _DESK, _RUNS, or_(_CLOCKS.c.warned_at.is_not(None), _CLOCKS.c.lapsed_at.is_not(None))
)
_HAS_LAPSED = _CLOCKS.c.lapsed_at >= _CLOCKS.c.due_at  # a clock that was extended since has not
_AWAITED = and_(
    _CLOCKS.c.desk == _DESK, _RUNS, _CLOCKS.c.kind.in_([_text(FIRST_RESPONSE), _text(NEXT_RESPONSE)])
)
_IS_LOST = _MESSAGES.c.delivery.in_([_text("failed"), _text("unknown")])


def _each_once(rows: Select[Any]) -> Select[Any]:
    """Take (number, at) rows together by ticket, the earliest first."""
    found = rows.subquery()
    since = func.min(found.c.at)
    return (
        select(found.c.number, since.label("at"))
        .group_by(found.c.number)
        .order_by(since, found.c.number)
        .limit(_MANY)
    )


def _clocks(*conditions: Any) -> Select[Any]:
    return (
        select(_CLOCKS.c.ticket.label("number"), _CLOCKS.c.due_at.label("at"))
        .where(_IN_TROUBLE, *conditions)
        .order_by(_CLOCKS.c.due_at)
        .limit(_ROWS)
    )


def _tickets(at: Any, *conditions: Any) -> Select[Any]:
    return (
        select(_TICKETS.c.number, at.label("at"))
        .where(_TICKETS.c.desk == _DESK, *conditions)
        .order_by(_TICKETS.c.number)
        .limit(_MANY)
    )


# Messages were lost for as long as there is a desk: those of tickets that are not closed are looked up from the
# tickets. The limit keeps the databases from turning that round, which they do with any statistics of their own.
_NOT_CLOSED = (
    select(_TICKETS.c.number)
    .where(
        _TICKETS.c.desk == _DESK,
        _TICKETS.c.status.in_([_text(status) for status in (*sorted(TO_DO), Status.SOLVED)]),
    )
    .limit(_OPEN)
).subquery()
_LOST = (
    select(_MESSAGES.c.id, _MESSAGES.c.ticket.label("number"), _MESSAGES.c.at)
    .select_from(_NOT_CLOSED.join(_MESSAGES, _MESSAGES.c.ticket == _NOT_CLOSED.c.number))
    .where(_MESSAGES.c.desk == _DESK, _IS_LOST)
    .limit(_ROWS)
).subquery()
_ANSWERED_SINCE = exists().where(
    _MESSAGES.c.ticket == _LOST.c.number,
    _MESSAGES.c.id > _LOST.c.id,
    _MESSAGES.c.direction == "out",
    _MESSAGES.c.author == "agent",
    or_(_MESSAGES.c.delivery.is_(None), _MESSAGES.c.delivery.not_in(["failed", "unknown"])),
)
_NEW = _tickets(_TICKETS.c.created_at, _TICKETS.c.status == "new").subquery()
_ASKED_AGAIN = (
    select(_CLOCKS.c.ticket.label("number"), _CLOCKS.c.started_at.label("at"))
    .where(_AWAITED)
    .order_by(_CLOCKS.c.started_at)
    .limit(_ROWS)
).subquery()
_DRAWN = exists().where(
    _DRAWS.c.ticket == _TICKETS.c.number, _DRAWS.c.cycle == _TICKETS.c.cycle, _DRAWS.c.drawn
)
_QUESTIONS: Mapping[Figure, Select[Any]] = {
    Figure.BREACHED: _each_once(_clocks(_HAS_LAPSED)),
    Figure.UNDELIVERED: _each_once(select(_LOST.c.number, _LOST.c.at).where(~_ANSWERED_SINCE)),
    Figure.SOON: _each_once(
        _clocks(
            _CLOCKS.c.warned_at.is_not(None),
            or_(_CLOCKS.c.lapsed_at.is_(None), ~_HAS_LAPSED),
            _CLOCKS.c.paused_at.is_(None),
        )
    ),
    Figure.UNANSWERED: _each_once(select(union_all(select(_NEW), select(_ASKED_AGAIN)).subquery())),
    Figure.WAITING_LONG: (
        select(_TICKETS.c.number, _CLOCKS.c.paused_at.label("at"))
        .join(_CLOCKS, and_(_CLOCKS.c.ticket == _TICKETS.c.number, _CLOCKS.c.kind == RESOLUTION, _RUNS))
        .where(
            _TICKETS.c.desk == _DESK,
            _TICKETS.c.status == "waiting",
            _TICKETS.c.snoozed_until.is_(None),  # somebody has said when to look again
            _CLOCKS.c.paused_at <= bindparam("long_ago"),
        )
        .order_by(_CLOCKS.c.paused_at, _TICKETS.c.number)
        .limit(_MANY)
    ),
    Figure.UNCATEGORISED: _tickets(
        _TICKETS.c.created_at, _TICKETS.c.category.is_(None), _TICKETS.c.status != _text("closed")
    ),
    Figure.LOW_SCORE: _each_once(
        select(_SURVEYS.c.ticket.label("number"), _SURVEYS.c.found_at.label("at")).where(
            _SURVEYS.c.desk == _DESK, _SURVEYS.c.found_at.is_not(None), _SURVEYS.c.followed_up_at.is_(None)
        )
    ),
    Figure.TO_VERIFY: _tickets(_TICKETS.c.solved_at, _TICKETS.c.status == "solved", _DRAWN),
    Figure.UNVERIFIED: _tickets(_TICKETS.c.solved_at, _TICKETS.c.status == "solved"),
}
_KEPT = (
    select(_INBOUND.c.account, _INBOUND.c.event_id, _INBOUND.c.at, _INBOUND.c.error)
    .where(
        _INBOUND.c.processed_at.is_(None),
        _INBOUND.c.account >= bindparam("first_account"),
        _INBOUND.c.account < bindparam("after_last"),
    )
    .order_by(_INBOUND.c.at)
    .limit(_MANY)
)


def board(session: Session, desk: str, supervision: Supervision, *, now: datetime) -> Board:
    """Read everything that a desk's supervisors should look after."""
    asked = _asked(desk, supervision, now)
    return Board(
        desk=desk,
        at=now,
        kept=kept(session, desk),
        tallies={figure: _tally(session, figure, asked) for figure in Figure},
    )


def tally(session: Session, desk: str, figure: Figure, supervision: Supervision, *, now: datetime) -> Tally:
    """Read one figure of a desk's board alone."""
    return _tally(session, figure, _asked(desk, supervision, now))


def _asked(desk: str, supervision: Supervision, now: datetime) -> Mapping[str, Any]:
    return {
        "desk": desk,
        "most": MOST,
        "rows": _READ_AT_MOST,
        "open": _OPEN_AT_MOST,
        "long_ago": now - supervision.waits_long,
    }


def kept(session: Session, desk: str) -> tuple[KeptView, ...]:
    """Read what came in at a desk and could not be processed, oldest first."""
    # The accounts of a desk are "<desk>/…"; "0" is the character after "/".
    accounts = {"first_account": f"{desk}/", "after_last": f"{desk}0", "most": MOST}
    return tuple(KeptView(**row) for row in session.execute(_KEPT, accounts).mappings())


def _tally(session: Session, figure: Figure, asked: Mapping[str, Any]) -> Tally:
    rows = session.execute(_QUESTIONS[figure], asked).all()
    return Tally(
        figure=figure,
        tickets=tuple([number for number, _ in rows]),
        since=min([at for _, at in rows], default=None),
    )
