"""The scorecard as a file: what the command line and the console ask for."""

import csv
from collections.abc import Sequence
from pathlib import Path
from typing import TextIO

from reports.errors import BadFormatError
from reports.files import replacing
from reports.paper.press import Logo
from reports.scorecard.card import Card
from reports.scorecard.paper import write_scorecard_paper
from reports.scorecard.sheet import write_scorecard
from reports.table import harmless
from templates_replies.catalogue import Language
from tickets.letterhead import Letterhead

FORMATS = ("xlsx", "pdf", "csv")
_HEADER = (
    "period", "perspective", "indicator", "name", "measure", "where", "unit", "over", "actual", "target", "achievement",
    "weight", "light", "rests_on",
)  # fmt: skip


def write_card(
    card: Card, path: Path, *, format: str, language: Language, letterhead: Letterhead | None = None,  # noqa: A002  the word of the command line
    logo: Logo | None = None,
) -> None:  # fmt: skip
    """Write a scorecard to a file, whole or not at all. Raises ReportError: no such format, a path that cannot be written."""
    if format not in FORMATS:
        raise BadFormatError(format, FORMATS)
    if format == "xlsx":
        write_scorecard(card, path, language)
    elif format == "pdf":
        write_scorecard_paper(card, path, language, letterhead=letterhead, logo=logo)
    else:
        with replacing(path) as part, part.open("w", encoding="utf-8", newline="") as file:
            _write_rows(card, file, language)


def _write_rows(card: Card, file: TextIO, language: Language) -> None:
    """Write a line an indicator and month of the trend, and one of the period that is asked for. Shares and achievements go from 0."""
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerow(_HEADER)
    periods = [(str(point.month), point.rated) for point in card.trend]
    if card.year is not None:
        periods.append((str(card.year), card.rated))
    for period, rated in periods:
        for one in rated:
            indicator = one.indicator
            where = "; ".join(f"{part}={value}" for part, value in indicator.where.items())
            cells: Sequence[object] = (
                period, indicator.perspective, indicator.id, indicator.name(language), indicator.measure, where,
                indicator.measure.unit, indicator.over, one.actual, indicator.target, one.achievement, indicator.weight,
                one.light, one.of,
            )  # fmt: skip
            writer.writerow(harmless(cell) for cell in cells)
