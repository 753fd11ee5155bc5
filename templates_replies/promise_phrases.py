"""What supervisors are told and asked about a promise under way: seen, given more time, explained."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from templates_replies.catalogue import Language
from templates_replies.labels import clock_words, number_words
from templates_replies.moments import in_words, moment_in_words
from templates_replies.phrase import Phrase
from templates_replies.render import one_line

_LONGEST_REASON = 300

_ACKNOWLEDGED = Phrase(
    id="{by} menindaklanjuti tiket {ticket} ({clock}).",
    en="{by} looks after ticket {ticket} ({clock}).",
)
_EXTENDED = Phrase(
    id="Batas {clock} tiket {ticket} diperpanjang oleh {by} sampai {due}. Alasan: {reason}",
    en="{by} extended the {clock} of ticket {ticket} until {due}. Reason: {reason}",
)
_ASK_LENGTH = Phrase(
    id="Perpanjang batas {clock} tiket {ticket} berapa lama? Pilih, atau tulis lama dan alasannya, misalnya: 3j menunggu data fakultas.",
    en="Extend the {clock} of ticket {ticket} by how long? Choose, or write the length and the reason, for example: 3h waiting for the faculty.",
)
_ASK_REASON = Phrase(
    id="Apa alasan perpanjangan {length} untuk tiket {ticket}? Pesan Anda berikutnya di sini menjadi alasannya. Tulis /batal untuk membatalkan.",
    en="Why does ticket {ticket} get {length} more? Your next message here is the reason. Write /cancel to leave it.",
)
_NOT_A_LENGTH = Phrase(
    id='"{word}" bukan lama waktu. Contoh: 30m (menit), 2j (jam), 1hari.',
    en='"{word}" is no length of time. Examples: 30m, 2h, 1d.',
)
_NO_CLOCK = Phrase(
    id="Tiket {ticket} tidak memiliki batas yang sedang berjalan untuk itu.",
    en="Ticket {ticket} has no running clock for that.",
)
_PAUSED = Phrase(
    id="Batas {clock} tiket {ticket} sedang dijeda, sehingga tidak perlu diperpanjang.",
    en="The {clock} of ticket {ticket} is paused and needs no more time.",
)
_DROPPED = Phrase(id="Baik, dibatalkan.", en="All right, left as it was.")
_CHOOSE_PERSON = Phrase(id="Tugaskan tiket {ticket} kepada siapa?", en="Who shall take ticket {ticket}?")
_ACKNOWLEDGE_LABEL = Phrase(id="Tindak lanjuti", en="I look after it")
_ASSIGN_LABEL = Phrase(id="Tugaskan", en="Assign")
_EXTEND_LABEL = Phrase(id="Perpanjang", en="Extend")
_EXPLAIN_LABEL = Phrase(id="Jelaskan", en="Explain")
_OPERATING_DAY = Phrase(id="1 hari", en="1 day")
_BY_WORDS = Phrase(
    id="Balas dengan {ticket} /terima, {ticket} /tugaskan nama, {ticket} /perpanjang 2j alasan, atau {ticket} /jelaskan.",
    en="Answer with {ticket} /acknowledge, {ticket} /assign name, {ticket} /extend 2h reason, or {ticket} /explain.",
)
_SEEN_BY = Phrase(id="ditindaklanjuti {by}", en="{by} looks after it")


def acknowledged(language: Language, *, ticket: int, clock: str, by: str) -> str:
    return _ACKNOWLEDGED.say(language, ticket=number_words(ticket), clock=clock_words(clock, language), by=by)


def extended(
    language: Language, *, ticket: int, clock: str, by: str, due_at: datetime, reason: str, today: date
) -> str:
    """Tell that a supervisor gave more time; `due_at` local."""
    return _EXTENDED.say(
        language, ticket=number_words(ticket), clock=clock_words(clock, language), by=by,
        due=moment_in_words(due_at, language, today=today), reason=one_line(reason, longest=_LONGEST_REASON),
    )  # fmt: skip


def ask_length(language: Language, *, ticket: int, clock: str) -> str:
    return _ASK_LENGTH.say(language, ticket=number_words(ticket), clock=clock_words(clock, language))


def ask_reason(language: Language, *, ticket: int, within: timedelta) -> str:
    return _ASK_REASON.say(
        language, ticket=number_words(ticket), length=length_label(language, within=within)
    )


def length_label(language: Language, *, within: timedelta) -> str:
    """Name a length on a button: `30 menit`, `2 jam`, `1 hari`."""
    if within == timedelta(days=1):
        return _OPERATING_DAY.say(language)
    return in_words(within, language)


def not_a_length(language: Language, *, word: str) -> str:
    return _NOT_A_LENGTH.say(language, word=one_line(word, longest=40))


def no_running_clock(language: Language, *, ticket: int) -> str:
    return _NO_CLOCK.say(language, ticket=number_words(ticket))


def paused_needs_none(language: Language, *, ticket: int, clock: str) -> str:
    return _PAUSED.say(language, ticket=number_words(ticket), clock=clock_words(clock, language))


def dropped(language: Language) -> str:
    return _DROPPED.say(language)


def choose_person(language: Language, *, ticket: int) -> str:
    return _CHOOSE_PERSON.say(language, ticket=number_words(ticket))


def alert_labels(language: Language) -> Sequence[str]:
    """Name an alert's buttons: acknowledge, assign, extend, explain."""
    labels = (_ACKNOWLEDGE_LABEL, _ASSIGN_LABEL, _EXTEND_LABEL, _EXPLAIN_LABEL)
    return [label.say(language) for label in labels]


def explain_label(language: Language) -> str:
    return _EXPLAIN_LABEL.say(language)


def by_words(language: Language, *, ticket: int) -> str:
    """Say what a supervisor may write where an alert has no buttons."""
    return _BY_WORDS.say(language, ticket=number_words(ticket))


def seen_by(language: Language, *, by: str) -> str:
    return _SEEN_BY.say(language, by=by)
