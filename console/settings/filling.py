"""A page of settings filled in: as the file has it, as somebody typed it, and both together when two were at it."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from console.settings.fields import DAYS, Field, Kind, Rows, at, is_given_away, is_hidden, is_odd, text_of
from console.settings.made_of import Page

MOST_ROWS = 200
Texts = Mapping[str, str]  # of fields, by name


@dataclass(frozen=True, kw_only=True)
class Row:
    texts: Texts
    was: int | None = None  # its place in the file; None: it is new
    gone: bool = False
    here: bool = False  # it is there, though it may say nothing


@dataclass(frozen=True, kw_only=True)
class Filled:
    texts: Texts
    rows: Mapping[str, tuple[Row, ...]]
    odd: frozenset[str] = frozenset()  # names of fields that hold what can only be changed as a text
    hidden: frozenset[str] = frozenset()  # names of those that hold a secret


def as_kept(page: Page, values: Mapping[str, Any]) -> Filled:
    """Return how the file fills the page; `values` as `values_in` gives them."""
    values = with_single_days(values)
    holders = [("", field, values) for field in page.fields]
    rows = {}
    for each in page.rows:
        found = entries_of(each, values)
        holders += [
            (f"{each.name}[{number}].", field, one)
            for number, one in enumerate(found, start=1)
            for field in each.fields
        ]
        rows[each.name] = tuple(
            Row(was=place, texts={field.name: text_of(field, one) for field in each.fields})
            for place, one in enumerate(found)
        )
    return Filled(
        texts={field.name: text_of(field, values) for field in page.fields},
        rows=rows,
        odd=frozenset(f"{place}{field.name}" for place, field, one in holders if is_odd(field, one)),
        hidden=frozenset(f"{place}{field.name}" for place, field, one in holders if is_hidden(field, one)),
    )


def entries_of(rows: Rows, values: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """Return what the file has of a list, where one alone may stand without it."""
    above, key = at(values, rows.path[:-1]), rows.path[-1]
    listed = at(above, (key,))
    if rows.is_bare and listed is None and isinstance(above, Mapping) and key in above:
        return [{}]
    if rows.is_single and isinstance(listed, Mapping):
        return [listed]
    return [one for one in listed if isinstance(one, Mapping)] if isinstance(listed, list) else []


def with_single_days(values: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return values whose week has a key for each day, where the file may name several at once."""
    hours = values.get("hours")
    if not isinstance(hours, Mapping):
        return values
    single = {}
    for key, windows in hours.items():
        single.update(dict.fromkeys(days_named(key), windows) or {key: windows})
    return {**values, "hours": single}


def days_named(key: str) -> tuple[str, ...]:
    """Return the days that `mon` or `fri-mon` names; none for another word."""
    first, _, last = key.partition("-")
    if first not in DAYS or (last or first) not in DAYS:
        return ()
    start = DAYS.index(first)
    return (DAYS * 2)[start : start + (DAYS.index(last or first) - start) % len(DAYS) + 1]


def as_typed(page: Page, given: Callable[[str], str | None], kept: Filled) -> Filled:
    """Return how a form fills the page; what the form does not have stays as it was kept."""

    def typed(field: Field, name: str, before: str) -> str:
        found = given(name)
        return before if found is None else _tidy(field, found)

    texts = {field.name: typed(field, field.name, kept.texts[field.name]) for field in page.fields}
    return Filled(texts=texts, rows={each.name: _rows_typed(each, given, typed, kept) for each in page.rows})


def _rows_typed(
    rows: Rows, given: Callable[[str], str | None], typed: Callable[[Field, str, str], str], kept: Filled
) -> tuple[Row, ...]:
    before, found = kept.rows[rows.name], []
    for number in range(1, MOST_ROWS + 1):
        place = f"{rows.name}[{number}]"
        was = given(f"{place}.was")
        if was is None:
            break
        index = int(was) if re.fullmatch(r"[0-9]{1,4}", was, re.ASCII) and int(was) < len(before) else None
        own: Texts = before[index].texts if index is not None else {}
        texts = {
            field.name: typed(field, f"{place}.{field.name}", own.get(field.name, ""))
            for field in rows.fields
        }
        row = Row(
            texts=texts, was=index, gone=given(f"{place}.gone") is not None, here=bool(given(f"{place}.here"))
        )
        if index is not None or not is_empty(rows, row):
            found.append(row)
    return tuple(found)


def is_empty(rows: Rows, row: Row) -> bool:
    """Whether nothing was typed into a row; what is only chosen says nothing."""
    typed = (row.texts[field.name] for field in rows.fields if field.kind not in {Kind.CHOICE, Kind.FLAG})
    return not row.here and not any(typed)


def given_away(page: Page, filled: Filled) -> frozenset[str]:
    """Return the names of fields into which a secret was typed that belongs into the environment."""
    holders = [("", field, filled.texts) for field in page.fields]
    holders += [
        (f"{rows.name}[{number}].", field, row.texts)
        for rows in page.rows
        for number, row in enumerate(filled.rows[rows.name], start=1)
        for field in rows.fields_of(row.texts)
    ]
    return frozenset(
        f"{place}{field.name}" for place, field, texts in holders if is_given_away(field, texts[field.name])
    )


def without(filled: Filled, names: frozenset[str]) -> Filled:
    """Return what was typed without what stands in some fields."""
    return replace(
        filled,
        texts={name: "" if name in names else text for name, text in filled.texts.items()},
        rows={
            key: tuple(
                replace(row, texts={
                    name: "" if f"{key}[{number}].{name}" in names else text for name, text in row.texts.items()
                })
                for number, row in enumerate(rows, start=1)
            )
            for key, rows in filled.rows.items()
        },
    )  # fmt: skip


def _tidy(field: Field, text: str) -> str:
    if field.kind in {Kind.LINES, Kind.DAYS, Kind.PAIRS}:
        return "\n".join(line.strip() for line in text.splitlines() if line.strip())
    return " ".join(text.split())


# -- two at the same page ---------------------------------------------------------------------------------------------


def together(began: Filled, newest: Filled, mine: Filled) -> tuple[Filled, frozenset[str]]:
    """Return what both want, and the names of what both changed: there mine stands, to be decided upon."""
    texts, disputed = {}, set()
    for name, text in mine.texts.items():
        texts[name] = newest.texts[name] if text == began.texts[name] else text
        if text != began.texts[name] and newest.texts[name] not in {began.texts[name], text}:
            disputed.add(name)
    rows = {}
    for name in mine.rows:
        rows[name], is_disputed = _rows_together(began.rows[name], newest.rows[name], mine.rows[name])
        disputed |= {name} if is_disputed else set()
    return replace(newest, texts=texts, rows=rows), frozenset(disputed)


def _rows_together(
    began: tuple[Row, ...], newest: tuple[Row, ...], mine: tuple[Row, ...]
) -> tuple[tuple[Row, ...], bool]:
    """Rows are known by what is in them: one that the other has left alone is where they have it now."""
    if newest == began:
        return mine, False
    left = {index: row.texts for index, row in enumerate(newest)}
    found, is_disputed = [], False
    for row in mine:
        if row.was is None:
            found.append(row)
            continue
        before = began[row.was].texts
        now = next((index for index, texts in left.items() if texts == before), None)
        if now is not None:
            del left[now]
            found.append(replace(row, was=now))
        elif (
            row.gone or row.texts != before
        ):  # both were at it: mine comes back as a new one, theirs beside it
            is_disputed = True
            found += [] if row.gone else [replace(row, was=None)]
    found += [newest[index] for index in left]
    return tuple(found), is_disputed
