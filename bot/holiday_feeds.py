"""The feeds of holidays: asked once a day and at start; what one brings becomes a revision of its desk if days changed.

When each was asked, and how that went, stands in the ledger, so that several processes share the asking. A failed try
changes nothing: the days that came last stay, and the try is repeated within the hour.
"""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlsplit

import structlog
from sqlalchemy import bindparam, select, update

from bot.desk_files import DeskFileError, desk_from_files
from bot.desk_files.icalendar_days import read_ics
from bot.desk_files.listed_days import ListedDay
from bot.desk_files.loading import years_around_today
from bot.desks import Desks, OpenDesk
from bot.service.metrics import Metrics
from channels.feeds import FeedError, FeedFetcher, Fetched, Seen
from tickets import revisions
from tickets.actions.revising import keep
from tickets.actor import SYSTEM
from tickets.connections import HolidayFeed
from tickets.ledger.prepared import Prepared, Row
from tickets.ledger.store import Ledger
from tickets.ledger.tx import Tx
from tickets.promises import Terms
from tickets.revisions import Revision
from tickets.tables import HolidayFeedState

log = structlog.get_logger()

DAILY = timedelta(days=1)
AGAIN = timedelta(hours=1)  # after a failure
AT_START = timedelta(minutes=10)  # a process that has just begun asks anew what is older
LOOK_EVERY = timedelta(seconds=20)
_SHOWN = 5  # days that a note names

_FEEDS = HolidayFeedState.__table__  # type: ignore[attr-defined]
_KEY = (_FEEDS.c.desk == bindparam("of_desk"), _FEEDS.c.file == bindparam("of_file"))
_READ = Prepared(select(_FEEDS).where(*_KEY))
_TRY = Prepared(
    lambda insert: insert(_FEEDS).on_conflict_do_update(
        index_elements=["desk", "file"],
        set_={name: insert(_FEEDS).excluded[name] for name in ("tried_at", "due_at")},
    )
)
_WELL = Prepared(
    update(_FEEDS)
    .where(*_KEY)
    .values(
        due_at=bindparam("due_at"), fetched_at=bindparam("fetched_at"), etag=bindparam("etag"),
        modified=bindparam("modified"), error=None,
    )
)  # fmt: skip
_BADLY = Prepared(update(_FEEDS).where(*_KEY).values(error=bindparam("error")))


@dataclass(frozen=True, kw_only=True)
class Days:
    """What changed between two readings of a feed."""

    before: frozenset[ListedDay]
    after: frozenset[ListedDay]

    def note(self, host: str) -> str:
        """Say what changed, for whoever looks through the revisions of a desk."""
        came, went = self.after - self.before, self.before - self.after
        parts = [
            f"{word} {', '.join(_named(days))}" for word, days in (("new:", came), ("gone:", went)) if days
        ]
        return (
            f"The feed of holidays at {host} changed: {'; '.join(parts) or 'it was read for the first time'}."
        )


