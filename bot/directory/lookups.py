"""Looking contacts up in the directory: a loop of its own, so that no message and no transaction waits for it.

A follower asks as soon as something new is known of a contact; agents ask by command, button or page. What is asked is
a row, and stays one until it is answered: a directory that cannot be reached is asked again, less and less often.
"""

from collections.abc import Callable
from datetime import datetime, timedelta

import structlog

from bot.desks import Desks, OpenDesk
from bot.directory.directories import place_of
from bot.directory.likeness import find_out
from bot.directory.verdicts import shown_at_once
from bot.identity import Identity
from bot.telling import to_place
from bot.voice import staff_voice
from channels.contract import ChannelError
from channels.directory.contract import Directory, Entry, digits_of
from templates_replies import identity_phrases
from tickets import contacts, verifications
from tickets import ticket as tickets_
from tickets.actions import identity
from tickets.contacts import ContactNow
from tickets.desk import Desk
from tickets.ledger.events import Recorded
from tickets.ledger.store import Ledger
from tickets.ledger.tx import Tx
from tickets.message import Channel, Place
from tickets.verification import Finding, Listed
from tickets.verifications import Asked

log = structlog.get_logger()

MOST = 10
FIRST_WAIT = timedelta(seconds=30)
LONGEST_WAIT = timedelta(hours=1)
_OPENED = "ticket.opened"
_KNOWN_ANEW = {"contact.identified", "contact.joined", "contact.parted"}


class LookupFollower:
    """Asks for a look-up whenever a contact says something new of themselves."""

    name = "lookups"

    def __init__(self, desks: Desks) -> None:
        self._desks = desks

    def wants(self, event: Recorded) -> bool:
        desk = self._desks.get(event.desk)
        has_one = desk is not None and desk.now.desk.has_directory
        return has_one and (event.kind in _KNOWN_ANEW or event.kind == _OPENED)

    def follow(self, tx: Tx, event: Recorded) -> None:
        contact = _whom(tx, event)
        if contact is not None and identity.wants_check(tx, contact):
            verifications.ask(tx, contact.id, desk=event.desk, ticket=event.ticket, by=None, at=event.at)


class Lookups:
    def __init__(
        self,
        ledger: Ledger,
        desks: Desks,
        directory_of: Callable[[Desk], Directory | None],
        *,
        clock: Callable[[], datetime],
    ) -> None:
        self._ledger = ledger
        self._desks = desks
        self._directory_of = directory_of
        self._clock = clock

    async def turn(self) -> int:
        """Look up who is due; how many they were."""
        now = self._clock()
        due = await self._ledger.write(
            lambda tx: verifications.take_due(tx, now=now, most=MOST), name="lookups"
        )
        for question, contact in due:
            await self._look_up(question, contact)
        return len(due)

    async def _look_up(self, question: Asked, contact: ContactNow) -> None:
        desk = self._desks.get(question.desk)
        if desk is None:
            return  # not opened here yet: it comes up again
        directory = self._directory_of(desk.now.desk)
        if directory is None or not identity.can_be_looked_up(contact):
            await self._ledger.write(lambda tx: verifications.finish(tx, question), name="lookups")
            return
        try:
            finding = await _find(directory, contact)
        except ChannelError as error:
            await self._put_off(question, desk, str(error))
        except Exception as error:  # noqa: BLE001  one bad answer must not stop the others
            await self._put_off(question, desk, type(error).__name__)
        else:
            place = place_of(desk.now.desk)
            at = self._clock()
            await self._ledger.write(
                lambda tx: _answer(tx, question, contact, finding, desk=desk, place=place, at=at), name="lookups"
            )  # fmt: skip

    async def _put_off(self, question: Asked, desk: OpenDesk, error: str) -> None:
        log.warning("lookups.put_off", desk=desk.slug, contact=question.contact, error=error)
        at = self._clock()
        wait = min(FIRST_WAIT * 2 ** min(question.attempts, 10), LONGEST_WAIT)

        def job(tx: Tx) -> None:
            if identity.put_off(tx, question, until=at + wait, error=error, at=at):
                says = identity_phrases.unreachable(staff_voice(desk).language)
                _tell(tx, question, says, desk=desk, dedup="unreachable", at=at)

        await self._ledger.write(job, name="lookups")


async def _find(directory: Directory, contact: ContactNow) -> Finding:
    """Ask by the number, and by the mailbox where there is none, or nobody has it."""
    claim = Identity(
        name=contact.identity_name,
        number=digits_of(contact.identity_number),
        unit=contact.identity_unit,
        email=contact.identity_email,
    )
    entries: tuple[Entry, ...] = ()
    if claim.number is not None:
        entries = await directory.find(number=claim.number)
    if not entries and claim.email is not None:
        entries = await directory.find(email=claim.email.lower())
    return find_out(claim, [_listed(entry) for entry in entries])


def _answer(
    tx: Tx, question: Asked, contact: ContactNow, finding: Finding, *, desk: OpenDesk, place: str, at: datetime
) -> None:  # fmt: skip
    if identity.record(tx, question, contact, finding, place=place, at=at) is None or question.tell is None:
        return
    said = shown_at_once(tx, contact.id, question.ticket or 0, desk=desk, now=at)
    _tell(tx, question, said, desk=desk, dedup="found", at=at)


def _tell(tx: Tx, question: Asked, text: str, *, desk: OpenDesk, dedup: str, at: datetime) -> None:
    """Say what came of it to whoever asked from chat, where they asked."""
    if question.tell is not None:
        place = Place(
            account=question.tell["account"],
            channel=Channel(question.tell["channel"]),
            address=question.tell["address"],
            thread=question.tell.get("thread"),
        )
        to_place(
            tx, place, text, desk=desk.slug, ticket=question.ticket, at=at,
            dedup=f"lookup:{question.contact}:{question.asked_at.isoformat()}:{dedup}",
        )  # fmt: skip


def _whom(tx: Tx, event: Recorded) -> ContactNow | None:
    """Return the contact of whom something new is known; what somebody wrote down by hand says it from the start."""
    if event.kind in _KNOWN_ANEW and event.subject is not None:
        return contacts.load_contact(tx, int(event.subject))
    if event.kind == _OPENED and event.ticket is not None and event.data.get("channel") == Channel.OTHER:
        return contacts.load_contact(tx, tickets_.load(tx, event.ticket).contact)
    return None


def _listed(entry: Entry) -> Listed:
    return Listed(
        number=entry.number, name=entry.name, email=entry.email, unit=entry.unit, status=entry.status
    )
