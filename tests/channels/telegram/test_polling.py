"""A bot that polls: what is acknowledged is stored, and nothing stops the loop."""

import json
from dataclasses import replace

import pytest
import structlog

from channels.contract import Listener
from channels.telegram.adapter import TelegramAdapter
from channels.telegram.errors import REMOVED
from channels.telegram.settings import TelegramSettings
from tests.channels.conftest import Listens
from tests.channels.house import House
from tests.channels.telegram.conftest import ACCOUNT, GROUP, QUICK
from tests.standins.telegram import TelegramStandin
from tickets.message import Location, Moved, Reach

BOOKMARK = f"telegram:{ACCOUNT}"


def test_the_adapter_listens(adapter: TelegramAdapter):
    assert isinstance(adapter, Listener)


async def test_what_a_contact_writes_is_heard_and_then_acknowledged(
    adapter, standin, house, listening: Listens
):
    async with listening(adapter):
        message = standin.contact_writes(7, "Halo", name="Ana Wijaya", username="ana")
        await standin.until(lambda: house.texts == ["Halo"] and not standin.updates)
    (said,) = house.said
    assert (said.external_id, said.place.address, said.sender.name) == (
        message.external_id,
        "7",
        "Ana Wijaya",
    )
    assert json.loads(said.raw)["message"]["text"] == "Halo"
    assert house.bookmarks == {BOOKMARK: str(int(said.event_id) + 1)}
    assert len(house.beats) > 0


async def test_photos_documents_voices_and_places_are_heard(adapter, standin, house, listening: Listens):
    async with listening(adapter):
        standin.contact_sends_photo(7, b"\xff\xd8photo", caption="Layar saya")
        standin.contact_sends_document(7, b"%PDF-1.7", name="surat.pdf")
        standin.contact_sends_voice(7, b"OggS")
        standin.contact_shares(7, location={"latitude": -6.9, "longitude": 107.6})
        await standin.until(lambda: len(house.said) == 4)
    photo, document, voice, place = house.said
    assert (photo.text, photo.files[0].size) == ("Layar saya", 7)
    assert document.files[0].name == "surat.pdf"
    assert voice.files[0].type == "audio/ogg"
    assert place.location == Location(latitude=-6.9, longitude=107.6)


async def test_an_edit_and_a_reaction_are_heard(adapter, standin, house, listening: Listens):
    async with listening(adapter):
        message = standin.contact_writes(7, "lupa sandi")
        standin.contact_edits(7, message, "lupa kata sandi")
        standin.reacts(7, message, "🙏")
        await standin.until(lambda: house.edited and house.told)
    assert (house.edited[0].external_id, house.edited[0].text) == (message.external_id, "lupa kata sandi")
    assert (house.told[0].external_id, house.told[0].reaction) == (message.external_id, "🙏")


async def test_an_agent_is_heard_in_the_topic(adapter, standin, house, listening: Listens):
    thread = await adapter.open_topic(str(GROUP), "#1042 Ana")
    async with listening(adapter):
        first = standin.agent_writes(GROUP, thread, 1002, "Baik", name="Budi")
        standin.agent_writes(GROUP, thread, 1002, "Untuk ini", reply_to=first)
        standin.closes_topic(GROUP, thread, 1002)
        await standin.until(lambda: not standin.updates)
    assert [(said.place.thread, said.replies_to) for said in house.said] == [
        (thread, None),
        (thread, first.external_id),
    ]


async def test_a_pressed_button_is_answered_after_it_is_stored(
    adapter, standin, house, out, listening: Listens
):
    standin.contact_writes(7, "Halo")
    await adapter.send(out("Terbantu?", to=7, buttons=out.row("Ya", "helped:yes")))
    async with listening(adapter):
        house.busy = True
        press = standin.presses(7, standin.chat(7).last, "Ya")
        await standin.until(lambda: len(house.tried) > 2)
        assert standin.answered_presses == []
        house.busy = False
        await standin.until(lambda: standin.answered_presses == [press])
    assert house.said[-1].button == "helped:yes"


async def test_while_the_store_is_busy_nothing_is_acknowledged_and_the_order_stays(
    adapter, standin, house, listening: Listens
):
    house.busy = True
    async with listening(adapter):
        standin.contact_writes(7, "satu")
        standin.contact_writes(7, "dua")
        await standin.until(lambda: len(house.tried) > 3)
        assert len(set(house.tried)) == 1
        assert [update["message"]["text"] for update in standin.updates] == ["satu", "dua"]
        house.busy = False
        await standin.until(lambda: not standin.updates)
    assert house.texts == ["satu", "dua"]


async def test_an_unreadable_update_is_kept_and_the_next_one_is_heard(
    adapter, standin, house, listening: Listens
):
    number = standin.injects(message={"message_id": "eleven", "chat": 5})
    standin.contact_writes(7, "Halo")
    async with listening(adapter):
        await standin.until(lambda: not standin.updates)
    assert house.texts == ["Halo"]
    (kept,) = house.kept
    assert (kept.account, kept.event_id) == (ACCOUNT, str(number))
    assert json.loads(kept.raw)["message"]["message_id"] == "eleven"


