"""Updates that are brought at once and out of order, through the door of the webhook and into the ledger."""

import asyncio
import json
from collections.abc import AsyncIterator
from dataclasses import replace

import httpx
import pytest
from aiogram.types import CallbackQuery
from starlette.applications import Starlette

from channels.telegram.adapter import TelegramAdapter
from channels.telegram.presses import QUICK, Presses
from tests.bot import chat as desk
from tests.channels.telegram.conftest import QUICK as PACE
from tests.channels.telegram.conftest import SECRET
from tests.channels.telegram.test_parse import PAYLOADS
from tests.standins.serving import serving
from tickets import views

PATH = f"/channels/telegram/{desk.SLUG}"
HEADER = {"X-Telegram-Bot-Api-Secret-Token": SECRET}
ANA, BEN = 4711, 4712


class Brought:
    """A desk to whose bot updates are brought as a test says."""

    def __init__(self, ledger, standin, client: httpx.AsyncClient) -> None:
        self.chat = desk.Chat(ledger)
        self.standin = standin
        self.client = client

    def writes(self, *texts: str, sender: int = ANA) -> list[dict]:
        for text in texts:
            self.standin.contact_writes(sender, text, name="Ana")
        return self.taken()

    def taken(self) -> list[dict]:
        updates, self.standin.updates[:] = list(self.standin.updates), []
        return updates

    async def bring(self, *updates: dict) -> None:
        """Post them one right behind the other, as over several connections."""
        posts = []
        for update in updates:
            posts.append(asyncio.create_task(self.client.post(PATH, json=update, headers=HEADER)))
            await asyncio.sleep(0.02)
        assert [(await post).status_code for post in posts] == [200] * len(posts)

    async def said(self, number: int = 1) -> list[str]:
        whole = await self.chat.ledger.read(lambda session: views.ticket(session, number, link=str))
        return [message.text for message in whole.messages if message.direction == "in"]


@pytest.fixture
async def office(ledger, settings, standin) -> AsyncIterator[Brought]:
    own = replace(settings, account=f"{desk.SLUG}/telegram", desk=desk.SLUG, webhook_connections=40)
    adapter = TelegramAdapter(own, pace=PACE)
    office = Brought(ledger, standin, None)
    await office.chat.people.refresh()
    async with (
        serving(Starlette(routes=adapter.routes(office.chat.receiver))) as base_url,
        httpx.AsyncClient(base_url=base_url) as client,
    ):
        office.client = client
        await office.bring(*office.writes("Halo, saya tidak bisa masuk Edunex"))
        yield office
    await adapter.aclose()


async def test_what_arrives_swapped_is_stored_and_mirrored_in_the_order_in_which_it_was_written(office):
    one, two, three, four = office.writes("satu", "dua", "tiga", "empat")
    (other,) = office.writes("Saya Ben", sender=BEN)
    await office.bring(four, other, three, one, two)
    assert (await office.said())[1:] == ["satu", "dua", "tiga", "empat"]
    await office.chat.settle()
    shown = "\n".join(office.chat.topic(1))
    places = [shown.index(f"\n{text}") for text in ("satu", "dua", "tiga", "empat")]
    assert places == sorted(places)


async def test_an_edit_waits_for_its_message_for_a_moment_and_in_the_ledger_for_longer(office):
    office.standin.contact_edits(
        ANA, office.standin.contact_writes(ANA, "Tagihan 100 ribu"), "Tagihan 200 ribu"
    )
    message, edit = office.taken()
    await office.bring(edit, message)
    late = office.standin.contact_writes(ANA, "Ruang A")
    for words in ("Ruang B", "Ruang C"):
        office.standin.contact_edits(ANA, late, words)
    message, *edits = office.taken()
    for each in edits:  # the message was answered 503, and comes again much later
        await office.bring(each)
    await office.bring(message)
    assert (await office.said())[1:] == ["Tagihan 200 ribu", "Ruang C"]
    whole = await office.chat.ledger.read(lambda session: views.ticket(session, 1, link=str))
    assert [[each.text for each in message.edits] for message in whole.messages if message.edits] == [
        ["Tagihan 100 ribu"],
        ["Ruang A", "Ruang B"],
    ]


async def test_an_update_counts_once_and_ids_that_jump_or_never_come_hold_up_nobody(office):
    (one,) = office.writes("satu")
    await office.bring(one, one)
    far = [{**update, "update_id": update["update_id"] + by} for update, by in zip(
        office.writes("dua", "tiga", "empat", "lima"), (3, 10**6, 5, 10**6), strict=True
    )]  # fmt: skip
    began = asyncio.get_running_loop().time()
    await office.bring(*far)
    assert asyncio.get_running_loop().time() - began < 2
    assert sorted((await office.said())[1:]) == ["dua", "empat", "lima", "satu", "tiga"]


async def test_a_press_that_is_brought_under_another_id_and_a_second_quick_tap_are_the_same_press(office):
    await office.chat.settle()
    standin = office.standin
    button = {"inline_keyboard": [[{"text": "Ya", "callback_data": "helped:yes"}]]}
    below = standin.shows(
        standin.chat(ANA), thread=None, text="Terbantu?", reply_to=None, lenient=True, keyboard=button
    )
    standin.presses(ANA, below, "Ya")
    (press,) = office.taken()
    again = {**press, "update_id": press["update_id"] + 1}
    standin.presses(ANA, below, "Ya")
    (second,) = office.taken()
    await office.bring(press, again, {**second, "update_id": press["update_id"] + 2})
    whole = await office.chat.ledger.read(lambda session: views.ticket(session, 1, link=str))
    assert [message.button for message in whole.messages if message.button] == ["helped:yes"]
    assert len(standin.answered_presses) == 2  # neither spinner goes on


def query(**changes) -> CallbackQuery:
    update = json.loads((PAYLOADS / "button.json").read_text())
    return CallbackQuery.model_validate({**update["callback_query"], **changes})


@pytest.mark.parametrize(
    ("changes", "after", "second"),
    [
        ({"id": "2"}, 0.5, True),
        ({}, 0.5, False),  # the same press, brought again: the ledger knows it
        ({"id": "2"}, QUICK.total_seconds(), False),
        ({"id": "2", "data": "helped:no"}, 0.5, False),
        ({"id": "2", "from": {"id": BEN, "is_bot": False, "first_name": "Ben"}}, 0.5, False),
    ],
)
def test_a_second_tap_is_another_press_of_the_same_button_by_the_same_person_within_moments(
    changes, after, second
):
    now = [100.0]
    presses = Presses(clock=lambda: now[0])
    assert not presses.is_second(query())
    presses.took(query())
    now[0] += after
    assert presses.is_second(query(**changes)) is second
