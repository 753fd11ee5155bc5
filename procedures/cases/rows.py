"""The rows of a case, read and written inside the writer's transaction."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, select, update

from procedures.asking import answer_data
from procedures.cases.engine import Past, Standing
from procedures.cases.tables import Case, CaseTurn
from procedures.definition.procedure import SKIPPED
from tickets.ledger.prepared import Prepared, Row, inserting
from tickets.ledger.seeking import among
from tickets.ledger.tx import Tx
from tickets.tables import Ticket

_CASES = Case.__table__  # type: ignore[attr-defined]
_TURNS = CaseTurn.__table__  # type: ignore[attr-defined]
_OF_PARENT = ("parent", "parent_step", "parent_round")
_INSERT = inserting(Case)
_BY_ID = Prepared(select(_CASES).where(_CASES.c.id == bindparam("id")))
_OF_TICKET = Prepared(select(_CASES).where(_CASES.c.ticket == bindparam("ticket")).order_by(_CASES.c.id))
_SAVE = Prepared(
    update(_CASES)
    .where(_CASES.c.id == bindparam("of_id"))
    .values(
        {name: bindparam(name) for name in ("revision", "answers", "named", "reached", "ended", "ended_at")}
    )
)
_TURNS_OF = Prepared(select(_TURNS).where(_TURNS.c.case == bindparam("case")).order_by(_TURNS.c.place))
_OPEN = Prepared(
    select(_TURNS.c.case, _TURNS.c.step, _TURNS.c.round)
    .join(_CASES, _CASES.c.id == _TURNS.c.case)
    .where(
        _CASES.c.desk == bindparam("desk"), _CASES.c.ended.is_(None),
        _TURNS.c.begun_at.is_not(None), _TURNS.c.ended_at.is_(None),
    )
    .order_by(_TURNS.c.case, _TURNS.c.place)
)  # fmt: skip
_TICKETS = Ticket.__table__  # type: ignore[attr-defined]
_OPEN_OF = Prepared(
    select(_CASES.c.id, _CASES.c.ticket)
    .join(_TICKETS, _TICKETS.c.number == _CASES.c.ticket)
    .where(_TICKETS.c.contact == bindparam("contact"), _CASES.c.ended.is_(None))
    .order_by(_CASES.c.id)
)
_OPEN_OF_MANY = Prepared(
    select(_TICKETS.c.contact)
    .join(_CASES, _TICKETS.c.number == _CASES.c.ticket)
    .where(among(_TICKETS.c.contact), _CASES.c.ended.is_(None))
)
_IDLE = "idle"  # under this a transaction remembers contacts who have no case under way
_SAVE_TURN = Prepared(
    lambda insert: insert(_TURNS).on_conflict_do_update(
        index_elements=["case", "step", "round"],
        set_={
            name: insert(_TURNS).excluded[name]
            for name in (
                "begun_at",
                "ended_at",
                "outcome",
                "by",
                "reason",
                "holder",
                "asked_by",
                "took",
                "late",
                "votes",
            )
        },
    )
)


class NoSuchCaseError(Exception):
    """There is no case of that number."""

    def __init__(self, case: int) -> None:
        super().__init__(f"there is no case {case}")
        self.case = case


@dataclass(frozen=True, kw_only=True)
class Vote:
    """What one person has said of a step that a committee decides."""

    by: str  # actor
    outcome: str
    at: datetime
    reason: str | None = None


@dataclass(frozen=True, kw_only=True)
class Turn:
    """One time that a step was begun, or waits to be."""

    step: str
    round: int
    place: int
    begun_at: datetime | None = None
    ended_at: datetime | None = None
    outcome: str | None = None
    by: str | None = None
    reason: str | None = None
    holder: str | None = None  # id of the one person whose turn it is
    asked_by: str | None = None  # actor who waits for an answer of the requester
    took: int | None = None  # microseconds as its standard counts, once somebody has ended it
    late: int | None = None  # of these, what was beyond its due instant; None: it was in time

    votes: tuple[Vote, ...] = ()  # the earliest first

    @property
    def is_open(self) -> bool:
        return self.begun_at is not None and self.ended_at is None


@dataclass(frozen=True, kw_only=True)
class Within:
    """The turn of another case that has begun one."""

    case: int
    step: str
    round: int


@dataclass(frozen=True, kw_only=True)
class CaseNow:
    """One case as it stands in this transaction."""

    id: int
    desk: str
    ticket: int
    procedure: str
    revision: int
    begun_by: str
    begun_at: datetime
    answers: Mapping[str, Any] = field(default_factory=dict, repr=False)
    named: Mapping[str, str] = field(default_factory=dict)  # role → whoever was named to act in it
    reached: str | None = None
    ended: str | None = None
    ended_at: datetime | None = None
    within: Within | None = None
    turns: tuple[Turn, ...] = ()  # the earliest begun first

    def turn(self, step: str) -> Turn | None:
        """Return the turn of a step that is open now."""
        return next((turn for turn in self.turns if turn.step == step and turn.is_open), None)

    @property
    def ended_steps(self) -> Mapping[str, datetime]:
        """Return when each step that somebody did was last over."""
        done = (turn for turn in self.turns if turn.outcome not in {None, SKIPPED})
        return {turn.step: turn.ended_at for turn in done if turn.ended_at is not None}

    @property
    def standing(self) -> Standing:
        """Return the case as the engine sees it."""
        rounds: dict[str, int] = {}
        for turn in self.turns:
            if turn.begun_at is not None:
                rounds[turn.step] = max(turn.round, rounds.get(turn.step, 0))
        over = sorted(
            (turn for turn in self.turns if turn.ended_at), key=lambda turn: (turn.ended_at, turn.place)
        )
        return Standing(
            open=tuple(turn.step for turn in self.turns if turn.is_open),
            held=tuple(turn.step for turn in self.turns if turn.begun_at is None and turn.ended_at is None),
            rounds=rounds,
            past=tuple(
                Past(step=turn.step, round=turn.round, outcome=turn.outcome) for turn in over if turn.outcome
            ),
            reached=self.reached,
            ended=self.ended,
        )


def create(tx: Tx, **fields: Any) -> CaseNow:
    """Write a new case down; `answers` as values."""
    case = CaseNow(id=tx.next_id("cases"), **fields)
    plain = {name: getattr(case, name) for name in _CASES.c.keys() if name not in _OF_PARENT}  # noqa: SIM118  the names of columns
    within = (case.within.case, case.within.step, case.within.round) if case.within else (None,) * 3
    parent = dict(zip(_OF_PARENT, within, strict=True))
    tx.run(_INSERT, **plain | parent | {"answers": answer_data.to_data(case.answers)})
    return case


def load(tx: Tx, id: int) -> CaseNow:  # noqa: A002  the column
    """Return a case. Raises NoSuchCaseError."""
    row = tx.one(_BY_ID, id=id)
    if row is None:
        raise NoSuchCaseError(id)
    return case_from(row, tx.all(_TURNS_OF, case=id))


def of_ticket(tx: Tx, ticket: int) -> tuple[CaseNow, ...]:
    """Return the cases of a ticket, the oldest first."""
    return tuple(case_from(row, tx.all(_TURNS_OF, case=row.id)) for row in tx.all(_OF_TICKET, ticket=ticket))


def open_at(tx: Tx, desk: str) -> list[tuple[int, str, int]]:
    """Return the turns at which the cases of a desk stand: case, step and round."""
    return [(row.case, row.step, row.round) for row in tx.all(_OPEN, desk=desk)]


def foresee(tx: Tx, contacts: Sequence[int]) -> None:
    """Look at once which of these contacts have a case under way, so that the others need no look of their own."""
    have = {row.contact for row in tx.among(_OPEN_OF_MANY, [(contact,) for contact in contacts])}
    tx.memo_of(_CASES)[_IDLE] = frozenset(contacts) - have


def running_of(tx: Tx, contact: int) -> list[tuple[int, int]]:
    """Return the cases under way on tickets of a contact: case and ticket."""
    if contact in tx.memo_of(_CASES).get(_IDLE, ()):
        return []
    return [(row.id, row.ticket) for row in tx.all(_OPEN_OF, contact=contact)]


def asked_for(found: Sequence[CaseNow]) -> CaseNow | None:
    """Return the newest of a ticket's cases (the oldest first) that no other has begun."""
    return next((case for case in reversed(found) if case.within is None), None)


