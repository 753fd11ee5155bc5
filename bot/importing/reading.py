"""From rows to the tickets of the past: what a cell says, by the mapping; every mistake of a ticket's rows at once."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, time
from itertools import groupby, islice

from bot.importing.dates import read_date
from bot.importing.mapping import CLOSED, ELSE, OPEN, TICKETS, Plan, folded
from bot.importing.rows import Row
from channels.email.html_text import html_to_text
from tickets.actions.importing import PastContact, PastMessage, PastTicket
from tickets.message import Channel, Direction
from tickets.priority import PRIORITIES
from tickets.subjects import subject_of

MOST_MESSAGES = 5_000  # of one ticket
LONGEST_LINE = 500  # characters of a subject, a name, an address
EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)
_SHOWN = 60
_TAG = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, kw_only=True)
class Mistake:
    line: int
    kind: str  # what is wrong, alike whatever the cell holds
    says: str  # the same of this one


@dataclass(frozen=True, kw_only=True)
class Read:
    """One ticket of the file, or why it is none."""

    line: int  # on which it begins
    key: str
    ticket: PastTicket | None
    mistakes: tuple[Mistake, ...] = ()


def read_tickets(rows: Iterator[Row], plan: Plan, *, now: datetime) -> Iterator[Read]:
    """Yield the tickets of a file; the rows of one stand together. Holds no more than one ticket at a time."""
    for key, group in groupby(rows, key=lambda row: row.cells["id"]):
        if plan.rows == TICKETS:
            yield from (_Reading(plan, now).ticket(key, [row]) for row in group)
        else:
            yield _Reading(plan, now).ticket(key, list(islice(group, MOST_MESSAGES + 1)))


@dataclass
class _Reading:
    """Reads the rows of one ticket, noting each mistake."""

    plan: Plan
    now: datetime
    mistakes: list[Mistake] = field(default_factory=list)

    def ticket(self, key: str, rows: Sequence[Row]) -> Read:
        line, head, _ = rows[0]
        self.mistakes += [Mistake(line=row.line, kind=row.wrong, says=row.wrong) for row in rows if row.wrong]
        if not key or len(key) > LONGEST_LINE:
            self._mistake(line, "id", f"expected the ticket's number, of {LONGEST_LINE} characters at most")
        if len(rows) > MOST_MESSAGES:
            self._mistake(line, "id", f"ticket {key} has more than {MOST_MESSAGES:,} messages")
        contact = self._contact(line, head, key)
        messages = self._messages(rows, contact)
        created = self._instant(line, head, "created_at")
        created_at = created or (messages[0].at if messages else self.now)
        closed_at = self._later(line, head, "closed_at", created_at) or max(
            (each.at for each in messages), default=created_at
        )
        if closed_at < created_at and (created is not None or not head.get("created_at")):
            self._mistake(line, "closed_at", "it was closed before it was created")
        status = self._choice(line, head, "status", CLOSED)
        if status == OPEN and not self.plan.closes_open:
            self._mistake(
                line, "status", "it is not closed: finish it there, or say `open: close` in the mapping"
            )
        ticket = PastTicket(
            source=self.plan.source, key=key, channel=Channel(self._choice(line, head, "channel", str(Channel.OTHER))),
            contact=contact, subject=self._subject(head, messages), category=self._meaning(line, head, "category"),
            assignee=self._meaning(line, head, "agent"),
            priority=PRIORITIES[self._choice(line, head, "priority", "normal")], tags=_tags(head.get("tags", "")),
            created_at=created_at, closed_at=closed_at, messages=messages,
        )  # fmt: skip
        return Read(
            line=line, key=key, ticket=None if self.mistakes else ticket, mistakes=tuple(self.mistakes)
        )

    # -- messages ---------------------------------------------------------------------------------------------------

    def _messages(self, rows: Sequence[Row], contact: PastContact) -> tuple[PastMessage, ...]:
        found = (
            self._of_one_row(rows[0].line, rows[0].cells, contact)
            if self.plan.rows == TICKETS
            else self._of_rows(rows, contact)
        )
        return tuple(sorted((each for each in found if each.text), key=lambda each: each.at))

    def _of_one_row(self, line: int, cells: Mapping[str, str], contact: PastContact) -> Iterator[PastMessage]:
        began_at = self._needed(line, cells, "created_at")
        yield PastMessage(
            at=began_at, direction=Direction.IN, text=self._text(cells, "text"), name=contact.name
        )
        answered_at = (
            self._later(line, cells, "answered_at", began_at)
            or self._later(line, cells, "closed_at", began_at)
            or began_at
        )
        staff = self._meaning(line, cells, "agent")
        yield PastMessage(
            at=answered_at, direction=Direction.OUT, text=self._text(cells, "answer"), staff=staff,
            name=_line(cells.get("agent", "")),
        )  # fmt: skip

    def _of_rows(self, rows: Sequence[Row], contact: PastContact) -> Iterator[PastMessage]:
        for line, cells, _ in rows:
            said_at = self._needed(line, cells, "said_at")
            direction = Direction(self._choice(line, cells, "direction", str(Direction.IN)))
            author = _line(cells.get("author", ""))
            theirs = direction is Direction.IN
            yield PastMessage(
                at=said_at, direction=direction, text=self._text(cells, "text"),
                staff=None if theirs else self._staff(author), name=author or (contact.name if theirs else None),
            )  # fmt: skip

    def _staff(self, author: str | None) -> str | None:
        """Return who of the desk that is; a former colleague stays a name."""
        return self.plan.values["agent"].get(folded(author)) if author else None

    # -- cells --------------------------------------------------------------------------------------------------------

    def _choice(self, line: int, cells: Mapping[str, str], name: str, usual: str) -> str:
        return self._meaning(line, cells, name) or usual

    def _meaning(self, line: int, cells: Mapping[str, str], name: str) -> str | None:
        """Return what a word of the other system means here; None for no word, and for one that means nothing here."""
        word = cells.get(name) or self.plan.always.get(name, "")
        meanings, meant = self.plan.values[name], folded(word)
        if not word:
            return None
        if meant not in meanings and ELSE not in meanings:
            self._mistake(
                line, name, f'"{word[:_SHOWN]}" is not known; say under values.{name} what it means'
            )
        return meanings.get(meant, meanings.get(ELSE))

    def _needed(self, line: int, cells: Mapping[str, str], name: str) -> datetime:
        if not cells.get(name):
            self._mistake(line, name, "expected a date")
        return self._instant(line, cells, name) or self.now

    def _instant(self, line: int, cells: Mapping[str, str], name: str) -> datetime | None:
        text = cells.get(name, "")
        found = read_date(text, self.plan.dates) if text else None
        if text and found is None:
            expected = " or ".join(self.plan.dates)
            self._mistake(line, name, f"expected a date as in `dates` ({expected})", text)
        if found is not None:
            aware = found if found.tzinfo else found.replace(tzinfo=self.plan.tz)
            found = aware.astimezone(UTC)
            if not EARLIEST <= found <= self.now:
                self._mistake(line, name, "expected a date from 1990 until now", text)
        return found

    def _later(self, line: int, cells: Mapping[str, str], name: str, began_at: datetime) -> datetime | None:
        """Return an instant after the beginning; of one that is a day alone, the day of the beginning, the beginning."""
        found = self._instant(line, cells, name)
        if found is None:
            return None
        local = found.astimezone(self.plan.tz)
        same_day = local.date() == began_at.astimezone(self.plan.tz).date()
        return max(found, began_at) if same_day and local.time() == time.min else found

    def _text(self, cells: Mapping[str, str], name: str) -> str:
        text = cells.get(name, "").replace("\x00", "")
        return html_to_text(text).strip() if self.plan.html else text

    def _subject(self, cells: Mapping[str, str], messages: Sequence[PastMessage]) -> str | None:
        said = next((each.text for each in messages if each.direction is Direction.IN), "")
        return subject_of(said, _line(cells.get("subject", "")))

    # -- the contact --------------------------------------------------------------------------------------------------

    def _contact(self, line: int, cells: Mapping[str, str], key: str) -> PastContact:
        email, phone = cells.get("email", "").casefold(), cells.get("phone", "")
        addresses: list[tuple[Channel, str]] = []
        if email:
            if re.fullmatch(r"[^\s@<>]+@[^\s@<>]+", email) and len(email) <= 254:
                addresses.append((Channel.EMAIL, email))
            else:
                self._mistake(line, "email", "expected a mailbox", email)
        if phone:
            number = _international(phone, self.plan.country_code)
            if number is None:
                self._mistake(line, "phone", "expected a telephone number", phone)
            else:
                addresses.append((Channel.WHATSAPP, number))
        theirs = cells.get("contact", "")[:LONGEST_LINE]
        if theirs or not addresses:
            addresses.append((Channel.OTHER, f"{self.plan.source}:{theirs or f'#{key}'}"))
        return PastContact(
            addresses=tuple(addresses), name=_line(cells.get("name", "")),
            identity_number=_line(cells.get("number", "")), identity_unit=_line(cells.get("unit", "")),
        )  # fmt: skip

    def _mistake(self, line: int, name: str, says: str, cell: str = "") -> None:
        kind = f"{self.plan.columns.get(name, name)}: {says}"
        found = Mistake(line=line, kind=kind, says=f'{kind}, not "{cell[:_SHOWN]}"' if cell else kind)
        if found not in self.mistakes:
            self.mistakes.append(found)


def _international(phone: str, country_code: str) -> str | None:
    """Return a number in E.164; one without its country is of the mapping's.

    A spreadsheet drops the 0 at the front of a number (81234567 of Indonesia), or writes it as 6.28E+12: that is none.
    """
    if re.search(r"[^\W\d_]", phone):
        return None
    digits = "".join(sign for sign in phone if sign.isascii() and sign.isdecimal())
    if not phone.startswith("+"):
        if digits.startswith("00"):
            digits = digits.removeprefix("00")
        elif digits.startswith("0") or (country_code == "62" and re.fullmatch(r"8[0-9]{8,11}", digits)):
            digits = country_code + digits.lstrip("0")
    return f"+{digits}" if re.fullmatch(r"[1-9][0-9]{6,14}", digits, re.ASCII) else None


def _tags(cell: str) -> tuple[str, ...]:
    words = (_TAG.sub("-", word.casefold()).strip("-")[:40] for word in re.split(r"[,;|]", cell))
    return tuple(dict.fromkeys(filter(None, words)))


def _line(cell: str) -> str | None:
    return " ".join(cell.replace("\x00", "").split())[:LONGEST_LINE] or None
