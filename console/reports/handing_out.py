"""Reports that programs ask for and wait for: small ones are made here, large ones where they keep nobody waiting."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from sqlmodel import Session

from console.house import House
from console.reports.reported import known_of
from reports.counted import how_many
from reports.led.year import read_year
from reports.making import handed_out
from reports.making.handed_out import Place
from reports.making.order import Surroundings
from reports.monthly import Asked, month_of
from reports.periods import Days
from templates_replies.catalogue import Language
from tickets.desk import Desk

MOST_HERE = 2_000  # tickets: a process apart takes seconds to begin, which is as long as these take
_WITH_PICTURES = frozenset({"pdf", "docx"})


@dataclass(frozen=True, kw_only=True)
class _Looked:
    """What was seen of a report before it is made."""

    around: Surroundings
    goes_apart: bool


async def data_of_month(house: House, slug: str, asked: Asked) -> dict[str, Any]:
    """Return a month's figures and findings. Raises ReportError."""
    looked = await house.ledger.read(partial(_look_at_month, house=house, slug=slug, asked=asked))
    if looked.goes_apart:
        made = await house.make_report(
            handed_out.data_of_month_apart, Place.of(house.ledger), asked, looked.around
        )
        return made.result()
    return await house.ledger.read(lambda session: handed_out.data_of_month(session, asked, looked.around))


async def file_of_month(house: House, slug: str, asked: Asked) -> bytes:
    """Return a month's report as one of its files. Raises ReportError."""
    looked = await house.ledger.read(partial(_look_at_month, house=house, slug=slug, asked=asked))
    with _path(asked.format) as path:
        if looked.goes_apart:
            made = await house.make_report(
                handed_out.file_of_month_apart, Place.of(house.ledger), asked, looked.around, path
            )
            made.result()
        else:
            await house.ledger.read(
                lambda session: handed_out.file_of_month(session, asked, looked.around, path)
            )
        return path.read_bytes()


async def file_of_year(house: House, slug: str, year: str, *, form: str, language: Language) -> bytes:
    """Return a year's self-evaluation as one of its files. Raises ReportError."""
    looked = await house.ledger.read(partial(_look_at_year, house=house, slug=slug, year=year, form=form))
    with _path(form) as path:
        if looked.goes_apart:
            made = await house.make_report(
                handed_out.file_of_year_apart,
                Place.of(house.ledger),
                year,
                form,
                language,
                looked.around,
                path,
            )
            made.result()
        else:
            await house.ledger.read(
                lambda session: handed_out.file_of_year(session, year, form, language, looked.around, path)
            )
        return path.read_bytes()


def _look_at_month(session: Session, *, house: House, slug: str, asked: Asked) -> _Looked:
    around = _around(session, house, slug)
    month = month_of(asked, desk=around.desk, now=around.now, known=around.known)
    many = how_many(session, desk=slug, start_at=month.start_at, end_at=month.end_at)
    return _Looked(
        around=around, goes_apart=many > MOST_HERE or _unpacks_a_picture(around.desk, asked.format)
    )


def _look_at_year(session: Session, *, house: House, slug: str, year: str, form: str) -> _Looked:
    around, number = _around(session, house, slug), read_year(year)
    days = Days.of(date(number, 1, 1), date(number, 12, 31), zone=around.desk.calendar.zone)
    many = how_many(session, desk=slug, start_at=days.start_at, end_at=days.end_at)
    return _Looked(around=around, goes_apart=many > MOST_HERE or _unpacks_a_picture(around.desk, form))


def _unpacks_a_picture(desk: Desk, form: str) -> bool:
    """Whether the letterhead's picture is laid out in memory, which may take all that there is."""
    return form in _WITH_PICTURES and desk.letterhead is not None and desk.letterhead.logo is not None


def _around(session: Session, house: House, slug: str) -> Surroundings:
    desk = house.desk(slug).desk
    return Surroundings(desk=desk, known=known_of(session, house, desk), now=house.clock())


@contextmanager
def _path(form: str) -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="tanggap-report-") as folder:
        yield Path(folder) / f"report.{form}"
