"""The monthly report, as programs ask for it: its figures and findings as JSON, or one of its files."""

import tempfile
from datetime import timedelta
from pathlib import Path
from typing import Annotated, Any, Literal

from fastapi import Query
from fastapi.responses import Response
from sqlmodel import Session

from console.api.bodies import Asked as Words
from console.api.caller import Asked as Call
from console.api.caller import Asking
from console.api.shapes import answer
from console.api.statistics import Word, groups_shape, promise_shape
from console.api.tickets import REFUSALS
from console.doors import trail
from console.doors.trail import Entry, Kind
from console.reports.reported import known_of
from console.routes import Router
from reports import monthly
from reports.compared import Compared, compared
from reports.compared import Figure as Value
from reports.errors import BadFormatError
from reports.filed.closing import Corrections
from reports.files import TYPES
from reports.findings import words
from reports.findings.facts import Facts
from reports.findings.rules import findings
from reports.monthly import Asked, facts_of_month, write_month
from reports.part import Part
from reports.table import minutes
from templates_replies.catalogue import Language, supported_language
from tickets.actions.errors import NotAllowedError
from tickets.actions.rights import require
from tickets.actor import Role

JSON = "json"
FORMATS = (JSON, *monthly.FORMATS)
Month = Annotated[Words, Query(max_length=20, description="YYYY-MM, such as 2026-10")]
Format = Annotated[Words, Query(max_length=10, description=" or ".join(FORMATS))]

router = Router(tags=["reports"], responses=REFUSALS)


@router.get("/reports/monthly", summary="The report of a month", response_class=Response)
async def show_month(
    asked: Asking, *, desk: Annotated[Words, Query()], month: Month, format: Format = JSON,  # noqa: A002
    language: Literal["id", "en"] | None = None, team: Word = None, category: Word = None, identities: bool = False,
) -> Response:  # fmt: skip
    """Its figures, comparison and findings as JSON, or one of its files.

    A supervisor's token asks for files. Identity numbers are masked in them unless it is good for `identity:read` and asks for `identities`.
    """
    require(asked.by, Role.SUPERVISOR if format in monthly.FORMATS else Role.VIEWER, desk)
    if identities and not asked.numbers.whole:
        raise NotAllowedError("the token may not read identity numbers")
    wanted = Asked(
        month=month, format=format, language=language, part=Part(team=team, category=category), identities=identities
    )  # fmt: skip
    if format not in FORMATS:
        raise BadFormatError(format, FORMATS)
    return await (_figures(asked, desk, wanted) if format == JSON else _file(asked, desk, wanted))


async def _figures(call: Call, slug: str, wanted: Asked) -> Response:
    house, desk, now = call.house, call.house.desk(slug).desk, call.house.clock()

    def read(session: Session) -> Facts:
        known = known_of(session, house, desk)
        return facts_of_month(session, wanted, desk=desk, now=now, known=known)

    return answer(_shape(await house.ledger.read(read)))


async def _file(call: Call, slug: str, wanted: Asked) -> Response:
    """Write the file aside, hand it out, and leave a line in the trail."""
    house, desk, now = call.house, call.house.desk(slug).desk, call.house.clock()
    name = f"{slug}-{wanted.month}.{wanted.format}"

    def write(session: Session) -> bytes:
        with tempfile.TemporaryDirectory(prefix="tanggap-report-") as folder:
            path = Path(folder) / f"report.{wanted.format}"
            write_month(session, wanted, path, desk=desk, now=now, known=known_of(session, house, desk))
            return path.read_bytes()

    content = await house.ledger.read(write)
    data = {"what": "report", "format": wanted.format, **({"identities": True} if wanted.identities else {})}
    entry = Entry(kind=Kind.EXPORTED, who=call.by.key, knock=call.numbers.knock, desk=slug, data=data)
    await house.ledger.write(lambda tx: trail.write(tx, entry, at=now), name="trail")
    return Response(
        content, media_type=TYPES[wanted.format],
        headers={"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"},
    )  # fmt: skip


def _shape(facts: Facts) -> dict[str, Any]:
    month, report = facts.month, facts.month.report
    language: Language = supported_language(month.language)
    return {
        "desk": report.desk, "month": str(report.month), "running": report.month.running, "made_at": report.made_at,
        "tickets": report.tickets, "finished": report.finished, "reopened": report.reopened,
        "uncategorised": len(report.uncategorised), "spam": report.left_out.spam, "merged": report.left_out.merged,
        "unread": facts.unread, "statuses": report.statuses,
        "messages": {
            "in": report.messages_in, "out": report.messages_out, "automatic": report.messages_automatic
        },
        "lost": report.brought.lost, "fetched_late": report.brought.late,
        "promises": {each.kind: promise_shape(each) for each in report.promises},
        "days": [{"on": str(day.on), "tickets": day.tickets, "finished": day.finished} for day in report.days],
        "channels": groups_shape(report.channels), "categories": groups_shape(report.categories),
        "agents": groups_shape(report.agents), "compared": [_compared(each) for each in compared(month)],
        "corrections": _corrections(month.corrections),
        "findings": [
            {"topic": each.topic, "title": words.lead(each, language), "text": words.sentences(each, language)}
            for each in findings(facts)
        ],
    }  # fmt: skip


def _corrections(found: Corrections | None) -> dict[str, Any] | None:
    """Return what is otherwise than when the month was closed; None where it is not closed. Lengths are seconds."""
    if found is None:
        return None
    return {
        "closed_at": found.closing.closed_at, "closed_by": found.closing.closed_by,
        "changes": [{"figure": each.key, "before": each.before, "after": each.after} for each in found.changes],
        "causes": [
            {
                "at": each.at, "kind": each.kind, "ticket": each.ticket, "by": each.by, "before": each.before,
                "after": each.after, "into": each.into,
            }
            for each in found.causes
        ],
        "more": found.more,
    }  # fmt: skip


def _compared(row: Compared) -> dict[str, Any]:
    return {
        "figure": row.key, "promise": row.of or None, "now": _plain(row.now), "before": _plain(row.before),
        "year_before": _plain(row.year_before),
    }  # fmt: skip


def _plain(value: Value) -> float | None:
    """Return a figure as JSON has it: lengths are minutes, shares from 0 to 1."""
    return minutes(value) if isinstance(value, timedelta) else value
