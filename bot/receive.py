"""What happens when a message arrives: the one door through which every channel's listener comes in.

It tells a contact from a person of the desk, prepares what may be prepared outside the transaction (files kept, words
read, categories suggested), and hands one job to the writer. It returns when that is committed. A message that cannot
be processed is kept raw, visible and replayable, and takes nobody down with it.
"""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from typing import TypeVar

import structlog

from bot.carrying.other_ways import another_way
from bot.conversation import front_desk
from bot.conversation.foreseeing import foresee
from bot.delivery.standstills import PAUSE, tell_of_account, tell_supervisors
from bot.desks import Desks, OpenDesk
from bot.gate import PATIENCE, Gate
from bot.groups.group_places import GroupPlaces
from bot.incoming import Incoming, Means
from bot.listening import Heard, listen, words_to_match
from bot.orders import Orders
from bot.service.metrics import Metrics
from bot.suggesting import Suggesting
from channels.contract import StoreBusy
from channels.email.message_ids import MessageIds
from templates_replies.matcher import Matcher, Suggestion
from templates_replies.matters import Requests, parts_of, requests_in
from tickets import approved, edits, hearing, inbound, intake, second_tries
from tickets.attachments import WITHHELD
from tickets.intake import Taken
from tickets.ledger import bookmarks
from tickets.ledger.store import Ledger
from tickets.ledger.tx import Tx
from tickets.ledger.waiting import Ahead
from tickets.ledger.writer import Job, StoreUnavailableError
from tickets.message import AccountTold, Delivery, Edited, Moved, Reach, Refusal, Said, TemplateTold, Told
from tickets.message import Heard as Incoming_

TRAINED_WITHIN = PATIENCE  # seconds for which the first message of a first start waits
_CALM = timedelta(minutes=1)  # since the last that was turned away, after which the next is told anew
log = structlog.get_logger()
Result = TypeVar("Result")


