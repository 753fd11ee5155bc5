"""Each call to the Bot API, and each way in which it goes wrong: what the desk is told, and what people see of it."""

import asyncio
import itertools
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlmodel import select

from channels.contract import ChannelError, CommandMenu, Deferred, PlaceBarred, RefusedByProvider, ThreadGone
from channels.telegram.adapter import TelegramAdapter
from channels.telegram.errors import OutcomeUnknown
from channels.telegram.pacing import Pacing
from tests.bot import chat as desk
from tests.channels.telegram.conftest import GROUP
from tickets.actions import amending
from tickets.message import Channel, File, Person, Place
from tickets.tables import Message

BOT = f"{desk.SLUG}/telegram"
WAIT = 7
GOOD, LATER, NEVER, BARRED, GONE = "good", f"in {WAIT} seconds", "never", "barred", "topic gone"
BROKEN, SOON, UNKNOWN = "account broken", "later", "unknown"
SHORT = timedelta(seconds=0.3)
UNPACED = Pacing(clock=itertools.count(step=60).__next__)

# What each fault means to a call that does something in the group, and to one that only asks for a file.
FAULTS = {
    "429": (lambda to, on: to.throttles(on, retry_after=WAIT), LATER, LATER),
    "400": (lambda to, on: to.refuses(on, 400, "Bad Request: something new"), NEVER, NEVER),
    "400 of a topic": (
        lambda to, on: to.refuses(on, 400, "Bad Request: message thread not found"), GONE, GONE,
    ),
    "401": (lambda to, on: to.refuses(on, 401, "Unauthorized"), BROKEN, BROKEN),
    "403": (
        lambda to, on: to.refuses(on, 403, "Forbidden: bot was kicked from the supergroup chat"), BARRED, NEVER,
    ),
    "409": (lambda to, on: to.refuses(on, 409, "Conflict: terminated by other request"), UNKNOWN, SOON),
    "500": (lambda to, on: to.breaks(on), UNKNOWN, SOON),
    "a proxy's 502": (lambda to, on: to.answers_garbage(on), UNKNOWN, SOON),
    "cut": (lambda to, on: to.cuts(on), UNKNOWN, SOON),
    "silence": (lambda to, on: to.says_nothing(on), UNKNOWN, SOON),
    "an answer after we gave up": (lambda to, on: to.says_nothing(on, done=True), UNKNOWN, SOON),
    "nothing wrong": (lambda to, on: None, GOOD, GOOD),
}  # fmt: skip
SILENT = {"silence", "an answer after we gave up"}

# A file that is announced, and cannot be had: silence would take minutes.
OF_DOWNLOAD = {
    "429": SOON, "400": NEVER, "401": SOON, "403": SOON, "409": SOON, "500": SOON, "a proxy's 502": SOON,
    "nothing wrong": GOOD,
}  # fmt: skip
MENU = CommandMenu(group=None, language=None, commands=(("start", "Mulai"),))

PAPER = File(name="surat.pdf", type="application/pdf", content=b"%PDF-1.7")
PHOTO = File(name="layar.jpg", type="image/jpeg", content=b"\xff\xd8\xff")


def calls_of(adapter, out, group, thread, text, paper):
    """Return each call of the Bot API to a group with what makes the house do it."""
    to, here = str(group), Place(account="a", channel=Channel.TELEGRAM, address=str(group), thread=thread)
    return {
        "sendMessage": lambda: adapter.send(out("Halo", to=group, thread=thread)),
        "sendPhoto": lambda: adapter.send(out(to=group, thread=thread, files=(PHOTO,))),
        "sendDocument": lambda: adapter.send(out(to=group, thread=thread, files=(PAPER,))),
        "editMessageText": lambda: adapter.send(out("Baru", to=group, edits=text)),
        "editMessageCaption": lambda: adapter.send(out("Baru", to=group, edits=paper)),
        "editMessageReplyMarkup": lambda: adapter.send(out(to=group, edits=text, buttons=out.row("Ya", "y"))),
        "setMessageReaction": lambda: adapter.react(here, text, "👀"),
        "editForumTopic": lambda: adapter.rename_topic(to, thread, "#7 Ana"),
        "closeForumTopic": lambda: adapter.close_topic(to, thread),
        "reopenForumTopic": lambda: adapter.reopen_topic(to, thread),
        "createForumTopic": lambda: adapter.open_topic(to, "#8 Budi"),
        "deleteMessage": lambda: adapter.take_back((paper,)),
    }  # fmt: skip


async def outcome(call) -> str:
    try:
        await call()
    except Deferred as error:
        return f"in {error.wait.total_seconds():.0f} seconds" if error.wait else SOON
    except ThreadGone:
        return GONE
    except PlaceBarred:
        return BARRED
    except RefusedByProvider as error:
        return BROKEN if error.account_broken else NEVER
    except OutcomeUnknown:
        return UNKNOWN
    except ChannelError as error:
        return type(error).__name__
    return GOOD


