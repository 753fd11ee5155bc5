"""Who is here to act: in the place of those who are not, others of the role or its substitutes do."""

from datetime import datetime

from tickets import absences, staff
from tickets.ledger.tx import Tx


def not_here(tx: Tx, desk: str, at: datetime) -> frozenset[str]:
    """Return the ids of those who are away, and of those who work at the desk no longer: a case may still name them."""
    return frozenset(absences.away_now(tx, desk, at)) | staff.gone(tx, desk)
