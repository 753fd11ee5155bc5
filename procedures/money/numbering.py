"""The numbers of invoices and receipts: counted anew each year of the desk's own time, without gaps or doubles."""

from datetime import datetime
from enum import StrEnum

from tickets.desk import Desk
from tickets.ledger.tx import Tx


class Series(StrEnum):
    """What is counted, as the numbers begin."""

    INVOICE = "INV"
    RECEIPT = "KW"


def next_number(tx: Tx, series: Series, desk: Desk, at: datetime) -> str:
    """Give out the next number, such as `INV/2026/0042`."""
    year = at.astimezone(desk.calendar.tz).year
    return f"{series}/{year}/{tx.next_id(f'{series}:{desk.slug}:{year}'):04}"
