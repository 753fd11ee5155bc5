"""A ticket is never solved without a category: whoever closes it, by whichever door, and the bot neither."""

import ast
from dataclasses import replace
from pathlib import Path

import httpx
import pytest

from bot.acts import Acts
from bot.commands import Verb, button
from console import doors
from console.app import create_app
from console.house import House
from tests.bot.chat import SLUG, Chat
from tests.console.pages import Visitor
from tickets.lifecycle import Status
from tickets.message import Channel, Person, Place, Said

ROOT = Path(__file__).parents[2]
QUESTION = "kak nilai kuis saya di matkul fisika kok belum muncul ya padahal sudah dikoreksi"
BUDI = {"telegram": "1002", "whatsapp": "+628110002", "email": "budi@example.ac.id"}
TOKEN = "a-fixed-token-for-tests"


@pytest.fixture
def chat(ledger):
    return Chat(ledger)


@pytest.fixture
def app(chat):
    return create_app(
        House(
            ledger=chat.ledger, desks=chat.desks.now, catalogue=lambda slug: chat.desks[slug].catalogue,
            clock=lambda: chat.now, secret_key="a secret for tests", public_url="http://desk.test",
            api_token=TOKEN, acts=Acts(chat.desks),
        )
    )  # fmt: skip


async def says(chat, channel, text, **fields):
    """Budi writes from one of his own addresses."""
    address = BUDI[channel]
    place = Place(account=f"{SLUG}/{channel}", channel=channel, address=address)
    key = f"order-{chat.now.isoformat()}"
    await chat.people.refresh()
    await chat.receiver.deliver(
        Said(event_id=key, external_id=key, place=place, sender=Person(address=address, name="Budi"), text=text,
             raw=text.encode(), **fields)
    )  # fmt: skip
    await chat.settle()


async def in_the_topic(chat, _app):
    await chat.agent_writes("1002", "/tutup", ticket=1)


async def in_the_topic_with_an_answer(chat, _app):
    await chat.agent_writes("1002", "/tutup Sudah muncul ya.", ticket=1)


async def by_a_button(chat, _app):
    await says(chat, Channel.TELEGRAM, "", button=button(Verb.CLOSE, 1))


async def by_whatsapp(chat, _app):
    await says(chat, Channel.WHATSAPP, "#1 /tutup")


async def by_mail(chat, _app):
    await says(chat, Channel.EMAIL, "#1 /close", subject="Re: #1")


async def on_the_page(chat, app):
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    headers = {"Accept": "text/html", "Accept-Language": "en"}
    async with httpx.AsyncClient(transport=transport, base_url="http://desk.test", headers=headers) as client:
        budi = Visitor(client)
        invitation = chat.ledger.write_blocking(
            lambda tx: doors.make_invitation(tx, chat.now, email=BUDI["email"])
        )
        setup = await budi.opens(f"/setup/{invitation}")
        await budi.sends(setup, "", email=BUDI["email"], name="Budi", password="correct horse battery")
        answer = await budi.sends(await budi.opens("/tickets/1"), "/close")
        if chat.ticket().category is None:
            assert (answer.status, "never solved without a category" in answer.text) == (409, True)


async def by_the_api(chat, app):
    await _by_the_api(chat, app, "close", "category_missing")


async def with_a_whole_incident_by_the_api(chat, app):
    await _is_an_incident(chat)
    await _by_the_api(chat, app, "close-all", "categories_missing")


async def with_a_whole_incident_by_chat(chat, _app):
    await _is_an_incident(chat)
    await chat.agent_writes("1002", "/tutupsemua", ticket=1)


async def _is_an_incident(chat):
    """Somebody else has the same trouble, and their ticket has a category."""
    if not any(name.startswith("#2 ") for name in chat.group.topics.values()):
        await chat.writes(QUESTION, sender="+62899", name="Eka")
        await chat.agent_writes("1002", "/kategori nilai", ticket=2)
        await chat.agent_writes("1002", "/insiden #1", ticket=2)


async def _by_the_api(chat, app, act, refused):
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    headers = {"Authorization": f"Bearer {TOKEN}"}
    async with httpx.AsyncClient(
        transport=transport, base_url="http://desk.test/api/v1", headers=headers
    ) as api:
        answer = await api.post(f"/tickets/1/{act}")
        if chat.ticket().category is None:
            assert (answer.status_code, answer.json()["error"]["code"]) == (409, refused)


def heard(chat):
    """What the contact has read."""
    return [outgoing.text for outgoing in chat.whatsapp.sent if outgoing.place.address == "+62811"]


DOORS = (
    in_the_topic,
    in_the_topic_with_an_answer,
    by_a_button,
    by_whatsapp,
    by_mail,
    on_the_page,
    by_the_api,
    with_a_whole_incident_by_the_api,
    with_a_whole_incident_by_chat,
)


@pytest.mark.parametrize("door", DOORS, ids=lambda door: door.__name__)
async def test_a_ticket_is_solved_by_every_door_once_it_has_a_category_and_never_before(chat, app, door):
    await chat.writes(QUESTION)
    said = heard(chat)
    await door(chat, app)
    assert (chat.ticket().status, heard(chat)) == (Status.NEW, said)
    await chat.agent_writes("1002", "/kategori nilai", ticket=1)
    await door(chat, app)
    assert chat.ticket().status is Status.SOLVED


async def test_the_bot_solves_nothing_that_has_no_category(chat):
    await chat.writes("lupa password")
    desk = chat.desks[SLUG]
    chat.desks.put(replace(desk, now=replace(desk.now, categories=frozenset())))  # it was taken out meanwhile
    await chat.writes("ya")
    assert (chat.ticket().category, chat.ticket().status) == (None, Status.NEW)
    chat.desks.put(desk)
    await chat.writes("lupa password", sender="+62812")
    await chat.writes("ya", sender="+62812")
    assert chat.ticket(2).status is Status.SOLVED
    assert chat.ticket(2).category is not None


def test_one_act_alone_solves_tickets():
    """Whatever comes later (rules, bulk acts) has to go through it, and so needs a category."""
    solving = [
        str(path.relative_to(ROOT))
        for room in ("bot", "console", "tickets", "procedures", "reports")
        for path in (ROOT / room).rglob("*.py")
        for call in ast.walk(ast.parse(path.read_text()))
        if isinstance(call, ast.Call)
        and isinstance(call.func, ast.Name)
        and call.func.id == "append"
        and any(isinstance(each, ast.Constant) and each.value == "ticket.solved" for each in call.args)
    ]
    assert solving == ["tickets/actions/handling.py"]
