"""How the self-evaluation says numbers, days, lengths, media and people, in one language."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
from decimal import Decimal

from reports.gone import said_of_gone
from reports.labels import Labels
from reports.led.words import say
from reports.led.year import Year
from reports.written import NOTHING, number, percent
from templates_replies.catalogue import Language
from templates_replies.moments import in_words, on_paper
from tickets.scorecard import Unit


@dataclass(frozen=True, kw_only=True)
class Speaking:
    language: Language
    tz: tzinfo

    def __call__(self, key: str, **values: object) -> str:
        return say(self.language, key, **values)

    @property
    def _labels(self) -> Labels:
        return Labels(self.language)

    def many(self, count: float) -> str:
        return number(count, self.language)

    def share(self, share: float | None) -> str:
        return percent(share, self.language)

    def whole(self, share: float | None) -> str:
        """Say a share without decimals, for narrow columns; only none is 0% and only all is 100%."""
        if share is None:
            return NOTHING
        rounded = round(share * 100)
        return f"{min(max(rounded, 1), 99) if 0 < share < 1 else rounded}%"

    def mean(self, mean: Decimal | None) -> str:
        return NOTHING if mean is None else number(float(mean), self.language, places=2)

    def figure(self, value: float | None, unit: Unit) -> str:
        if value is None or unit is Unit.SHARE:
            return self.share(value)
        return number(value, self.language, places=2)

    def length(self, length: timedelta | None) -> str:
        return NOTHING if length is None else in_words(length, self.language)

    def promise(self, kind: str) -> str:
        return self._labels.promise(kind)

    def channel(self, channel: str) -> str:
        return self._labels.word(channel)

    def channels(self, year: Year) -> str:
        return self.joined([self.channel(each.key or "other") for each in year.now.channels])

    def joined(self, names: Sequence[str]) -> str:
        return ", ".join(names) or NOTHING

    def gone(self, months: Sequence[str]) -> str | None:
        return said_of_gone(months, self._labels)

    def month(self, of_year: int) -> str:
        return self._labels.month(2000, of_year).partition(" ")[0][:3]

    def day(self, on: date) -> str:
        return self._labels.day(on)

    def short_day(self, on: date) -> str:
        return f"{on.day} {self.month(on.month)} {on.year}"

    def at(self, instant: datetime) -> str:
        return on_paper(instant.astimezone(self.tz), self.language)

    def today(self, year: Year) -> date:
        return year.made_at.astimezone(self.tz).date()

    def who(self, actor: str, names: Mapping[str, str]) -> str:
        id_ = actor.partition(":")[2]
        return names.get(id_, id_ or actor)
