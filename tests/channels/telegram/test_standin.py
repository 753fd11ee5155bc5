"""The stand-in refuses what the real Bot API refuses; otherwise the other tests would prove little."""

import time
from typing import Any

import httpx
import pytest

from tests.standins.telegram import TelegramStandin, schema

LONG = "x" * 4097


async def asked(
    standin: TelegramStandin, api: str, method: str, **parameters: Any
) -> tuple[int, dict[str, Any]]:
    async with httpx.AsyncClient() as client:
        answer = await client.post(f"{api}/bot{standin.token}/{method}", json=parameters)
    return answer.status_code, answer.json()


@pytest.mark.parametrize(
    ("method", "parameters", "description"),
    [
        ("sendMessage", {"chat_id": 7}, "parameter text: Field required"),
        ("sendMessage", {"text": "Halo"}, "parameter chat_id"),
        ("sendMessage", {"chat_id": 7, "text": " "}, "message text is empty"),
        ("sendMessage", {"chat_id": 7, "text": LONG}, "message is too long"),
        ("sendMessage", {"chat_id": 8, "text": "Halo"}, "chat not found"),
        ("sendMessage", {"chat_id": "x", "text": "Halo"}, "must be a valid Integer"),
        ("sendMessage", {"chat_id": 7, "text": "Halo", "txt": 1}, "unknown parameters"),
        ("sendMessage", {"chat_id": 7, "text": "Halo", "message_thread_id": 3}, "message thread not found"),
        (
            "sendMessage",
            {"chat_id": 7, "text": "Halo", "reply_parameters": "{"},
            "can't parse reply_parameters",
        ),
        (
            "sendMessage",
            {"chat_id": 7, "text": "Halo", "reply_parameters": {"message_id": 99}},
            "to be replied not found",
        ),
        ("sendPhoto", {"chat_id": 7, "photo": "attach://nothing"}, "there is no photo in the request"),
        (
            "sendDocument",
            {"chat_id": 7, "document": "attach://nothing", "caption": LONG},
            "caption is too long",
        ),
        (
            "setMessageReaction",
            {"chat_id": 7, "message_id": 1, "reaction": [{"type": "emoji", "emoji": "✅"}]},
            "REACTION_INVALID",
        ),
        ("createForumTopic", {"chat_id": 7, "name": "x"}, "the chat is not a forum"),
        ("createForumTopic", {"chat_id": -1001987654321, "name": "x" * 129}, "TOPIC_NAME_INVALID"),
        ("setWebhook", {"url": "http://desk.example"}, "HTTPS URL must be provided"),
        ("answerCallbackQuery", {"callback_query_id": "1"}, "query is too old"),
    ],
)
async def test_what_the_real_server_refuses_is_refused(standin, api, method, parameters, description):
    standin.contact_writes(7, "Halo")
    status, body = await asked(standin, api, method, **parameters)
    assert (status, body["ok"], body["error_code"]) == (400, False, 400)
    assert description in body["description"]


async def test_a_wrong_token_and_a_method_that_does_not_exist_are_refused(standin, api):
    assert (await asked(standin, api, "sendTelegram"))[0] == 404
    other = TelegramStandin(token="424242:another-token-altogether")
    assert (await asked(other, api, "getMe"))[0] == 401


async def test_an_update_stays_until_a_later_offset_is_asked_for(standin, api):
    standin.contact_writes(7, "satu")
    standin.contact_writes(7, "dua")
    for _ in range(2):
        _, body = await asked(standin, api, "getUpdates")
        assert [update["message"]["text"] for update in body["result"]] == ["satu", "dua"]
    _, body = await asked(standin, api, "getUpdates", offset=body["result"][0]["update_id"] + 1)
    assert [update["message"]["text"] for update in body["result"]] == ["dua"]


async def test_an_empty_poll_is_held_open(standin, api):
    started = time.monotonic()
    _, body = await asked(standin, api, "getUpdates", timeout=1)
    assert body["result"] == []
    assert time.monotonic() - started >= 1


async def test_a_person_can_only_press_a_button_that_is_there(standin):
    message = standin.contact_writes(7, "Halo")
    with pytest.raises(AssertionError, match="no button"):
        standin.presses(7, message, "Ya")


@pytest.mark.parametrize(
    ("method", "values", "says"),
    [
        ("sendMessage", {"chat_id": 7, "text": "Halo"}, None),
        ("sendMessage", {"chat_id": "7", "text": "Halo", "message_thread_id": "33"}, None),
        ("sendMessage", {"chat_id": 7}, "sendMessage.text is missing"),
        ("sendMessage", {"chat_id": 7, "text": 5}, "sendMessage.text is no String"),
        ("sendMessage", {"chat_id": 7, "text": "Halo", "topic": 3}, "sendMessage has no field topic"),
        (
            "sendMessage",
            {"chat_id": 7, "text": "Halo", "reply_parameters": {"message": 3}},
            "is no ReplyParameters",
        ),
        ("sendDocument", {"chat_id": 7, "document": "attach://file"}, None),
        (
            "setMessageReaction",
            {"chat_id": 7, "message_id": 1, "reaction": [{"type": "emoji", "emoji": "👀"}]},
            None,
        ),
        ("setMessageReaction", {"chat_id": 7, "message_id": 1, "reaction": [{"emoji": 1}]}, "is no Array of"),
        ("sendTelegram", {}, "there is no method sendTelegram"),
        ("sendMessage", {"chat_id": 7, "text": "x" * 4096}, None),
        ("sendMessage", {"chat_id": 7, "text": "😀" * 2049}, "sendMessage.text is too short, too long"),
        ("sendMessage", {"chat_id": 7, "text": ""}, "sendMessage.text is too short"),
        (
            "sendDocument",
            {"chat_id": 7, "document": "attach://file", "caption": "x" * 1025},
            "sendDocument.caption is",
        ),
        ("createForumTopic", {"chat_id": 7, "name": "x" * 129}, "createForumTopic.name is"),
        ("answerCallbackQuery", {"callback_query_id": "1", "text": "x" * 201}, "answerCallbackQuery.text is"),
        ("getUpdates", {"limit": 101}, "getUpdates.limit is"),
        (
            "setWebhook",
            {"url": "https://desk.example", "max_connections": 0},
            "setWebhook.max_connections is",
        ),
        (
            "setWebhook",
            {"url": "https://desk.example", "secret_token": "x" * 257},
            "setWebhook.secret_token is",
        ),
        (
            "setMyCommands",
            {"commands": [{"command": "bantuan", "description": ""}]},
            "is no Array of BotCommand",
        ),
        (
            "setMyCommands",
            {"commands": [{"command": "a", "description": "b"}] * 101},
            "setMyCommands.commands is",
        ),
        (
            "sendMessage",
            {
                "chat_id": 7,
                "text": "x",
                "reply_markup": {"inline_keyboard": [[{"text": "a", "callback_data": "é" * 33}]]},
            },
            "is no InlineKeyboardMarkup",
        ),
    ],
)
def test_requests_are_checked_by_the_official_description(description, method, values, says):
    found = schema.mistakes(method, values)
    assert found == [] if says is None else says in found[0]
