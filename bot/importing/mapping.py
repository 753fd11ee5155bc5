"""The mapping file: which column is what, how dates are written, and what the other system's words mean here."""

import codecs
from collections.abc import Mapping
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from bot.desk_files.hours_section import zone_name
from bot.desk_files.problems import DeskFileError, Problem
from bot.desk_files.sections import Section, slug
from bot.desk_files.yaml_text import parse
from bot.importing.dates import ISO, shows_a_whole_date
from tickets.message import Channel, Direction
from tickets.priority import PRIORITIES

TICKETS, MESSAGES = "tickets", "messages"  # what one row of the file is
ELSE = "*"  # stands for every word that is not named
CLOSED, OPEN = "closed", "open"
LEAVE, CLOSE = "refuse", "close"

KEYS = (
    "source", "rows", "encoding", "delimiter", "timezone", "dates", "text", "country_code", "open", "columns", "values",
    "always",
)  # fmt: skip
FIELDS = (
    "id", "created_at", "closed_at", "status", "channel", "category", "agent", "priority", "subject", "tags", "contact",
    "name", "email", "phone", "number", "unit", "text", "answer", "answered_at", "said_at", "direction", "author",
)  # fmt: skip
_NEEDED = {TICKETS: ("id", "created_at", "text"), MESSAGES: ("id", "said_at", "direction", "text")}
_NOT_IN = {TICKETS: ("said_at", "direction", "author"), MESSAGES: ("answer", "answered_at")}
_DELIMITERS = {"comma": ",", "semicolon": ";", "tab": "\t", "bar": "|"}


@dataclass(frozen=True, kw_only=True)
class Known:
    """What words of the other system may mean here: ids, each with its name."""

    categories: Mapping[str, str]
    staff: Mapping[str, str]


@dataclass(frozen=True, kw_only=True)
class Plan:
    """A mapping file without mistakes."""

    source: str
    rows: str
    encoding: str
    delimiter: str
    tz: ZoneInfo
    dates: tuple[str, ...]  # formats of strptime, or `iso`; the first that fits
    html: bool  # texts are HTML
    country_code: str  # of telephone numbers that begin with 0
    closes_open: bool  # what was not closed there is closed here
    columns: Mapping[str, str]  # field → column
    values: Mapping[str, Mapping[str, str | None]] = field(
        default_factory=dict
    )  # field → word there, casefolded → here
    always: Mapping[str, str] = field(default_factory=dict)  # field → word there, where no column says it


def read_mapping(name: str, text: str, *, tz: str, known: Known) -> Plan:
    """Read a mapping file. Raises DeskFileError with every mistake there is."""
    problems: list[Problem] = []
    document = parse(name, text, problems)
    if document is None:
        raise DeskFileError(problems)
    if not isinstance(document.data, dict):
        raise DeskFileError([Problem(file=name, line=1, message="expected keys with their values")])
    top = Section(document, problems)
    top.allow(KEYS)
    rows = top.choice("rows", (TICKETS, MESSAGES), TICKETS)
    plan = Plan(
        source=top.read(
            "source", slug, "", required="source: a short name of the system, such as osticket",
            expected="small letters, digits and single hyphens",
        ),
        rows=rows,
        encoding=top.read("encoding", _encoding, "utf-8-sig", expected="an encoding, such as utf-8 or cp1252"),
        delimiter=_DELIMITERS[top.choice("delimiter", tuple(_DELIMITERS), "comma")],
        tz=ZoneInfo(top.read("timezone", zone_name, tz)),
        dates=_dates(top),
        html=top.choice("text", ("plain", "html"), "plain") == "html",
        country_code=top.read("country_code", _country_code, "62", expected="digits, such as 62"),
        closes_open=top.choice("open", (LEAVE, CLOSE), LEAVE) == CLOSE,
        columns=_columns(top, rows),
        values=_values(top, known),
        always=_always(top),
    )  # fmt: skip
    if problems:
        raise DeskFileError(problems)
    return plan


def _encoding(raw: str) -> str:
    try:
        found = codecs.lookup(raw).name
    except LookupError:
        raise ValueError from None
    return "utf-8-sig" if found == "utf-8" else found


def _country_code(raw: str) -> str:
    if not (raw.isascii() and raw.isdecimal() and len(raw) <= 3):
        raise ValueError
    return raw


def _dates(top: Section) -> tuple[str, ...]:
    found = [(index, str(each)) for index, each in top.items("dates")]
    for index, each in found:
        if each != ISO and not shows_a_whole_date(each):
            top.problem("expected iso, or a format such as %d/%m/%Y %H:%M", "dates", index)
    return tuple(each for _, each in found) or (ISO,)


def _columns(top: Section, rows: str) -> dict[str, str]:
    section = top.section("columns", required="columns: {id: the column with the ticket's number, …}")
    if section is None:
        return {}
    section.allow(tuple(each for each in FIELDS if each not in _NOT_IN[rows]))
    found = {name: section.text(name) for name in FIELDS if section.has(name)}
    for name in _NEEDED[rows]:
        if name not in found:
            section.problem(f"expected {name}, which every row of {rows} has")
    return found


def _always(top: Section) -> dict[str, str]:
    section = top.section("always")
    if section is None:
        return {}
    section.allow(_TRANSLATED)
    return {name: section.text(name) for name in _TRANSLATED if section.has(name)}


def _values(top: Section, known: Known) -> dict[str, dict[str, str | None]]:
    section = top.section("values")
    if section is not None:
        section.allow(_TRANSLATED)
    return {
        name: _meanings(section, name, choices)
        for name, choices in (
            ("status", {CLOSED: "", OPEN: ""}),
            ("channel", {str(each): "" for each in Channel}),
            ("category", dict(known.categories)),
            ("agent", dict(known.staff)),
            ("priority", dict.fromkeys(PRIORITIES, "")),
            ("direction", {str(each): "" for each in Direction}),
        )
    }


_TRANSLATED = ("status", "channel", "category", "agent", "priority", "direction")
_MAY_BE_NOBODY = frozenset({"category", "agent"})


def _meanings(top: Section | None, name: str, choices: Mapping[str, str]) -> dict[str, str | None]:
    """Return what words mean: ids and names by themselves, and what the file says of others."""
    found: dict[str, str | None] = {called.casefold(): id_ for id_, called in choices.items() if called}
    found |= {id_.casefold(): id_ for id_ in choices}
    section = top.section(name) if top is not None else None
    for word in section.data if section is not None else ():
        assert section is not None
        if section.data[word] is None and name in _MAY_BE_NOBODY:
            found[folded(word)] = None
        else:
            found[folded(word)] = section.choice(
                word, tuple(choices), "", required=f"one of {_shown(choices)}"
            )
    return found


def folded(word: str) -> str:
    """Return a word as it is looked up: whatever its case and its spaces."""
    return " ".join(word.split()).casefold()


def _shown(choices: Mapping[str, str]) -> str:
    shown = sorted(choices)[:12]
    return ", ".join(shown) + (", …" if len(choices) > len(shown) else "")