class Receiver:
    """The house's `Inlet`."""

    def __init__(
        self, ledger: Ledger, desks: Desks, orders: Orders, *, metrics: Metrics, clock: Callable[[], datetime],
        means: Means, message_ids: MessageIds, places: GroupPlaces,
    ) -> None:  # fmt: skip
        self._ledger = ledger
        self._desks = desks
        self._orders = orders
        self._metrics = metrics
        self._clock = clock
        self._means = means
        self._message_ids = message_ids
        self._places = places
        self._one_trains = asyncio.Lock()
        self._training: dict[Matcher, asyncio.Task[None]] = {}
        self.gate = Gate()
        self.turned_away_at: datetime | None = None  # when something was last to be brought again
        self._suggesting = Suggesting()

    async def deliver(self, heard: Incoming_) -> None:
        """Store what was heard; returns once it is committed. Raises StoreBusy."""
        account = heard.place.account if isinstance(heard, Said | Edited) else heard.account
        if self.gate.is_full():
            self.turn_away("full")
            raise StoreBusy("more comes in than can be stored")
        try:
            with self.gate.inside():
                await self._take(heard)
        except StoreUnavailableError as error:
            self.turn_away("store")
            raise StoreBusy("the ledger cannot be written to now") from error
        except StoreBusy:
            raise
        except Exception as error:
            log.exception("receive.failed", account=account, event_id=heard.event_id)
            await self.keep(
                account=account,
                event_id=heard.event_id,
                raw=heard.raw,
                error=f"{type(error).__name__}: {error}",
            )
        self._metrics.took_in(account)

    async def ready(self, account: str) -> None:
        """Have the matchers behind an account trained, however long that takes: where no provider waits for the answer."""
        await asyncio.gather(*self._trainings(self._desks.behind(account)))

    def turn_away(self, why: str = "full") -> None:
        """Count something that its provider is to bring again; what it does not bring is looked for afterwards.

        The first of many is logged, for a rush is no time to write a line for each.
        """
        at, before = self._clock(), self.turned_away_at
        if before is None or at - before > _CALM:
            log.warning("receive.turned_away", why=why, inside=len(self.gate))
        self.turned_away_at = at
        self._metrics.turned_away(why)

    async def keep(self, *, account: str, event_id: str, raw: bytes, error: str) -> None:
        at = self._clock()
        try:
            sha256 = await inbound.set_aside(self._ledger, raw)
            job = partial(
                inbound.keep,
                account=account,
                event_id=event_id,
                raw=raw,
                raw_sha256=sha256,
                error=error,
                at=at,
            )
            await self._ledger.write(job, name="keep")
        except StoreUnavailableError as unavailable:
            raise StoreBusy("the ledger cannot be written to now") from unavailable
        log.warning("receive.kept", account=account, event_id=event_id)
        self._metrics.kept(account)

    def refuse(self, *, account: str, reason: str) -> None:
        log.warning("receive.refused", account=account, reason=reason)
        self._metrics.refused(account, reason)

    def alive(self, account: str) -> None:
        self._metrics.beat(f"listen:{account}")

    async def bookmark(self, name: str) -> str | None:
        return await self._ledger.write(lambda tx: bookmarks.read(tx, name), name="bookmark")

    async def set_bookmark(self, name: str, value: str) -> None:
        await self._ledger.write(lambda tx: bookmarks.save(tx, name, value), name="bookmark")

    # -- the kinds of what is heard -------------------------------------------------------------------------------

    async def _take(self, heard: Incoming_) -> None:
        if isinstance(heard, Told):
            await self._told(heard)
            return
        if isinstance(heard, Moved | Reach):
            await self._group(heard)
            return
        if isinstance(heard, TemplateTold | AccountTold):
            await self._of_account(heard)
            return
        desk = self._desks.of_account(heard.place.account)
        if desk is None:
            raise LookupError("no desk has this account")
        if isinstance(heard, Edited):
            if not await self._orders.edited(heard, desk=desk, at=self._clock()):
                at = self._clock()
                await self._in_time(lambda tx: edits.take_edit(tx, heard, at=at), name="edit")
        else:
            desks = self._desks.behind(heard.place.account)
            for each in desks:
                if await self._orders.said(heard, desk=each, at=self._clock()):
                    log.info("receive.ordered", account=heard.place.account, event_id=heard.event_id)
                    return
            await self._contact(heard, desks)

    async def _contact(self, said: Said, desks: Sequence[OpenDesk]) -> None:
        if said.references:
            said = replace(said, answers=self._message_ids.among(said.references))
        heard = listen(said)
        await self._trained(desks)
        suggested = {desk.slug: await self._suggest(said, heard, desk) for desk in desks}
        files = await self._ledger.keep_files(said.files)
        for _ in (file for file in files if file.state == WITHHELD):
            self.refuse(account=said.place.account, reason="virus")
        incoming = Incoming(
            said=said,
            heard=heard,
            suggestions=suggested[desks[0].slug],
            files=files,
            raw_sha256=await inbound.set_aside(self._ledger, said.raw),
            at=self._clock(),
            requests={desk.slug: await self._requests(said, desk) for desk in desks if suggested[desk.slug]},
        )

        def take(tx: Tx) -> Taken | None:
            return front_desk.receive(tx, incoming, suggested, desks=desks, means=self._means)

        taken = await self._in_time(take, name="take_in", ahead=Ahead(foresee, said))
        log.info(
            "receive.taken", account=said.place.account, event_id=said.event_id, new=taken is not None,
            message=taken and taken.message, ticket=taken and taken.ticket and taken.ticket.number,
        )  # fmt: skip

    async def _in_time(self, job: Job[Result], *, name: str, ahead: Ahead | None = None) -> Result:
        """Have it stored while its provider still waits for the answer. Raises StoreUnavailableError."""
        try:
            with self.gate.storing():
                async with asyncio.timeout(PATIENCE):
                    return await self._ledger.write(job, name=name, ahead=ahead)
        except TimeoutError as error:  # it may be stored yet: then it is known when it comes again
            raise StoreUnavailableError("the ledger takes too long") from error

    async def _trained(self, desks: Sequence[OpenDesk]) -> None:
        """Have the matchers trained for the first message after the first start; the loop goes on meanwhile. Raises StoreBusy."""
        tasks = self._trainings(desks)
        if not tasks:
            return
        trained, late = await asyncio.wait(tasks, timeout=TRAINED_WITHIN)  # which ends none that is late
        if late:
            self.turn_away("untrained")
            raise StoreBusy("the matcher is still being trained")
        for task in trained:
            task.result()

    def _trainings(self, desks: Sequence[OpenDesk]) -> list[asyncio.Task[None]]:
        return [self._trains(desk.matcher) for desk in desks if not desk.matcher.is_trained]

    def _trains(self, matcher: Matcher) -> asyncio.Task[None]:
        """Return the training of a matcher, which is one for all who come meanwhile."""
        task = self._training.get(matcher)
        if task is None:
            task = self._training[matcher] = asyncio.create_task(self._train(matcher))
        return task

    async def _train(self, matcher: Matcher) -> None:
        try:
            async with self._one_trains:
                await asyncio.to_thread(matcher.train)
        finally:
            del self._training[matcher]

    async def _suggest(self, said: Said, heard: Heard, desk: OpenDesk) -> tuple[Suggestion, ...]:
        if said.automatic or heard.greeting or not heard.asks:
            return ()
        return await self._suggesting.suggest(desk.matcher, words_to_match(said))

    async def _requests(self, said: Said, desk: OpenDesk) -> Requests:
        parts = parts_of(said.text)
        if len(parts) < 2:
            return Requests()
        asked = (self._suggesting.suggest(desk.matcher, part.text) for part in parts)
        return requests_in(parts, await asyncio.gather(*asked))

    async def _told(self, told: Told) -> None:
        at = self._clock()

        def job(tx: Tx) -> int | None:
            message = None
            if inbound.guard(tx, account=told.account, event_id=told.event_id, raw=told.raw, at=at):
                if told.why is Refusal.TEMPLATE and (template := second_tries.template_of(tx, told)):
                    approved.refuse(tx, told.account, template, told.template_is, at=at)
                message = None if _tried_again(tx, told, at=at) else self._hear(tx, told, at=at)
                if told.account_broken:
                    tell_supervisors(tx, self._desks, told.account, told.error or "", at=at)
                inbound.processed(tx, account=told.account, event_id=told.event_id, message=message, at=at)
            return message

        message = await self._in_time(job, name="told")
        log.info(
            "receive.told", account=told.account, event_id=told.event_id, external_id=told.external_id,
            state=told.state, message=message,
        )  # fmt: skip

    def _hear(self, tx: Tx, told: Told, *, at: datetime) -> int | None:
        lost = second_tries.lost_to_staff(tx, told) if told.state is Delivery.FAILED else None
        if lost is not None:
            another_way(tx, lost, self._desks, reason=told.error or "", at=at)
        return hearing.hear(tx, told, at=at)

    async def _of_account(self, heard: TemplateTold | AccountTold) -> None:
        at, account = self._clock(), heard.account

        def job(tx: Tx) -> None:
            if not inbound.guard(tx, account=account, event_id=heard.event_id, raw=heard.raw, at=at):
                return
            if isinstance(heard, TemplateTold):
                approved.learn(tx, heard, at=at)
            else:
                tell_of_account(tx, self._desks, heard, at=at)
            inbound.processed(tx, account=account, event_id=heard.event_id, message=None, at=at)

        await self._in_time(job, name="told")

    async def _group(self, heard: Moved | Reach) -> None:
        at, account = self._clock(), heard.account

        def job(tx: Tx) -> None:
            if not inbound.guard(tx, account=account, event_id=heard.event_id, raw=heard.raw, at=at):
                return
            if isinstance(heard, Moved):
                if self._places.has(account, heard.before):
                    self._places.move(tx, account, before=heard.before, after=heard.after, at=at)
                else:
                    intake.take_renumbering(tx, heard, at=at)
            elif not self._places.has(account, heard.address):
                intake.take_reach(tx, heard, at=at)
            elif heard.barred is not None:
                self._places.bar(tx, account, heard.address, why=heard.barred, at=at)
            else:
                self._places.free(tx, account, heard.address, at=at)
            inbound.processed(tx, account=account, event_id=heard.event_id, message=None, at=at)

        await self._in_time(job, name="group")
        await self._places.refresh()


def _tried_again(tx: Tx, told: Told, *, at: datetime) -> bool:
    """Whether a failure is none yet: its message waits for the contact, or for its next try."""
    if told.why is Refusal.WINDOW:
        return second_tries.hear_closed(tx, told, at=at)
    wait = PAUSE if told.account_broken else told.again_after
    return wait is not None and second_tries.hear_passing(tx, told, wait, at=at)
