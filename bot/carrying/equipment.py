"""What every carrier works with."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from bot.accounts.adapters import Adapters
from bot.carrying.attached import Attached
from bot.carrying.made_links import MadeLink
from bot.desks import Desks
from tickets.ledger.store import Ledger


@dataclass(frozen=True, kw_only=True)
class Equipment:
    ledger: Ledger
    desks: Desks
    adapters: Adapters
    attached: Attached
    clock: Callable[[], datetime]
    public_url: str | None  # of the pages
    made: MadeLink
