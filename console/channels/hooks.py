"""A desk's webhooks and trackers as the page and the API show them: whom they go to, how they fare; never a secret."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit, urlunsplit

from sqlmodel import Session

from tickets import hooks, views
from tickets.connections import Tracker
from tickets.connections import Webhook as Configured
from tickets.desk import Desk
from tickets.views import HookView, TryView

TRACKER_EVENTS = ("issue.created", "issue.commented", "issue.closed")


@dataclass(frozen=True, kw_only=True)
class Webhook:
    """One program that the desk tells things."""

    desk: str
    id: str  # as in the desk's file; `team:<id>` for a team's tracker
    name: str  # of the team, else the id
    url: str  # without its query, which may hold a key of the receiver's
    events: tuple[str, ...]
    identity: str | None  # how identity numbers are shown; of a tracker there are none
    state: str  # on, off (its secret is not set), failing, paused
    paused_why: str | None
    paused_at: datetime | None
    failing_since: datetime | None
    waiting: int
    given_up: int
    tries: tuple[TryView, ...]  # newest first

    @property
    def is_tracker(self) -> bool:
        return self.id.startswith("team:")


def webhooks_of(session: Session, desk: Desk, *, tries: int) -> tuple[Webhook, ...]:
    """Return all webhooks and trackers of a desk, each with its last tries."""
    fare = views.hooks(session, [hooks.key_of(desk.slug, each) for each in hooks.ids_of(desk)], tries=tries)
    webhooks = [
        _shown(
            hook, hook.id, fare, desk.slug, called=hook.id, events=hook.events, identity=str(hook.identity)
        )
        for hook in desk.webhooks
    ]
    trackers = [
        _shown(
            team.tracker, hooks.tracker_of(team.id), fare, desk.slug, called=team.name, events=TRACKER_EVENTS
        )
        for team in desk.teams
        if team.tracker is not None
    ]
    return (*webhooks, *trackers)


def _shown(
    to: Configured | Tracker, name: str, fare: Mapping[str, HookView], desk: str, *, called: str, events: tuple[str, ...],
    identity: str | None = None,
) -> Webhook:  # fmt: skip
    fares = fare[hooks.key_of(desk, name)]
    return Webhook(
        desk=desk, id=name, name=called, url=_without_query(to.url), events=events, identity=identity,
        state="off" if to.off else _state(fares), paused_why=fares.paused_why, paused_at=fares.paused_at,
        failing_since=fares.failing_since, waiting=fares.waiting, given_up=fares.given_up, tries=fares.tries,
    )  # fmt: skip


def _state(fares: HookView) -> str:
    if fares.paused_at is not None:
        return "paused"
    return "failing" if fares.failing_since is not None else "on"


def _without_query(url: str) -> str:
    parts = urlsplit(url)
    host = parts.netloc.rpartition("@")[2]
    return urlunsplit((parts.scheme, host, parts.path, "…" if parts.query else "", ""))
