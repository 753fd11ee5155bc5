"""The line of the monthly report that says whether anything was lost."""

from reports.brought import Brought
from reports.labels import Labels


def said_of_lost(brought: Brought, labels: Labels) -> str:
    if brought.lost is None:
        return labels("lost_unknown")
    return labels("lost_line", lost=brought.lost, late=brought.late)
