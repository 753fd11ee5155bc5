"""The files that go along with what is sent: looked up in the ledger, their content taken from the blobs."""

from collections.abc import Callable
from datetime import timedelta

from sqlalchemy import bindparam, select

from bot.carrying.contents import content_of
from channels.contract import Deferred
from tickets.ledger.prepared import Prepared, Row
from tickets.ledger.store import Ledger
from tickets.message import File
from tickets.tables import Attachment

_ATTACHMENTS = Attachment.__table__  # type: ignore[attr-defined]
_OF = Prepared(
    select(_ATTACHMENTS).where(_ATTACHMENTS.c.message == bindparam("message")).order_by(_ATTACHMENTS.c.id)
)
_ONE = Prepared(select(_ATTACHMENTS).where(_ATTACHMENTS.c.id == bindparam("id")))
_WAIT = timedelta(seconds=2)


class Attached:
    def __init__(self, ledger: Ledger, link: Callable[[int], str | None]) -> None:
        """`link` gives the public, expiring link to an attachment."""
        self._ledger = ledger
        self._link = link

    async def of(self, message: int) -> tuple[File, ...]:
        """Return a message's files. Raises Deferred while one of them is still being fetched."""
        rows = await self._ledger.write(lambda tx: tx.all(_OF, message=message), name="files")
        if any(row.state == "pending" for row in rows):
            raise Deferred("a file is still being fetched", wait=_WAIT)
        return tuple([await self._loaded(row) for row in rows if row.sha256 is not None])

    async def one(self, attachment: int) -> File | None:
        """Return one file; None if it is not there (any more)."""
        row = await self._ledger.write(lambda tx: tx.one(_ONE, id=attachment), name="file")
        return None if row is None or row.sha256 is None else await self._loaded(row)

    async def _loaded(self, row: Row) -> File:
        content = await content_of(self._ledger, row.sha256)
        return File(name=row.name, type=row.type, size=row.size, content=content, url=self._link(row.id))