async def test_a_message_over_which_the_house_stumbles_is_kept_and_the_next_one_is_heard(
    adapter, standin, house, listening: Listens
):
    house.stumbles_over = "aduh"
    standin.contact_writes(7, "aduh")
    standin.contact_writes(8, "Halo")
    async with listening(adapter):
        await standin.until(lambda: not standin.updates)
    assert house.texts == ["Halo"]
    assert house.kept[0].error == "It could not be stored (LookupError)."


async def test_after_a_restart_it_goes_on_where_it_was(adapter, settings, standin, house, listening: Listens):
    async with listening(adapter):
        standin.contact_writes(7, "satu")
        await standin.until(lambda: house.bookmarks)
    polls, bookmark = len(standin.calls("getUpdates")), house.bookmarks[BOOKMARK]
    again = TelegramAdapter(settings, pace=QUICK)
    async with listening(again):
        standin.contact_writes(7, "dua")
        await standin.until(lambda: house.texts == ["satu", "dua"])
    await again.aclose()
    assert standin.calls("getUpdates")[polls]["offset"] == bookmark
    assert len(house.tried) == 2


async def test_an_offset_from_another_bot_loses_nothing(adapter, standin, house, listening: Listens):
    house.bookmarks[BOOKMARK] = "999999999"
    standin.contact_writes(7, "Halo")
    async with listening(adapter):
        await standin.until(lambda: house.texts == ["Halo"])


async def test_a_webhook_that_stands_in_the_way_is_removed_first(adapter, standin, house, listening: Listens):
    standin.webhook = {"url": "https://old.example/hook"}
    standin.contact_writes(7, "Halo")
    async with listening(adapter):
        await standin.until(lambda: house.texts == ["Halo"])
    assert standin.webhook is None


async def test_a_webhook_set_while_polling_is_removed_too(adapter, standin, house, listening: Listens):
    async with listening(adapter):
        await standin.until(lambda: standin.calls("getUpdates"))
        standin.webhook = {"url": "https://old.example/hook"}
        standin.contact_writes(7, "Halo")
        await standin.until(lambda: house.texts == ["Halo"])


async def test_two_pollers_of_one_bot_are_told_apart_from_a_failure(
    adapter, standin, house, listening: Listens
):
    standin.refuses("getUpdates", 409, "Conflict: terminated by other getUpdates request", times=2)
    with structlog.testing.capture_logs() as logs:
        async with listening(adapter):
            standin.contact_writes(7, "Halo")
            await standin.until(lambda: house.texts == ["Halo"])
    assert [entry["event"] for entry in logs].count("telegram.conflict") == 2


@pytest.mark.parametrize("fault", ["breaks", "cuts", "answers_garbage"])
async def test_a_failing_line_is_tried_again(adapter, standin, house, fault: str, listening: Listens):
    getattr(standin, fault)("getUpdates", times=3)
    standin.contact_writes(7, "Halo")
    async with listening(adapter):
        await standin.until(lambda: house.texts == ["Halo"])


async def test_a_throttled_poll_waits_as_long_as_asked(adapter, standin, house, listening: Listens):
    standin.throttles("getUpdates", retry_after=1)
    standin.contact_writes(7, "Halo")
    with structlog.testing.capture_logs() as logs:
        async with listening(adapter):
            await standin.until(lambda: house.texts == ["Halo"])
    assert [entry["wait"] for entry in logs if entry["event"] == "telegram.throttled"] == [1.0]


async def test_a_refused_token_is_said_clearly_and_without_the_token(
    settings: TelegramSettings, standin: TelegramStandin, house: House, listening: Listens
):
    wrong = TelegramAdapter(replace(settings, token="424242:wrong-token-wrong-token"), pace=QUICK)
    with structlog.testing.capture_logs() as logs:
        async with listening(wrong):
            await standin.until(lambda: len(logs) >= 2)
    await wrong.aclose()
    assert {entry["event"] for entry in logs} == {"telegram.token_refused"}
    assert "wrong-token" not in str(logs)
    assert house.beats == []


async def test_an_unreachable_telegram_is_tried_again(settings, standin, house, listening: Listens):
    nowhere = TelegramAdapter(replace(settings, api="http://127.0.0.1:9"), pace=QUICK)
    with structlog.testing.capture_logs() as logs:
        async with listening(nowhere):
            await standin.until(lambda: len(logs) >= 3)
    await nowhere.aclose()
    assert {entry["event"] for entry in logs} == {"telegram.unreachable"}
    assert settings.token not in str(logs)


async def test_the_house_hears_where_a_group_went_and_that_the_bot_lost_its_place_in_it(
    adapter, standin, house, listening: Listens
):
    async with listening(adapter):
        standin.removes_bot(GROUP, 1002)
        standin.group_moves(GROUP, -1002222222222)
        await standin.until(lambda: not standin.updates)
    lost, moved = house.heard
    assert isinstance(lost, Reach)
    assert (lost.address, lost.barred) == (str(GROUP), REMOVED)
    assert isinstance(moved, Moved)
    assert (moved.before, moved.after) == (str(GROUP), "-1002222222222")
