"""How it stands with a contact's identity, in words for staff: on cards, and where somebody asked."""

from dataclasses import dataclass
from datetime import datetime

from bot.desks import OpenDesk
from bot.voice import staff_voice
from templates_replies import identity_phrases
from tickets import proofs, verifications
from tickets.ledger.tx import Tx
from tickets.staff import active
from tickets.verification import Source
from tickets.verifications import Verified


@dataclass(frozen=True, kw_only=True)
class Verdict:
    outcome: str  # a word of `templates_replies.labels`
    lines: tuple[str, ...] = ()  # where it comes from
    listed_mailbox: bool = False  # a code could be sent
    proven: bool = False  # the ticket's address is


def verdict_on(tx: Tx, contact: int, address: int | None, *, desk: OpenDesk, now: datetime) -> Verdict:
    known = verifications.current(tx, contact)
    asked = verifications.asked(tx, contact)
    lines = [_line(tx, known, desk=desk, now=now)] if known is not None else []
    if asked is not None and asked.error is not None:
        lines.append(identity_phrases.unreachable(staff_voice(desk).language))
    return Verdict(
        outcome=str(known.outcome) if known is not None else "unchecked",
        lines=tuple(lines),
        listed_mailbox=known is not None and known.listed is not None and known.listed.email is not None,
        proven=any(proof.address == address for proof in proofs.of_contact(tx, contact)),
    )


def shown_at_once(tx: Tx, contact: int, ticket: int, *, desk: OpenDesk, now: datetime) -> str:
    """Say what a look-up found, to whoever asked for it."""
    known = verifications.current(tx, contact)
    assert known is not None
    line = _line(tx, known, desk=desk, now=now)
    return identity_phrases.found(
        staff_voice(desk).language, ticket=ticket, outcome=str(known.outcome), line=line
    )


def _line(tx: Tx, known: Verified, *, desk: OpenDesk, now: datetime) -> str:
    voice = staff_voice(desk)
    who = None
    if known.source is Source.PERSON:
        names = {f"staff:{person.id}": person.name for person in active(tx, desk.slug)}
        who = names.get(known.by or "", (known.by or "").partition(":")[2] or None)
    return identity_phrases.verification_line(
        voice.language, source=str(known.source), outcome=str(known.outcome), compared=known.compared, who=who,
        at=voice.local(known.at), today=voice.local(now).date(), reason=known.reason,
    )  # fmt: skip
