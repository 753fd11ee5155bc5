"""A team's tracker: what it is told of a ticket, and what it tells of the issue that stands for the ticket there."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

import structlog

from bot import topics
from bot.desks import Desks, OpenDesk
from bot.identity import masked_in
from bot.mirroring import talk, text_of
from bot.service.metrics import Metrics
from channels.contract import StoreBusy
from channels.hooks.door import Report, ReportKind
from tickets import contacts, hooks, inbound, issues
from tickets import ticket as tickets_
from tickets.actions import amending, answering, second_line
from tickets.clocks import SECOND_LINE
from tickets.desk import Team
from tickets.ledger import events
from tickets.ledger.store import Ledger
from tickets.ledger.tx import Tx
from tickets.ledger.writer import StoreUnavailableError
from tickets.lifecycle import Status
from tickets.parcels import Parcel
from tickets.staff import StaffNow, team_as_one
from tickets.ticket import NoSuchTicketError

log = structlog.get_logger()


class IssueBody:
    """What a tracker is told."""

    def __init__(self, ledger: Ledger, *, public_url: str) -> None:
        self._ledger = ledger
        self._public_url = public_url.rstrip("/")

    async def __call__(self, parcel: Parcel, desk: OpenDesk) -> Mapping[str, Any]:
        data = await self._ledger.write(lambda tx: self._data(tx, parcel, desk), name="tracker")
        return {
            "type": parcel.payload["kind"],
            "timestamp": parcel.created_at.isoformat(),
            "data": {"desk": parcel.desk, "team": parcel.payload["team"], "ticket": parcel.ticket, **data},
        }

    def _data(self, tx: Tx, parcel: Parcel, desk: OpenDesk) -> dict[str, Any]:
        payload, number = parcel.payload, parcel.ticket or 0
        known = issues.issue_in(tx, number, payload["team"])
        issue = {"key": known[0], "url": known[1]} if known is not None else None
        match payload["kind"]:
            case ReportKind.CREATED:
                return {"issue": issue, **self._opened(tx, number, desk, payload)}
            case ReportKind.COMMENTED:
                return {"issue": issue, "comment": _comment(tx, payload)}
            case _:
                return {"issue": issue, "outcome": payload["outcome"]}

    def _opened(self, tx: Tx, number: int, desk: OpenDesk, payload: Mapping[str, Any]) -> dict[str, Any]:
        ticket = tickets_.load(tx, number)
        contact = contacts.load_contact(tx, ticket.contact)
        category = desk.catalogue.category(ticket.category) if ticket.category else None
        clocks = [
            clock
            for clock in events.clocks_of(tx, number)
            if clock.kind == SECOND_LINE and clock.subject == payload["team"] and clock.running
        ]
        return {
            "subject": masked_in(ticket.subject or "", contact.identity_number),
            "category": category.name if category else ticket.category,
            "priority": ticket.priority,
            "reason": payload.get("reason"),
            "due_at": clocks[-1].due_at.isoformat() if clocks else None,
            "url": f"{self._public_url}/tickets/{number}",
            "text": talk(tx, number, desk, until=datetime.fromisoformat(payload["until"])),
        }


def _comment(tx: Tx, payload: Mapping[str, Any]) -> dict[str, Any]:
    message = payload.get("message")
    if message is None:
        return {"id": None, "text": payload["text"]}
    gone = amending.is_withdrawn(tx, int(message))
    return {
        "id": message,
        "text": "" if gone else text_of(tx, int(message)),
        "edited": bool(payload.get("changed")) and not gone,
        "deleted": gone,
    }


class TrackerReports:
    """What trackers tell: the house's `TrackerInlet`."""

    def __init__(
        self, ledger: Ledger, desks: Desks, *, metrics: Metrics, clock: Callable[[], datetime]
    ) -> None:
        self._ledger = ledger
        self._desks = desks
        self._metrics = metrics
        self._clock = clock

    def secret_of(self, desk: str, team: str) -> str | None:
        found = self._team(desk, team)
        return found.tracker.secret if found is not None and found.tracker is not None else None

    def refuse(self, *, account: str, reason: str) -> None:
        log.warning("tracker.refused", account=account, reason=reason)
        self._metrics.refused(account, reason)

    async def report(self, report: Report) -> bool:
        """Take a report in, once. False: no such ticket is with the team. Raises StoreBusy."""
        desk, team = self._desks.get(report.desk), self._team(report.desk, report.team)
        if desk is None or team is None:
            return False
        key, at = hooks.key_of(report.desk, hooks.tracker_of(report.team)), self._clock()

        def job(tx: Tx) -> bool:
            if inbound.is_processed(tx, account=key, event_id=report.event_id):
                return True  # it told us already
            ticket = _ticket(tx, report)
            if ticket is None:
                return False
            inbound.guard(tx, account=key, event_id=report.event_id, raw=report.raw, at=at)
            noted = _act(tx, ticket, report, desk, team_as_one(desk.now.desk, team), key=key, at=at)
            inbound.processed(tx, account=key, event_id=report.event_id, message=noted, at=at)
            return True

        try:
            known = await self._ledger.write(job, name="tracker")
        except StoreUnavailableError as error:
            raise StoreBusy("the ledger cannot be written to now") from error
        self._metrics.took_in(key)
        return known

    def _team(self, desk: str, team: str) -> Team | None:
        found = self._desks.get(desk)
        return found.now.desk.team(team) if found is not None else None


def _ticket(tx: Tx, report: Report) -> int | None:
    """Return the ticket that is meant, if the team has it."""
    number = report.ticket
    if number is None:
        number = issues.ticket_of(tx, desk=report.desk, team=report.team, key=report.key or "")
    if number is None:
        return None
    try:
        ticket = tickets_.load(tx, number)
    except NoSuchTicketError:
        return None
    with_team = ticket.desk == report.desk and ticket.team == report.team
    return number if with_team and ticket.status not in {Status.SOLVED, Status.CLOSED} else None


def _act(
    tx: Tx, ticket: int, report: Report, desk: OpenDesk, team: StaffNow, *, key: str, at: datetime
) -> int | None:
    """Do what was told, as the team; the note that came of it."""
    noted: int | None = None
    match report.kind:
        case ReportKind.CREATED:
            second_line.name_issue(tx, ticket, key=report.key or "", url=report.url, by=team.actor, at=at)
        case ReportKind.COMMENTED:
            text = f"{report.author}: {report.text}" if report.author else report.text
            noted = answering.note(tx, ticket, text, by=team.actor, at=at)
        case ReportKind.CLOSED:
            _, noted = second_line.give_back(tx, ticket, report.text, desk=desk.now, by=team.actor, at=at)
    if noted is not None:
        topics.note_origin(tx, noted, account=key, place={}, external_id=report.event_id)
    return noted
