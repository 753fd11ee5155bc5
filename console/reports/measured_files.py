"""Reports that are made while somebody waits for them: measured, written and handed out, with a line in the trail."""

import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path

from fastapi import Request
from fastapi.responses import Response
from sqlmodel import Session
from starlette.exceptions import HTTPException

from console.doors import Visitor, trail
from console.doors.trail import Kind
from console.house import House
from console.visitors import knock_of
from reports.errors import ReportError

TYPES: Mapping[str, str] = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pdf": "application/pdf",
    "csv": "text/csv; charset=utf-8",
}
Write = Callable[[Session, Path], None]  # measures on a session that only reads, and writes the file


async def handed_out(
    request: Request, house: House, visitor: Visitor, write: Write, *, what: str, format: str, name: str  # noqa: A002  as everywhere
) -> Response:  # fmt: skip
    """Hand a report out under a name without its ending. Raises HTTPException(404) where there is nothing to tell."""

    def made(session: Session) -> bytes:
        with tempfile.TemporaryDirectory(prefix="tanggap-report-") as folder:
            path = Path(folder) / "report"
            write(session, path)
            return path.read_bytes()

    try:
        content = await house.ledger.read(made)
    except ReportError as refused:
        raise HTTPException(404, str(refused)) from refused
    now = house.clock()
    entry = trail.by(visitor, Kind.EXPORTED, knock_of(request), what=what, format=format)
    await house.ledger.write(lambda tx: trail.write(tx, entry, at=now), name="trail")
    return Response(
        content, media_type=TYPES[format], headers={"Content-Disposition": f'attachment; filename="{name}.{format}"'}
    )  # fmt: skip
