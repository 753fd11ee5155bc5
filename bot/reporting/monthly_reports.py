"""The report of a month that comes by itself: made once the month is over, put into the archive, and told to the supervisors.

Where none of them can be reached it stands still (`bot/reporting/waiting_reports`).

That it happens once is the archive's promise: it is filed, and told, in one transaction that looks first. Two processes may
make the same report; one of them files it.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from datetime import date, datetime

import structlog
from sqlalchemy import func, select
from sqlmodel import Session

from bot.alerts import ways_to
from bot.desks import Desks, OpenDesk
from bot.making.apart import BrokenOffError, MakesFiles
from bot.reporting.waiting_reports import archive_link, queue_report, send_waiting
from bot.voice import staff_voice
from reports.filed import waiting
from reports.filed.filing import Glance, Occasion, Printed, has_arrived, put
from reports.handed import Known
from reports.making.order import REPORT, Order, Surroundings
from reports.making.work import Refused, Task
from reports.periods import Month
from reports.progress import unheard
from templates_replies import report_phrases
from templates_replies.moments import month_in_words
from templates_replies.report_phrases import MonthWords
from tickets import views
from tickets.actor import SYSTEM, Role
from tickets.ledger.store import Ledger
from tickets.ledger.tx import Tx
from tickets.staff import active
from tickets.supervision import month_due
from tickets.tables import DeskRevision

FORMATS = ("pdf", "xlsx")

_REVISIONS = DeskRevision.__table__  # type: ignore[attr-defined]
log = structlog.get_logger()


class MonthlyReports:
    """Brings each desk the report of the month before when its time has come."""

    def __init__(
        self, ledger: Ledger, desks: Desks, *, apart: MakesFiles, clock: Callable[[], datetime], public_url: str | None
    ) -> None:  # fmt: skip
        self._ledger, self._desks, self._apart, self._clock = ledger, desks, apart, clock
        self._public_url = public_url
        self._brought: dict[str, date] = {}  # spares the ledger; the truth is the archive
        self._waits: dict[str, str] = {}

    def troubles(self) -> Mapping[str, str]:
        """Return what reports have reached nobody, by the desk whose they are."""
        return dict(self._waits)

    async def bring_due(self) -> None:
        """Bring what is due, and send what waits to whoever can be reached by now."""
        await self._bring_due()
        slugs = {desk.slug for desk in self._desks}
        found = await self._ledger.read(lambda session: waiting.at_desks(session, slugs))
        left = {slug: await self._send_waiting(slug) for slug in sorted({each.desk for each in found})}
        self._waits = {
            f"{slug}/reports": f"no supervisor can be told of {', '.join(months)}"
            for slug, months in left.items()
            if months
        }

    async def _send_waiting(self, slug: str) -> tuple[str, ...]:
        desk, now = self._desks[slug], self._clock()
        return await self._ledger.write(
            lambda tx: send_waiting(tx, desk, public_url=self._public_url, now=now), name="report"
        )

    async def _bring_due(self) -> None:
        now = self._clock()
        for desk in self._desks:
            terms = desk.now.desk
            arrival = terms.supervision.reports
            first_on = month_due(arrival, terms.calendar, now) if arrival is not None else None
            if first_on is not None and self._brought.get(desk.slug) != first_on:
                month = Month.of(first_on.year, first_on.month, zone=terms.calendar.zone, now=now)
                await self._bring(desk, month, now)
                self._brought[desk.slug] = first_on

    async def _bring(self, desk: OpenDesk, month: Month, now: datetime) -> None:
        if await self._ledger.write(lambda tx: has_arrived(tx, desk.slug, str(month)), name="report"):
            return
        if not await self._ledger.read(lambda session: _was_there(session, desk, month)):
            return
        known = await self._ledger.read(lambda session: known_of(session, desk))
        around = Surroundings(desk=desk.now.desk, known=known, now=now)
        made = [printed for form in FORMATS if (printed := await self._made(around, month, form))]
        if made:
            await self._ledger.write(lambda tx: self._file(tx, desk, month, made, now), name="report")

    async def _made(self, around: Surroundings, month: Month, form: str) -> Printed | None:
        """Have one form made where it keeps nobody waiting; one that cannot be made keeps the other back from nobody."""
        blobs, slug = self._ledger.blobs, around.desk.slug
        task = Task(
            key=0, order=Order(what=REPORT, format=form, month=str(month)), around=around, to=blobs.workshop("arriving"),
            database_url=self._ledger.url, files=self._ledger.files, bucket=self._ledger.bucket,
            search_index=blobs.workshop("arriving"),
        )  # fmt: skip
        try:
            outcome = await self._apart(task, unheard)
        except BrokenOffError:
            log.exception("report.failed", desk=slug, month=str(month), format=form)
            return None
        if isinstance(outcome, Refused):
            log.error("report.failed", desk=slug, month=str(month), format=form, says=outcome.why)
            return None
        return outcome.printed

    def _file(self, tx: Tx, desk: OpenDesk, of: Month, made: Sequence[Printed], now: datetime) -> None:
        """File what was made and queue it for every supervisor, each on their quickest way, unless that has been done."""
        month = str(of)
        if has_arrived(tx, desk.slug, month):
            return
        people = [
            (person, ways)
            for person in active(tx, desk.slug)
            if person.role is Role.SUPERVISOR and (ways := ways_to(person, desk))
        ]
        filed = [put(tx, each, by=SYSTEM.key, occasion=Occasion.ARRIVED, told=len(people)) for each in made]
        if not people:
            log.error("report.nobody_told", desk=desk.slug, month=month)
        text = report_text(made[0].glance, of, desk, public_url=self._public_url)
        for person, ways in people:
            queue_report(tx, desk, person, ways, month, filed, text=text, now=now)


def known_of(session: Session, desk: OpenDesk) -> Known:
    """Return what a desk's reports need beside the ledger's rows."""
    return Known(
        category_names={category.id: category.name for category in desk.catalogue.categories},
        staff_names=views.names_ever(session, desk.slug), procedures=desk.procedures,
    )  # fmt: skip


def report_text(glance: Glance, month: Month, desk: OpenDesk, *, public_url: str | None) -> str:
    """Tell of a month in three sentences."""
    language = staff_voice(desk).language
    figures = MonthWords(month=month_in_words(month.first_on, language), **asdict(glance))
    link = archive_link(desk, public_url)
    return report_phrases.arrived(language, desk=desk.now.desk.name, figures=figures, link=link)


def _was_there(session: Session, desk: OpenDesk, month: Month) -> bool:
    """Whether the desk existed in that month."""
    began_at = session.execute(
        select(func.min(_REVISIONS.c.at)).where(_REVISIONS.c.desk == desk.slug)
    ).scalar()
    return began_at is not None and began_at < month.end_at
