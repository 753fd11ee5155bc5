"""What of `desk.yaml` has a field, on which page: the one description that the forms are made of.

What the file may hold beyond that is changed as a text, on the same page. Names, samples and choices are those of the
file; whether a value is right is asked of its readers alone.
"""

from dataclasses import dataclass

from console.settings.fields import DAYS, Field, Kind, Rows
from tickets.assignment import Way
from tickets.clocks import FIRST_RESPONSE, NEXT_RESPONSE, RESOLUTION
from tickets.desk import Plain, SecondFactor
from tickets.priority import PRIORITIES
from tickets.survey import Every, When
from tickets.survey import Way as Invited

COUNTS = ("operating", "calendar")
MOST_ROWS = 200


@dataclass(frozen=True, kw_only=True)
class Group:
    """Fields that belong together, under a heading."""

    key: str  # of its name
    items: tuple[Field | Rows, ...]


@dataclass(frozen=True, kw_only=True)
class Page:
    key: str
    keys: tuple[str, ...]  # of the file, all that are changed as one text here
    groups: tuple[Group, ...] = ()

    @property
    def fields(self) -> tuple[Field, ...]:
        return tuple(item for group in self.groups for item in group.items if isinstance(item, Field))

    @property
    def rows(self) -> tuple[Rows, ...]:
        return tuple(item for group in self.groups for item in group.items if isinstance(item, Rows))


def _text(*path: str, sample: str = "", usual: str = "", nullable: bool = False) -> Field:
    return Field(path=path, sample=sample, usual=usual, nullable=nullable)


def _choice(*path: str, choices: tuple[str, ...], usual: str = "") -> Field:
    return Field(path=path, kind=Kind.CHOICE, choices=choices, usual=usual)


def _flag(*path: str, usual: bool) -> Field:
    return Field(path=path, kind=Kind.FLAG, choices=("true", "false"), usual="true" if usual else "false")


def _number(*path: str, sample: str = "", usual: str = "") -> Field:
    return Field(path=path, kind=Kind.NUMBER, sample=sample, usual=usual)


def _date(*path: str) -> Field:
    return Field(path=path, kind=Kind.DATE, sample="2026-12-31")


def _list(*path: str, sample: str = "") -> Field:
    return Field(path=path, kind=Kind.LIST, sample=sample)


def _promise(*path: str) -> tuple[Field, Field]:
    return _text(*path, "within", sample="15m"), _choice(*path, "counts", choices=COUNTS, usual="operating")


def _promises(*path: str) -> tuple[Field, ...]:
    return tuple(
        field for kind in (FIRST_RESPONSE, NEXT_RESPONSE, RESOLUTION) for field in _promise(*path, kind)
    )