async def test_each_fault_of_each_call_means_what_it_means(adapter, settings, standin, out):
    standin.files["F1"] = standin.upload("document", PAPER.name, PAPER.type, PAPER.content)

    async def suffers(fault: str, group: int) -> dict[tuple[str, str], str]:
        standin.group(group)
        thread = await adapter.open_topic(str(group), "#1042 Ana")
        (text,) = (await adapter.send(out("Lama", to=group, thread=thread))).external_ids
        (paper,) = (await adapter.send(out("Lama", to=group, thread=thread, files=(PAPER,)))).external_ids
        limited = replace(settings, answer_within=SHORT) if fault in SILENT else settings
        line = TelegramAdapter(limited, pacing=UNPACED)
        found = {}
        for call, act in calls_of(line, out, group, thread, text, paper).items():
            FAULTS[fault][0](standin.only_in(group), call)
            found[call, fault] = await outcome(act)
        await line.aclose()
        return found

    found = {}
    for each in await asyncio.gather(
        *(suffers(fault, GROUP - at) for at, fault in enumerate(FAULTS, start=1))
    ):
        found |= each
    assert found == {(call, fault): FAULTS[fault][1] for call, fault in found}
    assert len(found) == 12 * len(FAULTS)


async def test_what_could_not_even_be_asked_for_is_tried_later_whatever_it_was(settings, out):
    nobody = TelegramAdapter(replace(settings, api="http://127.0.0.1:9"), pacing=UNPACED)
    calls = calls_of(nobody, out, GROUP, "3", f"{GROUP}:1", f"{GROUP}:2")
    calls |= {"getFile": lambda: nobody.fetch("F1"), "setMyCommands": lambda: nobody.show_commands(MENU)}
    found = {call: await outcome(act) for call, act in calls.items()}
    await nobody.aclose()
    assert found == dict.fromkeys(calls, SOON)


async def test_each_fault_of_what_is_not_done_in_a_group_leaves_it_for_later_or_for_good(settings, standin):
    standin.files["F1"] = standin.upload("document", PAPER.name, PAPER.type, PAPER.content)
    hasty = TelegramAdapter(replace(settings, answer_within=SHORT))
    found, expected = {}, {}
    for fault, (goes_wrong, in_a_group, of_file) in FAULTS.items():
        goes_wrong(standin, "getFile")
        found["getFile", fault] = await outcome(lambda: hasty.fetch("F1"))
        expected["getFile", fault] = of_file
        for call in ("getMyCommands", "setMyCommands"):
            standin.menus.clear()
            goes_wrong(standin, call)
            found[call, fault] = await outcome(lambda: hasty.show_commands(MENU))
            expected[call, fault] = NEVER if in_a_group == BARRED else in_a_group
    for fault, means in OF_DOWNLOAD.items():
        FAULTS[fault][0](standin, "file")
        found["download", fault] = await outcome(lambda: hasty.fetch("F1"))
        expected["download", fault] = means
    await hasty.aclose()
    assert found == expected


async def test_a_button_is_heard_once_whatever_comes_of_answering_it(adapter, standin, house, out, listening):
    standin.contact_writes(7, "Halo")
    loud = [goes_wrong for fault, (goes_wrong, _, _) in FAULTS.items() if fault not in SILENT]
    for goes_wrong in loud:
        await adapter.send(out("Terbantu?", to=7, buttons=out.row("Ya", "helped:yes")))
        goes_wrong(standin, "answerCallbackQuery")
        standin.presses(7, standin.chat(7).last, "Ya")
    async with listening(adapter):
        await standin.until(lambda: not standin.updates)
    assert [said.button for said in house.said] == [None, *["helped:yes"] * len(loud)]
    assert (house.kept, len(standin.answered_presses)) == ([], 1)  # by the call with which nothing was wrong


ANSWER, MORE = "Silakan coba sekarang.", "masih belum bisa"
AGENTS, BUDI, CONTACT = int(desk.GROUP), "1002", 4711

# For each fault, of an answer: its state in the ledger, how often the contact sees it, at once and in the end, and what
# the topic says; of a contact's words: how often the agents see them in the end. A refused token stops all of them.
SEEN = {
    "429": ("sent", 0, 1, "", 1),
    "400": ("failed", 0, 0, "gagal terkirim: Telegram menolak", 1),
    "400 of a topic": ("failed", 0, 0, "gagal terkirim", 1),
    "403": ("failed", 0, 0, "gagal terkirim: Bot sudah dikeluarkan", 1),
    "409": ("unknown", 0, 0, "Belum pasti", 1),
    "500": ("unknown", 0, 0, "Belum pasti", 1),
    "a proxy's 502": ("unknown", 0, 0, "Belum pasti", 1),
    "cut": ("unknown", 0, 0, "Belum pasti", 1),
    "silence": ("unknown", 0, 0, "Belum pasti", 1),
    "an answer after we gave up": ("unknown", 1, 1, "Belum pasti", 2),
    "nothing wrong": ("sent", 1, 1, "", 1),
}


