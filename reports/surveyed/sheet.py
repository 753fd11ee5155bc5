"""The reports on surveys as workbooks."""

from collections.abc import Callable, Sequence
from decimal import Decimal

from reports.labels import Labels
from reports.satisfaction import Satisfaction, SurveyRow
from reports.sheets import Book, Cell, Heading
from reports.surveyed import words
from reports.surveyed.measured import Line, PublicReport, SurveyReport
from reports.surveyed.paper import comment
from reports.surveyed.public_paper import element_names
from templates_replies.catalogue import Language
from templates_replies.phrase import Phrase


def write_survey(book: Book, report: SurveyReport, language: Language) -> None:
    """Add a sheet each for months, channels, categories, people, and one with the answers, the low ones first."""
    labels = Labels(language)
    months = [(labels.month(month.year, month.month), found, False) for month, found in report.months]
    whole = [(words.days(report.days, language), report.all, False)]
    before = (
        [(words.days(report.days.year_before, language), report.year_before, False)]
        if report.year_before.rows
        else []
    )
    _figures(book, words.MONTHS, words.MONTH, [*months, *whole, *before], "months", language)
    for title, code, lines, name in (
        (words.CHANNELS, "channels", report.channels, lambda one: words.channel(one, language)),
        (words.CATEGORIES, "categories", report.categories, lambda one: one or words.NONE.say(language)),
        (words.AGENTS, "agents", report.agents, lambda one: one or words.NOBODY.say(language)),
    ):
        _figures(book, title, words.NAME, _named(lines, name), code, language)
    heads = (
        (words.TICKET, "number"), (words.SCORE, "number"), (words.CATEGORY, "text"), (words.COMMENT, "text"),
        (words.DONE, "text"),
    )  # fmt: skip
    book.table(
        words.ANSWERS.say(language), code="tbl_answers", empty=words.NO_ANSWERS.say(language),
        headings=[Heading(label=head.say(language), kind=kind) for head, kind in heads],
        rows=[_answer(report, row, language) for row in report.all.answers],
    )  # fmt: skip


def write_public(book: Book, report: PublicReport, language: Language) -> None:
    """Add a sheet of the nine elements with the index, one of who answered, and one of their suggestions."""
    index = report.public.index
    heads = (
        (words.ELEMENT, "text"),
        (words.NRR, "mean"),
        (words.NRR_WEIGHTED, "thousandths"),
        (words.CONVERTED, "mean"),
    )
    rows: list[list[Cell]] = [
        [name, float(mean), float(weighted), float(converted)]
        for name, mean, weighted, converted in zip(
            element_names(language), index.means, index.weighted, index.converted, strict=False
        )
    ]
    if index.index is not None and index.weighted_sum is not None:
        rows.append([words.SUM.say(language), None, float(index.weighted_sum), float(index.index)])
        grade = f"{words.CLASS.say(language)}: {index.grade} ({words.performance(index.grade, language)})"
        rows.append([grade, None, None, None])
    if report.year_before.index.answers:
        before = words.YEAR_BEFORE.say(language, value=words.index_and_class(report.year_before, language))
        rows.append([before, None, None, None])
    rows.append([words.sample(report, language), None, None, None])
    if report.running:
        rows.append([words.RUNNING.say(language), None, None, None])
    book.table(
        words.ELEMENTS.say(language), code="tbl_elements", rows=rows, empty="",
        headings=[Heading(label=head.say(language), kind=kind) for head, kind in heads],
    )  # fmt: skip
    book.table(
        words.CHARACTERISTICS.say(language), code="tbl_respondents", empty=words.NO_PUBLIC.say(language),
        headings=[Heading(label=words.TRAIT.say(language), kind="text"), Heading(label=words.NAME.say(language), kind="text"),
                  Heading(label=words.COUNT.say(language), kind="number")],
        rows=[
            [words.TRAITS[trait].say(language), words.trait_value(trait, value, language), count]
            for trait in report.respondents
            for value, count in report.in_order(trait)
        ],
    )  # fmt: skip
    book.table(
        words.SUGGESTIONS.say(language), code="tbl_suggestions", empty=words.NO_SUGGESTIONS.say(language),
        headings=[Heading(label=words.SUGGESTIONS.say(language), kind="text")],
        rows=[[comment(remark)] for remark in report.public.remarks],
    )  # fmt: skip


def _named(lines: Sequence[Line], name: Callable[[str | None], str]) -> list[tuple[str, Satisfaction, bool]]:
    return [(name(line.name), line.found, line.is_few) for line in lines]


def _figures(
    book: Book, title: Phrase, first: Phrase, rows: Sequence[tuple[str, Satisfaction, bool]], code: str, language: Language
) -> None:  # fmt: skip
    heads = (
        (words.ASKED, "number"), (words.ANSWERED, "number"), (words.SHARE, "share"), (words.MEAN, "mean"),
        (words.SATISFIED, "share"), (words.LOWS, "number"), (words.REMARK, "text"),
    )  # fmt: skip
    book.table(
        title.say(language), code=f"tbl_{code}", empty=words.NO_ANSWERS.say(language),
        headings=[Heading(label=first.say(language), kind="text"),
                  *(Heading(label=head.say(language), kind=kind, dashed=kind != "text") for head, kind in heads)],
        rows=[[name, found.asked, found.answered, found.share, *_told(found, language, is_few=is_few)]
              for name, found, is_few in rows],
    )  # fmt: skip


def _told(found: Satisfaction, language: Language, *, is_few: bool) -> list[Cell]:
    if is_few:
        return [None, None, None, words.few(language)]
    return [_float(found.mean), found.satisfied, found.low, None]


def _answer(report: SurveyReport, row: SurveyRow, language: Language) -> list[Cell]:
    done = words.WAITS.say(language) if row.waits else (comment(row.follow_up) if row.follow_up else None)
    return [
        row.ticket, row.score, report.names.category(row.category) or words.NONE.say(language),
        comment(row.remark) if row.remark else None, done,
    ]  # fmt: skip


def _float(value: Decimal | None) -> float | None:
    return None if value is None else float(value)
