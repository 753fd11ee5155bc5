"""The ledger's values as JSON. Instants are ISO 8601 with offset, mail's HTML is cleaned."""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from datetime import date
from typing import Any

from fastapi.responses import JSONResponse
from pydantic.dataclasses import dataclass

from console.safe_html import clean
from tickets.verification import masked
from tickets.views import (
    BlockedAddress,
    EventView,
    IdentityView,
    IncidentTicket,
    IssueView,
    LinkView,
    MessageView,
    OtherTicket,
    SurveyView,
    TicketView,
    WholeTicket,
    WindowView,
)


@dataclass(frozen=True, kw_only=True)
class FullTicket(TicketView):
    """One ticket with everything that was said and done, oldest first."""

    messages: tuple[MessageView, ...]
    events: tuple[EventView, ...]
    links: tuple[LinkView, ...]
    absorbed: tuple[int, ...]  # tickets that were merged into it
    others: tuple[OtherTicket, ...]  # open ones of the same contact
    alike: tuple[OtherTicket, ...]  # of a mail: earlier ones that may be about the same
    blocked: bool  # its address is blocked
    silent: bool  # the contact asked for no more messages and has not written since
    survey: SurveyView | None  # the newest question after closing
    issues: tuple[IssueView, ...]  # what the trackers of second-line teams call it
    window: WindowView | None  # WhatsApp's 24 hours; null where the channel has none


@dataclass(frozen=True, kw_only=True)
class TicketList:
    items: tuple[TicketView, ...]
    next: str | None  # hand it back as `after`


@dataclass(frozen=True, kw_only=True)
class MessageList:
    items: tuple[MessageView, ...]
    next: str | None


@dataclass(frozen=True, kw_only=True)
class BlockedList:
    items: tuple[BlockedAddress, ...]
    next: str | None


@dataclass(frozen=True, kw_only=True)
class IncidentList:
    items: tuple[IncidentTicket, ...]
    next: str | None


@dataclass(frozen=True, kw_only=True)
class ErrorBody:
    code: str
    message: str
    field: str | None


@dataclass(frozen=True, kw_only=True)
class ErrorShape:
    error: ErrorBody


def answer(value: Any, status: int = 200) -> JSONResponse:
    """Answer with a value as JSON, identity numbers masked: `console/api/numbers` answers with whole ones."""
    return JSONResponse(encode(value, numbers=False), status_code=status)


def _whole(ticket: WholeTicket, *, numbers: bool) -> dict[str, Any]:
    """Return one ticket with its messages and events as JSON."""
    return {
        **encode(ticket.ticket, numbers=numbers),
        "messages": encode(ticket.messages),
        "events": encode(ticket.events),
        "links": encode(ticket.links),
        "absorbed": list(ticket.absorbed),
        "others": encode(ticket.others),
        "alike": encode(ticket.alike),
        "blocked": ticket.blocked,
        "silent": ticket.silent,
        "survey": encode(ticket.survey),
        "issues": encode(ticket.issues),
        "window": encode(ticket.window),
    }


def encode(value: Any, *, numbers: bool = True) -> Any:
    """Return a value as JSON has it; with `numbers`, identity numbers are whole."""
    if isinstance(value, WholeTicket):
        return _whole(value, numbers=numbers)
    if isinstance(value, MessageView) and value.html is not None:
        value = replace(value, html=clean(value.html))
    if isinstance(value, IdentityView) and value.number is not None and not numbers:
        value = replace(value, number=masked(value.number))
    if is_dataclass(value):
        return {field.name: encode(getattr(value, field.name), numbers=numbers) for field in fields(value)}
    if isinstance(value, date):  # an instant is one, too
        return value.isoformat()
    if isinstance(value, Mapping):
        return {key: encode(each, numbers=numbers) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [encode(each, numbers=numbers) for each in value]
    return value