class HolidayFeeds:
    def __init__(
        self,
        ledger: Ledger,
        desks: Desks,
        fetcher: FeedFetcher,
        environment: Mapping[str, str],
        *,
        metrics: Metrics,
        clock: Callable[[], datetime],
    ) -> None:
        self._ledger = ledger
        self._desks = desks
        self._fetcher = fetcher
        self._environment = environment
        self._metrics = metrics
        self._clock = clock
        self._asked: set[tuple[str, str]] = set()  # by this process
        self._looked_at: datetime | None = None

    async def turn(self) -> int:
        """Ask the feeds that are due; none of them holds another up."""
        now = self._clock()
        if self._looked_at is not None and now - self._looked_at < LOOK_EVERY:
            return 0
        self._looked_at = now
        await self.refresh()
        return 0

    async def refresh(self) -> None:
        """Ask every feed that is due."""
        pairs = [(desk, feed) for desk in self._desks for feed in desk.now.desk.holiday_feeds]
        await asyncio.gather(*(self._refresh(desk, feed) for desk, feed in pairs))

    async def _refresh(self, desk: OpenDesk, feed: HolidayFeed) -> None:
        key, now = (desk.slug, feed.file), self._clock()
        fresh = key not in self._asked
        self._asked.add(key)
        state, newest = await self._ledger.write(
            lambda tx: _claim(tx, desk.slug, feed, now, fresh=fresh), name="holidays"
        )
        self._metrics.feed_is(desk.slug, _host(feed), now - (state.fetched_at or state.first_at))
        if newest is None:
            return
        # Nobody is asked for news of something that the desk's files do not hold.
        seen = Seen(etag=state.etag, modified=state.modified) if feed.file in newest.files else Seen()
        try:
            fetched = await self._fetcher.fetch(feed.url, seen)
            await self._take(desk, feed, fetched, newest)
        except (FeedError, DeskFileError) as error:
            said = str(error).partition("\n")[0][:300]
            log.warning("holidays.feed_failed", desk=desk.slug, host=_host(feed), error=said)
            await self._ledger.write(
                lambda tx: tx.run(_BADLY, of_desk=desk.slug, of_file=feed.file, error=said), name="holidays"
            )

    async def _take(self, desk: OpenDesk, feed: HolidayFeed, fetched: Fetched, newest: Revision) -> None:
        """Keep what came, as a revision if it has other days than what the desk has. Raises what cannot be read."""
        revised: tuple[Mapping[str, str], Terms, str] | None = None
        if fetched.text is not None:
            revised = await self._ledger.aside(self._revised, desk, feed, fetched.text, newest)

        def job(tx: Tx) -> bool:
            at = self._clock()
            if revised is not None:
                now = revisions.newest(tx, desk.slug)
                if now is None or now.number != newest.number:
                    return False  # somebody saved the desk meanwhile: it is asked again
                files, terms, note = revised
                keep(
                    tx, desk.slug, files, terms=terms, saved_by=newest.by, actor=SYSTEM, at=at, note=note
                )  # fmt: skip
            tx.run(
                _WELL, of_desk=desk.slug, of_file=feed.file, due_at=at + DAILY, fetched_at=at,
                etag=fetched.seen.etag, modified=fetched.seen.modified,
            )  # fmt: skip
            return True

        if await self._ledger.write(job, name="holidays") and revised is not None:
            log.info("holidays.changed", desk=desk.slug, host=_host(feed))

    def _revised(
        self, desk: OpenDesk, feed: HolidayFeed, text: str, newest: Revision
    ) -> tuple[Mapping[str, str], Terms, str] | None:
        """Return the files, terms and note of the revision that this text makes; None if its days are the same."""
        before = newest.files.get(feed.file)
        days = Days(
            before=_days(before, desk) if before is not None else frozenset(), after=_days(text, desk)
        )
        if before is not None and days.before == days.after:
            return None
        files = {**newest.files, feed.file: text}
        loaded = desk_from_files(files, self._environment)
        return files, loaded.desk.terms, days.note(_host(feed))


def _days(text: str, desk: OpenDesk) -> frozenset[ListedDay]:
    """Return the days of a feed. Raises FeedError."""
    listed = read_ics(text, zone=desk.now.desk.calendar.tz, years=years_around_today())
    if listed.mistakes:
        line, said = listed.mistakes[0]
        raise FeedError(f"line {line}: {said}" if line else said)
    return frozenset(listed.days)


def _named(days: frozenset[ListedDay]) -> list[str]:
    named = [f"{day.on} {'open' if day.open else day.name}".strip() for day in sorted(days)]
    more = len(named) - _SHOWN
    return [*named[:_SHOWN], f"and {more} more"] if more > 0 else named


def _host(feed: HolidayFeed) -> str:
    return urlsplit(feed.url).hostname or "?"


def _claim(
    tx: Tx, desk: str, feed: HolidayFeed, now: datetime, *, fresh: bool
) -> tuple[Row, Revision | None]:
    """Return how a feed fares, and the desk's newest revision if it is this process's turn to ask."""
    state = tx.one(_READ, of_desk=desk, of_file=feed.file)
    due = state is None or state.due_at <= now or (fresh and state.tried_at <= now - AT_START)
    if due:
        first_at = now if state is None else state.first_at
        tx.run(_TRY, desk=desk, file=feed.file, first_at=first_at, due_at=now + AGAIN, tried_at=now,
               fetched_at=None, etag=None, modified=None, error=None)  # fmt: skip
        state = tx.one(_READ, of_desk=desk, of_file=feed.file)
    assert state is not None
    return state, revisions.newest(tx, desk) if due else None
