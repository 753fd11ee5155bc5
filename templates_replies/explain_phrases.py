"""A clock explained: what was promised, which hours were counted, what was left out, who changed it, how it stands.

Instants are local to the desk, as everywhere here. Hours are told by the day, so that a supervisor can check them
against the calendar on the wall.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Protocol

from templates_replies.catalogue import Language
from templates_replies.labels import clock_words, number_words
from templates_replies.moments import date_in_words, in_words, moment_in_words
from templates_replies.phrase import Phrase
from templates_replies.render import one_line

MOST_DAYS = 12  # told one by one; of more, the first and the last
FIRST_DAYS, LAST_DAYS = 7, 3
_LONGEST_REASON = 300


class Counted(Protocol):
    """A stretch of time that counts, and the note of the exception that made it."""

    @property
    def start(self) -> datetime: ...
    @property
    def end(self) -> datetime: ...
    @property
    def note(self) -> str: ...


class Closed(Protocol):
    @property
    def on(self) -> date: ...
    @property
    def name(self) -> str: ...


class Paused(Protocol):
    @property
    def start(self) -> datetime: ...
    @property
    def end(self) -> datetime | None: ...


class Changed(Protocol):
    @property
    def at(self) -> datetime: ...
    @property
    def by(self) -> str | None: ...
    @property
    def why(self) -> str: ...
    @property
    def reason(self) -> str | None: ...
    @property
    def before(self) -> datetime: ...
    @property
    def after(self) -> datetime: ...


class Explained(Protocol):
    """What a clock's explanation holds."""

    @property
    def kind(self) -> str: ...
    @property
    def length(self) -> timedelta: ...
    @property
    def days(self) -> int | None: ...
    @property
    def counts(self) -> str: ...
    @property
    def started_at(self) -> datetime: ...
    @property
    def due_at(self) -> datetime: ...
    @property
    def counted(self) -> Sequence[Counted]: ...
    @property
    def closed(self) -> Sequence[Closed]: ...
    @property
    def pauses(self) -> Sequence[Paused]: ...
    @property
    def changes(self) -> Sequence[Changed]: ...
    @property
    def used(self) -> timedelta: ...
    @property
    def left(self) -> timedelta: ...
    @property
    def late(self) -> timedelta: ...
    @property
    def met_at(self) -> datetime | None: ...
    @property
    def ended_at(self) -> datetime | None: ...
    @property
    def paused_at(self) -> datetime | None: ...
    @property
    def now(self) -> datetime: ...


