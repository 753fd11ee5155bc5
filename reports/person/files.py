"""What a person is handed, as one ZIP that is made while it is sent: a page and data for each ticket, and the files.

One ticket is in memory at a time. What is somebody else's is masked (`masking`); the desk's people are called by what they are.
"""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import asdict, dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from sqlmodel import Session

from procedures.archive.gathering import Attached
from procedures.archive.naming import Names
from procedures.archive.packing import Entry, of_bytes, of_file
from reports.person.gathering import OneTicket, Person, one_ticket, outside, person
from reports.person.masking import Own
from templates_replies.catalogue import Language, supported_language
from templates_replies.labels import channel_words, verification_words
from templates_replies.moments import date_in_words
from templates_replies.money_words import rupiah
from templates_replies.personal_phrases import word
from tickets.desk import Desk
from tickets.ledger.blobs import BlobStore
from tickets.personal.whose import Theirs

_INNER = frozenset(
    {"id", "desk", "contact", "address", "by", "knock", "same_as", "blocked_by", "block_reason", "place"}
)
_environment = Environment(
    loader=FileSystemLoader(Path(__file__).parent),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
)


@dataclass(frozen=True, kw_only=True)
class Handing:
    """Where and when somebody is handed what is kept of them."""

    desk: Desk
    reading: Callable[[], AbstractContextManager[Session]]
    blobs: BlobStore
    now: datetime

    @property
    def language(self) -> Language:
        return supported_language(self.desk.language)

    def local(self, at: datetime) -> datetime:
        return at.astimezone(self.desk.calendar.tz)

    def when(self, at: datetime | None) -> str:
        if at is None:
            return "–"
        local = self.local(at)
        return f"{date_in_words(local.date(), self.language)} {local:%H:%M}"


def entries(whose: Theirs, handing: Handing) -> Iterator[Entry]:
    """Yield the files of the ZIP, each read when it is its turn."""
    with handing.reading() as session:
        who, said = person(session, whose), outside(session, whose)
    own = Own(who.known_as)
    data = _shown_person(who, own)
    lists = [asdict(each) for each in said.said]
    at = handing.local(handing.now)
    yield of_bytes(_named(handing, "person", "json"), _json({**data, "outside": own.shown_in(lists)}), at=at)
    yield of_bytes(
        _named(handing, "person", "html"),
        _page(
            "person.html",
            handing,
            data=_worded(data, handing),
            tickets=whose.tickets,
            said=said.said,
            show=own.shown,
        ),
        at=at,
    )
    yield from _files(said.files, "", handing)
    for number in whose.tickets:
        with handing.reading() as session:
            found = one_ticket(session, number, who.known_as)
        if found is not None:
            yield from _of_ticket(found, handing, own)


def _of_ticket(found: OneTicket, handing: Handing, own: Own) -> Iterator[Entry]:
    folder, at = f"{word(handing.language, 'ticket')}-{found.number}", handing.local(handing.now)
    told = own.shown_in(asdict(found) | {"files": [each.name for each in found.files]})
    yield of_bytes(f"{folder}/{_named(handing, 'ticket', 'json')}", _json(told), at=at)
    files = {each.sha256: each.name for each in found.files}

    def answers(said: Any) -> Any:
        return {
            key: files.get(each, each) if isinstance(each, str) else each
            for key, each in own.shown_in(said).items()
        }

    page = _page("ticket.html", handing, found=found, show=own.shown, answers=answers)
    yield of_bytes(f"{folder}/{_named(handing, 'ticket', 'html')}", page, at=at)
    yield from _files(found.files, f"{folder}/", handing)


def _files(files: Sequence[Attached], folder: str, handing: Handing) -> Iterator[Entry]:
    names = Names()
    for place, each in enumerate(files, start=1):
        size, name = handing.blobs.size(each.sha256), names.free(f"{place:02} {each.name}")
        if size is not None:
            inside = f"{folder}{word(handing.language, 'files')}/{name}"
            yield of_file(inside, each.sha256, size, handing.blobs, at=handing.local(each.at))


def _shown_person(who: Person, own: Own) -> dict[str, list[dict[str, Any]]]:
    """Return who they are without what only the machine knows."""
    return {
        name: [{key: each for key, each in row.items() if key not in _INNER} for row in rows]
        for name, rows in own.shown_in(asdict(who)).items()
    }


def _worded(
    data: Mapping[str, Sequence[Mapping[str, Any]]], handing: Handing
) -> dict[str, list[dict[str, Any]]]:
    """Return who they are as the page says it: in words, nothing that is not there."""
    return {
        name: [
            {
                key: said
                for key, each in row.items()
                if (said := _in_words(key, each, handing)) not in (None, "")
            }
            for row in rows
        ]
        for name, rows in data.items()
    }


def _in_words(key: str, value: Any, handing: Handing) -> Any:
    language = handing.language
    match key, value:
        case _, datetime():
            return handing.when(value)
        case "outcome", str():
            return verification_words(value, language)
        case "source", str():
            return word(language, f"by_{value}")
        case "channel", str():
            return channel_words(value, language)
        case "claim" | "listed", Mapping():
            return ", ".join(
                f"{word(language, f'identity_{name}')}: {each}" for name, each in value.items() if each
            )
        case "compared", _:
            return None  # how the machine came to the outcome
    return value


def _plain(value: Any) -> Any:
    """Return a value as JSON has it."""
    if isinstance(value, Mapping):
        return {str(key): _plain(each) for key, each in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, str | bytes):
        return [_plain(each) for each in value]
    return value if value is None or isinstance(value, bool | int | float | str) else str(value)


def _json(value: Any) -> bytes:
    return json.dumps(_plain(value), ensure_ascii=False, indent=1).encode()


def _page(template: str, handing: Handing, **values: Any) -> bytes:
    page = _environment.get_template(template).render(
        t=partial(word, handing.language), language=handing.language, when=handing.when, desk=handing.desk.name,
        channel=lambda name: channel_words(name, handing.language), made_at=handing.now, rupiah=lambda amount: rupiah(amount, handing.language), **values,
    )  # fmt: skip
    return page.encode()


def _named(handing: Handing, name: str, ending: str) -> str:
    return f"{word(handing.language, name)}.{ending}"
