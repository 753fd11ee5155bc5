"""The trail, for the administrator: who came in or was refused, who looked at identity numbers, who changed or took out what."""

import csv
import io
import json
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from itertools import islice
from typing import Annotated
from zoneinfo import ZoneInfo

from fastapi import Query, Request
from fastapi.responses import Response

from console.account.administering import for_the_administrator
from console.account.browsers import in_words
from console.account.own import zone_of
from console.days import day_in
from console.doors import trail
from console.doors.trail import TERMINAL, Kind
from console.doors.trail_reading import THEMES, Line, Sought, Spot, every_line, lines
from console.house import TheHouse
from console.pages.render import moments, page
from console.phrases import has
from console.routes import Router
from console.visitors import Here, knock_of
from reports.table import harmless
from tickets.actor import SYSTEM

PATH = "/trail"
ON_A_PAGE = 50
MOST_EXPORTED = 50_000
_COLUMNS = ("at", "what", "who", "desk", "ticket", "place", "browser", "details")
_OURSELVES = {
    TERMINAL: "trail_terminal",
    SYSTEM.key: "trail_system",
}  # who is no person, and the phrase for them
_Text = Annotated[str, Query(max_length=200)]

router = Router(include_in_schema=False)


@router.get(PATH)
async def show(
    request: Request, house: TheHouse, visitor: Here, *, theme: _Text = "", who: _Text = "", first: _Text = "",
    last: _Text = "", before: _Text = "",
) -> Response:  # fmt: skip
    for_the_administrator(visitor)
    zone = zone_of(house, visitor)
    sought, spot = _sought(theme, who, first, last, zone), _spot(before)
    found = await house.ledger.read(lambda session: lines(session, sought, limit=ON_A_PAGE + 1, before=spot))
    shown = found[:ON_A_PAGE]
    return page(
        request, house, "trail.html", visitor=visitor, lines=shown, themes=THEMES, sought=sought, browser=in_words,
        older=_written(shown[-1].spot) if len(found) > ON_A_PAGE else None, when=moments(request, zone, house.clock()),
        filters={"theme": sought.theme or "", "who": sought.who, "first": first, "last": last}, is_first=spot is None,
        desks={slug: desk.desk.name for slug, desk in house.desks().items()}, own=_OURSELVES, has=has,
    )  # fmt: skip


@router.get(f"{PATH}.csv")
async def export(
    request: Request, house: TheHouse, visitor: Here, *, theme: _Text = "", who: _Text = "", first: _Text = "",
    last: _Text = "",
) -> Response:  # fmt: skip
    """Hand the trail out as a table; that somebody took it is part of it from then on."""
    for_the_administrator(visitor)
    now, zone = house.clock(), zone_of(house, visitor)
    sought = _sought(theme, who, first, last, zone)
    table = await house.ledger.read(
        lambda session: _table(islice(every_line(session, sought), MOST_EXPORTED), zone)
    )
    entry = trail.by(visitor, Kind.EXPORTED, knock_of(request), what="trail", format="csv")
    await house.ledger.write(lambda tx: trail.write(tx, entry, at=now), name="export")
    name = f"trail-{now.astimezone(zone).date().isoformat()}.csv"
    return Response(
        table, media_type="text/csv; charset=utf-8", headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )  # fmt: skip


def _table(found: Iterator[Line], zone: ZoneInfo) -> str:
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerow(_COLUMNS)
    for line in found:
        details = json.dumps(line.data, ensure_ascii=False) if line.data else ""
        at = line.at.astimezone(zone).isoformat(timespec="seconds")
        cells = (at, line.kind, line.who, line.desk, line.ticket, line.place, line.browser, details)
        writer.writerow([harmless(cell) for cell in cells])
    return file.getvalue()


def _sought(theme: str, who: str, first: str, last: str, zone: ZoneInfo) -> Sought:
    start, end = day_in(first), day_in(last)
    return Sought(
        theme=theme if theme in THEMES else None, who=who.strip(),
        start_at=datetime.combine(start, time(), tzinfo=zone) if start else None,
        end_at=datetime.combine(end + timedelta(days=1), time(), tzinfo=zone) if end and end < date.max else None,
    )  # fmt: skip


def _written(spot: Spot) -> str:
    return f"{spot.at.isoformat()}_{spot.source}_{spot.id}"


def _spot(written: str) -> Spot | None:
    """Read a place in the list out of a link; None: from the newest on."""
    at, _, rest = written.partition("_")
    source, _, id_ = rest.partition("_")
    try:
        spot = Spot(datetime.fromisoformat(at), int(source), int(id_))
    except ValueError:
        return None
    return spot if spot.at.tzinfo is not None and abs(spot.id) < 10**15 else None