_HEAD = Phrase(
    id="Penjelasan batas {clock} tiket {ticket}", en="Why ticket {ticket} is due as it is, for the {clock}"
)
_PROMISED = Phrase(
    id="Dijanjikan: {length}, dihitung sejak {start}.",
    en="Promised: {length}, counted from {start}.",
)
_DUE = Phrase(id="Batas: {due}.", en="Due: {due}.")
_DUE_PAUSED = Phrase(
    id="Batas: belum tentu, karena hitungan sedang dijeda.", en="Due: not fixed, for the clock is paused."
)
_LENGTH: Mapping[str, Phrase] = {
    "operating": Phrase(id="{length} dalam jam layanan", en="{length} of operating time"),
    "calendar": Phrase(id="{length} menurut kalender", en="{length} by the calendar"),
}
_OPERATING_DAYS = Phrase(id="{count} hari kerja", en="{count} operating days")
_ONE_OPERATING_DAY = Phrase(id="1 hari kerja", en="1 operating day")
_CALENDAR_DAYS = Phrase(id="{count} hari kalender", en="{count} calendar days")
_ONE_CALENDAR_DAY = Phrase(id="1 hari kalender", en="1 calendar day")
_COUNTED = Phrase(id="Yang dihitung:", en="Counted:")
_NOTHING_YET = Phrase(id="Belum ada jam yang dihitung.", en="Nothing has been counted yet.")
_DAY = Phrase(id="- {day}: {windows} ({length})", en="- {day}: {windows} ({length})")
_DAY_NOTED = Phrase(id="- {day}: {windows} ({length}; {note})", en="- {day}: {windows} ({length}; {note})")
_STRETCH = Phrase(id="- {start} sampai {end} ({length})", en="- {start} until {end} ({length})")
_MORE_DAYS = Phrase(id="- … {count} hari lagi ({length}) …", en="- … {count} more days ({length}) …")
_CLOSED = Phrase(id="Tidak dihitung, hari libur:", en="Left out, days off:")
_CLOSED_DAY = Phrase(id="- {day}: {name}", en="- {day}: {name}")
_PAUSES = Phrase(id="Tidak dihitung, menunggu pengirim:", en="Left out, waiting for the contact:")
_PAUSE = Phrase(id="- {start} sampai {end}", en="- {start} until {end}")
_PAUSE_LASTS = Phrase(id="- sejak {start}, masih berlangsung", en="- since {start}, still going on")
_EXTENDED = Phrase(
    id="Diperpanjang {at} oleh {by}, dari {before} menjadi {after}. Alasan: {reason}",
    en="Extended {at} by {by}, from {before} to {after}. Reason: {reason}",
)
_REPROMISED = Phrase(
    id="Dihitung ulang {at} karena {why} berubah, dari {before} menjadi {after}.",
    en="Reckoned anew {at} because the {why} changed, from {before} to {after}.",
)
_WHY: Mapping[str, Phrase] = {
    "policy": Phrase(id="ketentuan layanan", en="policy"),
    "category": Phrase(id="kategori", en="category"),
    "priority": Phrase(id="prioritas", en="priority"),
    "desk": Phrase(id="unit layanan", en="desk"),
}
_SOMEBODY = Phrase(id="sistem", en="the system")
_MET = Phrase(id="Terpenuhi {moment}, setelah {used}.", en="Met {moment}, after {used}.")
_MET_LATE = Phrase(
    id="Terpenuhi {moment}, terlambat {late}, setelah {used}.",
    en="Met {moment}, {late} late, after {used}.",
)
_ENDED = Phrase(id="Berakhir {moment} tanpa dipenuhi.", en="It ended {moment} without being met.")
_LEFT = Phrase(id="Sampai sekarang terpakai {used}, sisa {left}.", en="Used so far: {used}; {left} left.")
_STANDS = Phrase(
    id="Terpakai {used}, sisa {left} dihitung lagi setelah pengirim menulis.",
    en="Used: {used}; the other {left} count again when the contact writes.",
)
_LATE = Phrase(id="Terlambat {late}.", en="{late} late.")


def explanation(
    language: Language, explained: Explained, *, ticket: int, names: Mapping[str, str], on_paper: bool = False
) -> str:  # fmt: skip
    """Explain a clock of a ticket; `names` of those who may have changed it, by actor. Paper knows no today."""
    today = None if on_paper else explained.now.date()
    lines = [
        _HEAD.say(language, clock=clock_words(explained.kind, language), ticket=number_words(ticket)),
        _PROMISED.say(
            language, length=_length(explained, language),
            start=moment_in_words(explained.started_at, language, today=today),
        ),
        _due_line(explained, language, today),
        *_counted_lines(explained, language, today),
        *_closed_lines(explained, language),
        *_pause_lines(explained, language, today),
        *(_change_line(change, language, names, today) for change in explained.changes),
        _stand(explained, language, today),
    ]  # fmt: skip
    return "\n".join(line for line in lines if line)


def _length(explained: Explained, language: Language) -> str:
    if explained.days is None:
        return _LENGTH[explained.counts].say(language, length=_worked(explained.length, explained, language))
    operating = explained.counts == "operating"
    if explained.days == 1:
        return (_ONE_OPERATING_DAY if operating else _ONE_CALENDAR_DAY).say(language)
    return (_OPERATING_DAYS if operating else _CALENDAR_DAYS).say(language, count=str(explained.days))


def _worked(length: timedelta, explained: Explained, language: Language) -> str:
    """Tell counted time: a day of operating time is no 24 hours, so it is told in hours."""
    return in_words(length, language, in_days=explained.counts == "calendar")


def _due_line(explained: Explained, language: Language, today: date | None) -> str:
    if explained.paused_at is not None:
        return _DUE_PAUSED.say(language)
    return _DUE.say(language, due=moment_in_words(explained.due_at, language, today=today))


