"""A ticket as one line of a list: the inbox shows them, and the board shows those behind a figure."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from fastapi import Request

from console.doors import Visitor
from console.due import Due, stand_of
from console.house import House
from console.language import language_of
from console.pages.render import moments
from tickets.views import InboxLine


@dataclass(frozen=True, kw_only=True)
class Line:
    """One ticket as a list shows it."""

    shown: InboxLine
    desk: str
    category: str | None
    tags: tuple[str, ...]  # names
    assignee: str | None
    due: Due | None
    last_at: str
    drafted: bool = False  # whoever looks has begun to write on it


def line_of(
    request: Request, house: House, line: InboxLine, names: Mapping[str, str], *,
    drafted: Collection[int] = (),
) -> Line:  # fmt: skip
    ticket, now, language = line.ticket, house.clock(), language_of(request)
    desk = house.desk(ticket.desk).desk
    catalogue = house.catalogue(ticket.desk)
    category = catalogue.category(ticket.category) if ticket.category else None
    clock = ticket.next_due or next((each for each in ticket.clocks if each.running), None)
    said_at = line.last.created_at if line.last else ticket.created_at
    return Line(
        shown=line, desk=desk.name, category=category.name if category else ticket.category,
        tags=tuple(catalogue.tag_name(tag) for tag in ticket.tags),
        assignee=names.get(ticket.assignee, ticket.assignee) if ticket.assignee else None,
        due=stand_of(clock, language, now=now) if clock else None,
        last_at=moments(request, desk.calendar.tz, now)(said_at), drafted=ticket.number in drafted,
    )  # fmt: skip


def own_ids(visitor: Visitor) -> frozenset[str]:
    """Return the ids under which tickets may be theirs."""
    return frozenset({visitor.email, *(post.id for post in visitor.posts)})
