"""The scorecard in a workbook: a sheet with the indicators and their lights, one with twelve months of them and a chart."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from reports.files import replacing
from reports.scorecard import words
from reports.scorecard.card import Card
from reports.sheets import ACCENT, Book, Cell, Heading
from templates_replies.catalogue import Language
from tickets.scorecard import Light, Rated, Unit

# Behind the words of a light: it is never told by its colour alone.
_FILLS = {Light.GREEN: "#D9EAD3", Light.YELLOW: "#FFF2CC", Light.RED: "#F4CCCC"}
_KINDS = {Unit.SHARE: "share", Unit.SCORE: "mean", Unit.INDEX: "mean"}
_FIGURES = (3, 4)  # columns of the actual figure and the target
_STATUS = 7  # column of the light


def write_scorecard(card: Card, path: Path, language: Language) -> None:
    """Write a scorecard to a file of its own, whole or not at all. Raises UnwritableError."""
    with (
        replacing(path) as part,
        part.open("wb") as file,
        Book(
            file, language=language, tz=card.months[-1].tz, author=card.desk_name,
            title=f"{words.title(card, language)}: {card.desk_name}", at=card.made_at,
        ) as book,
    ):  # fmt: skip
        write_scorecard_sheets(book, card, language)


def write_scorecard_sheets(book: Book, card: Card, language: Language) -> None:
    """Add the sheets of a scorecard to a workbook."""
    _indicators(book, card, language)
    _trend(book, card, language)


def _indicators(book: Book, card: Card, language: Language) -> None:
    kinds = (
        (words.PERSPECTIVE, "text"), (words.INDICATOR, "text"), (words.MEASURE, "text"), (words.ACTUAL, "share"),
        (words.TARGET, "share"), (words.ACHIEVEMENT, "share"), (words.WEIGHT, "number"), (words.STATUS, "text"),
        (words.RESTS_ON, "number"),
    )  # fmt: skip
    rows: list[list[Cell]] = []
    told: list[tuple[Rated | None, Light]] = []  # of each row: which indicator, and its light
    for perspective, score, every in card.perspectives():
        name = words.PERSPECTIVES[perspective].say(language)
        rows += [[name, *_cells(one, language)] for one in every]
        told += [(one, one.light) for one in every]
        rows.append([name, words.SCORE.say(language), None, None, None, score.value, score.weight,
                     words.LIGHTS[score.light].say(language), None])  # fmt: skip
        told.append((None, score.light))
    rows.append([words.TOTAL.say(language), None, None, None, None, card.score.value, card.score.weight,
                 words.LIGHTS[card.score.light].say(language), None])  # fmt: skip
    told.append((None, card.score.light))
    name = words.TITLE.say(language)
    book.table(
        name, code="tbl_scorecard", rows=rows, empty="",
        headings=[Heading(label=each.say(language), kind=kind, dashed=kind == "share") for each, kind in kinds],
    )  # fmt: skip
    sheet = book.workbook.get_worksheet_by_name(name)
    for row, (rated, light) in enumerate(told, start=1):
        if light in _FILLS:
            form = book.format(bg_color=_FILLS[light], align="left", indent=1)
            sheet.write_string(row, _STATUS, words.LIGHTS[light].say(language), form)
        if rated is not None:  # the column's format is that of a share
            kind = _KINDS[rated.indicator.measure.unit]
            for column, value in zip(_FIGURES, (rated.actual, rated.indicator.target), strict=True):
                book.write(sheet, row, column, value, kind=kind, dashed=True)
    said = [*words.beforehand(card, language)]
    said += [one for one in (words.counted(card, language),) if one]
    said += [each.say(language) for each in words.NOTES]
    for row, text in enumerate(said, start=len(rows) + 2):
        sheet.write_string(row, 0, text, book.quiet)


def _cells(one: Rated, language: Language) -> list[Cell]:
    indicator = one.indicator
    return [
        indicator.name(language), words.measure(one, language), one.actual, indicator.target, one.achievement, indicator.weight,
        words.LIGHTS[one.light].say(language), one.of,
    ]  # fmt: skip


def _trend(book: Book, card: Card, language: Language) -> None:
    name = words.TREND.say(language)
    indicators = [one.indicator for one in card.rated]
    headings = [
        Heading(label=words.MONTH.say(language), kind="text"),
        Heading(label=words.SCORE.say(language), kind="share"),  # no dash: a chart would draw it as zero
        *(
            Heading(label=f"{place}. {one.name(language)}", kind=_KINDS[one.measure.unit], dashed=True)
            for place, one in enumerate(indicators, start=1)  # two may have one name, but not two columns
        ),
    ]  # fmt: skip
    months = words.months(card, language)
    rows: Sequence[list[Cell]] = [
        [month, point.score.value, *(one.actual for one in point.rated)]
        for month, point in zip(months, card.trend, strict=True)
    ]
    book.table(name, code="tbl_scorecard_trend", headings=headings, rows=rows, empty="")
    if all(point.score.value is None for point in card.trend):
        return
    sheet = book.workbook.get_worksheet_by_name(name)
    sheet.insert_chart(len(rows) + 2, 0, _chart(book, name, rows=len(rows)))


def _chart(book: Book, sheet: str, *, rows: int) -> Any:
    chart = book.workbook.add_chart({"type": "line"})
    chart.add_series(
        {
            "categories": [sheet, 1, 0, rows, 0],
            "values": [sheet, 1, 1, rows, 1],
            "line": {"color": ACCENT, "width": 2},
            "marker": {"type": "circle", "size": 5, "fill": {"color": ACCENT}, "border": {"color": ACCENT}},
        }
    )
    chart.set_title({"name": sheet, "name_font": {"size": 12, "color": ACCENT}})
    chart.set_legend({"none": True})
    chart.set_y_axis({"min": 0, "max": 1.2, "num_format": "0%", "major_gridlines": {"visible": True, "line": {"color": "#DDDDDD"}}})  # fmt: skip
    chart.show_blanks_as("gap")
    chart.set_size({"width": 900, "height": 280})
    return chart
