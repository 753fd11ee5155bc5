"""What a provider's list has and the ledger has not is fetched, told of, and counted as lost only if it cannot be had."""

from datetime import timedelta

import pytest
from sqlmodel import select

from bot.reconciling.daily import SETTLES, Reconciling, since_of
from bot.reconciling.looking import look
from bot.reconciling.shut_doors import APART, ShutDoors
from bot.service.metrics import Metrics
from channels.contract import Deferred, Listed
from reports.brought import brought
from reports.labels import Labels
from reports.lost_line import said_of_lost
from tests.bot.chat import SLUG, Chat
from tickets import reconciled, turned_away
from tickets.message import Channel, Person, Place, Said
from tickets.reconciled import LEASE, Outcome
from tickets.tables import Message, Outbox

ACCOUNT = f"{SLUG}/whatsapp"


class Listing:
    """A provider that has all that contacts wrote, and may have lost the words of some of it."""

    def __init__(self):
        self.has: list[str] = []
        self.gone: set[str] = set()
        self.is_down = False

    async def came_in(self, *, since, until):
        if self.is_down:
            raise Deferred("Twilio tidak menjawab.")
        return [Listed(external_id=each, handle=each) for each in self.has]

    async def bring(self, listed, inlet):
        brought = [each for each in listed if each.handle not in self.gone]
        for sid in (each.handle for each in brought):
            place = Place(account=ACCOUNT, channel=Channel.WHATSAPP, address=f"+62811{sid}")
            await inlet.deliver(
                Said(
                    event_id=sid,
                    external_id=sid,
                    place=place,
                    sender=Person(address=place.address),
                    text="Kapan legalisir selesai?",
                )
            )
        return brought


class Desk:
    """A desk that has served for a week, with a provider that lists."""

    def __init__(self, chat):
        self.chat = chat
        self.listing = Listing()
        self.metrics = Metrics()
        self.reconciling = Reconciling(
            chat.ledger, chat.desks, {ACCOUNT: self.listing}, chat.receiver, metrics=self.metrics,
            clock=lambda: chat.now,
        )  # fmt: skip

    def doors(self):
        """Return what a process with doors writes down; it is another one than that which reconciles."""
        return ShutDoors(
            self.chat.ledger,
            turned_away_at=lambda: self.chat.receiver.turned_away_at,
            clock=lambda: self.chat.now,
        )

    async def hears(self, sid):
        await self.chat.writes("Saya lupa kata sandi.", event_id=sid, external_id=sid)
        self.listing.has.append(sid)

    async def last(self):
        looks = await self.chat.ledger.read(lambda session: reconciled.last_looks(session, [ACCOUNT]))
        return looks[ACCOUNT].outcome

    def came_in(self):
        with self.chat.ledger.reading() as session:
            return sorted(session.scalars(select(Message.external_id).where(Message.direction == "in")))

    def alarms(self, about):
        with self.chat.ledger.reading() as session:
            parcels = session.scalars(select(Outbox).where(Outbox.dedup.startswith(about))).all()
            return [parcel.payload["text"] for parcel in parcels]


@pytest.fixture
async def desk(ledger):
    desk = Desk(Chat(ledger))
    await desk.hears("SM1")
    await desk.chat.passes(timedelta(days=2))
    return desk


async def test_what_did_not_reach_us_is_fetched_and_the_supervisors_hear_of_it(desk):
    desk.listing.has.append("SM2")
    assert await desk.reconciling.turn() == 1
    assert desk.came_in() == ["SM1", "SM2"]
    assert await desk.last() == Outcome(listed=2, missing=1, lost=0)
    (said,) = desk.alarms("found_late:")
    assert "1 pesan" in said
    assert desk.alarms("lost:") == []


async def test_what_is_here_is_left_alone_and_nobody_is_troubled(desk):
    await desk.reconciling.turn()
    assert await desk.last() == Outcome(listed=1)
    assert desk.alarms("found_late:") == []


async def test_what_cannot_be_fetched_is_lost_and_said_to_be(desk):
    desk.listing.has += ["SM2", "SM3"]
    desk.listing.gone = {"SM3"}
    await desk.reconciling.turn()
    assert await desk.last() == Outcome(listed=3, missing=2, lost=1)
    (said,) = desk.alarms("lost:")
    assert ACCOUNT in said


