"""The board told in chat and by mail: to whoever asks for it, and once a day to each supervisor as the digest.

What is queued names the desk and the day; the text is drawn when it is sent, so that it tells how things stand then.
"""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from functools import partial

from sqlalchemy import select
from sqlmodel import Session

from bot.alerts import ways_to
from bot.desks import Desks, OpenDesk
from bot.voice import staff_voice
from reports.indicators import indicators
from templates_replies import supervision_phrases
from templates_replies.supervision_phrases import FigureWords, IndicatorWords
from tickets import views
from tickets.actor import Role
from tickets.clocks import RESOLUTION
from tickets.ledger.store import Ledger
from tickets.ledger.tx import Tx
from tickets.outbox import enqueue
from tickets.parcels import Audience, Priority
from tickets.staff import active
from tickets.supervision import digest_day
from tickets.tables import Ticket
from tickets.views.board import Board, board

_TICKETS = Ticket.__table__  # type: ignore[attr-defined]
_SHOWN = 5  # tickets of each figure


class Digests:
    """Queues each desk's digest when its time has come."""

    def __init__(self, ledger: Ledger, desks: Desks, *, clock: Callable[[], datetime]) -> None:
        self._ledger = ledger
        self._desks = desks
        self._clock = clock
        self._queued: dict[str, date] = {}  # spares the writer; that it happens once is the outbox's promise

    async def queue_due(self) -> None:
        now = self._clock()
        for desk in self._desks:
            terms = desk.now.desk
            digest = terms.supervision.digest
            on = digest_day(digest, terms.calendar, now) if digest is not None else None
            if on is None or self._queued.get(desk.slug) == on:
                continue
            await self._ledger.write(partial(queue_digest, desk=desk, on=on, at=now), name="digest")
            self._queued[desk.slug] = on


def queue_digest(tx: Tx, desk: OpenDesk, *, on: date, at: datetime) -> None:
    """Queue the digest of a day for every supervisor, each on their quickest way, and never twice."""
    for person in active(tx, desk.slug):
        ways = ways_to(person, desk) if person.role is Role.SUPERVISOR else []
        if ways:
            enqueue(
                tx, dedup=f"digest:{desk.slug}:{person.id}:{on}", account=ways[0]["account"],
                audience=Audience.STAFF, act="board", order_key=f"alert:{person.desk}:{person.id}",
                priority=Priority.ALERT, desk=desk.slug, payload={"ways": ways, "on": on.isoformat()}, at=at,
            )  # fmt: skip


def board_letter(
    session: Session, desk: OpenDesk, *, on: date | None, public_url: str | None, now: datetime
) -> str:
    """Write how a desk stands: as the digest of a day, or to somebody who asked."""
    terms, language = desk.now.desk, staff_voice(desk).language
    seen = board(session, desk.slug, terms.supervision, now=now)
    month = indicators(session, desk=desk.slug, zone=terms.calendar.zone, now=now)
    today = terms.calendar.day_of(now)
    overdue = views.overdue_findings(session, desk.slug, today)
    figures = [*_figures(session, seen), FigureWords(figure="overdue_findings", count=overdue)]
    kept = IndicatorWords(
        solved_in_time=month.share_in_time,
        within=terms.promises[RESOLUTION].length,
        categorised=month.share_categorised,
    )
    link = f"{public_url.rstrip('/')}/board?desk={desk.slug}" if public_url else None
    if on is None:
        return supervision_phrases.board(
            language, desk=terms.name, figures=figures, indicators=kept, link=link
        )
    return supervision_phrases.digest(
        language, desk=terms.name, day=on, figures=figures, indicators=kept, link=link
    )


def _figures(session: Session, seen: Board) -> Sequence[FigureWords]:
    first = {figure: tally.tickets[:_SHOWN] for figure, tally in seen.tallies.items()}
    holders = _holders(session, seen.desk, {number for numbers in first.values() for number in numbers})
    return [
        FigureWords(figure="failed_intake", count=len(seen.kept)),
        *(
            FigureWords(
                figure=str(figure), count=tally.count, more=tally.more,
                tickets=[(number, holders.get(number)) for number in first[figure]],
            )
            for figure, tally in seen.tallies.items()
        ),
    ]  # fmt: skip


def _holders(session: Session, desk: str, numbers: set[int]) -> dict[int, str | None]:
    names = {person.id: person.name for person in views.colleagues(session, frozenset({desk}))}
    held = select(_TICKETS.c.number, _TICKETS.c.assignee).where(_TICKETS.c.number.in_(numbers))
    return {row.number: names.get(row.assignee, row.assignee) for row in session.execute(held)}
