"""Whose report it is: the desk, and which part of its tickets is meant."""

from reports.labels import Labels
from reports.measures import MonthReport


def whose(report: MonthReport, labels: Labels) -> str:
    """Return the desk's name, and that of the team or category, where the report is of one."""
    part, names = report.part, report.names
    named = [
        labels(f"of_{what}", name=name)
        for what, name in (("team", names.team(part.team)), ("category", names.category(part.category)))
        if name is not None
    ]
    return " · ".join([report.desk_name, *named])