async def test_a_list_that_cannot_be_had_is_no_loss_and_is_asked_for_again(desk):
    desk.listing.is_down = True
    await desk.reconciling.turn()
    assert (await desk.last()).error == "Twilio tidak menjawab."
    desk.listing.is_down, desk.listing.has = False, ["SM1", "SM2"]
    await desk.chat.passes(timedelta(hours=36))
    assert await desk.reconciling.turn() == 1
    assert desk.came_in() == ["SM1", "SM2"]


async def test_it_is_looked_once_a_day_and_soon_after_something_was_turned_away(desk):
    assert [await desk.reconciling.turn() for _ in range(2)] == [1, 0]
    await desk.chat.passes(timedelta(hours=3))
    doors = desk.doors()
    desk.chat.receiver.turn_away()
    await doors.turn()
    assert await desk.reconciling.turn() == 0  # its provider may still bring it
    await desk.chat.passes(SETTLES)
    assert [await desk.reconciling.turn() for _ in range(2)] == [1, 0]


async def test_it_is_looked_soon_after_doors_were_opened_for_before_that_nobody_was_there(desk):
    await desk.reconciling.turn()
    await desk.chat.passes(timedelta(hours=3))
    await desk.doors().turn()
    await desk.chat.passes(SETTLES)
    assert [await desk.reconciling.turn() for _ in range(2)] == [1, 0]


async def test_an_overload_is_written_down_again_and_again_but_not_for_each_that_is_turned_away(desk):
    doors, began = desk.doors(), desk.chat.now
    await doors.turn()
    await desk.chat.passes(APART / 2)
    desk.chat.receiver.turn_away()
    await doors.turn()
    assert await desk.chat.ledger.read(turned_away.last) == began
    await desk.chat.passes(APART / 2)
    await doors.turn()
    assert await desk.chat.ledger.read(turned_away.last) == desk.chat.receiver.turned_away_at > began


async def test_a_look_that_was_cut_off_is_made_up_for_as_soon_as_it_is_surely_over(desk):
    at = desk.chat.now
    begun = {"desk": SLUG, "since": at - timedelta(days=1), "until": at, "at": at, "unless_since": None}
    await desk.chat.ledger.write(lambda tx: reconciled.begin(tx, ACCOUNT, **begun))
    await desk.chat.passes(LEASE / 2)
    assert await desk.reconciling.turn() == 0
    await desk.chat.passes(LEASE / 2)
    assert await desk.reconciling.turn() == 1


async def test_a_dry_run_counts_and_takes_nothing(desk):
    desk.listing.has.append("SM2")
    at = desk.chat.now
    found = await look(desk.chat.ledger, ACCOUNT, desk.listing, None, since=at - timedelta(days=1), until=at)
    assert (found.missing, found.brought, desk.came_in()) == (1, 1, ["SM1"])


async def test_nothing_is_fetched_that_was_written_before_the_number_was_served_here(desk):
    at = desk.chat.now
    began = at - timedelta(days=2)
    assert (
        began - timedelta(minutes=6)
        < await since_of(desk.chat.ledger, ACCOUNT, at - timedelta(days=30))
        <= began
    )
    assert await since_of(desk.chat.ledger, f"{SLUG}/whatsapp-2", at - timedelta(days=30)) > at


@pytest.mark.parametrize("language", ["id", "en"])
async def test_the_month_says_how_many_are_lost_and_takes_it_back_when_they_are_found(desk, language):
    month = {
        "desk": SLUG,
        "start_at": desk.chat.now - timedelta(days=9),
        "end_at": desk.chat.now + timedelta(days=9),
    }
    labels = Labels(language)

    async def said():
        return said_of_lost(await desk.chat.ledger.read(lambda session: brought(session, **month)), labels)

    assert await said() == labels("lost_unknown")
    desk.listing.has += ["SM2", "SM3"]
    desk.listing.gone = {"SM3"}
    await desk.reconciling.turn()
    assert await said() == labels("lost_line", lost=1, late=1)
    desk.listing.gone = set()
    await desk.chat.passes(timedelta(hours=36))
    await desk.reconciling.turn()
    assert await said() == labels("lost_line", lost=0, late=2)
