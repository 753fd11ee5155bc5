"""A desk whose channels lead nowhere, with a clock that tests set: people write, the bot and the agents answer.

Everything between the adapters is the product's own: receiver, conversation, orders, followers, delivery worker.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from bot.accounts.adapters import Adapters
from bot.alerts import AlertFollower
from bot.assigning import AssignmentFollower
from bot.carrying.carriers import Carriers
from bot.carrying.made_links import MadeLinks
from bot.cases.booking_notices import BookingFollower
from bot.cases.payments import PaymentFollower
from bot.cases.stopped_cases import StoppedCaseFollower
from bot.cases.sub_requests import SubRequestFollower
from bot.chat_mail import ChatMailCarrier, ChatMailFollower
from bot.code_mail import CodeCarrier
from bot.delivery.group_delivery import GroupWorker
from bot.delivery.standstills import Standstills
from bot.delivery.worker import DeliveryWorker
from bot.desk_files import LoadedDesk, desk_from_files
from bot.desks import Desks, OpenDesk
from bot.directory.lookups import LookupFollower, Lookups
from bot.gates import Gates
from bot.groups.group_places import GroupPlaces
from bot.groups.topic_following import TopicFollower
from bot.hooks.carrying import HookCarrier
from bot.hooks.following import HookFollower
from bot.hooks.telling import EventBody
from bot.house import sync
from bot.incoming import Means
from bot.jobs import Jobs
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
from bot.service.metrics import Metrics
from bot.survey.following import SurveyFollower
from bot.turns.following import TurnFollower
from bot.waking import WakingFollower
from channels.contract import RefusedByProvider
from channels.directory.contract import Directory
from channels.email.message_ids import MessageIds
from channels.hooks.door import TrackerDoor
from channels.hooks.send import HookSender
from channels.push.send import PushSender
from console.api.shapes import encode
from console.sight import Sight
from templates_replies.matcher import Matcher
from tickets import revisions
from tickets import ticket as tickets_
from tickets.allowance import PlaceLimits
from tickets.desk import DeskNow
from tickets.ledger import events
from tickets.ledger.followers import Following
from tickets.ledger.store import Ledger
from tickets.message import Channel, Edited, File, Outgoing, Person, Place, Said, Sent
from tickets.one_time_codes import derive_key
from tickets.ticket import TicketNow

SLUG = "itb-care-center"
DESKS = Path(__file__).parents[2] / "desks"
FOLDER = DESKS / SLUG
GROUP, TEAM_GROUP = "-1001", "-1002"
SECRET = "a secret for tests"
KEY = derive_key(SECRET)
MESSAGE_IDS = MessageIds(SECRET)
MADE_LINKS = MadeLinks(SECRET, "http://desk.test")
ENVIRONMENT = {
    "WHATSAPP_SENDER": "+6281100000",
    "TWILIO_ACCOUNT_SID": "AC" + "0" * 32,
    "TWILIO_AUTH_TOKEN": "0" * 32,
    "TELEGRAM_TOKEN": "1:" + "A" * 35,
    "TELEGRAM_AGENTS_GROUP": GROUP,
}
# A Tuesday without a holiday, 09:00 in Jakarta.
BEARS_ALL = PlaceLimits(most=10_000, burst=10_000)  # groups that are no matter of the test
MORNING = datetime(2026, 10, 6, 2, 0, tzinfo=UTC)


def _shipped(slug: str) -> Iterator[tuple[str, str]]:
    """Yield the files of a shipped desk; the care center's procedures are no matter of most tests."""
    folder = DESKS / slug
    for path in folder.glob("*.yaml" if slug == SLUG else "**/*.yaml"):
        yield path.relative_to(folder).as_posix(), path.read_text()


@cache
def _loaded(
    slug: str,
    changes: tuple[tuple[str, tuple[str, str]], ...],
    instead: tuple[tuple[str, str], ...],
    environment: tuple[tuple[str, str], ...],
    by_hand: bool,
) -> tuple[LoadedDesk, Matcher]:
    files = dict(_shipped(slug)) | dict(instead)
    for name, (before, after) in changes:
        assert before in files[name]
        files[name] = files[name].replace(before, after)
    if by_hand:
        files["desk.yaml"] = re.sub(r"way: (least_loaded|round_robin)", "way: manual", files["desk.yaml"])
    loaded = desk_from_files(files, {**ENVIRONMENT, **dict(environment)})
    matcher = Matcher.fit(loaded.catalogue)
    matcher.train()  # as a service does, so that no test's clock runs meanwhile
    return loaded, matcher


