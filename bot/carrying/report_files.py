"""Reports of the archive as files, for whoever is told of them."""

from collections.abc import Iterable

from bot.carrying.contents import content_of
from bot.carrying.made_links import MadeLink
from reports.filed.filing import Filed, one
from reports.files import TYPES
from tickets.ledger.store import Ledger
from tickets.message import File


class ReportFiles:
    def __init__(self, ledger: Ledger, link: MadeLink) -> None:
        self._ledger, self._link = ledger, link

    async def of(self, ids: Iterable[int]) -> tuple[File, ...]:
        """Return those whose file there is."""
        wanted = tuple(ids)
        if not wanted:
            return ()
        found = await self._ledger.read(lambda session: [one(session, each) for each in wanted])
        kept = [report for report in found if report is not None and report.discarded_at is None]
        return tuple([await self._loaded(report) for report in kept])

    async def _loaded(self, report: Filed) -> File:
        content = await content_of(self._ledger, report.sha256)
        return File(
            name=report.name, type=TYPES[report.format], size=report.size, content=content,
            url=self._link({"report": report.id}),
        )  # fmt: skip
