"""Statistics as tables: what each chart shows, to be drawn, read as a table, and taken out as CSV."""

import csv
import io
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import partial

from console.phrases import say
from reports.charts.layout import Columns, Value, columns, heat, share_of
from reports.figures import Attainment, Group
from reports.satisfaction import Satisfaction
from reports.statistics import Statistics
from reports.sums import STEPS
from reports.table import harmless, minutes
from reports.written import number
from templates_replies.catalogue import Language
from templates_replies.moments import date_in_words, in_words
from tickets.clocks import FIRST_RESPONSE, RESOLUTION

Cell = str | int | float | timedelta | None  # a float is a share from 0 to 1

MOST_BARS = 12  # what is smaller stands in the table alone
_WORKING_HOURS = (8, 16)  # a heat map shows these at least


@dataclass(frozen=True, kw_only=True)
class Bar:
    label: str
    share: float  # of the longest, from 0 to 100
    says: str
    key: str | None = None  # of what it stands for, where that can be asked for alone


@dataclass(frozen=True, kw_only=True)
class Field:
    many: int
    heat: int


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """One chart with its table."""

    key: str
    title: str
    heads: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    columns: Columns | None = None
    bars: tuple[Bar, ...] = ()
    part: str | None = None  # what its bars can be filtered by
    fields: tuple[tuple[Field, ...], ...] = ()  # of a heat map, row by row


def sheets(
    found: Statistics, surveys: Satisfaction | None, *, language: Language, channel: Callable[[str], str]
) -> tuple[Sheet, ...]:
    """Return the charts in the order of the page; those that would be empty are left out."""
    words = partial(say, language)
    made = [
        _days(found, language),
        _hours(found, language),
        _lengths(found, FIRST_RESPONSE, language),
        _lengths(found, RESOLUTION, language),
        _promises(found.promises, language),
        _groups("channels", "channel", found.channels, lambda group: channel(group.key or ""), language),
        _groups("categories", "category", found.categories, lambda group: group.name or words("statistics_none_category"), language),
        _groups("agents", "agent", found.agents, lambda group: group.name or words("statistics_none_agent"), language),
    ]  # fmt: skip
    if found.teams:
        made.append(_groups("teams", "team", found.teams, lambda group: group.name or "", language))
    if surveys is not None and surveys.asked:
        made.append(_survey(surveys, language))
    return tuple(made)


def _sheet(
    key: str, heads: Iterable[str], rows: Iterable[tuple[Cell, ...]], language: Language, *,
    drawn: Columns | None = None, bars: Sequence[Bar] = (), part: str | None = None,
    fields: Sequence[tuple[Field, ...]] = (),
) -> Sheet:  # fmt: skip
    return Sheet(
        key=key, title=say(language, f"chart_{key}"), heads=tuple(heads), rows=tuple(rows), columns=drawn,
        bars=tuple(bars), part=part, fields=tuple(fields),
    )  # fmt: skip


def _days(found: Statistics, language: Language) -> Sheet:
    words = partial(say, language)
    values = [
        Value(
            label=str(each.on.day), many=each.tickets, inner=each.finished,
            says=words("chart_days_says", day=date_in_words(each.on, language), tickets=each.tickets, finished=each.finished),
        )
        for each in found.by_day
    ]  # fmt: skip
    heads = (words("column_day"), words("statistics_tickets"), words("statistics_finished"))
    rows = ((each.on.isoformat(), each.tickets, each.finished) for each in found.by_day)
    return _sheet(
        "days", heads, rows, language, drawn=columns(values, written=lambda many: number(many, language))
    )


