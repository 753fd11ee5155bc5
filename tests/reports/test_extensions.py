"""More time that a supervisor gave is in the rows of every report, with the reason."""

from datetime import timedelta

from reports.columns import TICKET_COLUMNS, values
from reports.measures import names_of
from reports.rows import ticket_rows
from tests.tickets.desks import MONDAY, RINA, SLUG, open_desk, whatsapp
from tickets.actions.promises import extend_by
from tickets.clocks import FIRST_RESPONSE, RESOLUTION
from tickets.hours import Span
from tickets.intake import Reading, take_in

DAY = timedelta(days=1)


def test_an_extension_and_its_reason_are_in_the_row(ledger):
    desk = open_desk(ledger)
    ledger.write_blocking(
        lambda tx: take_in(
            tx, whatsapp("lupa sandi", sid="SM1"), desk=desk, reading=Reading(), files=(), at=MONDAY
        )
    )
    for minutes, reason in ((5, "menunggu vendor"), (10, "menunggu suku cadang")):
        ledger.write_blocking(
            lambda tx, minutes=minutes, reason=reason: extend_by(
                tx, 1, (RESOLUTION, "", 1), Span.parse("2h"), reason=reason, by=RINA,
                at=MONDAY + timedelta(minutes=minutes),
            )
        )  # fmt: skip
    with ledger.reading() as session:
        (row,) = ticket_rows(
            session, desk=SLUG, start_at=MONDAY - DAY, end_at=MONDAY + DAY, now=MONDAY + DAY,
            names=names_of(desk.desk, category_names={}, staff_names={}),
        )  # fmt: skip
    told = {column.key: value for column, value in zip(TICKET_COLUMNS, values(row), strict=True)}
    assert told["resolution_extended_why"] == "menunggu suku cadang"  # the last one
    assert told["resolution_extended_at"] == MONDAY + timedelta(minutes=10)
    assert told[f"{FIRST_RESPONSE}_extended_why"] is None
