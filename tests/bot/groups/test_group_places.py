"""A group moves, the bot loses its place in it and comes back, topics are closed: nothing that is to go there is lost."""

from collections.abc import Awaitable, Callable
from datetime import timedelta

import pytest

from channels.contract import PlaceBarred, PlaceMoved, ThreadClosed
from tests.bot.chat import GROUP, SLUG, Chat, GroupOfAgents
from tickets.actions import handling
from tickets.message import Channel, Moved, Outgoing, Person, Place, Reach, Sent

ACCOUNT = f"{SLUG}/telegram"
NEW = "-1007"
BUDI, SUPERVISOR = "1002", "1001"


class TroubledGroup(GroupOfAgents):
    """One that Telegram moves, or out of which the bot is thrown."""

    def __init__(self) -> None:
        super().__init__()
        self.moved = False
        self.barred: str | None = None
        self.closed_by_hand: set[str] = set()
        self.meanwhile: Callable[[], Awaitable[None]] | None = None  # what happens while a topic is made

    def _check(self, group: str) -> None:
        if group.startswith("-") and self.barred:
            raise PlaceBarred(self.barred, code="403")
        if group == GROUP and self.moved:
            raise PlaceMoved(before=GROUP, after=NEW)

    async def open_topic(self, group: str, name: str) -> str:
        if self.meanwhile is not None:
            happens, self.meanwhile = self.meanwhile, None
            await happens()
        self._check(group)
        thread = str(len(self.topics) + 1)
        self.groups[thread], self.topics[thread] = group, name
        return thread

    async def reopen_topic(self, group: str, thread: str) -> None:
        self.closed_by_hand.discard(thread)

    async def send(self, outgoing: Outgoing) -> Sent:
        self._check(outgoing.place.address)
        if outgoing.place.thread in self.closed_by_hand:
            raise ThreadClosed("Topik ini ditutup.")
        return await super().send(outgoing)


@pytest.fixture
def chat(ledger):
    return Chat(ledger, telegram=TroubledGroup())


async def in_group(chat, who, text, *, group=GROUP, thread=None):
    place = Place(account=ACCOUNT, channel=Channel.TELEGRAM, address=group, thread=thread)
    await chat.people.refresh()
    await chat.receives(Channel.TELEGRAM, text, place, Person(address=who, name="?"))
    await chat.settle()


def alerts(chat, words="tidak dapat bekerja"):
    return [outgoing for outgoing in chat.group.private if words in outgoing.text]


@pytest.mark.parametrize("told_by", ["the error", "the service message"])
async def test_a_group_that_moved_goes_on_at_its_new_address_without_an_operator(chat, told_by):
    await chat.writes("lupa sandi edunex")
    chat.group.moved = True
    if told_by == "the service message":
        for event_id in ("m1", "m2"):  # the old group tells of the new one, and the new one of the old
            await chat.receiver.deliver(
                Moved(event_id=event_id, account=ACCOUNT, before=GROUP, after=NEW, raw=b"{}")
            )
    await chat.writes("masih belum bisa")
    await chat.writes("wifi mati", sender="+62812")
    assert chat.group.groups[chat.thread_of(2, NEW)] == NEW
    assert chat.group.in_topic(chat.thread_of(1))[-1].place.address == NEW
    await in_group(chat, BUDI, "Sedang kami cek.", group=NEW, thread=chat.thread_of(1))
    assert chat.last == "Sedang kami cek."
    again = Chat(chat.ledger, telegram=chat.group)  # its desk file still has the old address
    await again.places.refresh()
    await in_group(again, BUDI, "Kami kabari.", group=NEW, thread=chat.thread_of(1))
    assert again.last == "Kami kabari."


