"""A web chat served by one process while another one writes, on PostgreSQL."""

import asyncio
import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import httpx
import pytest
from starlette.applications import Starlette

from bot.chat_pages import ChatPages
from channels.webchat.adapter import WebChat
from tests.bot.chat import MORNING, SLUG, Chat
from tests.channels.webchat.house import SETTINGS
from tests.standins.serving import serving
from tickets.hours import Calendar, ClosedDay
from tickets.message import Channel

ACCOUNT, PAGE, BUDI = f"{SLUG}/webchat", f"/chat/{SLUG}", "1002"
SOON = 8.0  # seconds on a busy machine; who is not woken looks less often


def no_calendar(_slug):
    raise AssertionError


def web_chat(ledger, calendar=no_calendar):
    pages = ChatPages(
        ledger, calendar=calendar, link=lambda row: row.name, public_url="http://desk.test", secret_key="a key", clock=lambda: MORNING
    )  # fmt: skip
    settings = replace(SETTINGS, account=ACCOUNT, path=SLUG, desk=SLUG)
    return WebChat(settings, history=pages.history, waits=ledger.wakes.sleeper, once=pages.once), pages


@pytest.fixture
async def two(two_ledgers):
    """A desk in one process; in the other one a web chat, and a visitor who is there."""
    here, there = two_ledgers
    chat = Chat(here, more={ACCOUNT: web_chat(here)[0]})
    elsewhere = Starlette(routes=web_chat(there)[0].routes(chat.receiver))
    async with (
        serving(elsewhere) as url,
        httpx.AsyncClient(base_url=url, trust_env=False, follow_redirects=True) as visitor,
    ):
        yield chat, visitor, there


async def news(lines):
    """The mark that the stream tells next."""
    async with asyncio.timeout(SOON):
        async for line in lines:
            if line.startswith("id: "):
                return line.removeprefix("id: ")
    raise AssertionError("the stream has ended")


async def test_an_answer_of_another_process_is_told_and_nothing_is_missed_or_told_twice(two):
    chat, visitor, there = two
    page = await visitor.get(PAGE)
    once = re.search(r'name="once" value="([^"]+)"', page.text)[1]
    page = await visitor.post(PAGE, data={"once": once, "text": "Bagaimana cara cuti?"})
    await chat.settle()
    async with visitor.stream("GET", f"{PAGE}/live") as stream:
        lines = stream.aiter_lines()
        await news(lines)
        await chat.agent_writes(BUDI, "Isi formulir.", ticket=1)
        told = await news(lines)
    assert (await visitor.get(PAGE)).text.count("Isi formulir.") == 1
    await chat.agent_writes(BUDI, "Di SIX.", ticket=1)  # while nobody was connected
    async with visitor.stream("GET", f"{PAGE}/live", headers={"Last-Event-ID": told}) as stream:
        missed = await news(stream.aiter_lines())
    async with visitor.stream("GET", f"{PAGE}/live", headers={"Last-Event-ID": missed}) as stream:
        lines = stream.aiter_lines()
        there.wakes.end()  # the process is told to stop
        async with asyncio.timeout(1.5):  # less than it has for what is under way
            assert [line async for line in lines if line.startswith("id: ")] == []


async def test_what_is_good_once_is_good_once_for_all_processes(two_ledgers):
    here, there = (web_chat(ledger)[1] for ledger in two_ledgers)
    assert [await pages.once(ACCOUNT, "jti:eins") for pages in (here, there, here)] == [True, False, False]
    assert await there.once(f"{ACCOUNT}-2", "jti:eins")


async def test_a_holiday_that_comes_while_it_runs_is_said_at_once(two):
    chat, _, there = two
    desk = chat.desk.now.desk
    calendar = Calendar.always("Asia/Jakarta")
    account = desk.accounts_on(Channel.WEBCHAT)[0]
    routes = web_chat(there, lambda _slug: calendar)[1].adapter(account, desk).routes(chat.receiver)
    inside = httpx.ASGITransport(Starlette(routes=routes))
    async with httpx.AsyncClient(transport=inside, base_url="http://desk.test") as visitor:
        assert 'id="closed" hidden' in (await visitor.get(PAGE)).text
        days = (datetime.now(UTC).date() + timedelta(days=n) for n in range(-1, 3))
        calendar = replace(calendar, closed=tuple(ClosedDay(on=day, name="Libur") for day in days))
        assert "Kantor sedang tutup dan buka lagi" in (await visitor.get(PAGE)).text
