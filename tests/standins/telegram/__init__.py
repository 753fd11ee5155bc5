"""A stand-in of the Bot API over HTTP, with people behind it who write, press, edit and look at their screens.

    standin = TelegramStandin()
    async with serving(standin.app) as base_url:          # the adapter's `api`
        standin.group(-1001, title="Agents")
        standin.contact_writes(7, "Halo", name="Ana")
        await standin.until(lambda: standin.chat(7).last.text == "Halo, Ana!")

`world` is what people see and do, `checks` refuses what the real server would refuse, `faults` are answers on demand,
`server` is the HTTP side.
"""

from channels.telegram import unbuilt  # noqa: F401  before anything else of aiogram
from tests.standins.telegram.server import TelegramStandin
from tests.standins.telegram.world import Chat, Key, Seen, SeenFile, Topic

__all__ = ["Chat", "Key", "Seen", "SeenFile", "TelegramStandin", "Topic"]
