"""The whole of it: a ledger is told into an empty database, and what came of it is held beside the first."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import func, select
from sqlmodel import Session

from bot.house import HouseError, migrate_database, open_ledger
from bot.retelling.comparing import counts, differences
from bot.retelling.recorded import steps, unprocessed
from bot.retelling.telling import Retelling
from bot.settings import Settings
from tickets import removals
from tickets.erasure import Thing
from tickets.ledger.store import Ledger
from tickets.removals import RemovalNow
from tickets.tables import Imported, Inbound


@dataclass(frozen=True, kw_only=True)
class Report:
    """What a ledger and the one that was made of its raw events have in common, and what not."""

    events: int  # that were told again
    untold: tuple[str, ...]  # those that could not be, and why
    unprocessed: int  # that had no effect in the first either
    counts: dict[str, int]  # of what was compared
    differences: tuple[str, ...]
    left_out: tuple[str, ...]  # what of the first can be neither told nor compared: whole sentences

    @property
    def is_same(self) -> bool:
        return not self.untold and not self.differences


async def retell(settings: Settings, *, into: str) -> Report:
    """Tell the ledger of these settings into an empty database; it is only read. Raises HouseError."""
    with (
        tempfile.TemporaryDirectory(prefix="tanggap-replay-") as folder,
        open_ledger(settings, migrate=False) as first,
        _empty(settings, into, Path(folder)) as again,
    ):
        with first.reading() as session:
            told_by, left = steps(session), unprocessed(session)
        retelling = Retelling(first, again, settings=settings, folder=Path(folder))
        try:
            told = await retelling.tell(told_by)
        finally:
            await retelling.close()
        with first.reading() as one, again.reading() as other:
            return Report(
                events=told.events, untold=tuple(told.untold), unprocessed=left, counts=counts(one),
                differences=tuple(differences(one, other)), left_out=tuple(_left_out(one)),
            )  # fmt: skip


def _left_out(session: Session) -> Iterator[str]:
    yield from (_said_of(each) for each in removals.gone_whole(session))
    imported = session.execute(select(func.count()).select_from(Imported)).scalar_one()
    if imported:
        yield (
            f"{imported} tickets were taken over by `tanggap import tickets`: they came in by no event and are not told again,"
            " so that whatever came in afterwards has other numbers in the second ledger."
        )


def _said_of(gone: RemovalNow) -> str:
    months, tickets = ", ".join(gone.months), gone.counts[Thing.TICKETS]
    return (
        f"{gone.desk}: {months} went whole on {gone.at:%Y-%m-%d}, for they were kept for long enough. Messages, clocks and"
        f" history of {tickets} tickets are gone: they are neither told again nor compared."
    )


@contextmanager
def _empty(settings: Settings, url: str, folder: Path) -> Iterator[Ledger]:
    """Open the database that is to be told into, under the newest schema. Raises HouseError unless it is empty."""
    wanted = settings.model_copy(update={"database_url": url, "data_dir": folder, "blobs_url": None})
    migrate_database(wanted)
    with open_ledger(wanted, migrate=False) as ledger:
        with ledger.reading() as session:
            if session.execute(select(func.count()).select_from(Inbound)).scalar_one():
                raise HouseError("the database to replay into is not empty")
        yield ledger