def save(tx: Tx, case: CaseNow, turns: Sequence[Turn]) -> None:
    """Write down how a case stands now, with the turns that have changed."""
    tx.run(
        _SAVE,
        of_id=case.id,
        revision=case.revision,
        answers=answer_data.to_data(case.answers),
        named=dict(case.named),
        reached=case.reached,
        ended=case.ended,
        ended_at=case.ended_at,
    )
    tx.run_many(_SAVE_TURN, [{"case": case.id, **vars(turn), "votes": _votes_data(turn)} for turn in turns])


def case_from(row: Row, turns: Sequence[Row]) -> CaseNow:
    """Return rows of the tables as a value."""
    fields = row._asdict() | {"answers": answer_data.from_data(row.answers), "named": row.named or {}}
    case, step, round_ = (fields.pop(name) for name in _OF_PARENT)
    within = Within(case=case, step=step, round=round_) if case is not None else None
    return CaseNow(**fields, within=within, turns=tuple(_turn(each) for each in turns))


def _turn(row: Row) -> Turn:
    fields = row._asdict()
    del fields["case"]
    votes = tuple(
        Vote(**{**each, "at": datetime.fromisoformat(each["at"])}) for each in fields.pop("votes") or ()
    )
    return Turn(**fields, votes=votes)


def _votes_data(turn: Turn) -> list[dict[str, Any]] | None:
    return [{**vars(each), "at": each.at.isoformat()} for each in turn.votes] or None
