"""What goes to places that count calls: which parcels leave next, as loads of what is carried as one.

A place bears so many calls in a minute (`tickets.allowance`). What it has borne stands in a row, written in the
transaction that claims, so that a process that dies forgets no call and several processes keep to one budget.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from itertools import takewhile
from typing import Any

from sqlalchemy import and_, bindparam, exists, func, select, text, update
from sqlmodel import Session

from tickets import outbox, parcels, references
from tickets.allowance import Allowance, PlaceLimits, Waiting, choose, free, paused, spend
from tickets.ledger.news import News
from tickets.ledger.prepared import Prepared, Row
from tickets.ledger.tx import Tx
from tickets.message import Sent
from tickets.parcels import Parcel
from tickets.receipts import PEOPLE_WAIT, REPEATS_WAIT, wait_before_retry
from tickets.tables import Budget, Outbox

Payload = Mapping[str, Any]
LONGEST = 50  # parcels of a line that are looked at together

_OUTBOX = Outbox.__table__  # type: ignore[attr-defined]
_BUDGETS = Budget.__table__  # type: ignore[attr-defined]
_BEFORE, _LINE = _OUTBOX.alias("before"), _OUTBOX.alias("line")
# As the partial indexes have it.
_WAITS = text("outbox.state = 'queued' AND outbox.budget IS NOT NULL")
_PLACES = Prepared(select(_OUTBOX.c.budget).where(_WAITS).distinct())
_DUE = and_(_WAITS, _OUTBOX.c.budget == bindparam("budget"), _OUTBOX.c.not_before <= bindparam("now"))
_IS_HEAD = ~exists().where(
    and_(
        _BEFORE.c.order_key == _OUTBOX.c.order_key,
        text("before.state IN ('queued', 'sending')"),
        _BEFORE.c.id < _OUTBOX.c.id,
    )
)
_RANK = (
    select(func.min(_LINE.c.priority))
    .where(_LINE.c.order_key == _OUTBOX.c.order_key, text("line.state IN ('queued', 'sending')"))
    .scalar_subquery()
    .label("rank")
)
_FIRST = Prepared(
    select(_OUTBOX.c.order_key, _RANK)
    .where(_DUE, _IS_HEAD)
    .order_by("rank", _OUTBOX.c.id)
    .limit(bindparam("most"))
)
_OLDEST = Prepared(
    select(_OUTBOX.c.order_key).where(
        _OUTBOX.c.id == select(func.min(_OUTBOX.c.id)).where(_DUE).scalar_subquery().correlate(None), _IS_HEAD
    )
)
_OF_LINE = Prepared(
    select(_OUTBOX)
    .where(text("outbox.state IN ('queued', 'sending')"), _OUTBOX.c.order_key == bindparam("line"))
    .order_by(_OUTBOX.c.id)
    .limit(LONGEST)
)
_LINES = Prepared(
    select(func.count(_OUTBOX.c.order_key.distinct()).label("lines")).where(
        _WAITS, _OUTBOX.c.budget == bindparam("budget")
    )
)
_BUDGET = Prepared(select(_BUDGETS).where(_BUDGETS.c.name == bindparam("name")))
_SAVE = Prepared(
    lambda insert: insert(_BUDGETS).on_conflict_do_update(
        index_elements=["name"],
        set_={name: insert(_BUDGETS).excluded[name] for name in Allowance.__dataclass_fields__},
    )
)
_WAIT_ON = Prepared(
    update(_OUTBOX)
    .where(_OUTBOX.c.id == bindparam("key"), _OUTBOX.c.state == "sending")
    .values(
        state="queued",
        lease_until=None,
        not_before=bindparam("not_before"),
        attempts=bindparam("attempts"),
        payload=bindparam("payload"),
        error=bindparam("error"),
    )
)
_STILL = Prepared(
    select(_OUTBOX).where(
        text("outbox.state IN ('queued', 'sending')"), _OUTBOX.c.budget == bindparam("budget")
    )
)
_SEND_ELSEWHERE = Prepared(
    update(_OUTBOX)
    .where(_OUTBOX.c.id == bindparam("key"))
    .values(budget=bindparam("budget"), payload=bindparam("payload"), not_before=bindparam("at"))
)
_HASTEN = Prepared(
    update(_OUTBOX)
    .where(_WAITS, _OUTBOX.c.budget == bindparam("of_budget"))
    .values(not_before=bindparam("at"))
)


@dataclass(frozen=True, kw_only=True)
class Portion:
    """How much of a line goes as one."""

    parcels: int
    calls: int  # that it will need, as far as can be told before


# Given the parcels of a line, from its head on, and how many calls there are for each line that waits.
Portioning = Callable[[Sequence[Parcel], int], Portion]


@dataclass(frozen=True, kw_only=True)
class Load:
    """Parcels of one line that were claimed to be carried as one."""

    budget: str
    parcels: tuple[Parcel, ...]
    calls: int


@dataclass(frozen=True, kw_only=True)
class Carried:
    """What became of a load."""

    told: int  # of its parcels, from the first on; the others wait on
    sent: Sent
    calls: int  # made
    pieces: int = 0  # of the first that waits on, already told
    wait: timedelta = timedelta()


LimitsOf = Callable[[str], PlaceLimits]


def claim(
    tx: Tx,
    *,
    limits: LimitsOf,
    portion: Portioning,
    now: datetime,
    lease: timedelta,
    resting: Callable[[str], bool] = lambda _budget: False,
) -> list[Load]:
    """Take what may go now to each place that is not `resting`, and mark it as being sent."""
    return [
        load
        for place in tx.all(_PLACES)
        if not resting(place.budget)
        for load in _claim(
            tx, place.budget, limits=limits(place.budget), portion=portion, now=now, lease=lease
        )
    ]


def _claim(
    tx: Tx,
    budget: str,
    *,
    limits: PlaceLimits,
    portion: Portioning,
    now: datetime,
    lease: timedelta,
) -> list[Load]:
    allowance = _allowance(tx, budget)
    most = free(allowance, limits, now=now)
    if most == 0:
        return []
    heads = [row.order_key for row in tx.all(_FIRST, budget=budget, now=now, most=most)]
    heads += [row.order_key for row in tx.all(_OLDEST, budget=budget, now=now)]
    lines = {line: tx.all(_OF_LINE, line=line) for line in heads}
    due = {line: _due(rows, now) for line, rows in lines.items()}
    portions = {line: portion(parcels, most // len(due)) for line, parcels in due.items()}
    waiting = [
        Waiting(
            line=line,
            priority=min(row.priority for row in rows),
            since=rows[0].created_at,
            calls=portions[line].calls,
        )
        for line, rows in lines.items()
    ]
    chosen, after = choose(waiting, allowance, limits, now=now)
    if not chosen:
        return []
    _save(tx, budget, after)
    loads = [
        Load(budget=budget, parcels=tuple(due[each.line][: portions[each.line].parcels]), calls=each.calls)
        for each in chosen
    ]
    outbox.mark_sending(tx, [parcel for load in loads for parcel in load.parcels], now=now, lease=lease)
    return loads


def settle(tx: Tx, load: Load, carried: Carried, *, limits: PlaceLimits, at: datetime) -> None:
    """Write down what was told; what was not waits on in its place, as if it had not been claimed."""
    for parcel in load.parcels[: carried.told]:
        outbox.settle_sent(tx, parcel, carried.sent, at=at)
    rest = load.parcels[carried.told :]
    tx.tell(News.LOADS)  # what comes behind may go at once
    if carried.pieces:
        references.add(tx, rest[0], carried.sent)
        _wait_on(tx, rest[0], until=at, payload={**rest[0].payload, "pieces": carried.pieces})
        rest = rest[1:]
    for parcel in rest:
        _wait_on(tx, parcel, until=at + carried.wait)
    _save(
        tx,
        load.budget,
        spend(_allowance(tx, load.budget), carried.calls - load.calls, limits, now=at),
    )


def settle_paused(
    tx: Tx, load: Load, *, reason: str, wait: timedelta, limits: PlaceLimits, at: datetime
) -> None:
    """The place asked for a pause: it gets it, to the second, whatever waits for it."""
    _save(tx, load.budget, paused(_allowance(tx, load.budget), wait, limits, now=at))
    for parcel in load.parcels:
        _wait_on(tx, parcel, until=at + wait, error=reason)


def settle_later(
    tx: Tx,
    parcels: Sequence[Parcel],
    *,
    reason: str,
    wait: timedelta | None,
    at: datetime,
    perhaps_told: bool = False,
) -> None:
    """Not now: each waits for its next try, for as long as it takes, for what is to be read there does not go stale.

    `perhaps_told`: nobody knows whether the place shows it already. It says so when it goes again, and that less often.
    """
    patience = REPEATS_WAIT if perhaps_told else PEOPLE_WAIT
    for parcel in parcels:
        payload = {**parcel.payload, "again": True} if perhaps_told else parcel.payload
        until = at + wait_before_retry(parcel.attempts, wait, patience)
        _wait_on(tx, parcel, until=until, error=reason, payload=payload, counts=True)


def settle_apart(tx: Tx, parcels: Sequence[Parcel], *, reason: str, at: datetime, **otherwise: Any) -> None:
    """Refused as one: each goes by itself, `otherwise` than before, so that a bad one takes no neighbour along."""
    for parcel in parcels:
        _wait_on(tx, parcel, until=at, error=reason, payload={**parcel.payload, "alone": True, **otherwise})


def move(tx: Tx, *, before: str, after: str, at: datetime, elsewhere: Callable[[Payload], Payload]) -> None:
    """Let what waits for a place wait for another one; `elsewhere` says how a payload names it then."""
    for row in tx.all(_STILL, budget=before):
        tx.run(_SEND_ELSEWHERE, key=row.id, budget=after, payload=dict(elsewhere(row.payload or {})), at=at)
    tx.tell(News.LOADS)


def hasten(tx: Tx, budget: str, *, at: datetime) -> None:
    """Let what waits for a place go now: it is open again."""
    tx.run(_HASTEN, of_budget=budget, at=at)
    tx.tell(News.LOADS)


def ages(session: Session, *, now: datetime) -> dict[str, float]:
    """Return the age in seconds of the oldest that waits for each place."""
    rows = session.execute(
        select(_OUTBOX.c.budget, func.min(_OUTBOX.c.created_at)).where(_WAITS).group_by(_OUTBOX.c.budget)
    )
    return {budget: (now - since).total_seconds() for budget, since in rows}


def waiting_at(tx: Tx, budget: str) -> int:
    """Return how many lines wait for a place."""
    row = tx.one(_LINES, budget=budget)
    return 0 if row is None else int(row.lines)


def _due(rows: Sequence[Row], now: datetime) -> list[Parcel]:
    due = takewhile(lambda row: row.state == "queued" and row.not_before <= now, rows)
    return [parcels.parcel_of(row) for row in due]


def _wait_on(
    tx: Tx, parcel: Parcel, *, until: datetime, error: str | None = None, payload: Mapping[str, object] | None = None,
    counts: bool = False,
) -> None:  # fmt: skip
    """Put it back into its line; `counts`: as a try, so that the next one is further off."""
    tx.run(
        _WAIT_ON, key=parcel.id, not_before=until, attempts=parcel.attempts - (not counts), error=error,
        payload=dict(parcel.payload if payload is None else payload),
    )  # fmt: skip


def _allowance(tx: Tx, budget: str) -> Allowance:
    row = tx.one(_BUDGET, name=budget)
    if row is None:
        return Allowance()
    return Allowance(
        spent=tuple(datetime.fromisoformat(at) for at in row.spent or ()),
        most=row.most,
        cut_at=row.cut_at,
        paused_until=row.paused_until,
        favoured_at=row.favoured_at,
    )


def _save(tx: Tx, budget: str, allowance: Allowance) -> None:
    values = asdict(allowance) | {"spent": [at.isoformat() for at in allowance.spent]}
    tx.run(_SAVE, name=budget, **values)
