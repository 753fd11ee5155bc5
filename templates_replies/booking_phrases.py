"""What people are told of bookings: why something is not to be had, what is instead, what is taken and free on a day."""

from collections.abc import Mapping, Sequence

from templates_replies.catalogue import Language
from templates_replies.labels import number_words
from templates_replies.phrase import Phrase

_WHY: Mapping[str, Phrase] = {
    "past": Phrase(
        id="{when} sudah lewat. Mohon pilih waktu yang akan datang.",
        en="{when} is over. Please choose a time to come.",
    ),
    "too_soon": Phrase(
        id="{resource} tidak dapat dipesan semendadak itu ({when}).",
        en="{resource} cannot be booked at such short notice ({when}).",
    ),
    "too_far": Phrase(
        id="{resource} belum dapat dipesan untuk waktu sejauh itu ({when}).",
        en="{resource} cannot be booked so far ahead yet ({when}).",
    ),
    "too_long": Phrase(
        id="{resource} tidak dapat dipesan selama itu ({when}).",
        en="{resource} cannot be booked for so long ({when}).",
    ),
    "closed": Phrase(id="{resource} tidak dibuka pada {when}.", en="{resource} is not open {when}."),
    "blocked": Phrase(
        id="{resource} tidak dapat dipakai pada {when}.", en="{resource} cannot be used {when}."
    ),
    "too_many": Phrase(
        id="{resource} yang ada tidak sebanyak itu.", en="There are not that many of {resource}."
    ),
    "taken": Phrase(id="{resource} sudah terisi pada {when}.", en="{resource} is taken {when}."),
}
_NEXT_DAY = Phrase(
    id="Jam selesai itu jatuh pada hari berikutnya; mohon periksa jam mulai dan jam selesainya.",
    en="It ends on the next day; please check from when to when it is.",
)
_INSTEAD = Phrase(id="Yang masih tersedia:", en="What is still to be had:")
_OFFER = Phrase(id="• {resource}: {when}", en="• {resource}: {when}")
_DAY = Phrase(id="{resource}, {day}: {times}", en="{resource}, {day}: {times}")
_TAKEN = Phrase(id="terisi {times}", en="taken {times}")
_FREE = Phrase(id="kosong {times}", en="free {times}")
_CLOSED = Phrase(id="tutup", en="closed")

_MOVED = Phrase(
    id="Mohon maaf, pemesanan {resource} untuk {when} (tiket {ticket}) dipindahkan ke {then}: {reason}",
    en="We are sorry: the booking of {resource} for {when} (ticket {ticket}) was moved to {then}: {reason}",
)
_ELSEWHERE = Phrase(id="{resource}, {when}", en="{resource}, {when}")
_CANCELLED = Phrase(
    id="Mohon maaf, pemesanan {resource} untuk {when} (tiket {ticket}) dibatalkan: {reason}",
    en="We are sorry: the booking of {resource} for {when} (ticket {ticket}) was cancelled: {reason}",
)
_FOR_STAFF: Mapping[str, Phrase] = {
    "booking.made": Phrase(
        id="📅 {resource} dipesan: {when}{title}", en="📅 {resource} booked: {when}{title}"
    ),
    "booking.firm": Phrase(
        id="📅 {resource} dipastikan: {when}{title}", en="📅 {resource} is certain: {when}{title}"
    ),
    "booking.changed": Phrase(
        id="📅 Pemesanan {resource} diubah: {when}{title}",
        en="📅 The booking of {resource} was changed: {when}{title}",
    ),
    "booking.cancelled": Phrase(
        id="📅 Pemesanan {resource} dibatalkan: {when}{title}",
        en="📅 The booking of {resource} was cancelled: {when}{title}",
    ),
}
_LAPSING = Phrase(
    id="⏳ {resource} baru dipesan sementara: {when}{title}. Dilepas {until} bila belum dipastikan.",
    en="⏳ {resource} is only held: {when}{title}. It is given back {until} unless it is certain by then.",
)
_HELD_UNTIL = Phrase(
    id="{resource} kami pesankan sementara untuk {when} (tiket {ticket}) sampai {until}. Mohon selesaikan bagian Bapak/Ibu"
    " sebelum itu; sesudahnya pemesanan dilepas.",
    en="{resource} is held for you for {when} (ticket {ticket}) until {until}. Please do your part before that; afterwards"
    " it is given back.",
)
_HELD_TOO_LONG = Phrase(
    id="masa pemesanan sementara sudah habis", en="the time for which it was held has run out"
)
_CALENDAR = Phrase(id="{resource}: {title}", en="{resource}: {title}")
_BUSY = Phrase(id="terisi", en="taken")
_BY = Phrase(id="{title} ({requester})", en="{title} ({requester})")
_TITLE = Phrase(id=" – {title}", en=" – {title}")
_ABOUT = Phrase(id="Tiket {ticket}", en="Ticket {ticket}")
_REASON = Phrase(id="Alasan: {reason}", en="Reason: {reason}")


