"""What Tanggap made itself, handed out by signed links: whoever has one has that file for a day, and cannot guess another."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.carrying.made_links import PATH, MadeLinks
from bot.carrying.paper_files import PaperFiles
from bot.carrying.report_files import ReportFiles
from bot.carrying.sop_forms import SopForms
from channels.contract import Deferred, RefusedByProvider
from tickets.ledger.blobs import safe_name
from tickets.message import File


class MadeDoor:
    def __init__(self, links: MadeLinks, papers: PaperFiles, forms: SopForms, reports: ReportFiles) -> None:
        self._links, self._papers, self._forms, self._reports = links, papers, forms, reports

    @property
    def route(self) -> Route:
        return Route(PATH, self._hand_out, methods=["GET", "HEAD"], name="made")

    async def _hand_out(self, request: Request) -> Response:
        named = self._links.read(request.path_params["signed"][:1000])
        try:
            file = await self._file(named) if named is not None else None
        except Deferred:  # void and typeset anew, or the storage of files cannot be reached
            return Response("not now", status_code=503, headers={"Retry-After": "5"}, media_type="text/plain")
        except RefusedByProvider:  # the file is no longer kept
            file = None
        if file is None:
            return Response("this link is not valid, or no longer", status_code=404, media_type="text/plain")
        return Response(
            file.content or b"",
            media_type=file.type,
            headers={
                "Content-Disposition": f"attachment; filename*=utf-8''{quote(safe_name(file.name))}",
                "Content-Security-Policy": "default-src 'none'; sandbox",
                "X-Content-Type-Options": "nosniff",
                "Cache-Control": "private, max-age=3600",
            },
        )

    async def _file(self, named: Mapping[str, Any]) -> File | None:
        if "report" in named:
            return next(iter(await self._reports.of([named["report"]])), None)
        if "paper" not in named:
            return next(iter((await self._forms.of(named["desk"], named))[named["at"] :]), None)
        return next(iter(await self._papers.of([named["paper"]])), None)
