"""What has changed since a month was closed, in words: for its workbook and on paper."""

from datetime import timedelta

from reports.filed.closing import Cause, Corrections
from reports.labels import Labels
from reports.rows import Names
from tickets.actor import Kind, named


def closed_line(found: Corrections, on: str, labels: Labels, names: Names) -> str:
    """Return when a month was closed and by whom, and how many of its figures have changed since."""
    key = "closed_changed" if found.changes else "closed_unchanged"
    return labels(key, on=on, who=doer(found.closing.closed_by, labels, names), count=len(found.changes))


def doer(key: str | None, labels: Labels, names: Names) -> str:
    """Return who did something: a person or team by name, a program by that of its token, others by what they are."""
    by = named(key or Kind.SYSTEM)
    match by.kind:
        case Kind.STAFF:
            return names.staff.get(by.id, by.id)
        case Kind.TEAM:
            return names.teams.get(by.id, by.id)
        case Kind.API:
            return f"API: {by.id}" if by.id else "API"
        case _:
            return labels(f"doer.{by.kind}")


def figure_name(key: str, labels: Labels, names: Names) -> str:
    """Return what a figure of a closed month is called."""
    what, _, of = key.partition("/")
    if what == "category":
        return f"{labels('category')}: {names.category(of)}"
    return f"{labels.promise(of)}: {labels(what).lower()}" if of else labels(what)


def figure_words(key: str, value: float | None, labels: Labels) -> str:
    """Return such a figure as people read it: a share as per cent, a length as hours, minutes, seconds."""
    if value is None:
        return "–"
    what = key.partition("/")[0]
    if what == "share":
        said = f"{value:.1%}"
        return said.replace(".", ",") if labels.language == "id" else said
    if what == "median":
        minutes, seconds = divmod(round(timedelta(seconds=value).total_seconds()), 60)
        return f"{minutes // 60}:{minutes % 60:02}:{seconds:02}"
    return str(int(value))


def cause_details(one: Cause, labels: Labels, names: Names) -> str | None:
    """Return from which category to which, into which ticket, or which promise."""
    if one.promise is not None:
        return labels.promise(one.promise)
    if one.into is not None:
        return f"→ #{one.into}"
    if one.after is None:
        return None
    return f"{names.category(one.before) or labels('no_category')} → {names.category(one.after)}"
