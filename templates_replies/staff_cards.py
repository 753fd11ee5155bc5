"""The texts that show a ticket to staff: its card, and the alerts when a promise is about to break or has broken.

Plain lines with a label each, so that they read the same in Telegram, WhatsApp and email. Instants are local to the
desk.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from templates_replies.catalogue import Language
from templates_replies.handling_phrases import priority_words
from templates_replies.labels import (
    channel_words,
    clock_words,
    number_words,
    status_words_for_staff,
    verification_words,
)
from templates_replies.matters_phrases import several_matters
from templates_replies.moments import in_words, moment_in_words
from templates_replies.phrase import Phrase
from templates_replies.promise_phrases import seen_by
from templates_replies.render import one_line

_LONGEST_NAME = 60
_LONGEST_SUBJECT = 100


@dataclass(frozen=True, kw_only=True)
class CardClock:
    kind: str  # first_response, next_response, resolution, step
    due_at: datetime | None  # local; None while paused
    met_at: datetime | None = None  # local
    breached_at: datetime | None = None  # local
    paused: bool = False
    seen_by: str | None = None  # the supervisor who looks after it


@dataclass(frozen=True, kw_only=True)
class Card:
    """All that a ticket's card shows."""

    ticket: int
    subject: str | None
    contact: str  # display name, or the address where there is none
    channel: str
    address: str | None = None  # as staff may see it
    identity: Sequence[str] = ()  # name, NIM/NIP, unit as far as known
    verification: str = "unchecked"  # verified, not_found, mismatch, unchecked
    verdict: Sequence[str] = ()  # where that comes from, a sentence each
    status: str
    holder: str | None = None  # the agent who has it
    team: str | None = None  # second line
    category: str | None = None  # its name
    suggestions: Sequence[tuple[str, float]] = ()  # names and scores
    why: str | None = None  # the first of them was made, a sentence
    matters: Sequence[str] = ()  # names of the categories of several requests in one message
    tags: Sequence[str] = ()  # names
    clocks: Sequence[CardClock] = ()
    priority: str = "normal"
    snoozed_until: datetime | None = None  # local
    spam: bool = False
    stopped: bool = False  # the contact wants no more messages
    merged_into: int | None = None
    others: Sequence[tuple[int, str | None]] = ()  # open tickets of the same contact, and who holds them
    alike: Sequence[
        tuple[int, str | None]
    ] = ()  # earlier ones that may be about the same, and where they are shown
    issue: str | None = None  # what the team's tracker calls it, with its link
    sender_check: str | None = None  # of the newest mail: what a trusted server found, a sentence
    window: Sequence[str] = ()  # until when the contact may be written to freely, and what waits for them


@dataclass(frozen=True, kw_only=True)
class Alert:
    """What an alert about one clock of a ticket says."""

    ticket: int
    subject: str | None
    contact: str
    channel: str
    clock: str  # its kind
    started_at: datetime  # local: since when somebody waits
    due_at: datetime  # local
    holder: str | None
    team: str | None = None
    category: str | None = None
    step: str | None = None  # of a procedure, whose clock it is


_TITLE = Phrase(id="Tiket {ticket}: {subject}", en="Ticket {ticket}: {subject}")
_NO_SUBJECT = Phrase(id="tanpa judul", en="no subject")
_CONTACT = Phrase(id="Pengirim: {contact} ({channel})", en="Contact: {contact} ({channel})")
_IDENTITY = Phrase(id="Identitas: {identity} ({verdict})", en="Identity: {identity} ({verdict})")
_NO_IDENTITY = Phrase(id="Identitas: belum ada", en="Identity: not given yet")
_STATUS = Phrase(id="Status: {status}", en="Status: {status}")
_HOLDER = Phrase(id="Petugas: {holder}", en="Agent: {holder}")
_NOBODY = Phrase(id="belum ada", en="nobody yet")
_TEAM = Phrase(id="Tim: {team}", en="Team: {team}")
_ISSUE = Phrase(id="Isu: {issue}", en="Issue: {issue}")
_CATEGORY = Phrase(id="Kategori: {category}", en="Category: {category}")
_NO_CATEGORY = Phrase(id="belum ada", en="none yet")
_SUGGESTED = Phrase(id="Saran kategori: {names}", en="Suggested: {names}")
_PRIORITY = Phrase(id="Prioritas: {priority}", en="Priority: {priority}")
_SNOOZED = Phrase(id="Ditunda sampai {moment}", en="Sleeps until {moment}")
_SPAM = Phrase(
    id="🚫 Spam: tidak dihitung (/pulihkan untuk membatalkan)",
    en="🚫 Spam: does not count (/restore takes it back)",
)
_MERGED = Phrase(
    id="🔀 Digabung ke tiket {ticket} (/pulihkan untuk membatalkan)",
    en="🔀 Merged into ticket {ticket} (/restore takes it back)",
)
_OTHERS = Phrase(id="Juga terbuka dari pengirim ini: {tickets}", en="Also open for this contact: {tickets}")
_ALIKE = Phrase(
    id="Mungkin hal yang sama: {tickets}",
    en="Perhaps the same matter: {tickets}",
)
_TAGS = Phrase(id="Tag: {tags}", en="Tags: {tags}")
_RUNNING = Phrase(
    id="Batas {clock}: {moment} (sisa {left})", en="Due for the {clock}: {moment} ({left} left)"
)
_LATE = Phrase(
    id="Batas {clock}: {moment} (terlambat {late})", en="Due for the {clock}: {moment} ({late} late)"
)
_PAUSED = Phrase(id="Batas {clock}: dijeda", en="Due for the {clock}: paused")
_MET = Phrase(id="Batas {clock}: terpenuhi {moment}", en="Due for the {clock}: met {moment}")
_MET_LATE = Phrase(
    id="Batas {clock}: terpenuhi terlambat, {moment}", en="Due for the {clock}: met late, {moment}"
)

