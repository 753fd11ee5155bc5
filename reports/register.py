"""The register of findings as a table of its own: one row a finding."""

import csv
import io
from collections.abc import Mapping, Sequence
from datetime import date

from procedures.definition.procedure import Procedure
from reports.columns import Kind, Value
from reports.table import harmless, plain
from tickets.desk import Desk
from tickets.views import FindingView

CATEGORY, PROCEDURE = "category", "procedure"
COLUMNS: Mapping[str, Kind] = {
    "number": Kind.NUMBER, "desk": Kind.TEXT, "found_on": Kind.DATE, "found_by": Kind.TEXT, "source": Kind.WORD,
    "service": Kind.TEXT, "service_name": Kind.TEXT, "ticket": Kind.NUMBER, "promise": Kind.WORD, "finding": Kind.TEXT,
    "cause": Kind.TEXT, "action": Kind.TEXT, "responsible": Kind.TEXT, "responsible_name": Kind.TEXT,
    "due_on": Kind.DATE, "overdue": Kind.WORD, "stand": Kind.WORD, "closed_on": Kind.DATE, "closed_by": Kind.TEXT,
    "effect": Kind.WORD, "result": Kind.TEXT,
}  # fmt: skip
IDS = ("desk", "service", "responsible")  # beside their names


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
    writer.writerow(COLUMNS)
    for each in found:
        desk = desks[each.desk]
        row = cells(each, desk, names=names, services=services[each.desk], today=today[each.desk])
        writer.writerow(harmless(plain(cell, desk.calendar.tz)) for cell in row)
    return file.getvalue()


def services(categories: Mapping[str, str], procedures: Sequence[Procedure]) -> dict[str, str]:
    """Return the kinds of service of a desk by the key under which the register keeps them."""
    return {f"{CATEGORY}:{id}": name for id, name in categories.items()} | {  # noqa: A001
        f"{PROCEDURE}:{each.id}": each.name for each in procedures
    }


def cells(
    found: FindingView, desk: Desk, *, names: Mapping[str, str], services: Mapping[str, str], today: date
) -> Sequence[Value]:
    """Return what the columns say of one finding."""
    tz = desk.calendar.tz
    closed_on = found.closed_at.astimezone(tz).date() if found.closed_at else None
    return (
        found.id, found.desk, found.found_at.astimezone(tz).date(), _who(found.found_by, names), str(found.source),
        found.service, services.get(found.service or "", found.service), found.ticket, found.clock, found.text, found.cause,
        found.action, found.responsible, names.get(found.responsible or "", found.responsible), found.due_on,
        "yes" if found.is_overdue(today) else "no", str(found.stand), closed_on, _who(found.closed_by, names),
        str(found.effect) if found.effect else None, found.result,
    )  # fmt: skip


def _who(actor: str | None, names: Mapping[str, str]) -> str | None:
    """Return the name of an actor of the history."""
    if actor is None:
        return None
    id_ = actor.partition(":")[2]
    return names.get(id_, id_ or actor)
