"""Who a contact is, as a ticket's page shows it: what they say, what the directory says, what can be done about it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from console.phrases import say
from templates_replies.catalogue import Language
from templates_replies.identity_phrases import compared_words
from tickets.desk import Desk
from tickets.verification import masked
from tickets.views import ContactTicket, ContactView, JoinView, VerificationView

When = Callable[[datetime], str]
_LEVELS = {"verified": "calm", "mismatch": "late", "not_found": "soon", "unchecked": "paused"}


@dataclass(frozen=True, kw_only=True)
class Joined:
    words: str
    tickets: tuple[int, ...]
    can_part: int | None = None  # the join that a button undoes


@dataclass(frozen=True, kw_only=True)
class IdentityCard:
    number: str | None  # masked, unless somebody asked for it
    can_show: bool  # it is masked
    verdict: str
    level: str
    waits: str | None  # a look-up that is not done yet
    source: str | None  # where the verdict comes from
    reason: str | None
    listed: str | None  # whom the directory has there
    proven: Mapping[tuple[str, str], str]  # account and address → since when
    has_directory: bool
    can_check: bool
    mailbox: str | None  # masked; a code can be sent there
    others: tuple[ContactTicket, ...]
    joins: tuple[Joined, ...]


def identity_card(
    contact: ContactView, others: Sequence[ContactTicket], *, desk: Desk, channel: str, language: Language,
    names: Mapping[str, str], when: When, number_shown: bool,
) -> IdentityCard:  # fmt: skip
    """Put together what a ticket's page shows; `channel` is the ticket's."""
    identity = contact.identity
    known = identity.verification
    proven = {(proof.account, proof.address): when(proof.at) for proof in identity.proofs}
    may_be_proven = any(
        each.channel == channel and (each.account, each.address) not in proven for each in contact.addresses
    )
    outcome, check = known.outcome if known else "unchecked", identity.check
    number = identity.number if identity.number is None or number_shown else masked(identity.number)
    return IdentityCard(
        number=number,
        can_show=identity.number is not None and not number_shown,
        verdict=say(language, f"verdict_{outcome}"),
        level=_LEVELS[outcome],
        waits=say(language, "verdict_unreachable" if check.error else "verdict_checking") if check else None,
        source=_source(known, language, names=names, when=when) if known else None,
        reason=known.reason if known else None,
        listed=_listed(known) if known else None,
        proven={place: say(language, "proven", moment=moment) for place, moment in proven.items()},
        has_directory=desk.has_directory,
        can_check=desk.has_directory and bool(identity.number or identity.email),
        mailbox=known.listed.mailbox if known and known.listed and may_be_proven else None,
        others=tuple(others),
        joins=tuple(
            _joined(join, contact.id, language, names=names, when=when, newest=join == _last_open(contact))
            for join in contact.joins
        ),
    )


def _source(known: VerificationView, language: Language, *, names: Mapping[str, str], when: When) -> str:
    moment = when(known.at)
    if known.source == "code":
        return say(language, "by_code", moment=moment)
    if known.source == "lms":
        return say(language, "by_lms", moment=moment)
    if known.source == "person":
        return say(language, f"by_person_{known.outcome}", who=_name(known.by, names), moment=moment)
    place = known.place or ""
    if not known.compared:
        return say(language, "by_directory_nobody", place=place, moment=moment)
    compared = compared_words(known.compared, language)
    return say(language, "by_directory", place=place, moment=moment, compared=compared)


def _listed(known: VerificationView) -> str | None:
    entry = known.listed
    if entry is None:
        return None
    return ", ".join(part for part in (entry.name, entry.unit, entry.status, entry.mailbox) if part) or None


def _last_open(contact: ContactView) -> JoinView | None:
    """Return the join that may be undone: what was joined last is parted first."""
    into_this = (join for join in contact.joins if join.kept == contact.id and join.parted_at is None)
    return next(into_this, None)


def _joined(
    join: JoinView, contact: int, language: Language, *, names: Mapping[str, str], when: When, newest: bool
) -> Joined:
    key = "joined_by" if join.kept == contact else "joined_elsewhere"
    words = say(language, key, who=_name(join.by, names), moment=when(join.at))
    if join.reason:
        words = f"{words}: {join.reason}"
    if join.parted_at is not None:
        parted = say(language, "parted_by", who=_name(join.parted_by, names), moment=when(join.parted_at))
        words = f"{words}. {parted}"
    return Joined(words=words, tickets=join.tickets, can_part=join.id if newest else None)


def _name(actor: str | None, names: Mapping[str, str]) -> str:
    id_ = (actor or "").partition(":")[2]
    return names.get(id_, id_ or "?")