async def test_what_waits_for_a_group_goes_out_when_the_bot_is_back_and_the_supervisors_are_told_once(chat):
    await chat.writes("lupa sandi edunex")
    thread = chat.thread_of(1)
    before = len(chat.topic(1))
    chat.group.barred = "Bot sudah dikeluarkan dari grup Telegram ini."
    await chat.writes("halo?")
    await chat.writes("masih ada orang?")

    async def categorised():
        by = chat.staff("agent").actor
        await chat.ledger.write(
            lambda tx: handling.categorise(tx, 2, "login", desk=chat.desk.now, by=by, at=chat.now)
        )
        await chat.follow()

    chat.group.meanwhile = categorised  # so that its card waits for a topic, which takes no call
    await chat.writes("wifi mati", sender="+62812")
    assert chat.group.meanwhile is None
    await chat.passes(timedelta(hours=30))
    assert len(chat.topic(1)) == before
    assert len(alerts(chat)) == len({outgoing.place.address for outgoing in alerts(chat)}) > 0
    assert chat.places.troubles() == {f"{ACCOUNT} {GROUP}": chat.group.barred}
    chat.group.barred = None
    await chat.receiver.deliver(Reach(event_id="back", account=ACCOUNT, address=GROUP, raw=b"{}"))
    await chat.settle()
    assert chat.places.troubles() == {}
    told = "\n".join(outgoing.text for outgoing in chat.group.in_topic(thread)[before:])
    assert "halo?" in told
    assert "masih ada orang?" in told


async def test_the_bot_that_is_thrown_out_says_so_before_anything_is_to_be_sent(chat):
    await chat.receiver.deliver(
        Reach(event_id="out", account=ACCOUNT, address=GROUP, barred="dikeluarkan", raw=b"{}")
    )
    await chat.settle()
    assert alerts(chat)
    await chat.writes("lupa sandi edunex")  # it was let in again, and nobody said so
    assert chat.places.troubles() == {}


async def test_a_topic_closed_by_hand_is_opened_again_when_something_goes_into_it(chat):
    await chat.writes("lupa sandi edunex")
    chat.group.closed_by_hand.add(chat.thread_of(1))
    await chat.writes("masih belum bisa")
    assert "masih belum bisa" in chat.topic(1)[-1]


async def test_a_contact_who_blocks_the_bot_is_said_to_be_out_of_reach(chat):
    await chat.telegrams("lupa sandi edunex")
    for number, barred in enumerate(["Kontak memblokir bot ini.", None]):
        await chat.receiver.deliver(
            Reach(event_id=f"r{number}", account=ACCOUNT, address="4711", barred=barred, raw=b"{}")
        )
    await chat.settle()
    said = "\n".join(chat.topic(1))
    assert "tidak dapat dihubungi lagi: Kontak memblokir bot ini." in said
    assert "Kontak dapat dihubungi lagi." in said


async def test_in_general_commands_work_and_talk_is_left_alone_with_one_hint(chat):
    await chat.writes("lupa sandi edunex")
    for text in ("pagi semua", "sudah sarapan?", "/papan", "#1 Sedang kami cek."):
        await in_group(chat, BUDI if text != "/papan" else SUPERVISOR, text)
    here = [
        out.text for thread, out in chat.group.messages.values() if out.place.address == GROUP and not thread
    ]
    assert sum("tidak dibaca bot" in text for text in here) == 1
    assert len(here) > 1
    assert chat.last == "Sedang kami cek."


async def test_a_group_that_is_none_of_the_desks_is_not_heard(chat):
    await in_group(chat, "4711", "tiket untuk saya", group="-1099")
    await in_group(chat, "-1099", "/papan", group="-1099")  # one of its administrators, anonymously
    assert chat.group.messages == {}
    assert chat.said == []


async def test_the_help_shows_what_fits_the_role_with_buttons_for_the_place(chat):
    await chat.writes("lupa sandi edunex")
    shown = {}
    for who in (BUDI, SUPERVISOR):
        await chat.agent_writes(who, "/bantuan", ticket=1)
        shown[who] = chat.group.in_topic(chat.thread_of(1))[-1]
    assert "/ambil" in shown[BUDI].text
    assert "/verifikasi" not in shown[BUDI].text
    assert "/verifikasi" in shown[SUPERVISOR].text
    assert [len(shown[who].buttons) for who in (BUDI, SUPERVISOR)] == [1, 2]
    await chat.agent_presses(BUDI, shown[BUDI].buttons[0][0].label, ticket=1)
    assert chat.ticket().assignee == chat.people.find(SLUG, Channel.TELEGRAM, BUDI).id
