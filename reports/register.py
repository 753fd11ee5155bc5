"""The register of findings as a table of its own: one row a finding."""

import csv
import io
from collections.abc import Mapping, Sequence
from datetime import date

from reports.table import harmless
from tickets.desk import Desk
from tickets.views import FindingView

HEADER = (
    "number", "desk", "found_on", "found_by", "source", "service", "service_name", "ticket", "promise", "finding", "cause",
    "action", "responsible", "responsible_name", "due_on", "overdue", "stand", "closed_on", "closed_by", "effect", "result",
)  # fmt: skip


def register_csv(
    found: Sequence[FindingView],
    *,
    desks: Mapping[str, Desk],
    names: Mapping[str, str],  # of people, by id
    services: Mapping[str, Mapping[str, str]],  # of each desk, by key
    today: Mapping[str, date],  # of each desk
) -> str:
    """Return the register as CSV text, the header first; days are the desk's own, and no cell is taken for a formula."""
    file = io.StringIO(newline="")
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerow(HEADER)
    for each in found:
        cells = _row(each, desks[each.desk], names, services[each.desk], today[each.desk])
        writer.writerow(harmless(cell) for cell in cells)
    return file.getvalue()


def _row(
    found: FindingView, desk: Desk, names: Mapping[str, str], services: Mapping[str, str], today: date
) -> tuple[str | int | None, ...]:
    tz = desk.calendar.tz
    closed_on = found.closed_at.astimezone(tz).date().isoformat() if found.closed_at else None
    return (
        found.id, found.desk, found.found_at.astimezone(tz).date().isoformat(), _who(found.found_by, names), str(found.source),
        found.service, services.get(found.service or "", found.service), found.ticket, found.clock, found.text, found.cause,
        found.action, found.responsible, names.get(found.responsible or "", found.responsible),
        found.due_on.isoformat() if found.due_on else None, "yes" if found.is_overdue(today) else "no", str(found.stand),
        closed_on, _who(found.closed_by, names), str(found.effect) if found.effect else None, found.result,
    )  # fmt: skip


def _who(actor: str | None, names: Mapping[str, str]) -> str | None:
    """Return the name of an actor of the history."""
    if actor is None:
        return None
    id_ = actor.partition(":")[2]
    return names.get(id_, id_ or actor)
