"""What the bot offers behind the slash, to whom, and that nothing hangs on it."""

from datetime import timedelta

import pytest

from bot.accounts.adapters import Adapters
from bot.command_menus import CommandMenus
from bot.commands import Do, parse
from tests.bot.chat import GROUP, SLUG, Chat


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_agents_are_offered_their_commands_in_both_languages_and_only_when_they_changed(
    ledger, adapter, standin
):
    chat = Chat(ledger)
    now = [chat.now]

    async def begins() -> CommandMenus:
        menus = CommandMenus(chat.desks, Adapters({f"{SLUG}/telegram": adapter}), clock=lambda: now[0])
        await menus.turn()
        return menus

    standin.refuses("setMyCommands", 400, "Bad Request: chat not found")
    menus = await begins()
    assert len(standin.menus) == 3  # one failed, and took none of the others along
    assert await menus.turn() == 0
    now[0] += timedelta(hours=1)
    assert await menus.turn() == 1
    offered = {place: [each["command"] for each in menu] for place, menu in standin.menus.items()}
    assert offered["all_private_chats", None] == offered["all_private_chats", "en"] == ["start"]
    assert {"tutup", "serahterima"} <= set(offered[GROUP, None])
    assert {"close", "handover"} <= set(offered[GROUP, "en"])
    assert all(isinstance(parse(f"/{name}"), Do) for name in offered[GROUP, None] + offered[GROUP, "en"])
    before = len(standin.calls("setMyCommands"))
    await begins()
    assert len(standin.calls("setMyCommands")) == before
