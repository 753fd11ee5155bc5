"""What a desk file says of supervision: `digest`, `reports`, `reports_kept`, `verification`, `board`."""

import re
from datetime import time, timedelta

from bot.desk_files.hours_section import days_of
from bot.desk_files.promises import retention
from bot.desk_files.sections import Section
from tickets.desk import Arrival, Digest, Retention, Supervision
from tickets.hours import DAYS, parse_duration

CLOSED_DAYS = ("skip", "send")
REPORT_DAYS = ("first", "working")


def read_supervision(desk: Section) -> Supervision:
    """Read what is said of it; each may be left out."""
    return Supervision(
        digest=_digest(desk),
        reports=_reports(desk),
        reports_kept=_reports_kept(desk),
        sample=_sample(desk),
        waits_long=_waits_long(desk),
    )


def _digest(desk: Section) -> Digest | None:
    """Read `digest`; left out it is the usual one, null means none."""
    if "digest" in desk.data and desk.data["digest"] is None:
        return None
    usual, section = Digest(), desk.section("digest")
    if section is None:
        return usual
    section.allow(("at", "days", "closed_days"))
    return Digest(
        at=section.read("at", _time_of_day, usual.at, expected='a time of the day, such as "07:30"'),
        days=section.read("days", _weekdays, usual.days, expected="days, such as mon-fri"),
        on_closed_days=section.choice("closed_days", CLOSED_DAYS, "skip") == "send",
    )


def _reports(desk: Section) -> Arrival | None:
    """Read `reports`; left out they come as usual, null means that none comes by itself."""
    if "reports" in desk.data and desk.data["reports"] is None:
        return None
    usual, section = Arrival(), desk.section("reports")
    if section is None:
        return usual
    section.allow(("at", "day"))
    return Arrival(
        at=section.read("at", _time_of_day, usual.at, expected='a time of the day, such as "08:00"'),
        on_working_day=section.choice("day", REPORT_DAYS, "first") == "working",
    )


def _reports_kept(desk: Section) -> Retention | None:
    """Read `reports_kept`; null: without end."""
    if "reports_kept" in desk.data and desk.data["reports_kept"] is None:
        return None
    usual = Supervision().reports_kept
    return desk.read("reports_kept", retention, usual, expected="years or days, such as 10y or 90d")


def _sample(desk: Section) -> float | None:
    section = desk.section("verification")
    if section is None:
        return None
    section.allow(("sample",))
    return section.read("sample", _share_up_to_all, None, expected="a share of what is solved, such as 20%")


def _waits_long(desk: Section) -> timedelta:
    usual, section = Supervision().waits_long, desk.section("board")
    if section is None:
        return usual
    section.allow(("waiting",))
    return section.read("waiting", parse_duration, usual)


def _time_of_day(raw: str) -> time:
    match = re.fullmatch(r"([01]?[0-9]|2[0-3]):([0-5][0-9])", raw, re.ASCII)
    if match is None:
        raise ValueError
    return time(int(match[1]), int(match[2]))


def _weekdays(raw: str) -> frozenset[int]:
    days = days_of(raw)
    if not days:
        raise ValueError
    return frozenset(DAYS.index(day) for day in days)


def _share_up_to_all(raw: str) -> float:
    value = float(raw.removesuffix("%")) / (100 if raw.endswith("%") else 1)
    if not 0 < value <= 1:
        raise ValueError
    return value
