"""The composition root: takes an open house and builds everything that runs in it, in one visible place."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from bot.accounts.building import MAX_FILE_BYTES, Channels, Surroundings, build_channels
from bot.acts import Acts
from bot.alerts import AlertFollower
from bot.apart.paper_press import PaperPress, press
from bot.assigning import AssignmentFollower
from bot.carrying import Carriers
from bot.cases.booking_notices import BookingFollower
from bot.cases.payments import PaymentFollower
from bot.cases.stopped_cases import StoppedCaseFollower
from bot.cases.sub_requests import SubRequestFollower
from bot.chat_mail import ChatMailCarrier, ChatMailFollower
from bot.chat_pages import ChatPages
from bot.code_mail import CodeCarrier
from bot.command_menus import CommandMenus
from bot.delivery.group_delivery import GroupWorker
from bot.delivery.standstills import Standstills
from bot.delivery.worker import DeliveryWorker
from bot.directory.directories import Directories
from bot.directory.lookups import LookupFollower, Lookups
from bot.fitting.keeping import Shelf
from bot.fitting.learning import Learning
from bot.fitting.running import FitterApart
from bot.gates import Gates
from bot.groups.group_places import GroupPlaces
from bot.groups.topic_following import TopicFollower
from bot.holiday_feeds import HolidayFeeds
from bot.hooks.carrying import Body, HookCarrier
from bot.hooks.following import HookFollower
from bot.hooks.telling import EventBody
from bot.house import House, refresh, utc_now
from bot.jobs import Jobs
from bot.media import MediaFetcher
from bot.notices import NoticeFollower
from bot.orders import Orders
from bot.people import People
from bot.pushing.carrying import PushCarrier
from bot.pushing.following import PushFollower
from bot.receive import Receiver
from bot.ruling import RuleFollower
from bot.sampling import SamplingFollower
from bot.second_line.following import SecondLineFollower
from bot.second_line.trackers import IssueBody, TrackerReports
from bot.second_line.ways import TRACKER_ACT
from bot.service.loops import keep_running, turn_by_turn
from bot.service.metrics import Metrics
from bot.settings import SmtpProtocol
from bot.survey.following import SurveyFollower
from bot.templates.refreshing import TemplateLists
from bot.turns.following import TurnFollower
from bot.waking import WakingFollower
from channels.contract import Closable, Listener
from channels.email.settings import SmtpSettings
from channels.feeds import FeedFetcher
from channels.hooks.door import TrackerDoor
from channels.hooks.send import HookSender
from channels.push.send import PushSender
from console.api.shapes import encode
from console.doors import sessions
from console.files import FileLinks
from console.page_links import survey_links, turn_links
from console.sight import Sight
from tickets.ledger.followers import Follow, advance
from tickets.ledger.ownership import Ownership
from tickets.ledger.store import Ledger
from tickets.search import SearchIndex

IDLE_SECONDS = 5.0
FILES_SECONDS = 3.0
PAPERS_SECONDS = 2.0
HOLIDAYS_SECONDS = 20.0
LOOKUPS_SECONDS = 5.0
TEMPLATES_SECONDS = 15.0
MENUS_SECONDS = 15.0
LEARNING_SECONDS = 5.0


@dataclass(kw_only=True)
class Service:
    """One process's service, built and not yet running."""

    house: House
    metrics: Metrics
    people: People
    acts: Acts
    channels: Channels
    receiver: Receiver
    worker: DeliveryWorker
    groups: GroupWorker  # into groups, so that a flood of topics holds no answer up
    standstills: Standstills
    places: GroupPlaces
    gates: Gates
    trackers: TrackerDoor
    hooks: DeliveryWorker  # to programs, so that a slow one holds no answer up
    lookups: Lookups
    media: MediaFetcher
    press: PaperPress
    templates: TemplateLists
    menus: CommandMenus
    holidays: HolidayFeeds
    learning: Learning
    jobs: Jobs
    search: SearchIndex
    followers: dict[str, Follow]
    ownership: Ownership
    clock: Callable[[], datetime]

    def troubles(self) -> dict[str, str]:
        """Return what keeps accounts, or reports, from their work until a person acts, by what it is."""
        return {
            **self.channels.troubles(),
            **self.standstills.troubles(),
            **self.places.troubles(),
            **self.jobs.troubles(),
        }

    @property
    def ledger(self) -> Ledger:
        return self.house.ledger

    def work(self) -> dict[str, Callable[[], Awaitable[None]]]:
        """Return the loops of a worker, by name: delivery, followers, files, listeners that poll."""
        loops: dict[str, Callable[[], Awaitable[None]]] = {
            "delivery": self.worker.run,
            "groups": self.groups.run,
            "hooks": self.hooks.run,
        }
        for name, follow in self.followers.items():
            loops[f"follow:{name}"] = self._turns(
                f"follow:{name}", self._following(name, follow), IDLE_SECONDS
            )
        loops["search"] = self._turns("search", self._index, IDLE_SECONDS)
        loops["lookups"] = self._turns("lookups", self.lookups.turn, LOOKUPS_SECONDS)
        loops["holidays"] = self._turns("holidays", self.holidays.turn, HOLIDAYS_SECONDS)
        loops["templates"] = self._turns("templates", self.templates.turn, TEMPLATES_SECONDS)
        loops["menus"] = self._turns("menus", self.menus.turn, MENUS_SECONDS)
        loops["papers"] = self._turns("papers", self.press.turn, PAPERS_SECONDS)
        loops["media"] = self._turns("media", self.media.turn, FILES_SECONDS)
        for account, adapter in self.channels.adapters.items():
            if isinstance(adapter, Listener):
                loops[f"listen:{account}"] = self._owned(account, adapter)
        for account, mailbox in self.channels.mailboxes.items():
            loops[f"listen:{account}"] = self._owned(account, mailbox)
        return loops

    def always(self) -> dict[str, Callable[[], Awaitable[None]]]:
        """Return what every process does: hear of changed desks, learn, and of what their gates have earned."""
        return {
            "desks": self._turns("desks", self._refresh_desks, IDLE_SECONDS),
            "learning": self._turns("learning", self.learning.turn, LEARNING_SECONDS),
            "gates": self.gates.run,
        }

    def doors(self) -> dict[str, Callable[[], Awaitable[None]]]:
        """Return the loops of the doors that are not HTTP."""
        loops: dict[str, Callable[[], Awaitable[None]]] = {}
        smtp = self.channels.smtp
        if smtp is not None:
            self.metrics.beat("listen:smtp")  # late from here on, should its port never be had
            loops["smtp"] = lambda: smtp.listen(self.receiver)
        return loops

    async def settle_what_was_left(self) -> None:
        """On start: on SQLite nobody else can be sending, so whatever is marked so was interrupted."""
        await self.people.refresh()
        await self.places.refresh()
        await self.learning.turn()
        if not self.ledger.is_postgres:
            await self.worker.take_over(everything=True)

    async def close(self) -> None:
        await self.learning.close()
        for adapter in self.channels.adapters.values():
            if isinstance(adapter, Closable):
                await adapter.aclose()
        await self.ownership.close()

    def _turns(
        self, name: str, turn: Callable[[], Awaitable[int]], seconds: float
    ) -> Callable[[], Awaitable[None]]:
        return lambda: turn_by_turn(name, turn, ledger=self.ledger, metrics=self.metrics, seconds=seconds)

    def _following(self, name: str, follow: Follow) -> Callable[[], Awaitable[int]]:
        return lambda: advance(self.ledger, name, follow)

    async def _index(self) -> int:
        return await self.ledger.aside(self.search.advance)

    async def _refresh_desks(self) -> int:
        changed = await self.ledger.aside(refresh, self.house)
        if changed:
            await self.people.refresh()
        await self.places.refresh()
        return 0

    def _owned(self, account: str, listener: Listener) -> Callable[[], Awaitable[None]]:
        return lambda: self.ownership.run(f"listen:{account}", lambda: listener.listen(self.receiver))