class Desk(desk.Chat):
    """A desk whose bot is a real one, at a stand-in of Telegram."""

    def __init__(self, ledger, bot, standin) -> None:
        super().__init__(ledger, telegram=bot)
        self.standin = standin
        standin.group(AGENTS)

    async def contact(self, who: int, text: str) -> None:
        seen = self.standin.contact_writes(who, text, name="Ana")
        await self._comes(
            str(who), text, seen, Place(account=BOT, channel=Channel.TELEGRAM, address=str(who))
        )

    async def agent(self, ticket: int, text: str) -> None:
        thread = self.topics_of(ticket)[-1].thread
        place = Place(account=BOT, channel=Channel.TELEGRAM, address=desk.GROUP, thread=str(thread))
        await self._comes(BUDI, text, self.standin.agent_writes(AGENTS, thread, int(BUDI), text), place)

    async def _comes(self, who: str, text: str, seen, place: Place) -> None:
        await self.people.refresh()
        person = Person(address=who, name="Ana")
        await self.receives(Channel.TELEGRAM, text, place, person, external_id=seen.external_id)

    def topics_of(self, ticket: int):
        return [each for each in self.standin.topics(AGENTS) if each.name.startswith(f"#{ticket} ")]

    def shown(self, ticket: int) -> str:
        return "\n".join(seen.text for topic in self.topics_of(ticket) for seen in topic.from_bot)

    def answers(self, ticket: int):
        wanted = select(Message).where(Message.ticket == ticket, Message.author == "agent")
        with self.ledger.reading() as session:
            return session.exec(wanted).all()

    def state(self, ticket: int, text: str) -> str:
        wanted = select(Message.delivery).where(Message.ticket == ticket, Message.text == text)
        with self.ledger.reading() as session:
            return session.exec(wanted).one()


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)  # the outbox has its own tests on both
async def test_what_contact_agent_and_ledger_see_of_each_fault(ledger, settings, standin):
    bot = TelegramAdapter(replace(settings, answer_within=timedelta(seconds=1)), pacing=UNPACED)
    house = Desk(ledger, bot, standin)
    tickets = dict(enumerate(SEEN, start=1))
    for ticket in tickets:
        await house.contact(CONTACT + ticket, "lupa sandi edunex")
    await house.settle()
    for ticket, fault in tickets.items():
        FAULTS[fault][0](standin.only_in(CONTACT + ticket), "sendMessage")
        await house.agent(ticket, ANSWER)
    await house.settle()
    at_once = {ticket: standin.chat(CONTACT + ticket).texts.count(ANSWER) for ticket in tickets}
    for ticket, fault in tickets.items():
        FAULTS[fault][0](standin.only_in(AGENTS, house.topics_of(ticket)[0].thread), "sendMessage")
        await house.contact(CONTACT + ticket, MORE)
    for _ in range(3):
        await house.passes(timedelta(minutes=6))
    await bot.aclose()
    found = {}
    for ticket, fault in tickets.items():
        told = SEEN[fault][3] if SEEN[fault][3] in house.shown(ticket) else house.shown(ticket)
        in_the_end = standin.chat(CONTACT + ticket).texts.count(ANSWER)
        found[fault] = (
            house.state(ticket, ANSWER), at_once[ticket], in_the_end, told, house.shown(ticket).count(MORE)
        )  # fmt: skip
    assert found == SEEN


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_an_answer_that_left_in_pieces_is_changed_and_taken_back_as_one(ledger, settings, standin):
    bot = TelegramAdapter(settings, pacing=UNPACED)
    house, chat = Desk(ledger, bot, standin), standin.chat(CONTACT)
    await house.contact(CONTACT, "lupa sandi edunex")
    await house.settle()
    before = len(chat.from_bot)
    long = "\n\n".join(f"Bagian {part} " + "kata " * 700 for part in range(3))
    await house.agent(1, long)
    await house.settle()
    assert len(chat.from_bot) == before + 3
    by = house.people.find(desk.SLUG, Channel.TELEGRAM, BUDI).actor
    (message,) = (each.id for each in house.answers(1))
    for text, left in ((long + " lagi", 3), ("Cukup **masuk** lagi.", 1), (long, 1)):
        change = lambda tx, text=text: amending.amend(tx, 1, message, text, by=by, at=house.now)  # noqa: E731
        await ledger.write(change, name="test")
        await house.settle()
        assert len(chat.from_bot) == before + left
    assert chat.texts[-1] == "Cukup masuk lagi."
    assert "lebih panjang daripada 1 pesan" in house.shown(1)
    assert [each.text for each in house.answers(1)] == ["Cukup **masuk** lagi."]
    await ledger.write(lambda tx: amending.withdraw(tx, 1, message, by=by, at=house.now), name="test")
    await house.settle()
    assert len(chat.from_bot) == before
    await bot.aclose()
