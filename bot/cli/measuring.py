"""How a command writes the reports that are kept in no archive: the self-evaluation, the scorecard, and those on surveys."""

from pathlib import Path

from bot.cli.outputs import whole
from bot.cli.progress_bar import progress_bar
from bot.cli.taking_out import tell_gone, write_down
from bot.house import open_house, utc_now
from bot.reporting.monthly_reports import known_of
from bot.settings import load_settings
from reports.making import measured
from reports.making.gone import gone_of
from reports.making.order import Order, Surroundings
from templates_replies.catalogue import supported_language


def write_measured(order: Order, output: Path, desk: str | None, *, quiet: bool) -> None:
    """Write one of a desk, and leave a line in the trail. Raises ReportError."""
    with open_house(load_settings(), follow_files=False) as house, house.ledger.reading() as session:
        opened = house.desk(desk)
        own = opened.now.desk
        now, language = utc_now(), supported_language(order.language or own.language)
        around = Surroundings(desk=own, known=known_of(session, opened), now=now)
        with whole(output, order.format) as path:
            with progress_bar(language, quiet=quiet) as tell:
                measured.write(session, order, path, around, tell=tell)
            write_down(house, own.slug, measured.trail_name(order), order.format)
        gone = gone_of(session, order, (own.slug,), today=own.calendar.day_of(now))
    tell_gone(gone, language)