_WARNING = Phrase(
    id="Mohon perhatian: tiket {ticket} mendekati batas {clock}, tinggal {left}.",
    en="Please note: ticket {ticket} is close to its due time for the {clock}; {left} left.",
)
_BREACH = Phrase(
    id="Terlambat: tiket {ticket} melewati batas {clock} {late} yang lalu.",
    en="Overdue: ticket {ticket} passed its due time for the {clock} {late} ago.",
)
_JUST_BREACHED = Phrase(
    id="Terlambat: tiket {ticket} baru saja melewati batas {clock}.",
    en="Overdue: ticket {ticket} has just passed its due time for the {clock}.",
)
_WAITED = Phrase(
    id="Sudah menunggu: {waited} (batas {moment})",
    en="Waiting for: {waited} (due {moment})",
)
_WITHDRAWN = Phrase(
    id="Koreksi: keterlambatan tiket {ticket} pada batas {clock} dibatalkan, karena ternyata terpenuhi tepat waktu ({moment}).",
    en="Correction: the breach of ticket {ticket} for the {clock} is withdrawn, because it was met in time ({moment}).",
)

_STOPPED = Phrase(
    id="🔕 Kontak meminta berhenti dikirimi pesan (STOP); jawaban baru terkirim bila ia menulis lagi.",
    en="🔕 The contact asked for no more messages (STOP); answers go out once they write again.",
)


def ticket_card(language: Language, *, card: Card, now: datetime) -> str:
    """Show a ticket; `now` local to the desk."""
    lines = [
        _title(language, card.ticket, card.subject),
        _contact_line(language, card.contact, card.channel, card.address),
        *([card.sender_check] if card.sender_check else []),
        *card.window,
        _identity_line(language, card),
        *card.verdict,
        *_standing_lines(language, card, now),
        *_people_lines(language, card.holder, card.team),
        *([_ISSUE.say(language, issue=one_line(card.issue, longest=1200))] if card.issue else []),
        *_category_lines(language, card),
        *([_TAGS.say(language, tags=", ".join(card.tags))] if card.tags else []),
        *(_clock_line(language, clock, now) for clock in card.clocks),
    ]
    return "\n".join(lines)


def _standing_lines(language: Language, card: Card, now: datetime) -> Sequence[str]:
    lines = [_STATUS.say(language, status=status_words_for_staff(card.status, language))]
    if card.stopped:
        lines.append(_STOPPED.say(language))
    if card.spam:
        lines.append(_SPAM.say(language))
    if card.merged_into is not None:
        lines.append(_MERGED.say(language, ticket=number_words(card.merged_into)))
    if card.priority != "normal":
        lines.append(_PRIORITY.say(language, priority=priority_words(language, card.priority)))
    if card.snoozed_until is not None:
        until = moment_in_words(card.snoozed_until, language, today=now.date())
        lines.append(_SNOOZED.say(language, moment=until))
    if card.others:
        tickets = ", ".join(
            f"{number_words(ticket)} ({holder or _NOBODY.say(language)})" for ticket, holder in card.others
        )
        lines.append(_OTHERS.say(language, tickets=tickets))
    if card.alike:
        named = (" ".join(filter(None, (number_words(ticket), link))) for ticket, link in card.alike)
        lines.append(_ALIKE.say(language, tickets=", ".join(named)))
    return lines


def topic_name(*, ticket: int, contact: str, subject: str | None = None) -> str:
    """Name a ticket's topic: begins with the number, at most 128 characters (Telegram's limit)."""
    parts = [number_words(ticket), one_line(contact, longest=40), one_line(subject or "", longest=60)]
    return " · ".join(part for part in parts if part)


