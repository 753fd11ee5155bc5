"""A form in the web chat that asks for a file: buttons are pressed, what is no file is asked again, several may come."""

import re

import httpx
import pytest
from starlette.applications import Starlette

from procedures.cases import rows as cases
from tests.bot.chat import SLUG, Chat
from tests.bot.test_chat_pages import ACCOUNT, PAGE, web_chat
from tests.bot.test_files_on_whatsapp import LETTER, PROCEDURE, TABLE


class Visitor:
    """Somebody at the page, without JavaScript."""

    def __init__(self, chat, client):
        self.chat, self.client = chat, client

    async def sends(self, files=(), **fields):
        once = re.search(r'name="once" value="([^"]+)"', (await self.client.get(PAGE)).text)[1]
        given = [("files", (file.name, file.content, file.type)) for file in files]
        await self.client.post(PAGE, data={"once": once, **fields}, files=given)
        await self.chat.settle()

    async def presses(self, label):
        found = re.search(rf'name="button" value="([^"]+)">{label}<', (await self.client.get(PAGE)).text)
        await self.sends(button=found[1])

    async def reads(self):
        return (await self.client.get(PAGE)).text.rpartition('<li class="theirs"')[2].partition("</li>")[0]


@pytest.fixture
async def visitor(ledger):
    adapter = web_chat(ledger, lambda _slug: chat.desk.now.desk.calendar)[0]
    chat = Chat(ledger, files={"procedures/surat.yaml": PROCEDURE}, more={ACCOUNT: adapter})
    app = httpx.ASGITransport(Starlette(routes=adapter.routes(chat.receiver)))
    async with httpx.AsyncClient(transport=app, base_url="http://desk.test", follow_redirects=True) as client:
        yield Visitor(chat, client)


async def test_a_form_that_asks_for_files_is_filled_in_on_the_page(visitor):
    await visitor.sends(text="mau surat keterangan")
    await visitor.presses("Ya, ajukan")
    await visitor.sends(text="beasiswa")
    assert "Mohon lampirkan surat pengantarnya." in await visitor.reads()
    await visitor.sends(text="nanti saja ya")
    assert "Mohon lampirkan surat pengantarnya." in await visitor.reads()
    await visitor.sends(files=(LETTER, TABLE))  # both at once: the second answers the next question
    assert "data.csv" in await visitor.reads()
    await visitor.presses("Kirim")
    assert "sudah diajukan, tiket #1" in await visitor.reads()
    (case,) = visitor.chat.ledger.write_blocking(lambda tx: cases.of_ticket(tx, 1))
    assert case.desk == SLUG
    assert len({case.answers["lampiran"], case.answers["data"]}) == 2
