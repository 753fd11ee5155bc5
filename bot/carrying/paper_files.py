"""The papers of a case as files, for whoever's turn it is."""

from collections.abc import Iterable
from datetime import timedelta

from bot.carrying.contents import content_of
from bot.carrying.made_links import MadeLink
from channels.contract import Deferred
from procedures.papers import views
from procedures.papers.rows import PaperNow
from tickets.ledger.store import Ledger
from tickets.message import File

_WAIT = timedelta(seconds=2)


class PaperFiles:
    def __init__(self, ledger: Ledger, link: MadeLink) -> None:
        self._ledger = ledger
        self._link = link

    async def of(self, ids: Iterable[int]) -> tuple[File, ...]:
        """Return what there is of them. Raises Deferred while one is being typeset at the first try; nobody waits longer."""
        wanted = tuple(ids)
        if not wanted:
            return ()
        found = await self._ledger.read(lambda session: [views.paper(session, each) for each in wanted])
        papers = [paper for paper in found if paper is not None]
        if any(paper.due_at is not None and paper.attempts <= 1 for paper in papers):
            raise Deferred("a paper is still being typeset", wait=_WAIT)
        return tuple(
            [await self._loaded(paper, paper.sha256) for paper in papers if paper.sha256 is not None]
        )

    async def _loaded(self, paper: PaperNow, sha256: str) -> File:
        content = await content_of(self._ledger, sha256)
        return File(
            name=paper.name or paper.title,
            type=paper.type or "",
            size=paper.size,
            content=content,
            url=self._link({"paper": paper.id}),
        )
