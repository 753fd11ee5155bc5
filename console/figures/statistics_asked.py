"""Which days and which part of the tickets somebody asks the statistics of: all of it stands in the address."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Annotated

from fastapi import Query

from console.addressed import Addressed
from reports.errors import BadSpanError
from reports.part import Part
from reports.periods import LONGEST, Days

Word = Annotated[str, Query(max_length=200)]
PARTS = ("channel", "category", "agent", "team")


class Period(StrEnum):
    TODAY = "today"
    WEEK = "week"  # seven days with today
    MONTH = "month"
    LAST_MONTH = "last_month"
    FREE = "free"


@dataclass(frozen=True, kw_only=True)
class Wanted(Addressed):
    """What the address says; nothing of it need make sense."""

    desk: Word = ""
    period: Word = Period.MONTH
    first: Word = ""
    last: Word = ""
    channel: Word = ""
    category: Word = ""
    agent: Word = ""
    team: Word = ""

    @property
    def part(self) -> Part:
        return Part(
            channel=self.channel or None, category=self.category or None, agent=self.agent or None,
            team=self.team or None,
        )  # fmt: skip

    def days(self, *, zone: str, today: date) -> Days:
        """Return the days that are meant; the running month where they make no sense."""
        try:
            first, last = self._ends(today)
            return Days.of(first, min(last, first + LONGEST - timedelta(days=1)), zone=zone)
        except (ValueError, BadSpanError):
            return Days.of(today.replace(day=1), today, zone=zone)

    def _ends(self, today: date) -> tuple[date, date]:
        match self.period:
            case Period.TODAY:
                return today, today
            case Period.WEEK:
                return today - timedelta(days=6), today
            case Period.LAST_MONTH:
                last = today.replace(day=1) - timedelta(days=1)
                return last.replace(day=1), last
            case Period.FREE:
                return date.fromisoformat(self.first), date.fromisoformat(self.last)
            case _:
                return today.replace(day=1), today
