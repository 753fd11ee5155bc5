"""Fetching files that were announced with a message: a job of its own, so that no text waits for one."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial

import structlog
from sqlalchemy import bindparam, literal_column, select, update

from bot.accounts.adapters import Adapters
from bot.desks import Desks
from bot.voice import contact_voice
from channels.contract import Deferred, FileTooLarge, MediaSource, RefusedByProvider
from tickets import contacts
from tickets import ticket as tickets_
from tickets.actions import answering
from tickets.actions.answering import Words
from tickets.actions.rereading import put_in_words
from tickets.attachments import WITHHELD
from tickets.ledger.blobs import FileTooLargeError, Stored
from tickets.ledger.events import append
from tickets.ledger.prepared import Prepared, Row
from tickets.ledger.store import Ledger
from tickets.ledger.tx import Tx
from tickets.ledger.writer import StoreUnavailableError
from tickets.message import Direction, File
from tickets.tables import Attachment, Message

log = structlog.get_logger()

TRIES = 12  # within half an hour; then a person may ask for it again
LONGEST_WAIT = 300  # seconds
MOST = 10
LEASE = timedelta(minutes=5)  # for whoever fetches it
AGAIN = timedelta(
    minutes=1
)  # after which it is tried to keep what could be fetched, and not be kept or examined

_ATTACHMENTS = Attachment.__table__  # type: ignore[attr-defined]
_MESSAGES = Message.__table__  # type: ignore[attr-defined]
_DUE = Prepared(
    select(_ATTACHMENTS)
    .where(_ATTACHMENTS.c.state == literal_column("'pending'"), _ATTACHMENTS.c.not_before <= bindparam("now"))
    .order_by(_ATTACHMENTS.c.not_before)
    .limit(bindparam("most"))
)
_LEASE = Prepared(
    update(_ATTACHMENTS)
    .where(_ATTACHMENTS.c.id == bindparam("key"))
    .values(not_before=bindparam("until"), attempts=_ATTACHMENTS.c.attempts + 1)
)
_WAIT = Prepared(
    update(_ATTACHMENTS)
    .where(_ATTACHMENTS.c.id == bindparam("key"))
    .values(not_before=bindparam("until"), attempts=bindparam("attempts"))
)
_STORED = Prepared(
    update(_ATTACHMENTS)
    .where(_ATTACHMENTS.c.id == bindparam("key"))
    .values(
        state=bindparam("state"), sha256=bindparam("sha256"), size=bindparam("size"), type=bindparam("type"),
        name=bindparam("name"), error=bindparam("error"), fetch=bindparam("fetch"), not_before=None,
    )
)  # fmt: skip
_OF_MESSAGE = Prepared(
    select(_MESSAGES.c.desk, _MESSAGES.c.ticket, _MESSAGES.c.direction).where(
        _MESSAGES.c.id == bindparam("id")
    )
)


class MediaFetcher:
    def __init__(
        self,
        ledger: Ledger,
        desks: Desks,
        adapters: Adapters,
        *,
        clock: Callable[[], datetime],
        refuse: Callable[[str, str], None] | None = None,
    ) -> None:
        """`refuse` is told of an account and a reason, to be counted."""
        self._ledger = ledger
        self._desks = desks
        self._adapters = adapters
        self._clock = clock
        self._refuse_counted = refuse

    async def turn(self) -> int:
        """Fetch what is due; how many were tried. A file that cannot be had keeps its message waiting for nothing."""
        now = self._clock()
        rows = await self._ledger.write(lambda tx: _claim(tx, now), name="media")
        for row in rows:
            await self._fetch(row)
        return len(rows)

    async def _fetch(self, row: Row) -> None:
        adapter = self._adapters.get(row.account)
        try:
            file = await _fetched(adapter, row)
            content = file.content or b""
            take = partial(self._ledger.blobs.take, name=row.name, declared=file.type or row.type)
            stored = await self._ledger.put_aside(take, content)
        except Deferred as error:
            log.info("media.deferred", attachment=row.id, account=row.account)
            await self._later(row, error.reason, wait=error.wait)
        except FileTooLarge as error:
            await self._refuse(row, error.reason, limit=error.limit)
        except RefusedByProvider as error:
            if error.account_broken:  # nothing is wrong with the file
                await self._later(row, error.reason, wait=timedelta(seconds=LONGEST_WAIT))
            else:
                await self._refuse(row, error.reason)
        except FileTooLargeError as error:
            await self._refuse(row, str(error), limit=self._ledger.blobs.max_bytes)
        except StoreUnavailableError:  # nothing is wrong with the file, nor with who has it
            log.info("media.not_kept", attachment=row.id, account=row.account)
            until = self._clock() + AGAIN
            await self._ledger.write(
                lambda tx: tx.run(_WAIT, key=row.id, until=until, attempts=row.attempts), name="media"
            )
        except Exception as error:  # noqa: BLE001  one bad file must not stop the others
            log.warning("media.failed", attachment=row.id, account=row.account, error=type(error).__name__)
            await self._later(row, "the file could not be fetched", wait=None)
        else:
            if stored.state == WITHHELD and self._refuse_counted is not None:
                self._refuse_counted(row.account, "virus")

            def job(tx: Tx) -> None:
                _store(tx, row, stored, at=self._clock())
                if file.says:
                    put_in_words(tx, row.message, file.says, at=self._clock())

            await self._ledger.write(job, name="media")

    async def _later(self, row: Row, reason: str, *, wait: timedelta | None) -> None:
        """Try again after 1, 3, 9 … seconds, for most files are there a moment later; give up after all tries."""
        if row.attempts + 1 >= TRIES:
            await self._refuse(row, reason)
            return
        until = self._clock() + (wait or timedelta(seconds=min(3**row.attempts, LONGEST_WAIT)))
        await self._ledger.write(
            lambda tx: tx.run(_WAIT, key=row.id, until=until, attempts=row.attempts + 1), name="media"
        )

    async def _refuse(self, row: Row, reason: str, *, limit: int | None = None) -> None:
        """Note that a file cannot be had; one beyond a limit (bytes) is not asked for again, but its sender is told."""

        def job(tx: Tx) -> None:
            refused = Stored(
                name=row.name, type=row.type, size=row.size, sha256=None, state="refused", error=reason[:300],
                fetch=None if limit is not None else row.fetch,
            )  # fmt: skip
            _store(tx, row, refused, at=self._clock())
            if limit is not None:
                self._tell_contact(tx, row, limit)

        log.warning("media.refused", attachment=row.id, account=row.account)
        await self._ledger.write(job, name="media")

    def _tell_contact(self, tx: Tx, row: Row, limit: int) -> None:
        message = tx.one(_OF_MESSAGE, id=row.message)
        if message is None or message.ticket is None or message.direction != Direction.IN:
            return
        ticket = tickets_.load(tx, message.ticket)
        desk = self._desks.get(message.desk)
        if desk is not None:
            voice = contact_voice(desk, contacts.load_contact(tx, ticket.contact).language)
            text = voice.file_too_large(row.name, limit)
            answering.say_automatically(tx, ticket, Words(text=text), at=self._clock(), kind="file_too_large")


async def _fetched(adapter: object, row: Row) -> File:
    if not isinstance(adapter, MediaSource):
        raise RefusedByProvider("this account cannot fetch files")
    return await adapter.fetch(row.fetch)


def _claim(tx: Tx, now: datetime) -> list[Row]:
    rows = tx.all(_DUE, now=now, most=MOST)
    for row in rows:
        tx.run(_LEASE, key=row.id, until=now + LEASE)
    return rows


def _store(tx: Tx, row: Row, stored: Stored, *, at: datetime) -> None:
    tx.run(
        _STORED, key=row.id, state=stored.state, sha256=stored.sha256, size=stored.size, type=stored.type,
        name=stored.name, error=stored.error, fetch=stored.fetch,
    )  # fmt: skip
    message = tx.one(_OF_MESSAGE, id=row.message)
    if message is not None and message.direction == Direction.IN:
        append(
            tx, f"attachment.{stored.state}", desk=message.desk, ticket=message.ticket, at=at, subject=row.id,
            actor="system", again=stored.fetch is not None,
        )  # fmt: skip
