"""What of `desk.yaml` has a field, on which page: the one description that the forms are made of.

What the file may hold beyond that is changed as a text, on the same page. Names, samples and choices are those of the
file; whether a value is right is asked of its readers alone.
"""

from console.settings.connections import ACCOUNTS, DIRECTORY, WEBHOOKS
from console.settings.evaluation_section import EVALUATION
from console.settings.fields import DAYS, Field, Kind, Rows
from console.settings.made_of import Group, Page, choice, date, flag, items, number, promises, secret, text
from console.settings.procedure_sections import LETTERS, RESOURCES
from console.settings.scorecard_section import SCORECARD
from tickets.assignment import Way
from tickets.desk import Plain, SecondFactor
from tickets.priority import PRIORITIES
from tickets.survey import Every, When
from tickets.survey import Way as Invited

GENERAL = Page(
    key="general",
    keys=("desk", "name", "language", "timezone", "second_factor", "agents", "retention", "reports_kept"),
    groups=(
        Group(
            key="desk",
            items=(
                text("name"),
                choice("language", choices=("id", "en"), usual="id"),
                text("timezone", sample="Asia/Jakarta"),
            ),
        ),
        Group(
            key="safety",
            items=(
                choice("second_factor", choices=tuple(SecondFactor), usual=SecondFactor.NOBODY),
                text("retention", sample="5y"),
                text("reports_kept", sample="10y", usual="10y", nullable=True),
            ),
        ),
        Group(key="agents", items=(choice("agents", "plain", choices=tuple(Plain), usual=Plain.ANSWER),)),
    ),
)
HOURS = Page(
    key="hours",
    keys=("hours", "quiet_hours"),
    groups=(
        Group(
            key="week",
            items=(
                Field(path=("hours",), kind=Kind.ALWAYS, choices=("week", "always")),
                *(items("hours", day) for day in DAYS),
            ),
        ),
        Group(
            key="exceptions",
            items=(
                Rows(
                    path=("hours", "exceptions"),
                    fields=(
                        date("from"),
                        date("to"),
                        text("note"),
                        Field(path=("days",), kind=Kind.DAYS, sample="mon-thu: 08:00-15:00"),
                    ),
                ),
            ),
        ),
        Group(key="quiet", items=(items("quiet_hours", sample="22:00-06:00"),)),
    ),
)
HOLIDAYS = Page(
    key="holidays",
    keys=("holidays",),
    groups=(
        Group(
            key="country",
            items=(text("holidays", "country", sample="ID"), flag("holidays", "joint_leave", usual=True)),
        ),
        Group(
            key="extra",
            items=(
                Rows(
                    path=("holidays", "extra"),
                    fields=(text("name"), date("on"), date("from"), date("to")),
                ),
            ),
        ),
        Group(
            key="lists",
            items=(
                Field(path=("holidays", "open"), kind=Kind.LINES, sample="2026-12-24"),
                Field(path=("holidays", "file"), kind=Kind.LINES, sample="libur.csv"),
                Field(path=("holidays", "feed"), kind=Kind.LINES, sample="https://example.ac.id/libur.ics"),
            ),
        ),
    ),
)
PROMISES = Page(
    key="promises",
    keys=("sla",),
    groups=(
        Group(key="promised", items=promises("sla")),
        Group(
            key="special",
            items=(
                Rows(
                    path=("sla", "special"),
                    fields=(
                        items("categories", sample="password, login"),
                        items("priorities", sample=", ".join(list(PRIORITIES)[-2:])),
                        *promises(),
                    ),
                ),
            ),
        ),
        Group(
            key="ends",
            items=(
                text("sla", "warn_at", sample="80%", usual="80%", nullable=True),
                text("sla", "close_after", sample="72h"),
                text("sla", "reopen_within", sample="7d", usual="7d"),
            ),
        ),
    ),
)
HANDLING = Page(
    key="handling",
    keys=("assignment", "handling", "limits"),
    groups=(
        Group(
            key="assignment",
            items=(
                choice("assignment", "way", choices=tuple(Way), usual=Way.MANUAL),
                number("assignment", "capacity", sample="10"),
                flag("assignment", "only_in_hours", usual=True),
            ),
        ),
        Group(
            key="handling",
            items=(
                flag("handling", "tell_merged", usual=True),
                text("handling", "collision_within", sample="5m", usual="5m"),
                text("handling", "undo_within", sample="10s", usual="10s"),
            ),
        ),
        Group(
            key="limits",
            items=(
                Field(path=("limits",), kind=Kind.SWITCH, choices=("on", "off")),
                text("limits", "answers", sample="30/1h", nullable=True),
                text("limits", "intake", sample="60/1h", nullable=True),
            ),
        ),
    ),
)
SUPERVISION = Page(
    key="supervision",
    keys=("digest", "reports", "verification", "board"),
    groups=(
        Group(
            key="digest",
            items=(
                Field(path=("digest",), kind=Kind.SWITCH, choices=("on", "off")),
                text("digest", "at", sample="07:30"),
                text("digest", "days", sample="mon-fri"),
                choice("digest", "closed_days", choices=("skip", "send"), usual="skip"),
            ),
        ),
        Group(
            key="reports",
            items=(
                Field(path=("reports",), kind=Kind.SWITCH, choices=("on", "off")),
                text("reports", "at", sample="08:00"),
                choice("reports", "day", choices=("first", "working"), usual="first"),
            ),
        ),
        Group(
            key="checks",
            items=(
                text("verification", "sample", sample="20%"),
                text("board", "waiting", sample="3d", usual="3d"),
            ),
        ),
    ),
)
SURVEY = Page(
    key="survey",
    keys=("survey", "templates"),
    groups=(
        Group(
            key="survey",
            items=(
                Field(path=("survey",), kind=Kind.SWITCH, choices=("on", "off")),
                choice("survey", "after", choices=tuple(When)),
                number("survey", "scale", sample="5"),
                flag("survey", "ask_comment", usual=True),
                text("survey", "at_most_every", sample="7d"),
                text("survey", "template"),
            ),
        ),
        Group(
            key="public_service",
            items=(
                choice("survey", "public_service", "period", choices=tuple(Every)),
                choice("survey", "public_service", "invite", choices=tuple(Invited)),
                text("survey", "public_service", "wait", sample="1d"),
                number("survey", "public_service", "per_hour", sample="60"),
                text("survey", "public_service", "template"),
            ),
        ),
        Group(
            key="templates",
            items=tuple(
                text("templates", purpose) for purpose in ("reopen", "closing", "survey", "notice", "alert")
            ),
        ),
    ),
)
PEOPLE = Page(
    key="staff",
    keys=("staff",),
    groups=(
        Group(
            key="staff",
            items=(
                Rows(
                    path=("staff",),
                    fields=(
                        text("name"),
                        choice("role", choices=("agent", "supervisor", "viewer")),
                        text("email", sample="rina@example.ac.id"),
                        number("telegram", sample="1001"),
                        text("whatsapp", sample="+62811223344"),
                        number("capacity", sample="10"),
                    ),
                ),
            ),
        ),
    ),
)
TEAMS = Page(
    key="teams",
    keys=("teams",),
    groups=(
        Group(
            key="teams",
            items=(
                Rows(
                    path=("teams",),
                    fields=(
                        text("id", sample="edunex"),
                        text("name"),
                        choice("line", choices=("1", "2", "3"), usual="2"),
                        items("members", sample="yoga@example.ac.id, intan@example.ac.id"),
                        *promises("sla"),
                        choice("assignment", "way", choices=tuple(Way)),
                        number("assignment", "capacity", sample="5"),
                        text("telegram_group", sample="-1001234567890"),
                        text("email", sample="edunex@example.ac.id"),
                        flag("answers", usual=False),
                        text("tracker", "url", sample="https://tracker.example.ac.id/tanggap"),
                        secret("tracker", "secret", sample="${TRACKER_SECRET}"),
                    ),
                ),
            ),
        ),
    ),
)
PAGES = (
    GENERAL, HOURS, HOLIDAYS, PROMISES, PEOPLE, TEAMS, HANDLING, SUPERVISION, SURVEY, SCORECARD, EVALUATION, LETTERS, RESOURCES,
    ACCOUNTS, DIRECTORY, WEBHOOKS,
)  # fmt: skip
OF_KEY = {page.key: page for page in PAGES}
