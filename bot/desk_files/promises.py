"""The promises and lengths of a desk file: `sla`, `retention`, `limits`, quiet hours."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from bot.desk_files.sections import Section
from tickets.clocks import FIRST_RESPONSE, NEXT_RESPONSE, RESOLUTION
from tickets.desk import Limits, Rate, Retention
from tickets.hours import HoursError, Span, Window, Windows, parse_duration
from tickets.priority import PRIORITIES
from tickets.promises import Special

KINDS = (FIRST_RESPONSE, NEXT_RESPONSE, RESOLUTION)
ONE_HOUR = Span.parse("1h")
WITHIN = "within, such as 15m, 24h or 3d"
EXPECTED_PRIORITIES = f"names out of {', '.join(PRIORITIES)}, such as [urgent]"
RATE = "a count per length, such as 30/1h, or null for no limit"


def read_promises(sla: Section, *, required: tuple[str, ...] = ()) -> Mapping[str, Span]:
    """Read the promises of a desk or a team, by kind of clock."""
    promises: dict[str, Span] = {}
    for kind in KINDS:
        promise = sla.section(
            kind, required=f"{kind}, such as {{within: 15m, counts: operating}}" if kind in required else ""
        )
        if promise is not None:
            promise.allow(("within", "counts"))
            promises[kind] = _promise(promise)
    return promises


def _promise(section: Section) -> Span:
    counts = section.choice("counts", ("operating", "calendar"), "operating")
    span = section.read("within", Span.parse, ONE_HOUR, required=WITHIN)
    return replace(span, counts="calendar") if counts == "calendar" else span


def read_special(sla: Section) -> tuple[Special, ...]:
    """Read what is promised otherwise for some categories and priorities; the first that holds wins."""
    found = []
    for one in sla.sections("special"):
        one.allow(("categories", "priorities", *KINDS))
        promises = read_promises(one)
        if not promises:
            one.problem(f"expected a promise: {', '.join(KINDS)}")
        if not one.data.keys() & {"categories", "priorities"}:
            one.problem("expected categories or priorities for which it holds")
        found.append(
            Special(
                categories=frozenset(_texts(one, "categories", "the ids of categories, such as [password]")),
                priorities=frozenset(_priorities(one)),
                promises=promises,
            )
        )
    return tuple(found)


def _priorities(one: Section) -> Iterator[int]:
    for name in _texts(one, "priorities", EXPECTED_PRIORITIES):
        if name in PRIORITIES:
            yield int(PRIORITIES[name])
        else:
            one.problem(f"expected {EXPECTED_PRIORITIES}, not {name[:40]}", "priorities")


def _texts(section: Section, key: str, expected: str) -> list[str]:
    value = section.data.get(key, [])
    if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
        section.problem(f"expected {expected}", key)
        return []
    return value


def share(raw: str) -> float:
    """Read `80%` or `0.8`. Raises ValueError."""
    value = float(raw.removesuffix("%")) / (100 if raw.endswith("%") else 1)
    if not 0 < value < 1:
        raise ValueError
    return value


def retention(raw: str) -> Retention:
    """Read `5y` or `90d`. Raises ValueError."""
    match = re.fullmatch(r"([1-9][0-9]{0,4})([dy])", raw, re.ASCII)
    if match is None or (match[2] == "y" and int(match[1]) > 100):
        raise ValueError
    return Retention(years=int(match[1])) if match[2] == "y" else Retention(days=int(match[1]))


def read_limits(desk: Section) -> Limits:
    """Read `limits`; null switches all of them off."""
    if "limits" in desk.data and desk.data["limits"] is None:
        return Limits(answers=None, intake=None)
    section = desk.section("limits")
    if section is None:
        return Limits()
    section.allow(("answers", "intake"))
    return Limits(
        answers=_rate(section, "answers", Limits().answers),
        intake=_rate(section, "intake", Limits().intake),
    )


def _rate(section: Section, key: str, fallback: Rate | None) -> Rate | None:
    if key in section.data and section.data[key] is None:
        return None
    return section.read(key, _per, fallback, expected=RATE)


def _per(raw: str) -> Rate:
    count, _, length = raw.partition("/")
    if not re.fullmatch(r"[1-9][0-9]{0,8}", count, re.ASCII):
        raise ValueError
    return Rate(count=int(count), per=parse_duration(length if length[:1].isdigit() else f"1{length}"))


def read_quiet_hours(desk: Section) -> Windows:
    """Read `quiet_hours`: one window, or a list of them; null for none."""
    if isinstance(desk.data.get("quiet_hours"), list):
        places: list[tuple[str | int, ...]] = [
            ("quiet_hours", index) for index, _ in desk.items("quiet_hours")
        ]
    else:
        places = [("quiet_hours",)] if desk.has("quiet_hours") else []
    windows = []
    for place in places:
        try:
            windows.append(Window.parse(desk.raw(*place) or ""))
        except HoursError:
            desk.problem("expected a window such as 22:00-06:00", *place)
    return tuple(windows)
