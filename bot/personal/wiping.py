"""One ticket, or one contact, erased from every room at once, in one transaction."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, delete

from bot import dialogues
from bot.desks import OpenDesk
from bot.tables import Draft, StaffPrompt
from bot.voice import staff_voice
from procedures import discarding
from templates_replies.catalogue import Language
from templates_replies.personal_phrases import erased, kept_long_enough
from tickets.erasure import Thing
from tickets.ledger.prepared import Prepared
from tickets.ledger.tx import Tx
from tickets.personal import forgetting, wiping
from tickets.personal.whose import Theirs
from tickets.personal.wiping import Wiped
from tickets.removals import RETENTION

_DRAFTS, _PROMPTS = Draft.__table__, StaffPrompt.__table__  # type: ignore[attr-defined]
_OF_TICKET = (
    Prepared(delete(_DRAFTS).where(_DRAFTS.c.ticket == bindparam("of_ticket"))),
    Prepared(delete(_PROMPTS).where(_PROMPTS.c.ticket == bindparam("of_ticket"))),
)


@dataclass(frozen=True, kw_only=True)
class Cause:
    """Why something is erased, and who wants it."""

    why: str  # erasure, retention
    who: str  # actor's key
    language: Language

    @property
    def words(self) -> str:
        """What stands there instead."""
        return kept_long_enough(self.language) if self.why == RETENTION else erased(self.language)


def cause(desk: OpenDesk, *, why: str, who: str) -> Cause:
    return Cause(why=why, who=who, language=staff_voice(desk).language)


def wipe_ticket(tx: Tx, number: int, cause: Cause, *, at: datetime) -> Wiped:
    """Erase what was said on a ticket and in its procedures."""
    many, files = discarding.erase(tx, number, language=cause.language, at=at)
    wiped = wiping.ticket(tx, number, words=cause.words, why=cause.why, who=cause.who, at=at)
    wiped.count(Thing.CASES, many)
    wiped.files |= files
    for statement in _OF_TICKET:
        tx.run(statement, of_ticket=number)
    return wiped


def wipe_elsewhere(tx: Tx, number: int, whose: Theirs, cause: Cause, *, at: datetime) -> Wiped:
    """Erase what somebody wrote on a ticket of somebody else's."""
    return wiping.elsewhere(
        tx, number, whose.addresses, words=cause.words, why=cause.why, who=cause.who, at=at
    )


def wipe_contact(tx: Tx, key: int, cause: Cause, *, at: datetime) -> Wiped:
    """Let a contact be nobody, and their addresses nobody's; with what they said outside any ticket."""
    wiped = Wiped()
    for each in forgetting.addresses_of(tx, key):
        dialogues.forget(tx, each)
        wiped.take(forgetting.address(tx, each))
        wiped.take(wiping.outside(tx, each, words=cause.words, who=cause.who, at=at))
    wiped.take(forgetting.contact(tx, key, words=cause.words, who=cause.who, why=cause.why, at=at))
    return wiped
