"""What chats offer behind the slash: contacts how to begin and to choose a desk, agents their commands in their group.

Set when the service begins and whenever a desk has changed. It is a convenience: where it fails, every command works
all the same, and it is tried again an hour later.
"""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

import structlog

from bot.accounts.adapters import Adapters
from bot.desks import AGENTS_GROUP, Desks
from channels.contract import ChannelError, CommandMenu, ShowsCommands
from templates_replies.catalogue import Language
from templates_replies.desk_menu_phrases import contacts_commands
from templates_replies.staff_commands import offered_commands
from tickets.connections import Account
from tickets.message import Channel

log = structlog.get_logger()

TRIED_AGAIN = timedelta(hours=1)
LANGUAGES: tuple[Language, ...] = ("id", "en")


def menus_of(account: Account, *, language: str, several_desks: bool) -> Iterator[CommandMenu]:
    """Return the menus of an account: in the desk's language, and in the other for those whose app speaks it."""
    for spoken in LANGUAGES:
        code = None if spoken == language else spoken
        commands = contacts_commands(spoken, several_desks=several_desks)
        yield CommandMenu(group=None, language=code, commands=commands)
        for group in account.several(AGENTS_GROUP):
            yield CommandMenu(group=group, language=code, commands=offered_commands(spoken))


class CommandMenus:
    def __init__(self, desks: Desks, adapters: Adapters, *, clock: Callable[[], datetime]) -> None:
        self._desks = desks
        self._adapters = adapters
        self._clock = clock
        self._shown: set[tuple[str, CommandMenu]] = set()
        self._again: dict[tuple[str, CommandMenu], datetime] = {}  # what failed, and when it is tried again

    async def turn(self) -> int:
        """Show what is not shown yet; how many menus."""
        done = 0
        for desk in self._desks:
            for account in desk.now.desk.accounts_on(Channel.TELEGRAM):
                adapter: object = self._adapters.get(account.key)
                if isinstance(adapter, ShowsCommands):
                    several = len(self._desks.behind(account.key)) > 1
                    for menu in menus_of(account, language=desk.now.desk.language, several_desks=several):
                        done += await self._show(account.key, adapter, menu)
        return done

    async def _show(self, account: str, adapter: ShowsCommands, menu: CommandMenu) -> bool:
        key, now = (account, menu), self._clock()
        if key in self._shown or self._again.get(key, now) > now:
            return False
        try:
            await adapter.show_commands(menu)
        except ChannelError as error:
            self._again[key] = now + TRIED_AGAIN
            log.warning("commands.not_shown", account=account, group=menu.group, error=str(error))
            return False
        self._shown = {each for each in self._shown if not _same_place(each, key)} | {key}
        return True


def _same_place(one: tuple[str, CommandMenu], other: tuple[str, CommandMenu]) -> bool:
    return (one[0], one[1].group, one[1].language) == (other[0], other[1].group, other[1].language)
