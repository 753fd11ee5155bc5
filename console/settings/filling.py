"""A page of settings filled in: as the file has it, as somebody typed it, and both together when two were at it."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from console.settings.fields import DAYS, Field, Kind, Rows, at, is_odd, text_of
from console.settings.made_of import Page

MOST_ROWS = 200
Texts = Mapping[str, str]  # of fields, by name


@dataclass(frozen=True, kw_only=True)
class Row:
    texts: Texts
    was: int | None = None  # its place in the file; None: it is new
    gone: bool = False

    @property
    def is_blank(self) -> bool:
        return self.was is None and not any(self.texts.values())


@dataclass(frozen=True, kw_only=True)
class Filled:
    texts: Texts
    rows: Mapping[str, tuple[Row, ...]]
    odd: frozenset[str] = frozenset()  # names of fields that hold what can only be changed as a text


def as_kept(page: Page, values: Mapping[str, Any]) -> Filled:
    """Return how the file fills the page; `values` as `values_in` gives them."""
    values = with_single_days(values)
    odd = {field.name for field in page.fields if is_odd(field, values)}
    rows = {}
    for each in page.rows:
        listed = at(values, each.path)
        found = [one for one in listed if isinstance(one, Mapping)] if isinstance(listed, list) else []
        odd |= {
            f"{each.name}[{number}].{field.name}"
            for number, one in enumerate(found, start=1)
            for field in each.fields
            if is_odd(field, one)
        }
        rows[each.name] = tuple(
            Row(was=place, texts={field.name: text_of(field, one) for field in each.fields})
            for place, one in enumerate(found)
        )
    texts = {field.name: text_of(field, values) for field in page.fields}
    return Filled(texts=texts, rows=rows, odd=frozenset(odd))


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
        found.append(Row(texts=texts, was=index, gone=given(f"{place}.gone") is not None))
    return tuple(found)


def _tidy(field: Field, text: str) -> str:
    if field.kind in {Kind.LINES, Kind.DAYS}:
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
    return Filled(texts=texts, rows=rows, odd=newest.odd), frozenset(disputed)


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