def alert_warning(language: Language, *, alert: Alert, now: datetime) -> str:
    """Warn before a due time; `now` local to the desk."""
    head = _WARNING.say(
        language,
        ticket=number_words(alert.ticket),
        clock=_clock_words(language, alert),
        left=in_words(alert.due_at - now, language),
    )
    return "\n".join([head, *_alert_lines(language, alert, now)])


def alert_breach(language: Language, *, alert: Alert, now: datetime) -> str:
    """Alert after a due time has passed: the ticket, how long it has waited, who holds it."""
    late = now - alert.due_at
    head = (_JUST_BREACHED if late < timedelta(minutes=1) else _BREACH).say(
        language,
        ticket=number_words(alert.ticket),
        clock=_clock_words(language, alert),
        late=in_words(late, language),
    )
    return "\n".join([head, *_alert_lines(language, alert, now)])


def alert_withdrawn(language: Language, *, ticket: int, clock: str, met_at: datetime, today: date) -> str:
    """Correct an alert: a later fact proved that the promise had been kept at `met_at` (local)."""
    return _WITHDRAWN.say(
        language,
        ticket=number_words(ticket),
        clock=clock_words(clock, language),
        moment=moment_in_words(met_at, language, today=today),
    )


def _clock_words(language: Language, alert: Alert) -> str:
    clock = clock_words(alert.clock, language)
    return f"{clock} “{alert.step}”" if alert.step else clock


def _alert_lines(language: Language, alert: Alert, now: datetime) -> Sequence[str]:
    waited = in_words(now - alert.started_at, language)
    due = moment_in_words(alert.due_at, language, today=now.date())
    return [
        _title(language, alert.ticket, alert.subject),
        _contact_line(language, alert.contact, alert.channel, None),
        _CATEGORY.say(language, category=alert.category or _NO_CATEGORY.say(language)),
        _WAITED.say(language, waited=waited, moment=due),
        *_people_lines(language, alert.holder, alert.team),
    ]


def _title(language: Language, ticket: int, subject: str | None) -> str:
    line = one_line(subject or "", longest=_LONGEST_SUBJECT) or _NO_SUBJECT.say(language)
    return _TITLE.say(language, ticket=number_words(ticket), subject=line)


def _contact_line(language: Language, contact: str, channel: str, address: str | None) -> str:
    where = ", ".join(part for part in (channel_words(channel, language), address) if part)
    return _CONTACT.say(language, contact=one_line(contact, longest=_LONGEST_NAME), channel=where)


def _identity_line(language: Language, card: Card) -> str:
    known = [one_line(part, longest=_LONGEST_NAME) for part in card.identity if part.strip()]
    if not known:
        return _NO_IDENTITY.say(language)
    verdict = verification_words(card.verification, language)
    return _IDENTITY.say(language, identity=", ".join(known), verdict=verdict)


def _people_lines(language: Language, holder: str | None, team: str | None) -> Sequence[str]:
    lines = [_HOLDER.say(language, holder=holder or _NOBODY.say(language))]
    return [*lines, _TEAM.say(language, team=team)] if team else lines


def _category_lines(language: Language, card: Card) -> Sequence[str]:
    lines = [_CATEGORY.say(language, category=card.category or _NO_CATEGORY.say(language))]
    if card.matters:
        lines.append(several_matters(language, names=card.matters))
    elif card.category is None and card.suggestions:
        names = ", ".join(f"{name} ({score:.0%})" for name, score in card.suggestions)
        lines.append(_SUGGESTED.say(language, names=names))
        lines += [card.why] if card.why else []
    return lines


def _clock_line(language: Language, clock: CardClock, now: datetime) -> str:
    stands = _stand(language, clock, now)
    return (
        f"{stands}, {seen_by(language, by=clock.seen_by)}"
        if clock.seen_by and clock.met_at is None
        else stands
    )


def _stand(language: Language, clock: CardClock, now: datetime) -> str:
    kind = clock_words(clock.kind, language)
    if clock.met_at is not None:
        met = moment_in_words(clock.met_at, language, today=now.date())
        return (_MET_LATE if clock.breached_at else _MET).say(language, clock=kind, moment=met)
    if clock.paused or clock.due_at is None:
        return _PAUSED.say(language, clock=kind)
    due = moment_in_words(clock.due_at, language, today=now.date())
    left = clock.due_at - now
    if left < timedelta(0):
        return _LATE.say(language, clock=kind, moment=due, late=in_words(-left, language))
    return _RUNNING.say(language, clock=kind, moment=due, left=in_words(left, language))
