"""Where each webhook of a desk stands: from when on it is told things, whether it fails, and how the last tries went.

A hook that has failed for a whole day is paused: what it should have been told waits in the outbox, and goes on being
given up there by its age, until somebody lets it run again.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import and_, bindparam, delete, func, select, update

from tickets.desk import Desk
from tickets.ledger.events import append
from tickets.ledger.news import News
from tickets.ledger.prepared import Prepared, Row, inserting, inserting_once
from tickets.ledger.tx import Tx
from tickets.outbox import enqueue
from tickets.parcels import Audience, Parcel, Priority
from tickets.tables import Event, Hook, HookTry, Outbox

PAUSED_AFTER = timedelta(days=1)  # of nothing but failures
KEPT_TRIES = 500  # of each hook
FAILING, GONE = "failing", "gone"

_HOOKS = Hook.__table__  # type: ignore[attr-defined]
_TRIES = HookTry.__table__  # type: ignore[attr-defined]
_OUTBOX = Outbox.__table__  # type: ignore[attr-defined]
_EVENTS = Event.__table__  # type: ignore[attr-defined]
_NEWEST = Prepared(select(func.max(_EVENTS.c.id).label("id")))
_INSERT = inserting_once(Hook)
_OF_DESK = Prepared(select(_HOOKS.c.key).where(_HOOKS.c.desk == bindparam("desk")))
_FORGET = Prepared(delete(_HOOKS).where(_HOOKS.c.key == bindparam("of_key")))
_ONE = Prepared(select(_HOOKS).where(_HOOKS.c.key == bindparam("key")))
_FAILS = Prepared(
    update(_HOOKS)
    .where(_HOOKS.c.key == bindparam("of_key"))
    .values(failing_since=bindparam("since"), paused_at=bindparam("paused_at"), paused_why=bindparam("why"))
)
_INSERT_TRY = inserting(HookTry)
_PRUNE = Prepared(
    delete(_TRIES).where(_TRIES.c.hook == bindparam("of_hook"), _TRIES.c.id <= bindparam("up_to"))
)
_OLDEST_KEPT = Prepared(
    select(_TRIES.c.id)
    .where(_TRIES.c.hook == bindparam("hook"))
    .order_by(_TRIES.c.id.desc())
    .offset(KEPT_TRIES)
    .limit(1)
)
_AGAIN = Prepared(
    update(_OUTBOX)
    .where(
        _OUTBOX.c.id == bindparam("key"),
        _OUTBOX.c.account == bindparam("of_hook"),
        _OUTBOX.c.state != "sending",
    )
    .values(state="queued", not_before=bindparam("at"), created_at=bindparam("at"), done_at=None)
)
_ALL_NOW = Prepared(
    update(_OUTBOX)
    .where(and_(_OUTBOX.c.account == bindparam("of_hook"), _OUTBOX.c.state == "queued"))
    .values(not_before=bindparam("at"))
)


@dataclass(frozen=True, kw_only=True)
class HookNow:
    key: str
    desk: str
    since: int  # what happened up to this event is not told
    failing_since: datetime | None
    paused_at: datetime | None
    paused_why: str | None


@dataclass(frozen=True, kw_only=True)
class Tried:
    """How a try went."""

    took: timedelta
    status: int | None
    error: str | None  # None: it arrived
    gone: bool = False  # the receiver wants no more


def key_of(desk: str, hook: str) -> str:
    """Return a hook's account in the outbox."""
    return f"{desk}/hook/{hook}"


def tracker_of(team: str) -> str:
    """Return the id under which a team's tracker is a hook of its desk; no webhook can be called so."""
    return f"team:{team}"


def ids_of(desk: Desk) -> tuple[str, ...]:
    """Return the ids of a desk's webhooks and trackers."""
    trackers = tuple(tracker_of(team.id) for team in desk.teams if team.tracker is not None)
    return (*(hook.id for hook in desk.webhooks), *trackers)


def sync(tx: Tx, desk: Desk) -> None:
    """Let the hooks follow the desk's file: a new one begins at now, and one that left the file is forgotten."""
    named = [key_of(desk.slug, hook) for hook in ids_of(desk)]
    known = {row.key for row in tx.all(_OF_DESK, desk=desk.slug)}
    for key in known - set(named):
        tx.run(_FORGET, of_key=key)
    if set(named) <= known:
        return
    newest = tx.one(_NEWEST)
    since = 0 if newest is None or newest.id is None else newest.id
    for key in named:
        tx.run(_INSERT, key=key, desk=desk.slug, since=since)


def hook_of(tx: Tx, key: str) -> HookNow | None:
    row = tx.one(_ONE, key=key)
    return None if row is None else _value(row)


def queue(
    tx: Tx, key: str, *, kind: str, dedup: str, at: datetime, desk: str, ticket: int | None = None,
    act: str = "hook", **payload: object,
) -> int | None:  # fmt: skip
    """Queue something to tell a hook: in order for each ticket, each once."""
    return enqueue(
        tx, dedup=dedup, account=key, audience=Audience.HOOK, act=act, order_key=f"{key}:{ticket or 0}",
        priority=Priority.CARD, desk=desk, ticket=ticket, payload={"kind": kind, **payload}, at=at,
    )  # fmt: skip


def note_try(tx: Tx, parcel: Parcel, tried: Tried, *, at: datetime) -> None:
    """Write down how a try went; whoever fails for a day, or is gone, is paused."""
    number = tx.next_id("hook_tries")
    tx.run(
        _INSERT_TRY, id=number, hook=parcel.account, outbox=parcel.id, kind=parcel.payload["kind"],
        ticket=parcel.ticket, at=at, took_ms=round(tried.took.total_seconds() * 1000), status=tried.status,
        error=tried.error,
    )  # fmt: skip
    oldest = tx.one(_OLDEST_KEPT, hook=parcel.account)
    if oldest is not None:
        tx.run(_PRUNE, of_hook=parcel.account, up_to=oldest.id)
    hook = hook_of(tx, parcel.account)
    if hook is not None and hook.paused_at is None:
        _judge(tx, hook, tried, at=at)


def _judge(tx: Tx, hook: HookNow, tried: Tried, *, at: datetime) -> None:
    if tried.error is None:
        if hook.failing_since is not None:
            tx.run(_FAILS, of_key=hook.key, since=None, paused_at=None, why=None)
        return
    since = hook.failing_since or at
    why = GONE if tried.gone else FAILING if at - since >= PAUSED_AFTER else None
    tx.run(_FAILS, of_key=hook.key, since=since, paused_at=at if why else None, why=why)
    if why:
        name = hook.key.partition("/hook/")[2]
        append(tx, "hook.paused", desk=hook.desk, at=at, subject=name, actor="system", why=why)


def run_again(tx: Tx, hook: HookNow, *, at: datetime) -> None:
    """Let a paused hook run again: what waits for it goes out at once."""
    tx.run(_FAILS, of_key=hook.key, since=None, paused_at=None, why=None)
    tx.run(_ALL_NOW, of_hook=hook.key, at=at)
    tx.tell(News.CALLS)


def send_again(tx: Tx, key: str, parcel: int, *, at: datetime) -> bool:
    """Queue again what was given up, or arrived already, under the same id; False if there is no such thing."""
    tx.tell(News.CALLS)
    return bool(tx.run(_AGAIN, key=parcel, of_hook=key, at=at))


def _value(row: Row) -> HookNow:
    return HookNow(
        key=row.key, desk=row.desk, since=row.since, failing_since=row.failing_since, paused_at=row.paused_at,
        paused_why=row.paused_why,
    )  # fmt: skip
