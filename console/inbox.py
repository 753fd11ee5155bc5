"""The inbox: what wants attention, in the order in which it does."""

from dataclasses import dataclass
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from console.handling_words import PRIORITIES
from console.house import House, TheHouse
from console.language import language_of
from console.lines import line_of, own_ids
from console.pages.render import page
from console.searching import asker_at, remarks_on, search_for
from console.visitors import Here
from tickets import views
from tickets.lifecycle import TO_DO, Status
from tickets.message import Channel
from tickets.views import InboxLine, Wanted
from tickets.views.tags import tags_in_use

PAGE = 50
_TABS = ("to_do", "waiting", "asleep", "solved", "closed", "all")

router = APIRouter(include_in_schema=False)


@dataclass(frozen=True, kw_only=True)
class Filters:
    status: str = "to_do"
    channel: str = ""
    priority: str = ""
    tag: str = ""
    team: str = ""
    mine: bool = False
    q: str = ""
    page: int = 0

    def link(self, **changed: str | int) -> str:
        """Return the way to the same list with something changed."""
        values = {
            "status": self.status,
            "channel": self.channel,
            "priority": self.priority,
            "tag": self.tag,
            "team": self.team,
            "mine": "1" if self.mine else "",
            "q": self.q,
        }
        values |= {name: str(value) for name, value in changed.items()}
        return "/inbox?" + urlencode({name: value for name, value in values.items() if value})


@router.get("/inbox")
async def inbox(
    request: Request,
    house: TheHouse,
    visitor: Here,
    *,
    status: str = "to_do",
    channel: str = "",
    priority: str = "",
    tag: Annotated[str, Query(max_length=40)] = "",
    team: Annotated[str, Query(max_length=100)] = "",
    mine: str = "",
    q: Annotated[str, Query(max_length=300)] = "",
    page: Annotated[int, Query(ge=0, le=1000)] = 0,
) -> Response:
    filters = Filters(
        status=status if status in _TABS else "to_do", channel=channel if channel in set(Channel) else "",
        tag=tag.replace("\x00", ""),
        priority=priority if priority in PRIORITIES else "", mine=bool(mine),
        team=team if team in _teams(house, visitor) else "", q=q.replace("\x00", ""), page=page,
    )  # fmt: skip
    wanted = Wanted(
        desks=visitor.desks, status=_statuses(filters), channel=filters.channel or None, tag=filters.tag or None, q=filters.q,
        assignees=own_ids(visitor) if filters.mine else None, priority=filters.priority or None,
        asleep=_asleep(filters), team=filters.team or None, only_teams=visitor.only_teams,
    )  # fmt: skip
    asker = asker_at(visitor)
    search = search_for(house, asker)
    remarks = await house.ledger.read(
        lambda session: remarks_on(session, house, filters.q, asker, language=language_of(request))
    )
    lines, more = await house.ledger.read(
        lambda session: views.inbox(session, wanted, limit=PAGE, skip=page * PAGE, search=search)
    )
    counts = await house.ledger.read(lambda session: views.counts(session, visitor.desks))
    people = await house.ledger.read(lambda session: views.colleagues(session, visitor.desks))
    drafted = await house.ledger.read(
        lambda session: views.with_drafts(
            session, [line.ticket.number for line in lines], by=[f"staff:{each}" for each in own_ids(visitor)]
        )
    )
    tags = await house.ledger.read(lambda session: tags_in_use(session, visitor.desks))
    position = await house.ledger.read(lambda session: views.newest_event(session, desks=visitor.desks))
    return _list(
        request,
        house,
        visitor,
        filters,
        lines=lines,
        more=more,
        counts=counts,
        tags=tags,
        position=position,
        remarks=remarks,
        names={person.id: person.name for person in people},
        drafted=drafted,
    )


def _list(
    request: Request, house: House, visitor: Here, filters: Filters, *, lines: tuple[InboxLine, ...], more: bool,
    counts: dict[str, int], tags: tuple[str, ...], position: int, names: dict[str, str],
    remarks: tuple[str, ...],
    drafted: frozenset[int],
) -> Response:  # fmt: skip
    tabs = [(tab, _count(tab, counts)) for tab in _TABS]
    shown = [line_of(request, house, line, names, drafted=drafted) for line in lines]
    several = len(house.desks() if visitor.desks is None else visitor.desks) > 1
    return page(
        request, house, "inbox.html", visitor=visitor, filters=filters, tabs=tabs, lines=shown, more=more,
        channels=list(Channel), tags=tags, priorities=PRIORITIES, several=several, position=position, own=own_ids(visitor),
        teams=_teams(house, visitor), remarks=remarks,
    )  # fmt: skip


def _teams(house: House, visitor: Here) -> dict[str, str]:
    """Return the names of the teams whose queues somebody may look at."""
    return {
        team.id: team.name
        for slug, desk in house.desks().items()
        if visitor.desks is None or slug in visitor.desks
        for team in desk.desk.teams
        if visitor.may_see(slug, team.id)
    }


def _statuses(filters: Filters) -> frozenset[str] | None:
    if filters.status == "all" or (filters.q and filters.status == "to_do"):
        return None  # whoever searches means everything
    if filters.status == "asleep":
        return frozenset(TO_DO)
    if filters.status == "to_do":
        return frozenset(TO_DO - {Status.WAITING})
    return frozenset({filters.status})


def _asleep(filters: Filters) -> bool | None:
    """What sleeps is out of sight, but for whoever looks for it."""
    if filters.status in {"to_do", "waiting"} and not filters.q:
        return False
    return True if filters.status == "asleep" else None


def _count(tab: str, counts: dict[str, int]) -> int | None:
    if tab in {"all", "closed"}:
        return None
    if tab == "asleep":
        return counts.get(tab, 0)
    return sum(counts.get(status, 0) for status in (_statuses(Filters(status=tab)) or ()))
