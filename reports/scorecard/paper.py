"""The scorecard on paper: scores at a glance, a table a perspective, twelve months of them."""

from collections.abc import Iterator
from pathlib import Path

from reports.charts.drawings import Target, Trend, trend_chart
from reports.files import replacing
from reports.paper.blocks import Block, Column, Figure, Figures, Heading, Paragraph, Picture, Pictures, Table
from reports.paper.press import Logo, Sheets, pdf
from reports.scorecard import words
from reports.scorecard.card import Card
from templates_replies.catalogue import Language
from templates_replies.moments import on_paper
from tickets.letterhead import Letterhead
from tickets.scorecard import CAP, Light, Rated, Score


def write_scorecard_paper(
    card: Card, path: Path, language: Language, *, letterhead: Letterhead | None, logo: Logo | None = None
) -> None:
    """Write a scorecard as PDF, whole or not at all. Raises UnwritableError."""
    made = on_paper(card.made_at.astimezone(card.months[-1].tz), language)
    first = tuple(Paragraph(text=text, strong=True) for text in words.beforehand(card, language))
    content = pdf(
        Sheets(
            title=words.TITLE.say(language), subtitle=words.period(card, language), unit=card.desk_name, language=language,
            letterhead=letterhead, logo=logo, made=words.MADE.say(language, at=made),
            reading=words.READING.say(language), at=card.made_at, blocks=(*first, *_blocks(card, language)),
        )
    )  # fmt: skip
    with replacing(path) as part:
        part.write_bytes(content)


def chapter(card: Card | None, language: Language) -> Iterator[Block]:
    """Yield the scorecard as a part of a report of the same month, which says itself when that still runs."""
    if card is None:
        return
    yield Heading(text=words.TITLE.say(language))
    if card.score.value is None:
        yield Paragraph(text=words.NO_DATA.say(language))
    else:
        yield from _blocks(card, language)


def _blocks(card: Card, language: Language) -> Iterator[Block]:
    figures = [_figure(words.TOTAL.say(language), card.score, language)]
    perspectives = tuple(card.perspectives())
    figures += [
        _figure(words.PERSPECTIVES[one].say(language), score, language) for one, score, _ in perspectives
    ]
    yield Figures(figures=tuple(figures), beside={2: 2, 4: 4}.get(len(figures), 3))
    if (said := words.counted(card, language)) is not None:
        yield Paragraph(text=said)
    if any(point.score.value is not None for point in card.trend):
        yield Pictures(pictures=(_trend(card, language),))
    for perspective, _, rated in perspectives:
        yield Heading(text=words.PERSPECTIVES[perspective].say(language), level=2)
        yield _table(card, rated, language)
    yield Paragraph(text=" ".join(note.say(language) for note in words.NOTES), quiet=True)


def _figure(label: str, score: Score, language: Language) -> Figure:
    good = {Light.GREEN: True, Light.RED: False}.get(score.light)
    notes = (words.LIGHTS[score.light].say(language), f"{words.WEIGHT.say(language)} {score.weight}")
    return Figure(label=label, value=words.percent(score.value, language), notes=notes, good=good)


def _table(card: Card, rated: tuple[Rated, ...], language: Language) -> Table:
    heads = (
        (words.INDICATOR, False, 6), (words.MEASURE, False, 6), (words.ACTUAL, True, 0), (words.TARGET, True, 0),
        (words.ACHIEVEMENT, True, 0), (words.WEIGHT, True, 0), (words.STATUS, False, 0), (words.CHANGE, True, 0),
    )  # fmt: skip
    return Table(
        columns=tuple(
            Column(label=head.say(language), right=right, share=share) for head, right, share in heads
        ),
        rows=tuple(_row(card, one, language) for one in rated),
    )


def _row(card: Card, one: Rated, language: Language) -> tuple[str, ...]:
    indicator = one.indicator
    unit = indicator.measure.unit
    return (
        indicator.name(language), words.measure(one, language), words.figure(one.actual, unit, language),
        words.figure(indicator.target, unit, language), words.percent(one.achievement, language), str(indicator.weight),
        words.LIGHTS[one.light].say(language), words.change(card, one, language),
    )  # fmt: skip


def _trend(card: Card, language: Language) -> Picture:
    values = tuple(point.score.value for point in card.trend)
    months = words.months(card, language)
    told = "; ".join(
        f"{month} {words.percent(value, language)}" for month, value in zip(months, values, strict=True)
    )
    drawing = trend_chart(
        months, (Trend(name=words.TOTAL.say(language), values=values),), says=told, top=CAP,
        targets=(Target(name=words.FULL.say(language), value=1.0),), written=lambda value: words.percent(value, language), parts=6,
    )  # fmt: skip
    return Picture(title=words.TREND.say(language), drawing=drawing)