def _counted_lines(explained: Explained, language: Language, today: date | None) -> list[str]:
    if not explained.counted:
        return [_NOTHING_YET.say(language)]
    if explained.counts == "calendar":
        return [_COUNTED.say(language), *(_stretch(each, language, today) for each in explained.counted)]
    days = [list(pieces) for _, pieces in groupby(explained.counted, key=lambda each: each.start.date())]
    if len(days) <= MOST_DAYS:
        return [_COUNTED.say(language), *(_day(pieces, language) for pieces in days)]
    left_out = days[FIRST_DAYS:-LAST_DAYS]
    length = sum((_sum(pieces) for pieces in left_out), timedelta())
    return [
        _COUNTED.say(language),
        *(_day(pieces, language) for pieces in days[:FIRST_DAYS]),
        _MORE_DAYS.say(language, count=str(len(left_out)), length=_worked(length, explained, language)),
        *(_day(pieces, language) for pieces in days[-LAST_DAYS:]),
    ]


def _stretch(piece: Counted, language: Language, today: date | None) -> str:
    return _STRETCH.say(
        language, start=moment_in_words(piece.start, language, today=today),
        end=moment_in_words(piece.end, language, today=today), length=in_words(piece.end - piece.start, language),
    )  # fmt: skip


def _day(pieces: Sequence[Counted], language: Language) -> str:
    notes = list(dict.fromkeys(piece.note for piece in pieces if piece.note))
    return (_DAY_NOTED if notes else _DAY).say(
        language, day=date_in_words(pieces[0].start.date(), language),
        windows=", ".join(_window(piece, language) for piece in pieces),
        length=in_words(_sum(pieces), language), note=", ".join(notes),
    )  # fmt: skip


def _window(piece: Counted, language: Language) -> str:
    clock = "%H.%M" if language == "id" else "%H:%M"
    if piece.start.second or piece.end.second:
        clock = "%H.%M.%S" if language == "id" else "%H:%M:%S"
    return f"{piece.start:{clock}}-{piece.end:{clock}}"


def _sum(pieces: Sequence[Counted]) -> timedelta:
    return sum((piece.end - piece.start for piece in pieces), timedelta())


def _closed_lines(explained: Explained, language: Language) -> Iterator[str]:
    if explained.closed:
        yield _CLOSED.say(language)
    for day in explained.closed[:MOST_DAYS]:
        yield _CLOSED_DAY.say(language, day=date_in_words(day.on, language), name=day.name)
    more = len(explained.closed) - MOST_DAYS
    if more > 0:
        yield f"- … +{more}"


def _pause_lines(explained: Explained, language: Language, today: date | None) -> Iterator[str]:
    if explained.pauses:
        yield _PAUSES.say(language)
    for pause in explained.pauses:
        start = moment_in_words(pause.start, language, today=today)
        if pause.end is None:
            yield _PAUSE_LASTS.say(language, start=start)
        else:
            yield _PAUSE.say(language, start=start, end=moment_in_words(pause.end, language, today=today))


def _change_line(change: Changed, language: Language, names: Mapping[str, str], today: date | None) -> str:
    said = {
        "at": moment_in_words(change.at, language, today=today),
        "before": moment_in_words(change.before, language, today=today),
        "after": moment_in_words(change.after, language, today=today),
    }
    if change.why == "extended":
        key = change.by or ""
        by = names.get(key) or key.partition(":")[2] or _SOMEBODY.say(language)
        reason = one_line(change.reason or "-", longest=_LONGEST_REASON)
        return _EXTENDED.say(language, by=by, reason=reason, **said)
    why = _WHY.get(change.why, _WHY["policy"]).say(language)
    return _REPROMISED.say(language, why=why, **said)


def _stand(explained: Explained, language: Language, today: date | None) -> str:
    used = _worked(explained.used, explained, language)
    left = _worked(explained.left, explained, language)
    late = in_words(explained.late, language)
    if explained.met_at is not None:
        moment = moment_in_words(explained.met_at, language, today=today)
        return (_MET_LATE if explained.late else _MET).say(language, moment=moment, used=used, late=late)
    if explained.ended_at is not None:
        return _ENDED.say(language, moment=moment_in_words(explained.ended_at, language, today=today))
    if explained.paused_at is not None:
        return _STANDS.say(language, used=used, left=left)
    if explained.late:
        return _LATE.say(language, late=late)
    return _LEFT.say(language, used=used, left=left)
