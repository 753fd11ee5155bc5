"""What a filled page changes in the file: only where something else is typed than stands there."""

from collections.abc import Iterator, Mapping
from functools import partial
from itertools import groupby
from typing import Any

from ruamel.yaml.comments import CommentedMap, CommentedSeq

from console.settings.desk_text import GONE, Change, changed, put, values_in
from console.settings.fields import DAYS, Field, Kind, Rows, at, days_of, value_of
from console.settings.filling import Filled, Row, as_kept, days_named, is_empty
from console.settings.made_of import Page

WEEK = tuple(f"hours.{day}" for day in DAYS)


def written(page: Page, text: str, wanted: Filled) -> str:
    """Return the file with a page as it is wanted. Raises UnreadableError."""
    values = values_in(text)
    kept = as_kept(page, values)
    changes: dict[str, list[Change]] = {}
    for field in page.fields:
        if wanted.texts[field.name] != kept.texts[field.name] and field.name not in WEEK:
            changes.setdefault(field.path[0], []).append(_set(field, wanted.texts[field.name], values))
    if any(wanted.texts.get(name) != kept.texts.get(name) for name in WEEK):
        changes.setdefault("hours", []).append(_week(wanted))
    for rows in page.rows:
        if wanted.rows[rows.name] != kept.rows[rows.name]:
            changes.setdefault(rows.path[0], []).append(
                _rows(rows, wanted.rows[rows.name], kept.rows[rows.name])
            )
    return changed(text, {key: _switched_last(page, key, each, wanted) for key, each in changes.items()})


def _set(field: Field, text: str, values: Mapping[str, Any]) -> Change:
    value = value_of(field, text, at(values, field.path))

    def change(content: CommentedMap) -> None:
        if field.kind in {Kind.SWITCH, Kind.ALWAYS} and value is GONE:
            content[field.path[0]] = CommentedMap()  # what belongs to it follows
        else:
            put(content, field.path, value)

    return change


def _switched_last(page: Page, key: str, changes: list[Change], wanted: Filled) -> Iterator[Change]:
    """Yield changes of a section, and that it is off in the end where it is; an empty one goes."""
    yield from changes
    for field in page.fields:
        if field.path == (key,) and field.kind in {Kind.SWITCH, Kind.ALWAYS}:
            value = value_of(field, wanted.texts[field.name])
            yield partial(_close, key=key, value=value)


def _close(content: CommentedMap, key: str, value: Any) -> None:
    if value is not GONE:
        content[key] = value
    elif key in content and not content[key]:
        del content[key]


def _week(wanted: Filled) -> Change:
    """Write the week anew, days that follow each other with the same hours as one."""
    windows = {day: wanted.texts[f"hours.{day}"] for day in DAYS}

    def change(content: CommentedMap) -> None:
        hours = content.get("hours")
        if not isinstance(hours, CommentedMap):
            hours = content["hours"] = CommentedMap()
        for key in [key for key in hours if days_named(str(key))]:
            del hours[key]
        place = 0
        for text, days in groupby(DAYS, key=lambda day: windows[day]):
            if text:
                first, *_, last = (*days, None)[:-1] * 2
                key = first if first == last else f"{first}-{last}"
                hours.insert(place, key, next(iter(days_of(f"{key}: {text}").values())))
                place += 1

    return change


def _rows(rows: Rows, wanted: tuple[Row, ...], kept: tuple[Row, ...]) -> Change:
    def change(content: CommentedMap) -> None:
        before = at(content, rows.path)
        listed = before if isinstance(before, CommentedSeq) else CommentedSeq()
        if rows.is_single and listed is not before and kept:
            listed.append(before if isinstance(before, CommentedMap) else _fresh())
        for row in wanted:
            if row.was is not None and not row.gone:
                _rewrite(rows, listed[row.was], row.texts, kept[row.was].texts)
        for place in sorted((row.was for row in wanted if row.gone and row.was is not None), reverse=True):
            del listed[place]
        for row in wanted:
            if row.was is None and not row.gone and not is_empty(rows, row):
                fresh = _fresh()
                _rewrite(rows, fresh, row.texts, {})
                listed.append(fresh)
        is_alone = rows.is_single and len(listed) == 1 and not isinstance(before, CommentedSeq)
        _place(content, rows.path, listed[0] if is_alone else listed, is_gone=not listed)

    return change


def _fresh() -> CommentedMap:
    fresh = CommentedMap()
    fresh.fa.set_flow_style()
    return fresh


def _place(
    content: CommentedMap, path: tuple[str, ...], value: CommentedMap | CommentedSeq, *, is_gone: bool
) -> None:
    """Put a list or its only entry where a path leads; the very same one keeps its comments."""
    if at(content, path) is value and not is_gone:
        return
    *above, key = path
    if is_gone:
        put(content, path, GONE)
        return
    for name in above:
        inner = content.get(name)
        content = inner if isinstance(inner, CommentedMap) else content.setdefault(name, CommentedMap())
    content[key] = value


def _rewrite(rows: Rows, item: CommentedMap, texts: Mapping[str, str], before: Mapping[str, str]) -> None:
    fields = rows.fields_of(texts)
    for field in rows.fields:
        text = texts[field.name]
        if field not in fields:
            put(item, field.path, GONE)
        if field not in fields or text == before.get(field.name, ""):
            continue
        if field.kind is Kind.DAYS:
            for key in [key for key in item if days_named(str(key))]:
                del item[key]
            item.update(days_of(text))
        else:
            put(item, field.path, value_of(field, text, at(item, field.path)))


def order_of(rows: Rows, wanted: tuple[Row, ...]) -> list[int]:
    """Return which row of the form, counted from 1, each row of the written file is."""
    numbered = list(enumerate(wanted, start=1))
    kept = sorted((row.was, number) for number, row in numbered if row.was is not None and not row.gone)
    fresh = [
        number for number, row in numbered if row.was is None and not row.gone and not is_empty(rows, row)
    ]
    return [*(number for _, number in kept), *fresh]
