"""The scorecard as a file: what the command line and the console ask for."""

import csv
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TextIO

from reports.errors import BadFormatError
from reports.files import replacing
from reports.scorecard.card import Card
from reports.scorecard.sheet import write_scorecard
from reports.table import harmless
from templates_replies.catalogue import Language

_HEADER = (
    "period", "perspective", "indicator", "name", "measure", "where", "unit", "over", "actual", "target", "achievement",
    "weight", "light", "rests_on",
)  # fmt: skip


def write_card(card: Card, path: Path, *, format: str, language: Language) -> None:  # noqa: A002  the word of the command line
    """Write a scorecard to a file, whole or not at all. Raises ReportError: no such format, a path that cannot be written."""
    if format not in _WRITERS:
        raise BadFormatError(format, FORMATS)
    _WRITERS[format](card, path, language)


def _write_csv(card: Card, path: Path, language: Language) -> None:
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


_WRITERS: Mapping[str, Callable[[Card, Path, Language], None]] = {"xlsx": write_scorecard, "csv": _write_csv}
FORMATS = tuple(_WRITERS)
