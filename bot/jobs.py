"""What the scheduler ticks: the sweep of the clocks, closing what stayed silent, looking after what was left behind.

APScheduler holds only names and times, in memory. What is due is in the tables, so that a restart or a second process
neither loses nor doubles anything.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime, timedelta
from functools import partial

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from sqlalchemy import func
from sqlmodel import Session, col, select

from bot import assigning
from bot.acts import Acts
from bot.cases.booking_holds import look_after
from bot.delivery.worker import DeliveryWorker
from bot.desks import Desks, OpenDesk
from bot.discarding import Discarding
from bot.making.apart import MakesFiles, in_a_thread
from bot.partitioning import keep_ahead
from bot.people import People
from bot.personal.erasing import Erasing
from bot.reporting.digests import Digests
from bot.reporting.finding_reminders import remind_of_findings
from bot.reporting.monthly_reports import MonthlyReports
from bot.requesting import reminding
from bot.ruling import start_what_has_lasted
from bot.service.metrics import Metrics
from bot.survey.public import Inviting
from bot.turns.reminding import remind
from procedures.money import invoices, reminders
from tickets import budgets, parked
from tickets.actions import scheduling, supervising
from tickets.actions.repromising import promise_otherwise, repromise_open
from tickets.actor import Actor
from tickets.ledger.store import Ledger
from tickets.ledger.tx import Tx
from tickets.ledger.writer import Job
from tickets.parcels import Audience
from tickets.snooze import wake_due
from tickets.sweep import sweep
from tickets.tables import Inbound, Outbox
from tickets.ticket import TicketNow
from tickets.views import desks_due, due_answers

log = structlog.get_logger()

# How often each job has its turn.
SECONDS: Mapping[str, int] = {
    **dict.fromkeys(("sweep", "wake", "send_later"), 1),
    **dict.fromkeys(("people", "measure", "assign", "call_to_mind"), 5),
    **dict.fromkeys(("take_over", "repromise", "erase"), 10),
    "digest": 20,
    "rules": 30,
    **dict.fromkeys(("close_silent", "invite", "reports", "requests", "remind", "findings"), 60),
    **dict.fromkeys(("give_up_parked", "discard", "partition"), 3600),
}
CHUNK = 100


class Jobs:
    def __init__(
        self,
        ledger: Ledger,
        desks: Desks,
        people: People,
        worker: DeliveryWorker,
        *,
        metrics: Metrics,
        clock: Callable[[], datetime],
        survey_link: Callable[[int], str],
        turn_link: Callable[[int], str],
        public_url: str | None = None,
        apart: MakesFiles = in_a_thread,
    ) -> None:
        self._ledger = ledger
        self._desks = desks
        self._people = people
        self._worker = worker
        self._metrics = metrics
        self._clock = clock
        self._public_url = public_url
        self._inviting = Inviting(ledger, desks, clock=clock, link=survey_link)
        self._turn_link = turn_link
        self._acts = Acts(desks)
        self._digests = Digests(ledger, desks, clock=clock)
        self._discarding = Discarding(ledger, desks, clock=clock)
        self._erasing = Erasing(ledger, desks, clock=clock)
        self._reports = MonthlyReports(ledger, desks, apart=apart, clock=clock, public_url=public_url)

    def scheduler(self) -> AsyncIOScheduler:
        """Return a scheduler with all jobs, not started."""
        scheduler = AsyncIOScheduler(timezone="UTC")
        for name, job in self._by_name().items():
            scheduler.add_job(
                self._guarded(name, job), "interval", seconds=SECONDS[name], id=name, max_instances=1, coalesce=True,
                misfire_grace_time=None,
            )  # fmt: skip
        return scheduler

    def _by_name(self) -> Mapping[str, Callable[[], Awaitable[object]]]:
        return {
            "sweep": self.sweep,
            "wake": self.wake,
            "send_later": self.send_later,
            "people": self._people.refresh,
            "measure": self.measure,
            "take_over": self._take_over,
            "close_silent": self.close_silent,
            "repromise": self.repromise,
            "give_up_parked": self.give_up_parked,
            "digest": self.digest,
            "invite": self.invite,
            "reports": self.bring_reports,
            "rules": self.start_rules,
            "assign": self.assign,
            "call_to_mind": self.call_to_mind,
            "requests": self.remind_of_forms,
            "remind": self.remind,
            "findings": self.remind_of_findings,
            "discard": self.discard,
            "erase": self._erasing.turn,
            "partition": self.partition_ahead,
        }

    async def sweep(self) -> None:
        """Stamp what has come due."""
        await self._in_chunks("sweep", lambda tx: sweep(tx, now=self._clock(), most=CHUNK))

    async def wake(self) -> None:
        """Bring back the tickets that have slept long enough."""
        await self._in_chunks("wake", lambda tx: wake_due(tx, now=self._clock(), most=CHUNK))

    async def send_later(self) -> None:
        """Give the answers whose time has come; one that cannot be given stops none of the others."""
        now = self._clock()
        for answer in await self._ledger.read(lambda session: due_answers(session, now=now, most=CHUNK)):
            try:
                await self._ledger.write(
                    partial(scheduling.send_due, id=answer, solve=self._solve, now=now),
                    name="send_later",
                )
            except Exception:
                log.exception("scheduled.failed", answer=answer)

    def _solve(self, tx: Tx, ticket: TicketNow, by: Actor, at: datetime) -> None:
        self._acts.close(tx, ticket.number, desk=self._desks[ticket.desk].now, by=by, at=at)

    async def give_up_parked(self) -> None:
        """End what has waited for its contact to write for too long."""
        await self._in_chunks("give_up", lambda tx: parked.give_up(tx, now=self._clock(), most=CHUNK))

    async def call_to_mind(self) -> None:
        """Call to mind turns of procedures whose time has come, and what is held for them for a time only."""

        def reminding(tx: Tx) -> int:
            now = self._clock()
            reminded = remind(tx, self._desks, now=now, most=CHUNK, turn_link=self._turn_link)
            return max(reminded, look_after(tx, self._desks, now=now, most=CHUNK))

        await self._in_chunks("call_to_mind", reminding)

    async def close_silent(self) -> None:
        """Close what was solved and stayed silent for as long as its desk says."""
        by_length: dict[timedelta, list[OpenDesk]] = {}
        for desk in self._desks:
            if desk.now.desk.close_after is not None:
                by_length.setdefault(desk.now.desk.close_after, []).append(desk)
        for close_after, desks in by_length.items():
            at = self._clock()
            until = at - close_after
            slugs = [desk.slug for desk in desks]
            due = await self._ledger.read(partial(desks_due.with_solved, desks=slugs, until=until))
            for desk in (each for each in desks if each.slug in due):
                await self._ledger.write(
                    partial(
                        supervising.close_silent,
                        desk=desk.slug,
                        solved_until=until,
                        at=at,
                        sample=desk.now.desk.supervision.sample,
                    ),
                    name="close_silent",
                )

    async def repromise(self) -> None:
        """Reckon the open clocks anew of desks that promise something else than before."""
        desks = [desk.now for desk in self._desks]
        for desk in await self._ledger.read(lambda session: promise_otherwise(session, desks)):
            at = self._clock()
            more = partial(repromise_open, desk=desk, most=CHUNK, at=at)
            while await self._ledger.write(more, name="repromise"):
                pass

    async def digest(self) -> None:
        """Queue the digests whose time has come."""
        await self._digests.queue_due()

    async def bring_reports(self) -> None:
        """Bring the reports of the month before whose time has come."""
        await self._reports.bring_due()

    def troubles(self) -> Mapping[str, str]:
        """Return what waits for a person though nothing is wrong with an account."""
        return self._reports.troubles()

    async def invite(self) -> None:
        """Invite to the survey of public services whoever was served."""
        await self._inviting.invite_due()

    async def start_rules(self) -> None:
        """Start the rules that wait until something has lasted for so long."""
        for desk in self._desks:
            for rule in desk.now.desk.rules:
                at = self._clock()
                behind: int | None = 0
                while behind is not None and not rule.off:
                    some = partial(start_what_has_lasted, desk=desk, rule=rule, behind=behind, at=at)
                    behind = await self._ledger.write(some, name="rules")

    async def assign(self) -> None:
        """Let absences begin and end, hand over what the absent hold, and give out what waits."""
        desks, now = list(self._desks), self._clock()
        for desk in await self._ledger.read(lambda session: assigning.due(session, desks, now)):
            at = self._clock()
            await self._ledger.write(partial(assigning.turn, desk=desk, at=at), name="assign")

    async def remind(self) -> None:
        """Remind requesters of the invoices that are due, or were."""
        now = self._clock()

        def remind(tx: Tx) -> int:
            due = invoices.to_remind(tx, now=now, most=CHUNK)
            for invoice in due:
                desk = self._desks.get(invoice.desk)
                if desk is None:
                    invoices.change(tx, invoice, remind_at=None)
                else:
                    reminders.remind(tx, invoice, desk=desk.now, at=now)
            return len(due)

        await self._in_chunks("remind", remind)

    async def remind_of_findings(self) -> None:
        """Call findings of the register to mind whose day comes near, or is over."""

        def remind(tx: Tx) -> int:
            return remind_of_findings(
                tx, self._desks, public_url=self._public_url, now=self._clock(), most=CHUNK
            )

        await self._in_chunks("findings", remind)

    async def remind_of_forms(self) -> None:
        """Remind contacts of the forms that they have not sent, and give up those that are too old."""

        def remind(tx: Tx) -> int:
            return reminding.turn(tx, self._desks, at=self._clock())

        while await self._ledger.write(remind, name="requests"):
            pass

    async def discard(self) -> None:
        """Delete what was kept for long enough."""
        await self._discarding.turn()

    async def partition_ahead(self) -> None:
        """Make the partitions of the coming months, where there are any."""
        made = await self._ledger.aside(lambda: keep_ahead(self._ledger.url, now=self._clock()))
        if made:
            log.info("partitions.made", tables=made)

    async def measure(self) -> None:
        """Tell the ages of the oldest unprocessed, the oldest unsent, and what waits for each group."""
        now = self._clock()
        oldest, waiting = await self._ledger.read(lambda session: _oldest(session, now))
        self._metrics.groups_wait(await self._ledger.read(lambda session: budgets.ages(session, now=now)))
        self._metrics.observe(oldest=oldest, waiting={**waiting, "writer": self._ledger.writer.waiting})

    async def _in_chunks(self, name: str, job: Job[int]) -> None:
        """Do as much as is done at a time, again and again, until there was less than that."""
        while await self._ledger.write(job, name=name) == CHUNK:
            pass

    async def _take_over(self) -> None:
        await self._worker.take_over()

    def _guarded(self, name: str, job: Callable[[], Awaitable[object]]) -> Callable[[], Awaitable[None]]:
        async def run() -> None:
            try:
                await job()
                self._metrics.beat(name, every=SECONDS[name])
            except asyncio.CancelledError:
                pass  # the scheduler ends; what was due still is, and APScheduler would tell it as an error
            except Exception:
                log.exception("job.failed", job=name)

        return run


def _oldest(session: Session, now: datetime) -> tuple[dict[str, float], dict[str, int]]:
    unprocessed, kept = session.exec(
        select(func.min(Inbound.at), func.count()).where(col(Inbound.processed_at).is_(None))
    ).one()
    unsent, queued = session.exec(
        select(func.min(Outbox.created_at), func.count()).where(
            col(Outbox.state).in_(("queued", "sending")),
            col(Outbox.audience) != str(Audience.HOOK),
            col(Outbox.budget).is_(None),  # what waits for a group has an age of its own
        )
    ).one()
    ages = {
        "unprocessed": (now - unprocessed).total_seconds() if unprocessed else 0.0,
        "unsent": (now - unsent).total_seconds() if unsent else 0.0,
    }
    return ages, {"unprocessed": kept, "unsent": queued}