def _hours(found: Statistics, language: Language) -> Sheet:
    seen = [hour for _, hour in found.by_hour]
    hours = range(min((*seen, _WORKING_HOURS[0])), max((*seen, _WORKING_HOURS[1])) + 1)
    most = max(found.by_hour.values(), default=0)
    counts = [[found.by_hour.get((day, hour), 0) for hour in hours] for day in range(7)]
    heads = (say(language, "column_weekday"), *(f"{hour:02}" for hour in hours))
    rows: list[tuple[Cell, ...]] = [
        (say(language, f"weekday_{day}"), *theirs) for day, theirs in enumerate(counts)
    ]
    fields = [tuple(Field(many=many, heat=heat(many, most)) for many in theirs) for theirs in counts]
    return _sheet("hours", heads, rows, language, fields=fields)


def _lengths(found: Statistics, kind: str, language: Language) -> Sheet:
    words, counts = partial(say, language), found.steps[kind]
    labels = [words("statistics_up_to", length=in_words(step, language)) for step in STEPS[kind]]
    labels.append(words("statistics_longer"))
    whole, most = sum(counts), max(counts)
    rows = [
        (label, count, count / whole if whole else None) for label, count in zip(labels, counts, strict=True)
    ]
    bars = [
        Bar(label=label, share=share_of(count, most), says=_counted(count, share))
        for label, count, share in rows
    ]
    heads = (words("column_length"), words("statistics_tickets"), words("column_share"))
    return _sheet(kind, heads, rows, language, bars=bars)


def _promises(promises: Iterable[Attainment], language: Language) -> Sheet:
    heads = (
        *("column_promise", "column_met", "column_breached", "column_running"),
        *("column_ended", "column_share", "column_median", "column_p90"),
    )
    promises = tuple(promises)
    rows = (
        (say(language, each.kind), each.met, each.breached, each.running, each.ended, each.share, each.median, each.p90)
        for each in promises
    )  # fmt: skip
    bars = [
        Bar(
            label=say(language, each.kind), share=round(100 * (each.share or 0), 1),
            says=f"{percent(each.share)} ({say(language, 'statistics_of', met=each.met, due=each.met + each.breached)})",
        )
        for each in promises
    ]  # fmt: skip
    return _sheet("promises", (say(language, head) for head in heads), rows, language, bars=bars)


def _groups(
    key: str, part: str, groups: Sequence[Group], name: Callable[[Group], str], language: Language
) -> Sheet:
    words = partial(say, language)
    heads = (
        *("column_name", "statistics_tickets", "statistics_finished", "column_response_share"),
        *("column_response_median", "column_resolution_share", "column_resolution_median"),
    )
    most = max((group.tickets for group in groups), default=0)
    rows = (
        (
            name(each), each.tickets, each.finished, each.first_response.share, each.first_response.median,
            each.resolution.share, each.resolution.median,
        )
        for each in groups
    )  # fmt: skip
    bars = [
        Bar(
            label=name(each), share=share_of(each.tickets, most), key=each.key,
            says=f"{each.tickets} · {percent(each.resolution.share)}",
        )
        for each in groups[:MOST_BARS]
    ]  # fmt: skip
    return _sheet(key, map(words, heads), rows, language, bars=bars, part=part)


def _survey(surveys: Satisfaction, language: Language) -> Sheet:
    most = max(surveys.counts.values(), default=0)
    rows = [
        (str(score), count, count / surveys.answered if surveys.answered else None)
        for score, count in surveys.counts.items()
    ]
    bars = [
        Bar(label=score, share=share_of(count, most), says=_counted(count, share))
        for score, count, share in rows
    ]
    heads = (say(language, "column_score"), say(language, "column_answers"), say(language, "column_share"))
    return _sheet("survey", heads, rows, language, bars=bars)


def percent(share: float | None) -> str:
    return "–" if share is None else f"{share * 100:.0f}%"


def written(sheet: Sheet) -> str:
    """Return the table as CSV: lengths in minutes, shares from 0 to 1."""
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerow(map(harmless, sheet.heads))
    for row in sheet.rows:
        writer.writerow(minutes(cell) if isinstance(cell, timedelta) else harmless(cell) for cell in row)
    return file.getvalue()


def _counted(count: int, share: float | None) -> str:
    return f"{count} ({percent(share)})" if count else "0"