GENERAL = Page(
    key="general",
    keys=("desk", "name", "language", "timezone", "second_factor", "agents", "retention"),
    groups=(
        Group(
            key="desk",
            items=(
                _text("name"),
                _choice("language", choices=("id", "en"), usual="id"),
                _text("timezone", sample="Asia/Jakarta"),
            ),
        ),
        Group(
            key="safety",
            items=(
                _choice("second_factor", choices=tuple(SecondFactor), usual=SecondFactor.NOBODY),
                _text("retention", sample="5y"),
            ),
        ),
        Group(key="agents", items=(_choice("agents", "plain", choices=tuple(Plain), usual=Plain.ANSWER),)),
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
                *(_list("hours", day) for day in DAYS),
            ),
        ),
        Group(
            key="exceptions",
            items=(
                Rows(
                    path=("hours", "exceptions"),
                    fields=(
                        _date("from"),
                        _date("to"),
                        _text("note"),
                        Field(path=("days",), kind=Kind.DAYS, sample="mon-thu: 08:00-15:00"),
                    ),
                ),
            ),
        ),
        Group(key="quiet", items=(_list("quiet_hours", sample="22:00-06:00"),)),
    ),
)
HOLIDAYS = Page(
    key="holidays",
    keys=("holidays",),
    groups=(
        Group(
            key="country",
            items=(_text("holidays", "country", sample="ID"), _flag("holidays", "joint_leave", usual=True)),
        ),
        Group(
            key="extra",
            items=(
                Rows(
                    path=("holidays", "extra"),
                    fields=(_text("name"), _date("on"), _date("from"), _date("to")),
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
        Group(key="promised", items=_promises("sla")),
        Group(
            key="special",
            items=(
                Rows(
                    path=("sla", "special"),
                    fields=(
                        _list("categories", sample="password, login"),
                        _list("priorities", sample=", ".join(list(PRIORITIES)[-2:])),
                        *_promises(),
                    ),
                ),
            ),
        ),
        Group(
            key="ends",
            items=(
                _text("sla", "warn_at", sample="80%", usual="80%", nullable=True),
                _text("sla", "close_after", sample="72h"),
                _text("sla", "reopen_within", sample="7d", usual="7d"),
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
                _choice("assignment", "way", choices=tuple(Way), usual=Way.MANUAL),
                _number("assignment", "capacity", sample="10"),
                _flag("assignment", "only_in_hours", usual=True),
            ),
        ),
        Group(
            key="handling",
            items=(
                _flag("handling", "tell_merged", usual=True),
                _text("handling", "collision_within", sample="5m", usual="5m"),
            ),
        ),
        Group(
            key="limits",
            items=(
                Field(path=("limits",), kind=Kind.SWITCH, choices=("on", "off")),
                _text("limits", "answers", sample="30/1h", nullable=True),
                _text("limits", "intake", sample="60/1h", nullable=True),
            ),
        ),
    ),
)
SUPERVISION = Page(
    key="supervision",
    keys=("digest", "verification", "board"),
    groups=(
        Group(
            key="digest",
            items=(
                Field(path=("digest",), kind=Kind.SWITCH, choices=("on", "off")),
                _text("digest", "at", sample="07:30"),
                _text("digest", "days", sample="mon-fri"),
                _choice("digest", "closed_days", choices=("skip", "send"), usual="skip"),
            ),
        ),
        Group(
            key="checks",
            items=(
                _text("verification", "sample", sample="20%"),
                _text("board", "waiting", sample="3d", usual="3d"),
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
                _choice("survey", "after", choices=tuple(When)),
                _number("survey", "scale", sample="5"),
                _flag("survey", "ask_comment", usual=True),
                _text("survey", "at_most_every", sample="7d"),
                _text("survey", "template"),
            ),
        ),
        Group(
            key="public_service",
            items=(
                _choice("survey", "public_service", "period", choices=tuple(Every)),
                _choice("survey", "public_service", "invite", choices=tuple(Invited)),
                _text("survey", "public_service", "wait", sample="1d"),
                _number("survey", "public_service", "per_hour", sample="60"),
                _text("survey", "public_service", "template"),
            ),
        ),
        Group(
            key="templates",
            items=tuple(
                _text("templates", purpose) for purpose in ("reopen", "closing", "survey", "notice", "alert")
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
                        _text("name"),
                        _choice("role", choices=("agent", "supervisor")),
                        _text("email", sample="rina@example.ac.id"),
                        _number("telegram", sample="1001"),
                        _text("whatsapp", sample="+62811223344"),
                        _number("capacity", sample="10"),
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
                        _text("id", sample="edunex"),
                        _text("name"),
                        _choice("line", choices=("1", "2", "3"), usual="2"),
                        _list("members", sample="yoga@example.ac.id, intan@example.ac.id"),
                        *_promises("sla"),
                        _choice("assignment", "way", choices=tuple(Way)),
                        _number("assignment", "capacity", sample="5"),
                        _text("telegram_group", sample="-1001234567890"),
                        _text("email", sample="edunex@example.ac.id"),
                        _flag("answers", usual=False),
                    ),
                ),
            ),
        ),
    ),
)
ACCOUNTS = Page(key="accounts", keys=("accounts",))
DIRECTORY = Page(key="directory", keys=("directory",))
WEBHOOKS = Page(key="webhooks", keys=("webhooks",))
PAGES = (
    GENERAL, HOURS, HOLIDAYS, PROMISES, PEOPLE, TEAMS, HANDLING, SUPERVISION, SURVEY, ACCOUNTS, DIRECTORY, WEBHOOKS,
)  # fmt: skip
OF_KEY = {page.key: page for page in PAGES}
