"""Two processes for the web and two that work, on one PostgreSQL and behind a plain balancer, are one service."""

import asyncio
import logging
import re
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx
import pytest
import pytest_asyncio

from bot.delivery.worker import LEASE
from tests.acceptance.branches import Branches, Contacts, open_branches
from tests.acceptance.service import Service
from tests.console.pages import Visitor

pytestmark = [
    pytest.mark.asyncio(loop_scope="module"),
    pytest.mark.slow,
    pytest.mark.timeout(400),  # on a machine that has much else to do
]
ANSWERED_WITHIN = LEASE.total_seconds() - 30  # nobody waits until what a process took up is taken from it
PASSWORD = "correct horse battery"
TELEGRAM_USER = 7001
log = logging.getLogger(__name__)  # what it took: --log-cli-level=INFO


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def branches(cluster, migrated_template, tmp_path_factory) -> AsyncIterator[Branches]:
    url = cluster.url(cluster.create(template=migrated_template))
    async with open_branches(tmp_path_factory.mktemp("branches"), database_url=url) as opened:
        yield opened


async def test_both_doors_take_in_and_an_open_page_hears_what_came_in_at_the_other(branches: Branches):
    contacts = Contacts(branches=branches)
    await contacts.write(12)
    assert set(branches.http.taken) == {each.http_port for each in branches.webs}
    assert set(branches.smtp.taken) == {each.smtp_port for each in branches.webs}
    await everybody_is_answered_once(branches, contacts)
    here, there = branches.webs
    async with someone_looks(here, ticket=1) as news:
        known = await news.heard()
        written = time.monotonic()
        answer = await there.act(1, "note", text="Saya lihat sekarang.")
        assert answer.is_success, answer.text
        assert await news.heard() > known
        log.info("an open page heard it from another process after %.3f s", time.monotonic() - written)


async def test_what_only_one_may_run_is_taken_over_when_its_holder_is_killed(branches: Branches):
    telegram = branches.office.telegram
    held = await branches.webs[0].until(lambda: in_a_thread(branches.holder))
    held.kill()
    killed = time.monotonic()
    telegram.contact_writes(TELEGRAM_USER, "Halo, ruang kelas saya di mana ya?", name="Dewi")
    heir = await branches.webs[0].until(lambda: in_a_thread(branches.holder))
    log.info("its loops were taken over after %.2f s", time.monotonic() - killed)
    assert heir is not held
    chat = telegram.chat(TELEGRAM_USER)
    await telegram.until(lambda: chat.from_bot, within=60)
    log.info("a contact who wrote then was answered after %.2f s", time.monotonic() - killed)
    await held.start()


async def test_all_may_be_restarted_one_after_the_other_while_contacts_write(branches: Branches):
    contacts, enough = Contacts(branches=branches, _numbers=iter(range(1001, 9999))), asyncio.Event()
    writing = asyncio.create_task(contacts.write_until(enough))
    for each in branches.all:
        assert await each.stop() == 0
        await each.start()
    enough.set()
    await writing
    log.info("%d messages were taken in %d tries", len(contacts.taken), contacts.tries)
    for external_id in contacts.taken:
        assert await branches.is_stored_once(external_id), external_id
    await everybody_is_answered_once(branches, contacts)


# -- what they look at ------------------------------------------------------------------------------------------------


class News:
    """What an open page is told, as its browser hears it."""

    def __init__(self, lines: AsyncIterator[str]) -> None:
        self._lines = lines

    async def heard(self) -> int:
        """Wait for news; the newest event's id."""
        async for line in self._lines:
            if line.startswith("id: "):
                return int(line.removeprefix("id: "))
        raise AssertionError("the stream ended")


@asynccontextmanager
async def someone_looks(service: Service, *, ticket: int) -> AsyncIterator[News]:
    """Let the first person of the house open a ticket at one of the processes."""
    invited = re.search(r"/setup/\S+", service.output)
    assert invited is not None
    async with httpx.AsyncClient(base_url=service.url, timeout=60, trust_env=False) as client:
        rina = Visitor(client)
        page = await rina.opens(invited[0])
        await rina.sends(page, "", email="rina@example.ac.id", name="Rina", password=PASSWORD)
        async with client.stream("GET", f"/live?ticket={ticket}") as stream:
            yield News(stream.aiter_lines())


async def everybody_is_answered_once(branches: Branches, contacts: Contacts) -> None:
    """Wait until each contact has been told that their message has arrived, and see that nobody was told twice."""
    office = branches.office

    def told(who: str) -> list[object]:
        return [*office.mails_to(who), *office.replies_to(who)]

    people = set(contacts.taken.values())
    await office.twilio.until(lambda: all(told(who) for who in people), within=ANSWERED_WITHIN)
    assert {who: len(told(who)) for who in people if len(told(who)) != 1} == {}


async def in_a_thread(ask):
    return await asyncio.to_thread(ask)
