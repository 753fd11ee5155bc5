"""Reports that a program asks for and waits for: they go into no archive and lie on no shelf.

Each is a function of a module over plain values, so that a large one can be made in a process of its own.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any, Generic, TypeVar

from sqlmodel import Session

from reports.errors import ReportError
from reports.garbage import seldom_collected
from reports.helper import Helper, helper
from reports.led.files import write_year
from reports.making.order import Surroundings
from reports.month_data import month_data
from reports.monthly import Asked, facts_of_month, write_month
from templates_replies.catalogue import Language
from tickets.ledger.depot.bucket import BucketAddress
from tickets.ledger.store import Ledger

Found = TypeVar("Found")


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where the ledger is."""

    database_url: str = field(repr=False)
    files: Path
    bucket: BucketAddress | None

    @classmethod
    def of(cls, ledger: Ledger) -> "Place":
        return cls(database_url=ledger.url, files=ledger.files, bucket=ledger.bucket)


@dataclass(frozen=True, kw_only=True)
class HandedOut(Generic[Found]):
    """What came of it: a refusal comes as its sentence, for not every error finds its way between processes."""

    found: Found | None = None
    refused: str | None = None

    def result(self) -> Found:
        """Raises ReportError."""
        if self.refused is not None:
            raise ReportError(self.refused)
        return self.found  # type: ignore[return-value]


def data_of_month(
    session: Session, asked: Asked, around: Surroundings, helping: Helper | None = None
) -> dict[str, Any]:
    """Return a month as plain data. Raises ReportError."""
    facts = facts_of_month(
        session, asked, desk=around.desk, now=around.now, known=around.known, helper=helping
    )
    return month_data(facts)


def file_of_month(
    session: Session, asked: Asked, around: Surroundings, to: Path, helping: Helper | None = None
) -> None:
    """Write a month to a file. Raises ReportError."""
    write_month(
        session, asked, to, desk=around.desk, now=around.now, known=around.known, helper=helping
    )  # fmt: skip


def file_of_year(
    session: Session, year: str, format: str, language: Language, around: Surroundings, to: Path  # noqa: A002
) -> None:  # fmt: skip
    """Write the self-evaluation of a year to a file. Raises ReportError."""
    write_year(
        session, year, to, format=format, language=language, desk=around.desk, now=around.now, known=around.known
    )  # fmt: skip


def data_of_month_apart(place: Place, asked: Asked, around: Surroundings) -> HandedOut[dict[str, Any]]:
    with _helped(place) as (session, helping):
        return _outcome(partial(data_of_month, session, asked, around, helping))


def file_of_month_apart(place: Place, asked: Asked, around: Surroundings, to: Path) -> HandedOut[None]:
    with _helped(place) as (session, helping):
        return _outcome(partial(file_of_month, session, asked, around, to, helping))


def file_of_year_apart(
    place: Place, year: str, format: str, language: Language, around: Surroundings, to: Path  # noqa: A002
) -> HandedOut[None]:  # fmt: skip
    with _read(place) as session:
        return _outcome(partial(file_of_year, session, year, format, language, around, to))


def _outcome(make: Callable[[], Found]) -> HandedOut[Found]:
    try:
        return HandedOut(found=make())
    except ReportError as refused:
        return HandedOut(refused=str(refused))


@contextmanager
def _helped(place: Place) -> Iterator[tuple[Session, Helper | None]]:
    with helper(place.database_url) as helping, _read(place) as session:
        yield session, helping


@contextmanager
def _read(place: Place) -> Iterator[Session]:
    ledger = Ledger(place.database_url, files=place.files, bucket=place.bucket)
    try:
        with ledger.reading() as session, seldom_collected():
            yield session
    finally:
        ledger.close()