def build(
    house: House, *, metrics: Metrics | None = None, clock: Callable[[], datetime] = utc_now
) -> Service:
    """Put everything together."""
    metrics = metrics or Metrics()
    house.ledger.writer.measured_by(metrics.job_took)
    settings, ledger, desks = house.settings, house.ledger, house.desks
    links = FileLinks(house.secret_key, settings.public_url)
    pages = ChatPages(
        ledger, calendar=lambda slug: desks[slug].now.desk.calendar, link=lambda file: links.path(file.id), public_url=settings.public_url, secret_key=house.secret_key,
        clock=clock,
    )  # fmt: skip
    channels = build_channels(desks, _surroundings(house, pages))
    people = People(ledger)
    places = GroupPlaces(ledger, desks)
    receiver = Receiver(
        ledger, desks, Orders(ledger, desks, people, message_ids=house.message_ids), metrics=metrics, clock=clock, means=house.means,
        message_ids=house.message_ids, places=places,
    )  # fmt: skip
    carriers = _carriers(house, channels, links, clock)
    standstills = Standstills(ledger, desks, channels.adapters, clock=clock)
    delivers = partial(
        DeliveryWorker, ledger, channels.adapters, carriers, desks=desks, standstills=standstills, metrics=metrics,
        clock=clock,
    )  # fmt: skip
    worker = delivers()
    return Service(
        house=house,
        metrics=metrics,
        people=people,
        acts=Acts(desks),
        channels=channels,
        receiver=receiver,
        worker=worker,
        groups=GroupWorker(
            ledger,
            carriers,
            desks=desks,
            places=places,
            standstills=standstills,
            metrics=metrics,
            clock=clock,
        ),
        trackers=TrackerDoor(TrackerReports(ledger, desks, metrics=metrics, clock=clock), clock=clock),
        hooks=delivers(hooks=True),
        standstills=standstills,
        places=places,
        gates=Gates(ledger, desks, metrics=metrics),
        lookups=Lookups(ledger, desks, Directories(house.folders).of, clock=clock),
        press=PaperPress(
            ledger,
            apart=press(),
            public_url=settings.public_url,
            clock=clock,
        ),
        media=MediaFetcher(ledger, desks, channels.adapters, clock=clock),
        templates=TemplateLists(ledger, channels.adapters, clock=clock),
        menus=CommandMenus(desks, channels.adapters, clock=clock),
        holidays=HolidayFeeds(
            ledger,
            desks,
            FeedFetcher(trusted=settings.hook_hosts),
            settings.environment,
            metrics=metrics,
            clock=clock,
        ),
        learning=Learning(
            ledger,
            desks,
            Shelf(settings.data_dir, house.secret_key),
            fitter=FitterApart(),
            metrics=metrics,
            clock=clock,
        ),
        jobs=Jobs(
            ledger,
            desks,
            people,
            worker,
            metrics=metrics,
            clock=clock,
            survey_link=survey_links(house.secret_key, settings.public_url).url,
            turn_link=turn_links(house.secret_key, settings.public_url).url,
            public_url=settings.public_url,
        ),
        search=SearchIndex.open(ledger, settings.search_index),
        followers=_followers(house, clock),
        ownership=Ownership(settings.database_url),
        clock=clock,
    )


