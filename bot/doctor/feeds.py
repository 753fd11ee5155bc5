"""The feeds of holidays: whether they answer, and with how many days."""

from collections.abc import Iterator
from urllib.parse import urlsplit

from bot.desk_files.icalendar_days import read_ics
from bot.desk_files.loading import years_around_today
from bot.doctor.findings import Finding, State
from channels.feeds import FeedError, FeedFetcher
from tickets.connections import HolidayFeed
from tickets.desk import Desk


async def of_feed(desk: Desk, feed: HolidayFeed, fetcher: FeedFetcher) -> list[Finding]:
    about = f"holidays of {desk.slug} at {urlsplit(feed.url).hostname}"
    try:
        fetched = await fetcher.fetch(feed.url)
    except FeedError as error:
        return [Finding(about=about, state=State.BAD, says=f"{error}; the days that came last stay.")]
    return list(_read(about, desk, fetched.text or ""))


def _read(about: str, desk: Desk, text: str) -> Iterator[Finding]:
    years = years_around_today()
    listed = read_ics(text, zone=desk.calendar.tz, years=years)
    if listed.mistakes:
        line, said = listed.mistakes[0]
        yield Finding(
            about=about, state=State.BAD, says=f"line {line}: {said}; the days that came last stay."
        )
        return
    off, worked = (sum(day.open is opens for day in listed.days) for opens in (False, True))
    says = f"it answers; from {years.start} to {years.stop - 1} days off: {off}, days taken away: {worked}."
    yield Finding(about=about, state=State.GOOD, says=says)