def changed(
    language: Language, *, resource: str, when: str, ticket: int, reason: str, then: tuple[str, str] | None
) -> str:
    """Tell whoever booked that it was moved, with resource and period `then`, or cancelled."""
    said = {"resource": resource, "when": when, "ticket": number_words(ticket), "reason": reason}
    if then is None:
        return _CANCELLED.say(language, **said)
    return _MOVED.say(language, then=_ELSEWHERE.say(language, resource=then[0], when=then[1]), **said)


def for_staff(
    language: Language, kind: str, *, resource: str, when: str, title: str | None, ticket: int | None, reason: str | None
) -> str:  # fmt: skip
    """Tell people of the desk what has happened to a booking: `kind` is that of the event."""
    named = _TITLE.say(language, title=title) if title else ""
    lines = [_FOR_STAFF[kind].say(language, resource=resource, when=when, title=named)]
    if ticket is not None:
        lines.append(_ABOUT.say(language, ticket=number_words(ticket)))
    if reason is not None:
        lines.append(_REASON.say(language, reason=reason))
    return "\n".join(lines)


def lapsing(
    language: Language, *, resource: str, when: str, title: str | None, ticket: int | None, until: str
) -> str:
    """Remind people of the desk that a booking which is not certain will be given back."""
    named = _TITLE.say(language, title=title) if title else ""
    said = _LAPSING.say(language, resource=resource, when=when, title=named, until=until)
    return f"{said}\n{_ABOUT.say(language, ticket=number_words(ticket))}" if ticket is not None else said


def held_until(language: Language, *, resource: str, when: str, ticket: int, until: str) -> str:
    """Remind the requester by when they are to go on."""
    return _HELD_UNTIL.say(language, resource=resource, when=when, ticket=number_words(ticket), until=until)


def held_too_long(language: Language) -> str:
    """Return the reason for which a booking that is not certain was given back."""
    return _HELD_TOO_LONG.say(language)


def in_calendar(
    language: Language, *, resource: str, count: int, title: str | None, requester: str | None
) -> str:
    """Name a booking in the calendar of its readers: with what for and by whom where they may see that."""
    named = f"{resource} ×{count}" if count > 1 else resource
    said = title or _BUSY.say(language)
    if requester is not None:
        said = _BY.say(language, title=said, requester=requester)
    return _CALENDAR.say(language, resource=named, title=said)


def not_to_be_had(
    language: Language, why: str, *, resource: str, when: str, over_midnight: bool, instead: Sequence[tuple[str, str]]
) -> str:  # fmt: skip
    """Say why a resource is not to be had, and what is instead: resources and periods in words."""
    lines = [_WHY[why].say(language, resource=resource, when=when)]
    if over_midnight:
        lines.append(_NEXT_DAY.say(language))
    if instead:
        lines.append(_INSTEAD.say(language))
        lines += [_OFFER.say(language, resource=one, when=then) for one, then in instead]
    return "\n".join(lines)


def day(language: Language, *, resource: str, day: str, taken: Sequence[str], free: Sequence[str]) -> str:
    """Say what is taken and what is free of a resource on a day."""
    times = [
        phrase.say(language, times=", ".join(stretches))
        for phrase, stretches in ((_TAKEN, taken), (_FREE, free))
        if stretches
    ]
    return _DAY.say(language, resource=resource, day=day, times="; ".join(times) or _CLOSED.say(language))
