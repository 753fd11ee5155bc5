"""What reports need to know beside the ledger's rows, of a desk as it is open here."""

from sqlmodel import Session

from console.house import House
from reports.handed import Known
from tickets import views
from tickets.desk import Desk


def known_of(session: Session, house: House, desk: Desk) -> Known:
    """Return what the ids of a desk's categories and people are called, and its procedures."""
    return Known(
        category_names={each.id: each.name for each in house.catalogue(desk.slug).categories},
        staff_names=views.names_ever(session, desk.slug), procedures=house.procedures(desk.slug),
    )  # fmt: skip
