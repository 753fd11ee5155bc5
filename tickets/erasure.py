"""What is erased of a person, what stays and why, and what has to end first. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Thing(StrEnum):
    """What is kept of a person, by the kind in which a report counts it."""

    CONTACTS = "contacts"  # names, identity, language
    ADDRESSES = "addresses"
    TICKETS = "tickets"  # what they are called
    MESSAGES = "messages"  # with earlier wordings
    FILES = "files"
    RAW = "raw"  # events as providers sent them
    CASES = "cases"  # answers, reasons, bookings, papers, forms
    SURVEYS = "surveys"  # remarks
    EXAMPLES = "examples"  # of the matcher
    REPORTS = "reports"  # filed files of the months, and exports


class Stays(StrEnum):
    """What is kept although its person is erased; the words say why."""

    HISTORY = "history"
    FIGURES = "figures"
    MONEY = "money"
    NUMBERS = "numbers"
    RECEIVED = "received"
    REASON = "reason"


class Beyond(StrEnum):
    """What an erasure cannot reach."""

    BACKUPS = "backups"
    GROUPS = "groups"
    PROVIDERS = "providers"
    TAKEN_OUT = "taken_out"
    FILES_OF_DESK = "files_of_desk"
    LOGS = "logs"
    TYPED = "typed"  # commands of pages and programs upon no ticket, as they came
    NAMED_ELSEWHERE = "named_elsewhere"  # in what others wrote or noted, in the register of findings


class Hindrance(StrEnum):
    """What has to end before anything of its ticket may go."""

    TICKET = "ticket"  # it is not closed
    CASE = "case"  # it is under way
    INVOICE = "invoice"  # it is neither paid nor void


@dataclass(frozen=True, kw_only=True)
class Hindered:
    by: Hindrance
    ticket: int
    number: str = ""  # of the invoice, or the case


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What an erasure of one person would do."""

    contact: int
    tickets: tuple[int, ...]
    goes: Mapping[Thing, int]
    hindered: tuple[Hindered, ...] = ()
    stays: tuple[Stays, ...] = field(default_factory=lambda: tuple(Stays))
    beyond: tuple[Beyond, ...] = field(default_factory=lambda: tuple(Beyond))


def added(counts: Iterable[Mapping[Thing, int]]) -> dict[Thing, int]:
    """Sum up counts, in the order in which a report names things."""
    found = list(counts)
    sums = {thing: sum(each.get(thing, 0) for each in found) for thing in Thing}
    return {thing: many for thing, many in sums.items() if many}
