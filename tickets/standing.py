"""How a ticket stood at any instant of its history, and what persons have decided about it: folded from its events.

The rules ask it of the running desk and of last month alike, so both see the same ticket. One that is held waits for
its contact to choose a desk: what came meanwhile starts rules when the desk is settled, at that desk.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, NamedTuple, Protocol

from tickets.actor import is_a_persons
from tickets.lifecycle import TO_DO, Status, after_answer
from tickets.priority import PRIORITIES
from tickets.rules import Happens, Lasts

RULE = "system:rule-"  # how the keys of rules as actors begin
_OVER = {"ticket.merged", "ticket.spam"}
SETTLES = frozenset({"ticket.woken", "ticket.moved"})  # the desk of a ticket that was held
_LETS_GO = SETTLES | _OVER | {"ticket.solved", "ticket.closed"}
_BEGINNING = frozenset({Happens.OPENED, Happens.RECEIVED})
_STATUS = {
    "ticket.waiting": Status.WAITING,
    "ticket.resumed": Status.OPEN,
    "ticket.reopened": Status.OPEN,
    "ticket.solved": Status.SOLVED,
    "ticket.closed": Status.CLOSED,
}


class Event(Protocol):
    """One line of the history."""

    @property
    def id(self) -> int: ...
    @property
    def at(self) -> datetime: ...
    @property
    def kind(self) -> str: ...
    @property
    def actor(self) -> str | None: ...
    @property
    def data(self) -> Mapping[str, Any]: ...


class Since(NamedTuple):
    at: datetime
    event: int  # with which it began


def by_rule(event: Event) -> bool:
    return (event.actor or "").startswith(RULE)


def starts_rules(event: Event) -> bool:
    """Whether rules may follow from it. What machines decide starts none, so that rules never run in circles.

    What the service merely notices (a clock that ran out, a silent ticket closed) does.
    """
    return not (event.actor or "").startswith("system:")


def can_start(kind: str) -> frozenset[Happens]:
    """Return what an event of this kind may be to rules, whatever was before it."""
    own = Happens.of_event(kind)
    return _BEGINNING if kind in SETTLES else frozenset() if own is None else frozenset({own})


def starts(before: "Standing | None", event: Event) -> frozenset[Happens]:
    """Return what an event is to rules that wait for something to happen."""
    held = before.held if before is not None else bool(event.data.get("held"))
    if not starts_rules(event) or (event.kind not in _LETS_GO if held else event.kind in SETTLES):
        return frozenset()
    return can_start(event.kind)


@dataclass(frozen=True, kw_only=True)
class Standing:
    """One ticket after some of its events."""

    opened_at: datetime
    channel: str
    status: Status = Status.NEW
    category: str | None = None
    priority: int = 0
    tags: frozenset[str] = frozenset()
    team: str | None = None
    holder: str | None = None
    gone: bool = False  # merged into another, or spam
    held: bool = False  # it waits for the contact to choose a desk
    settled: frozenset[str] = frozenset()  # what a person decided last, by the names of `rules.decided_by`
    since: Mapping[Lasts, Since] = field(default_factory=dict)  # only what is so now


def stood(events: Iterable[Event]) -> Standing | None:
    """Fold a ticket's events from the first; None without any."""
    standing: Standing | None = None
    for event in events:
        standing = follow(standing, event)
    return standing


def follow(before: Standing | None, event: Event) -> Standing | None:
    """Return how the ticket stands after one more event."""
    if event.kind == "ticket.opened":
        now = Since(event.at, event.id)
        return Standing(
            opened_at=event.at, channel=str(event.data.get("channel", "")), held=bool(event.data.get("held")),
            since={Lasts.SILENT: now, Lasts.UNASSIGNED: now, Lasts.UNSOLVED: now},
        )  # fmt: skip
    if before is None:
        return None
    after = _with_lengths(before, _changed(before, event), event)
    return replace(after, held=False) if after.held and event.kind in _LETS_GO else after


def _changed(standing: Standing, event: Event) -> Standing:
    data = event.data
    if event.kind in _STATUS:
        return replace(standing, status=_STATUS[event.kind])
    match event.kind:
        case "message.answered":
            return replace(standing, status=after_answer(standing.status))
        case "ticket.categorised":
            return _decided(replace(standing, category=data.get("category")), event, "category")
        case "ticket.prioritised":
            return _decided(replace(standing, priority=PRIORITIES[str(data["priority"])]), event, "priority")
        case "ticket.assigned":
            return _decided(replace(standing, holder=data.get("to")), event, "assign")
        case "ticket.escalated":
            return _decided(replace(standing, team=data.get("team")), event, "team")
        case "ticket.returned":
            return _decided(replace(standing, team=None), event, "team")
        case "ticket.tagged":
            tag = str(data.get("tag"))
            return _decided(replace(standing, tags=standing.tags | {tag}), event, f"tag:{tag}")
        case "ticket.untagged":
            tag = str(data.get("tag"))
            return _decided(replace(standing, tags=standing.tags - {tag}), event, f"tag:{tag}")
        case "ticket.restored":
            return replace(standing, gone=False)
        case kind if kind in _OVER:
            return replace(standing, gone=True)
        case _:
            return standing


def _decided(standing: Standing, event: Event, name: str) -> Standing:
    """Remember whether it was a person. Having let go of a ticket settles nothing: somebody may be given it."""
    settles = is_a_persons(event.actor) and not (name == "assign" and event.data.get("to") is None)
    settled = standing.settled | {name} if settles else standing.settled - {name}
    return replace(standing, settled=settled)


def _with_lengths(before: Standing, after: Standing, event: Event) -> Standing:
    """Note since when it has stood like this."""
    now = Since(event.at, event.id)
    since = dict(after.since)
    to_do = after.status in TO_DO and not after.gone
    if event.kind in {"message.received", "message.answered", "ticket.reopened"}:
        since[Lasts.SILENT] = now
    if event.kind == "message.received" and event.data.get("asks", True):
        since.setdefault(Lasts.UNANSWERED, now)
    if event.kind == "message.answered":
        since.pop(Lasts.UNANSWERED, None)
    _keep(since, Lasts.WAITING, now, is_so=to_do and after.status is Status.WAITING)
    _keep(since, Lasts.UNASSIGNED, now, is_so=to_do and after.holder is None)
    _keep(since, Lasts.UNSOLVED, now, is_so=to_do)
    for each in (Lasts.SILENT, Lasts.UNANSWERED):
        if not to_do:
            since.pop(each, None)
    return after if since == before.since else replace(after, since=since)


def _keep(since: dict[Lasts, Since], lasts: Lasts, now: Since, *, is_so: bool) -> None:
    if is_so:
        since.setdefault(lasts, now)
    else:
        since.pop(lasts, None)