def _surroundings(house: House, pages: ChatPages) -> Surroundings:
    """Say what adapters need of the installation, whatever desk they serve."""
    settings = house.settings
    return Surroundings(
        public_url=settings.public_url,
        smtp=SmtpSettings(
            host=settings.smtp_host,
            port=settings.smtp_port,
            max_bytes=MAX_FILE_BYTES,
            lmtp=settings.smtp_protocol is SmtpProtocol.LMTP,
            proxied=settings.smtp_proxied,
            certificate=settings.smtp_certificate,
            key=settings.smtp_key,
        ),
        secrets=house.secrets,
        data_dir=settings.data_dir,
        webchat=pages.adapter,
    )


def _carriers(house: House, channels: Channels, links: FileLinks, clock: Callable[[], datetime]) -> Carriers:
    """Put together how each kind of parcel leaves: to people, into groups, to programs, codes to mailboxes, to devices."""
    settings, ledger, desks = house.settings, house.ledger, house.desks
    bodies: dict[str, Body] = {
        "hook": EventBody(ledger, show=encode, link=links.url),
        TRACKER_ACT: IssueBody(ledger, public_url=settings.public_url),
    }
    programs = HookCarrier(ledger, desks, HookSender(trusted=settings.hook_hosts), bodies=bodies, clock=clock)
    codes = CodeCarrier(
        ledger, desks, channels.adapters, key=house.codes_key, message_ids=house.message_ids, clock=clock
    )
    left = ChatMailCarrier(ledger, desks, channels.adapters, message_ids=house.message_ids, clock=clock)
    pushes = PushCarrier(
        ledger, PushSender(house.push_key), is_in=sessions.is_open, clock=clock,
        looks_elsewhere=Sight(ledger.whispers).elsewhere,
    )  # fmt: skip
    return Carriers(
        ledger, desks, channels.adapters, message_ids=house.message_ids, clock=clock, link=links.url,
        public_url=settings.public_url, made=house.made_links.url,
        more={**programs.acts, **codes.acts, **left.acts, **pushes.acts},
    )  # fmt: skip


def _followers(house: House, clock: Callable[[], datetime]) -> dict[str, Follow]:
    """Return what reacts to events, by name."""
    desks = house.desks
    followers = (
        AssignmentFollower(desks, clock=clock),
        TopicFollower(desks),
        AlertFollower(desks, clock=clock),
        NoticeFollower(desks),
        HookFollower(desks, clock=clock),
        SamplingFollower(desks, clock=clock),
        WakingFollower(desks),
        SurveyFollower(desks, clock=clock),
        LookupFollower(desks),
        ChatMailFollower(desks),
        RuleFollower(desks, clock=clock),
        SecondLineFollower(desks, message_ids=house.message_ids, clock=clock),
        PushFollower(desks, clock=clock),
        TurnFollower(desks, turn_link=turn_links(house.secret_key, house.settings.public_url).url),
        SubRequestFollower(desks),
        StoppedCaseFollower(desks),
        PaymentFollower(desks),
        BookingFollower(desks),
    )
    return {follower.name: follower.follow for follower in followers}


async def run_together(loops: dict[str, Callable[[], Awaitable[None]]]) -> None:
    """Run loops until cancelled."""
    async with asyncio.TaskGroup() as group:
        for name, loop in loops.items():
            group.create_task(keep_running(name, loop), name=name)
