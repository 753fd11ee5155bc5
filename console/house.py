"""What the console needs of the house: built once by the wiring, handed to every handler."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import Annotated, Protocol

from fastapi import Depends, Request
from sqlmodel import Session

from console.acts import Acts, PlainActs
from console.apart import Apart, in_a_thread
from console.calendar_links import CalendarLinks
from console.doors.passwords import Passwords
from console.doors.sealing import Sealer
from console.file_links import FileLinks
from console.page_links import PageLinks, request_links, survey_links, turn_links
from console.probing import Probe, ProbeDirectory, cannot_probe
from console.sso.provider import Provider
from procedures.definition.procedure import Procedure
from templates_replies.catalogue import Catalogue
from templates_replies.matcher import Example, Suggestion
from tickets.actions.errors import RuleError, UnknownValueError
from tickets.actions.revising import Check, Mistake
from tickets.actor import Actor
from tickets.connections import Account
from tickets.desk import Desk, DeskNow, SecondFactor
from tickets.ledger.blobs import Stored
from tickets.ledger.store import Ledger
from tickets.ledger.tx import Tx
from tickets.message import Said
from tickets.search import SearchIndex
from tickets.ticket import TicketNow
from tickets.used_replies import UsedReplies

TryPapers = Callable[[Mapping[str, str]], Awaitable[Sequence[Mistake]]]


class Read(Protocol):
    """What a message says as it is read now."""

    @property
    def said(self) -> Said: ...
    @property
    def files(self) -> Sequence[Stored]: ...


class Replay(Protocol):
    """Processes again what came in."""

    async def of_message(self, message: int) -> Read | None:
        """Return what a message says as it is read now; None where nothing is kept of it."""

    async def kept(self, account: str, event_id: str, *, by: Actor) -> None:
        """Process again what could not be processed, unless somebody has done so by now."""


def knows_nothing(_desk: str, _text: str) -> Sequence[Suggestion]:
    """Suggest no category: without the roof nobody here has a matcher."""
    return ()


def unchecked(_files: Mapping[str, str]) -> Desk:
    """Refuse: without the roof nobody here can read a desk's files."""
    raise RuleError("this house cannot check a desk's files")


async def no_papers(_files: Mapping[str, str]) -> Sequence[Mistake]:
    """Try nothing: without the roof nobody here can typeset a desk's papers."""
    return ()


def nothing_learned(_session: Session, _desk: str, _catalogue: Catalogue) -> Sequence[Example]:
    return ()


@dataclass(frozen=True, kw_only=True)
class Push:
    """What browsers need to be told things by web push."""

    key: Callable[[], str]  # ours, as browsers are given it to subscribe with
    is_sound: Callable[[str, str, str], bool]  # what a browser gives: endpoint, key, secret


def no_procedures(_desk: str, _revision: int = 0) -> Sequence[Procedure]:
    """Without the roof nobody here reads procedures."""
    return ()


@dataclass(frozen=True, kw_only=True)
class House:
    ledger: Ledger
    desks: Callable[[], Mapping[str, DeskNow]]  # by slug, under their newest revisions
    catalogue: Callable[[str], Catalogue]  # of a desk
    clock: Callable[[], datetime]  # aware, UTC
    secret_key: str = field(repr=False)
    public_url: str = "http://127.0.0.1:8000"
    api_token: str | None = field(default=None, repr=False)
    passwords: Passwords = field(default_factory=Passwords)
    acts: Acts = field(default_factory=PlainActs)
    check: Check = unchecked  # of a desk's files before they are saved
    try_papers: TryPapers = no_papers  # of a desk's files that are sound otherwise, before they are saved
    apart: Apart = in_a_thread  # where work of seconds is done
    make_report: Apart = in_a_thread  # where large reports are made, for whoever waits for them
    typeset: Apart = in_a_thread  # where templates are tried, which are programs of whoever wrote them
    learned: Callable[[Session, str, Catalogue], Sequence[Example]] = (
        nothing_learned  # what a desk's matcher learns of people, under a catalogue
    )
    read_attached: Callable[[bytes], Said] | None = None  # of a message within a mail; None: only handed out
    replay: Replay | None = None  # None: nothing is processed again
    probe: Probe = cannot_probe  # of an account at its provider
    probe_directory: ProbeDirectory = cannot_probe
    began: Mapping[str, Account] | None = (
        None  # the accounts by key as this process serves them; None: unknown
    )
    suggest: Callable[[str, str], Sequence[Suggestion]] = knows_nothing  # by desk: what a text is about
    procedures: Callable[[str], Sequence[Procedure]] = no_procedures  # of a desk, as they are now
    procedures_under: Callable[[str, int], Sequence[Procedure]] = (
        no_procedures  # as they were under a revision; may read files, so not for the event loop
    )
    used_replies: UsedReplies = field(default_factory=UsedReplies)
    search: SearchIndex | None = None  # None: subjects and names only
    push: Push | None = None  # None: nobody is told anything on their devices
    sso: Provider | None = None  # the campus's own log in; None: mailbox and password alone
    second_factor: SecondFactor = SecondFactor.NOBODY  # who must have one, whatever their desk says

    @cached_property
    def looked(self) -> set[tuple[int, str, date]]:
        """Which contact, looked at by whom, on which day, is written down already."""
        return set()

    @cached_property
    def links(self) -> FileLinks:
        return FileLinks(self.secret_key, self.public_url)

    @cached_property
    def survey_links(self) -> PageLinks:
        return survey_links(self.secret_key, self.public_url)

    @cached_property
    def request_links(self) -> PageLinks:
        return request_links(self.secret_key, self.public_url)

    @cached_property
    def turn_links(self) -> PageLinks:
        return turn_links(self.secret_key, self.public_url)

    @cached_property
    def calendar_links(self) -> CalendarLinks:
        return CalendarLinks(self.secret_key, self.public_url)

    def sealer(self, purpose: str) -> Sealer:
        return Sealer(self.secret_key, purpose)

    @property
    def is_https(self) -> bool:
        return self.public_url.startswith("https://")

    def solve(self, tx: Tx, ticket: TicketNow, by: Actor, at: datetime) -> None:
        """Solve a ticket of any desk and tell its contact. Raises ActError."""
        self.acts.close(tx, ticket.number, desk=self.desk(ticket.desk), by=by, at=at)

    def desk(self, slug: str) -> DeskNow:
        """Return a desk. Raises UnknownValueError."""
        found = self.desks().get(slug)
        if found is None:
            raise UnknownValueError(f"there is no desk {slug}", field="desk", value=slug)
        return found


def _house(request: Request) -> House:
    house: House = request.app.state.house
    return house


TheHouse = Annotated[House, Depends(_house)]
