"""A bot to which Telegram brings the updates: the door, the secret, and the webhook that must stay set."""

import json
from collections.abc import AsyncIterator
from dataclasses import replace

import httpx
import pytest
import structlog
from starlette.applications import Starlette

from channels.contract import Routed
from channels.telegram.adapter import TelegramAdapter
from channels.telegram.door import BODY_LIMIT
from tests.channels.conftest import Listens
from tests.channels.telegram.conftest import ACCOUNT, QUICK, SECRET
from tests.standins.serving import serving

PATH = "/channels/telegram/itb"
HEADER = {"X-Telegram-Bot-Api-Secret-Token": SECRET}


@pytest.fixture
async def hooked(settings) -> AsyncIterator[TelegramAdapter]:
    made = TelegramAdapter(replace(settings, public_url="https://desk.example.ac.id/"), pace=QUICK)
    yield made
    await made.aclose()


@pytest.fixture
async def desk(hooked: TelegramAdapter, house) -> AsyncIterator[str]:
    async with serving(Starlette(routes=hooked.routes(house))) as base_url:
        yield base_url


@pytest.fixture
async def client(desk: str) -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(base_url=desk) as opened:
        yield opened


def update(standin, text: str = "Halo") -> dict:
    standin.contact_writes(7, text, name="Ana")
    return standin.updates.pop()


async def test_with_a_public_https_address_the_webhook_is_set(hooked, standin, house, listening: Listens):
    async with listening(hooked):
        await standin.until(lambda: len(house.beats) > 1)
    assert standin.webhook["url"] == "https://desk.example.ac.id/channels/telegram/itb"
    assert standin.webhook["secret_token"] == SECRET
    assert "message_reaction" in standin.webhook["allowed_updates"]
    assert standin.webhook["max_connections"] == "10"
    assert standin.calls("getUpdates") == []


async def test_what_telegram_brings_is_heard_and_leaves_its_queue(
    hooked, standin, house, desk, listening: Listens
):
    assert isinstance(hooked, Routed)
    async with listening(hooked):
        await standin.until(lambda: standin.webhook)
        standin.contact_writes(7, "Halo")
        standin.contact_writes(7, "Apakah ada orang?")
        assert await standin.push(desk) == [200, 200]
    assert house.texts == ["Halo", "Apakah ada orang?"]


async def test_the_raw_body_is_kept_byte_for_byte(client, standin, house):
    body = json.dumps(update(standin), indent=3).encode()
    assert (await client.post(PATH, content=body, headers=HEADER)).status_code == 200
    assert house.said[0].raw == body


@pytest.mark.parametrize(
    "headers", [{}, {"X-Telegram-Bot-Api-Secret-Token": "guess"}, {"X-Telegram-Bot-Api-Secret-Token": "ü"}]
)
async def test_without_the_secret_nothing_is_stored_and_the_refusal_is_counted(
    client, standin, house, headers
):
    encoded = {name: value.encode("latin-1") for name, value in headers.items()}
    answer = await client.post(PATH, json=update(standin), headers=encoded)
    assert answer.status_code == 403
    assert house.refused == [f"{ACCOUNT}: secret"]
    assert (house.heard, house.kept) == ([], [])


async def test_a_bot_without_a_secret_has_a_door_that_stays_shut(settings, standin, house):
    adapter = TelegramAdapter(replace(settings, webhook_secret=None))
    async with serving(Starlette(routes=adapter.routes(house))) as base_url, httpx.AsyncClient() as client:
        answer = await client.post(
            f"{base_url}{PATH}", json=update(standin), headers={"X-Telegram-Bot-Api-Secret-Token": ""}
        )
    await adapter.aclose()
    assert answer.status_code == 403


@pytest.mark.parametrize("body", [b"{not json", b"[" * 100_000, b"\xff\xfe"])
async def test_what_is_no_json_is_kept_and_refused(client, house, body):
    assert (await client.post(PATH, content=body, headers=HEADER)).status_code == 400
    (kept,) = house.kept
    assert kept.raw == body
    assert kept.event_id.startswith("sha256:")


@pytest.mark.parametrize("body", [{"update_id": 5, "message": {"chat": 1}}, [1, 2], "text", {"no": "id"}])
async def test_what_is_no_update_is_kept_and_acknowledged_so_that_it_blocks_nobody(client, house, body):
    assert (await client.post(PATH, json=body, headers=HEADER)).status_code == 200
    assert json.loads(house.kept[0].raw) == body


async def test_a_press_whose_id_no_database_could_write_is_known_by_what_is_left_of_it(client, house):
    press = {"id": "7\ud800\0", "from": {"id": 1, "is_bot": False, "first_name": "Ana"}, "chat_instance": "1"}
    for query in (press, {**press, "from": 1}):
        body = json.dumps({"update_id": 5, "callback_query": query})
        assert (await client.post(PATH, content=body, headers=HEADER)).status_code == 200
    assert [kept.event_id for kept in house.kept] == ["cb:7?"]


async def test_a_body_without_measure_is_turned_away(client, house):
    async def endless():
        for _ in range(BODY_LIMIT // 65_536 + 2):
            yield b" " * 65_536

    assert (await client.post(PATH, content=b" " * (BODY_LIMIT + 1), headers=HEADER)).status_code == 413
    assert (await client.post(PATH, content=endless(), headers=HEADER)).status_code == 413
    assert house.refused == [f"{ACCOUNT}: size"] * 2


async def test_while_the_store_is_busy_telegram_is_asked_to_come_again(
    hooked, client, standin, house, desk, listening: Listens
):
    async with listening(hooked):
        await standin.until(lambda: standin.webhook)
    standin.contact_writes(7, "Halo")
    house.busy = True
    assert await standin.push(desk) == [503]
    house.busy = False
    assert await standin.push(desk) == [200]
    assert house.texts == ["Halo"]


async def test_a_pressed_button_is_answered(client, standin, house, hooked, out):
    standin.contact_writes(7, "Halo")
    await hooked.send(out("Terbantu?", to=7, buttons=out.row("Ya", "helped:yes")))
    standin.updates.clear()
    press = standin.presses(7, standin.chat(7).last, "Ya")
    assert (await client.post(PATH, json=standin.updates.pop(), headers=HEADER)).status_code == 200
    assert standin.answered_presses == [press]
    assert house.said[-1].button == "helped:yes"


async def test_a_webhook_that_somebody_removed_is_set_again(hooked, standin, house, listening: Listens):
    async with listening(hooked):
        await standin.until(lambda: len(house.beats) > 0)
        standin.webhook = None
        await standin.until(lambda: standin.webhook)


async def test_an_error_that_telegram_has_with_our_door_is_told_to_the_operator(
    hooked, standin, house, listening: Listens
):
    standin.contact_writes(7, "Halo")
    standin.last_webhook_error = "Connection refused"
    with structlog.testing.capture_logs() as logs:
        async with listening(hooked):
            await standin.until(lambda: len(house.beats) > 0)
    assert {"telegram.webhook_trouble"} <= {entry["event"] for entry in logs}


async def test_while_telegram_cannot_be_reached_setting_the_webhook_is_tried_again(
    hooked, standin, house, listening: Listens
):
    standin.breaks("setWebhook", times=3)
    async with listening(hooked):
        await standin.until(lambda: standin.webhook)


async def test_a_bot_without_a_public_address_cannot_register_one(adapter):
    with pytest.raises(ValueError, match="https"):
        await adapter.register_webhook()
