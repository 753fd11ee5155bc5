"""`desk.yaml` from parsed values to a `Desk`: every key there is, and what each of them takes."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from bot.desk_files.accounts import read_accounts
from bot.desk_files.assignment import read_assignment
from bot.desk_files.directory_section import read_directory
from bot.desk_files.evaluation_section import read_evaluation
from bot.desk_files.handling_section import read_handling
from bot.desk_files.holidays_section import read_feeds
from bot.desk_files.hooks_section import read_webhooks
from bot.desk_files.hours_section import read_calendar
from bot.desk_files.letterhead_section import read_letterhead, read_series
from bot.desk_files.people import read_people
from bot.desk_files.problems import Problem
from bot.desk_files.promises import (
    read_limits,
    read_promises,
    read_quiet_hours,
    read_special,
    retention,
    share,
)
from bot.desk_files.resources_section import read_resources
from bot.desk_files.scorecard_section import read_scorecard
from bot.desk_files.sections import Section, slug
from bot.desk_files.supervision import read_supervision
from bot.desk_files.surveys import read_survey
from bot.desk_files.templates_section import read_templates
from bot.desk_files.yaml_text import Document
from tickets.assignment import BY_HAND
from tickets.clocks import FIRST_RESPONSE, RESOLUTION
from tickets.desk import CalendarShows, Desk, Plain, SecondFactor
from tickets.hours import BeyondHorizon, Calendar, Span, due, parse_duration
from tickets.promises import Special

KEYS = (
    "desk",
    "name",
    "language",
    "timezone",
    "hours",
    "holidays",
    "sla",
    "accounts",
    "staff",
    "teams",
    "directory",
    "retention",
    "agents",
    "handling",
    "assignment",
    "quiet_hours",
    "limits",
    "webhooks",
    "board",
    "digest",
    "reports",
    "reports_kept",
    "verification",
    "survey",
    "templates",
    "second_factor",
    "resources",
    "calendar_shows",
    "letterhead",
    "series",
    "scorecard",
    "evaluation",
)
LANGUAGES = ("id", "en")
REOPEN_WITHIN = timedelta(days=7)
WARN_AT = 0.8


def read_desk(
    document: Document,
    files: Mapping[str, str],
    env: Mapping[str, str],
    *,
    years: range,
    problems: list[Problem],
    warnings: list[str],
) -> Desk:
    """Build the desk out of its file and the lists beside it; it is worth something only if no problem was added."""
    desk = Section(document, problems)
    desk.allow(KEYS)
    name = desk.read(
        "desk",
        slug,
        "",
        required="desk: the short name of the desk, such as itb-care-center",
        expected="small letters, digits and hyphens, such as itb-care-center",
    )
    language = desk.choice("language", LANGUAGES, "id")
    calendar = read_calendar(desk, files, language=language, years=years)
    sla = desk.section("sla", required="sla with first_response and resolution") or desk.below("sla")
    promises = _promises(sla, calendar)
    assignment = read_assignment(desk, usual=BY_HAND)
    staff, teams = read_people(desk, assignment, env, warnings)
    return Desk(
        slug=name,
        name=desk.text("name", required="name: what people call the desk"),
        language=language,
        calendar=calendar,
        promises=promises,
        special=_special(sla, calendar),
        holiday_feeds=read_feeds(desk, env, warnings),
        warn_at=_warn_at(sla),
        close_after=sla.read("close_after", parse_duration, None),
        reopen_within=sla.read("reopen_within", parse_duration, REOPEN_WITHIN),
        retention=desk.read("retention", retention, None, expected="years or days, such as 5y or 90d"),
        accounts=read_accounts(desk, name, env, warnings),
        staff=staff,
        teams=teams,
        directory=read_directory(desk, env, warnings),
        plain=_plain(desk),
        quiet_hours=read_quiet_hours(desk),
        limits=read_limits(desk),
        webhooks=read_webhooks(desk, env, warnings),
        supervision=read_supervision(desk),
        survey=read_survey(desk),
        templates=read_templates(desk),
        second_factor=SecondFactor(desk.choice("second_factor", tuple(SecondFactor), SecondFactor.NOBODY)),
        handling=read_handling(desk),
        resources=read_resources(desk, calendar, staff),
        calendar_shows=CalendarShows(desk.choice("calendar_shows", tuple(CalendarShows), CalendarShows.BUSY)),
        assignment=assignment,
        letterhead=read_letterhead(desk, files),
        series=read_series(desk),
        scorecard=read_scorecard(desk, teams=[team.id for team in teams]),
        evaluation=read_evaluation(desk),
    )


def _promises(sla: Section, calendar: Calendar) -> Mapping[str, Span]:
    if not sla.data:
        return {}
    sla.allow(
        (
            "first_response",
            "next_response",
            "resolution",
            "special",
            "warn_at",
            "close_after",
            "reopen_within",
        )
    )
    promises = read_promises(sla, required=(FIRST_RESPONSE, RESOLUTION))
    _check_reach(sla, promises, calendar)
    return promises


def _special(sla: Section, calendar: Calendar) -> tuple[Special, ...]:
    special = read_special(sla)
    for index, one in enumerate(special):
        _check_reach(sla.below("special", index), one.promises, calendar)
    return special


def _check_reach(section: Section, promises: Mapping[str, Span], calendar: Calendar) -> None:
    for kind, promise in promises.items():
        try:
            due(calendar, datetime(2026, 1, 1, tzinfo=UTC), promise)
        except BeyondHorizon:
            section.problem("with these hours that would take more than a hundred years", kind)


def _warn_at(sla: Section) -> float | None:
    """Read the share; left out it is the usual one, null means no warning."""
    if "warn_at" in sla.data and not sla.has("warn_at"):
        return None
    return sla.read("warn_at", share, WARN_AT, expected="a share of the promise, such as 80%")


def _plain(desk: Section) -> Plain:
    agents = desk.section("agents")
    if agents is None:
        return Plain.ANSWER
    agents.allow(("plain",))
    return Plain(agents.choice("plain", tuple(Plain), Plain.ANSWER))
