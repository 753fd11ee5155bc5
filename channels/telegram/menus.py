"""The commands that Telegram offers behind the slash.

https://core.telegram.org/bots/api#setmycommands
"""

from aiogram.methods import GetMyCommands, SetMyCommands
from aiogram.types import BotCommand, BotCommandScopeAllPrivateChats, BotCommandScopeChat

from channels.contract import CommandMenu
from channels.telegram.calls import TelegramCalls
from channels.telegram.send import number


async def show_commands(calls: TelegramCalls, menu: CommandMenu) -> None:
    scope = (
        BotCommandScopeAllPrivateChats()
        if menu.group is None
        else BotCommandScopeChat(chat_id=number(menu.group, what="id grup"))
    )
    shown = await calls.call(GetMyCommands(scope=scope, language_code=menu.language))
    if tuple((each.command, each.description) for each in shown) != menu.commands:
        commands = [BotCommand(command=name, description=purpose) for name, purpose in menu.commands]
        await calls.call(SetMyCommands(commands=commands, scope=scope, language_code=menu.language))