def _turn_link(case: int) -> str:
    return f"https://desk.test/turns/{case}"


class GroupOfAgents:
    """A Telegram account's group as the carriers need it: topics, messages in them, edits, reactions."""

    def __init__(self) -> None:
        self.topics: dict[str, str] = {}
        self.groups: dict[str, str] = {}
        self.messages: dict[str, tuple[str | None, Outgoing]] = {}  # external id → thread, as it stands
        self.private: list[Outgoing] = []
        self.reactions: dict[str, str | None] = {}
        self.closed: set[str] = set()
        self.keeps_all = False

    async def send(self, outgoing: Outgoing) -> Sent:
        if outgoing.edits is not None:
            thread = self.messages[outgoing.edits][0]
            self.messages[outgoing.edits] = (thread, outgoing)
            return Sent(external_ids=())
        external_id = f"{outgoing.place.address}:{len(self.messages) + 1}"
        self.messages[external_id] = (outgoing.place.thread, outgoing)
        if not outgoing.place.address.startswith("-"):
            self.private.append(outgoing)
        return Sent(external_ids=(external_id,))

    async def open_topic(self, group: str, name: str) -> str:
        assert group in {GROUP, TEAM_GROUP}
        thread = str(len(self.topics) + 1)
        self.groups[thread] = group
        self.topics[thread] = name
        return thread

    async def rename_topic(self, group: str, thread: str, name: str) -> None:
        self.topics[thread] = name

    async def close_topic(self, group: str, thread: str) -> None:
        self.closed.add(thread)

    async def reopen_topic(self, group: str, thread: str) -> None:
        self.closed.discard(thread)

    async def react(self, place: Place, external_id: str, emoji: str | None) -> None:
        self.reactions[external_id] = emoji

    async def take_back(self, external_ids: Sequence[str]) -> None:
        if self.keeps_all:
            raise RefusedByProvider("Pesan ini sudah tidak dapat ditarik dari Telegram.")
        for external_id in external_ids:
            self.messages.pop(external_id, None)

    def seen_by(self, address: str) -> list[str]:
        """What stands in somebody's own chat now."""
        return [outgoing.text for _, outgoing in self.messages.values() if outgoing.place.address == address]

    def in_topic(self, thread: str) -> list[Outgoing]:
        return [outgoing for of, outgoing in self.messages.values() if of == thread]


class Line:
    """A channel to contacts that keeps what it was given, and fails when told to."""

    def __init__(self) -> None:
        self.sent: list[Outgoing] = []
        self.fails_with: Exception | None = None

    async def send(self, outgoing: Outgoing) -> Sent:
        if self.fails_with is not None:
            raise self.fails_with
        self.sent.append(outgoing)
        return Sent(external_ids=(self.known_as(outgoing),))

    @staticmethod
    def known_as(outgoing: Outgoing) -> str:
        """Return the id under which the other side knows what was sent."""
        return outgoing.message_id or f"<out-{outgoing.delivery}@line.example>"


class ReadingLine(Line):
    """One that also shows contacts what was read."""

    def __init__(self) -> None:
        super().__init__()
        self.read: list[str] = []
        self.reading_fails_with: Exception | None = None

    async def mark_read(self, external_id: str) -> None:
        if self.reading_fails_with is not None:
            raise self.reading_fails_with
        self.read.append(external_id)


