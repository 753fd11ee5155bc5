"""When a step must be over: `within`, `before` and `after` a date, `by_day` of the month."""

import re
from collections.abc import Mapping
from dataclasses import replace

from bot.desk_files.procedure_files.asking import name
from bot.desk_files.procedure_files.lengths import days_before, length
from bot.desk_files.sections import Section
from procedures.definition.times import Deadline, Since, Standard
from tickets.hours import Span

KEYS = ("within", "counts", "before", "after", "by_day")
_LENGTH = (
    "a length such as 10 menit, 2 jam, 3 hari kerja (from a date or another step on: before or after; what is no length "
    "stands in note)"
)
_SHORT = re.compile(r"\d+[smhd]")
_ONE_DAY = (1, False)


def read_standard(row: Section, places: Mapping[str, str]) -> Standard | None:
    """Read the time standard of a step; None where it has none. `places` are the ids of steps by what they may be called."""
    within = _within(row)
    found = Standard(
        within=within,
        deadline=_deadline(row),
        since=_since(row, places),
        month_day=row.read("by_day", _day_of_month, None, expected="a day of the month, 1 to 31"),
        said=_said(row) if within else "",
    )
    return found if found != Standard() else None


def _within(row: Section) -> Span | None:
    within = row.read("within", length, None, expected=_LENGTH)
    if row.has("counts") and not row.has("within"):
        row.problem("expected within with it", "counts")
    is_plain = row.choice("counts", ("operating", "calendar"), "operating") == "calendar"
    return replace(within, counts="calendar") if within and is_plain else within


def _said(row: Section) -> str:
    """Return a length in the words of the paper; nothing where it has the short form of the file."""
    said = " ".join((row.raw("within") or "").split())
    return "" if _SHORT.fullmatch(said) else said


def _deadline(row: Section) -> Deadline | None:
    before = row.section("before")
    if before is None:
        return None
    before.allow(("answer", "by"))
    days, working = before.read(
        "by",
        days_before,
        _ONE_DAY,
        required="by, such as 2d",
        expected="days, such as 2d, H-2 or 2 hari kerja",
    )
    answer = before.read("answer", name, "", required="answer: the question that asks for the date")
    return Deadline(answer=answer, days=days, working=working)


def _since(row: Section, places: Mapping[str, str]) -> Since | None:
    after = row.section("after")
    if after is None:
        return None
    after.allow(("answer", "step", "by"))
    by = after.read(
        "by",
        length,
        None,
        required="by: a length such as 5 hari kerja",
        expected="a length such as 5 hari kerja",
    )
    answer, step = after.read("answer", name, None), after.raw("step")
    if (answer is None) == (step is None):
        after.problem("expected either answer: the question that asks for a date, or step: one before")
    elif step is not None and step not in places:
        after.problem(f'expected the number or id of a step, not "{step}"', "step")
    return Since(length=by, answer=answer, step=places.get(step or "")) if by else None


def _day_of_month(raw: str) -> int:
    """Read `10` or `tanggal 10`. Raises ValueError."""
    day = int(raw.lower().removeprefix("tanggal").strip())
    if not 1 <= day <= 31:
        raise ValueError
    return day
