"""A ticket as one line of a list: the inbox shows them, and the board shows those behind a figure."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from fastapi import Request

from console.doors import Visitor
from console.due import Due, stand_of
from console.house import House
from console.language import language_of
from templates_replies.catalogue import Catalogue
from templates_replies.moments import at_a_glance
from tickets.views import InboxLine, TicketView


@dataclass(frozen=True, kw_only=True)
class Marks:
    """What the lines of a list are marked with for whoever looks, by ticket."""

    drafted: Collection[int] = ()  # they have begun to write
    unread: Collection[int] = ()  # the contact has written since they looked, and waits for an answer
    named: Collection[int] = ()  # they were named in a note, and have not opened the ticket since
    later: Mapping[int, bool] = field(default_factory=dict)  # an answer goes later; True: it was held


UNMARKED = Marks()


@dataclass(frozen=True, kw_only=True)
class Line:
    """One ticket as a list shows it."""

    shown: InboxLine
    desk: str
    category: str | None
    suggested: str | None  # what the ticket may be about, while nobody has said it
    tags: tuple[str, ...]  # names
    assignee: str | None
    due: Due | None
    last_at: str
    drafted: bool
    unread: bool
    named: bool
    later: bool | None  # whether an answer that goes later was held; None: none goes later


def line_of(
    request: Request, house: House, line: InboxLine, names: Mapping[str, str], *, marks: Marks = UNMARKED
) -> Line:  # fmt: skip
    ticket, now, language = line.ticket, house.clock(), language_of(request)
    desk = house.desk(ticket.desk).desk
    catalogue = house.catalogue(ticket.desk)
    category = catalogue.category(ticket.category) if ticket.category else None
    clock = ticket.next_due or next((each for each in ticket.clocks if each.running), None)
    said_at = line.last.created_at if line.last else ticket.created_at
    return Line(
        shown=line, desk=desk.name, category=category.name if category else ticket.category,
        suggested=_suggested(ticket, catalogue),
        tags=tuple(catalogue.tag_name(tag) for tag in ticket.tags),
        assignee=names.get(ticket.assignee, ticket.assignee) if ticket.assignee else None,
        due=stand_of(clock, language, now=now) if clock else None,
        last_at=at_a_glance(
            said_at.astimezone(zone := desk.calendar.tz), language, today=now.astimezone(zone).date()
        ),
        drafted=ticket.number in marks.drafted, unread=ticket.number in marks.unread,
        named=ticket.number in marks.named, later=marks.later.get(ticket.number),
    )  # fmt: skip


def _suggested(ticket: TicketView, catalogue: Catalogue) -> str | None:
    best = next(iter(ticket.suggestions), None)
    category = catalogue.category(best.category) if best is not None and ticket.category is None else None
    return category.name if category is not None else None


def own_ids(visitor: Visitor) -> frozenset[str]:
    """Return the ids under which tickets may be theirs."""
    return frozenset({visitor.email, *(post.id for post in visitor.posts)})
