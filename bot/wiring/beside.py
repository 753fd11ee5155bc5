"""What goes on beside messages, turn by turn: looking up, fetching, typesetting, asking providers and feeds."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime

from bot.accounts.building import Channels
from bot.apart.paper_press import PaperPress, press
from bot.command_menus import CommandMenus
from bot.directory.directories import Directories
from bot.directory.lookups import Lookups
from bot.holiday_feeds import HolidayFeeds
from bot.house import House
from bot.media import MediaFetcher
from bot.receive import Receiver
from bot.reconciling.daily import Reconciling
from bot.service.metrics import Metrics
from bot.templates.refreshing import TemplateLists
from channels.feeds import FeedFetcher
from tickets.ledger.news import News


@dataclass(frozen=True)
class Turns:
    """Work that is taken up again and again; a turn returns how much it did."""

    turn: Callable[[], Awaitable[int]]
    seconds: float  # until the next one, where there was nothing to do
    about: News | None = None  # what makes it due at once; None: it goes by the clock alone


def work_beside(
    house: House, channels: Channels, receiver: Receiver, *, metrics: Metrics, clock: Callable[[], datetime]
) -> dict[str, Turns]:
    """Return it by name."""
    settings, ledger, desks, adapters = house.settings, house.ledger, house.desks, channels.adapters
    lookups = Lookups(ledger, desks, Directories(house.folders).of, clock=clock)
    feeds = HolidayFeeds(
        ledger, desks, FeedFetcher(trusted=settings.hook_hosts), settings.environment, metrics=metrics, clock=clock
    )  # fmt: skip
    papers = PaperPress(ledger, apart=press(), public_url=settings.public_url, clock=clock)
    reconciling = Reconciling(ledger, desks, channels.lists(), receiver, metrics=metrics, clock=clock)
    return {
        "reconcile": Turns(reconciling.turn, seconds=60.0),
        "lookups": Turns(lookups.turn, seconds=5.0, about=News.LOOKUPS),
        "holidays": Turns(feeds.turn, seconds=20.0),
        "templates": Turns(TemplateLists(ledger, adapters, clock=clock).turn, seconds=5.0),
        "menus": Turns(CommandMenus(desks, adapters, clock=clock).turn, seconds=15.0),
        "papers": Turns(papers.turn, seconds=2.0, about=News.PAPERS),
        "media": Turns(
            MediaFetcher(ledger, desks, adapters, refuse=metrics.refused, clock=clock).turn,
            seconds=3.0,
            about=News.FILES,
        ),
    }
