"""The kinds of records that there are to be taken out."""

from collections.abc import Iterator, Mapping
from operator import attrgetter

from reports import register
from reports.columns import TICKET_COLUMNS, values
from reports.counted import how_many
from reports.exports import under
from reports.exports.asked import CASES, CLOCKS, FINDINGS, MESSAGES, TICKETS
from reports.exports.lines import Cells, Column, Reading, Records
from reports.rows import ticket_rows
from tickets.views.findings import Show, WantedFindings, counts, findings


def _tickets(reading: Reading) -> Iterator[Cells]:
    """Yield the rows that the month's report has."""
    rows = ticket_rows(
        reading.session, desk=reading.desk.slug, start_at=reading.start_at, end_at=reading.end_at, now=reading.now,
        names=reading.names, conditions=reading.only.conditions, identities=reading.identities,
    )  # fmt: skip
    for row in reading.only.sieved(rows, attrgetter("number")):
        yield values(row)


def _how_many_tickets(reading: Reading) -> int:
    return how_many(
        reading.session, desk=reading.desk.slug, start_at=reading.start_at, end_at=reading.end_at,
        conditions=reading.only.conditions,
    )  # fmt: skip


def _findings(reading: Reading) -> Iterator[Cells]:
    """Yield the lines of the register: people write them one by one, so that they are never many."""
    wanted, names = _wanted(reading), reading.known.staff_names
    services = register.services(reading.known.category_names, reading.known.procedures)
    today = wanted.desks[reading.desk.slug]
    for found in findings(reading.session, wanted, most=None):
        yield register.cells(found, reading.desk, names=names, services=services, today=today)


def _how_many_findings(reading: Reading) -> int:
    return counts(reading.session, _wanted(reading))[Show.ALL]


def _wanted(reading: Reading) -> WantedFindings:
    desk = reading.desk
    today = desk.calendar.day_of(reading.now)
    return WantedFindings(desks={desk.slug: today}, since=reading.start_at, before=reading.end_at)


_TICKET_COLUMNS = tuple(
    Column(key=each.key, kind=each.kind, for_people=each.for_people) for each in TICKET_COLUMNS
)
_FINDING_COLUMNS = tuple(
    Column(key=key, kind=kind, for_people=key not in register.IDS) for key, kind in register.COLUMNS.items()
)
KINDS: Mapping[str, Records] = {
    TICKETS: Records(columns=_TICKET_COLUMNS, lines=_tickets, count=_how_many_tickets),
    MESSAGES: under.MESSAGES,
    CLOCKS: under.CLOCKS,
    CASES: under.CASES,
    FINDINGS: Records(columns=_FINDING_COLUMNS, lines=_findings, count=_how_many_findings),
}