class Chat:
    """The desk under test."""

    def __init__(
        self,
        ledger: Ledger,
        *,
        slug: str = SLUG,
        changes: Mapping[str, tuple[str, str]] | None = None,
        environment: Mapping[str, str] | None = None,
        directory: Directory | None = None,
        files: Mapping[str, str] | None = None,  # instead of the shipped ones
        by_hand: bool = True,  # people take their tickets themselves
        more: Mapping[str, GroupOfAgents] | None = None,  # groups of other desks, by account
        message_ids: MessageIds = MESSAGE_IDS,
        telegram: GroupOfAgents | None = None,
        limits: PlaceLimits = BEARS_ALL,
        push: PushSender | None = None,  # to people's own devices
    ) -> None:
        self.ledger = ledger
        self.slug = slug
        self.now = MORNING
        self.logged_out: set[str] = set()  # sessions
        self.sight = Sight(ledger.whispers, clock=lambda: self.now.timestamp())  # noqa: PLW0108  the clock moves
        self.metrics = Metrics()
        self.group = telegram or GroupOfAgents()
        self.whatsapp, self.email = ReadingLine(), Line()
        self.desk = self._open(changes or {}, files or {}, environment or {}, by_hand=by_hand)
        self.desks = Desks({slug: self.desk})
        self.people = People(ledger)
        clock = lambda: self.now  # noqa: E731
        self.places = GroupPlaces(ledger, self.desks)
        self.gates = Gates(ledger, self.desks, metrics=self.metrics)
        self.receiver = Receiver(
            ledger, self.desks, Orders(ledger, self.desks, self.people, message_ids=message_ids), metrics=self.metrics, clock=clock,
            means=Means(codes_key=KEY, form_link=lambda id_: f"https://desk.test/requests/{id_}"), message_ids=message_ids, places=self.places,
        )  # fmt: skip
        self.adapters = Adapters(
            {
                f"{self.slug}/telegram": self.group,
                f"{self.slug}/whatsapp": self.whatsapp,
                f"{self.slug}/email": self.email,
                **(more or {}),
            }
        )
        programs = HookCarrier(
            ledger,
            self.desks,
            HookSender(trusted=frozenset({"127.0.0.1"}), within=timedelta(seconds=0.5)),
            bodies={
                "hook": EventBody(ledger, show=encode, link=str),
                TRACKER_ACT: IssueBody(ledger, public_url="http://desk.test"),
            },
            clock=clock,
        )
        codes = CodeCarrier(ledger, self.desks, self.adapters, key=KEY, message_ids=message_ids, clock=clock)
        left = ChatMailCarrier(ledger, self.desks, self.adapters, message_ids=message_ids, clock=clock)
        pushes = push and PushCarrier(
            ledger,
            push,
            is_in=lambda _tx, session, _at: session not in self.logged_out,
            clock=clock,
            looks_elsewhere=self.sight.elsewhere,
        )
        self.carriers = carriers = Carriers(
            ledger,
            self.desks,
            self.adapters,
            message_ids=message_ids,
            clock=clock,
            public_url="http://desk.test",
            made=MADE_LINKS.url,
            more={**programs.acts, **codes.acts, **left.acts, **(pushes.acts if pushes else {})},
        )
        self.lookups = Lookups(ledger, self.desks, lambda _desk: directory, clock=clock)
        self.standstills = standstills = Standstills(ledger, self.desks, self.adapters, clock=clock)
        self.worker = DeliveryWorker(
            ledger,
            self.adapters,
            carriers,
            desks=self.desks,
            standstills=standstills,
            metrics=self.metrics,
            clock=clock,
        )
        self.groups = self.group_worker(ledger, limits)
        self.hooks = DeliveryWorker(
            ledger,
            self.adapters,
            carriers,
            desks=self.desks,
            standstills=standstills,
            metrics=self.metrics,
            clock=clock,
            hooks=True,
        )
        self.jobs = Jobs(
            ledger,
            self.desks,
            self.people,
            self.worker,
            metrics=self.metrics,
            clock=clock,
            survey_link=lambda invitation: f"https://desk.test/survey/{invitation}",
            turn_link=_turn_link,
            public_url="http://desk.test",
        )
        self._followers = [
            AssignmentFollower(self.desks, clock=clock),
            TopicFollower(self.desks),
            AlertFollower(self.desks, clock=clock),
            NoticeFollower(self.desks),
            ChatMailFollower(self.desks),
            HookFollower(self.desks, clock=clock),
            SamplingFollower(self.desks, clock=clock),
            WakingFollower(self.desks),
            SurveyFollower(self.desks, clock=clock),
            LookupFollower(self.desks),
            RuleFollower(self.desks, clock=clock),
            SecondLineFollower(self.desks, message_ids=message_ids, clock=clock),
            TurnFollower(self.desks, turn_link=_turn_link),
            SubRequestFollower(self.desks),
            StoppedCaseFollower(self.desks),
            PaymentFollower(self.desks),
            BookingFollower(self.desks),
            *([PushFollower(self.desks, clock=clock)] if push else []),
        ]
        self.trackers = TrackerDoor(
            TrackerReports(ledger, self.desks, metrics=self.metrics, clock=clock), clock=clock
        )
        self._events = 0

    def _open(
        self,
        changes: Mapping[str, tuple[str, str]],
        instead: Mapping[str, str],
        environment: Mapping[str, str],
        *,
        by_hand: bool,
    ) -> OpenDesk:
        loaded, matcher = _loaded(
            self.slug, tuple(changes.items()), tuple(instead.items()), tuple(environment.items()), by_hand
        )

        def save(tx):
            sync(tx, loaded.desk, MORNING)
            return revisions.save(
                tx, desk=self.slug, files=loaded.files, terms=loaded.desk.terms, by="file", at=MORNING
            )

        number = self.ledger.write_blocking(save)
        categories = frozenset(category.id for category in loaded.catalogue.offered)
        tags = None if loaded.catalogue.tags is None else frozenset(tag.id for tag in loaded.catalogue.tags)
        return OpenDesk(
            now=DeskNow(desk=loaded.desk, revision=number, categories=categories, tags=tags),
            catalogue=loaded.catalogue,
            matcher=matcher,
            procedures=loaded.procedures,
        )

    def group_worker(self, ledger: Ledger, limits: PlaceLimits) -> GroupWorker:
        return GroupWorker(
            ledger,
            self.carriers,
            desks=self.desks,
            places=self.places,
            standstills=self.standstills,
            metrics=self.metrics,
            clock=lambda: self.now,
            limits=lambda _budget: limits,
        )

    async def settle(self) -> None:
        """Let followers and deliveries run until nothing is left to do."""
        await self.people.refresh()
        while True:
            self.now += timedelta(milliseconds=1)
            followed = await self.follow()
            await self.gates.turn()
            self.now += timedelta(seconds=2)  # cards wait for what comes right behind
            await self.worker.drain()
            await self.groups.drain()
            await self.hooks.drain()
            if not any([followed, await self.lookups.turn()]):
                return

    async def follow(self) -> int:
        """Let every follower take what is new; how much that was."""
        return await Following(self.ledger, self._followers).turn()

    async def passes(self, length: timedelta) -> None:
        """Let time pass, with the sweep that goes with it."""
        self.now += length
        await self.jobs.sweep()
        await self.jobs.wake()
        await self.jobs.send_later()
        await self.jobs.close_silent()
        await self.jobs.digest()
        await self.jobs.start_rules()
        await self.jobs.assign()
        await self.jobs.remind_of_forms()
        await self.settle()

    # -- people ---------------------------------------------------------------------------------------------------

    async def writes(self, text: str, *, sender: str = "+62811", name: str | None = "Ana", **fields) -> None:
        """A contact writes by WhatsApp."""
        await self._hears(
            Channel.WHATSAPP,
            text,
            Place(account=f"{self.slug}/whatsapp", channel=Channel.WHATSAPP, address=sender),
            Person(address=sender, name=name),
            **fields,
        )

    async def telegrams(self, text: str, *, sender: str = "4711", **fields) -> None:
        """A contact writes to the desk's bot."""
        place = Place(account=f"{self.slug}/telegram", channel=Channel.TELEGRAM, address=sender)
        await self._hears(Channel.TELEGRAM, text, place, Person(address=sender, name="Ana"), **fields)

    async def presses(self, label: str, *, sender: str = "4711") -> None:
        """A contact presses a button below the newest message that has it."""
        offered = [
            button for outgoing in reversed(self.told(sender)) for row in outgoing.buttons for button in row
        ]
        found = next(button for button in offered if button.label == label)
        await self.telegrams(found.label, sender=sender, button=found.data)

    async def mails(
        self, text: str, *, sender: str = "ana@example.com", subject: str = "Tanya", **fields
    ) -> None:
        self._events += 1
        external_id = fields.pop("external_id", f"<{self._events}@example.com>")
        place = Place(account=f"{self.slug}/email", channel=Channel.EMAIL, address=sender, thread=external_id)
        await self._hears(
            Channel.EMAIL,
            text,
            place,
            Person(address=sender, name="Ana"),
            subject=subject,
            external_id=external_id,
            **fields,
        )

    async def agent_writes(
        self, who: str, text: str, *, ticket: int, files: tuple[File, ...] = (), **fields
    ) -> None:
        """Somebody of the desk writes in the ticket's topic."""
        await self._in_group(who, text, thread=self.thread_of(ticket), files=files, **fields)

    async def says(self, who: str, text: str, **fields) -> None:
        """Somebody of the desk writes to the bot, about no ticket."""
        place = Place(account=f"{self.slug}/telegram", channel=Channel.TELEGRAM, address=who)
        await self._hears(Channel.TELEGRAM, text, place, Person(address=who, name="?"), **fields)

    def heard_by(self, who: str) -> list[str]:
        """What somebody of the desk has read in their own chat with the bot."""
        return [outgoing.text for outgoing in self.group.private if outgoing.place.address == who]

    async def agent_presses(self, who: str, label: str, *, ticket: int) -> None:
        thread = self.thread_of(ticket)
        for external_id, (of, outgoing) in reversed(list(self.group.messages.items())):
            for row in outgoing.buttons:
                for button in row:
                    if of == thread and label in button.label:
                        await self._in_group(
                            who, "", thread=thread, button=button.data, replies_to=external_id
                        )
                        return
        raise AssertionError(f"nobody offers {label}")

    async def member_writes(self, who: str, text: str, *, ticket: int, **fields) -> None:
        """Somebody of the second line writes in the ticket's topic of their own group."""
        await self._in_group(who, text, thread=self.thread_of(ticket, TEAM_GROUP), group=TEAM_GROUP, **fields)

    async def edits(
        self, who: str, external_id: str, text: str, *, address: str, thread: str | None = None,
        channel: Channel = Channel.TELEGRAM, **fields: Any,
    ) -> None:  # fmt: skip
        """Somebody changes what they wrote, or takes it back."""
        self._events += 1
        place = Place(account=f"{self.slug}/{channel}", channel=channel, address=address, thread=thread)
        await self.receiver.deliver(
            Edited(
                event_id=f"edit-{self._events}", external_id=external_id, place=place,
                sender=Person(address=who, name="?"), text=text, raw=text.encode(), **fields,
            )
        )  # fmt: skip
        await self.settle()

    async def _in_group(
        self, who: str, text: str, *, thread: str | None, group: str = GROUP, **fields
    ) -> None:
        place = Place(account=f"{self.slug}/telegram", channel=Channel.TELEGRAM, address=group, thread=thread)
        await self._hears(Channel.TELEGRAM, text, place, Person(address=who, name="?"), **fields)

    async def _hears(self, channel: Channel, text: str, place: Place, person: Person, **fields) -> None:
        await self.people.refresh()
        await self.receives(channel, text, place, person, **fields)
        await self.settle()

    async def receives(self, channel: Channel, text: str, place: Place, person: Person, **fields) -> None:
        """Take something in, and let nothing follow from it yet."""
        self._events += 1
        key = f"{channel}-{self._events}"
        fields.setdefault("event_id", key)
        fields.setdefault("external_id", key)
        await self.receiver.deliver(Said(place=place, sender=person, text=text, raw=text.encode(), **fields))

    # -- what they see ----------------------------------------------------------------------------------------------

    @property
    def said(self) -> list[str]:
        """What the contacts on WhatsApp have read."""
        return [outgoing.text for outgoing in self.whatsapp.sent]

    def told(self, address: str) -> list[Outgoing]:
        """Return what somebody was told in a private Telegram chat."""
        return [outgoing for outgoing in self.group.private if outgoing.place.address == address]

    @property
    def last(self) -> str:
        return self.said[-1]

    def ticket(self, number: int = 1) -> TicketNow:
        return self.ledger.write_blocking(lambda tx: tickets_.load(tx, number))

    def clock(self, kind: str, number: int = 1):
        clocks = self.ledger.write_blocking(lambda tx: events.clocks_of(tx, number))
        return [clock for clock in clocks if clock.kind == kind][-1]

    def thread_of(self, ticket: int, group: str = GROUP) -> str:
        return next(
            thread
            for thread, name in self.group.topics.items()
            if name.startswith(f"#{ticket} ") and self.group.groups[thread] == group
        )

    def topic(self, ticket: int, group: str = GROUP) -> list[str]:
        return [outgoing.text for outgoing in self.group.in_topic(self.thread_of(ticket, group))]

    def staff(self, role: str, index: int = 0):
        people = [person for person in self.people.at(self.slug) if person.role == role]
        return people[index]
