"""What the bot says to people of the desk about spam, blocks, priority and sleep."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from templates_replies.catalogue import Language
from templates_replies.labels import number_words
from templates_replies.moments import moment_in_words
from templates_replies.phrase import Phrase
from templates_replies.render import one_line

PRIORITY_WORDS: Mapping[str, Phrase] = {
    "low": Phrase(id="rendah", en="low"),
    "normal": Phrase(id="biasa", en="normal"),
    "high": Phrase(id="tinggi", en="high"),
    "urgent": Phrase(id="mendesak", en="urgent"),
}
_SPAM = Phrase(
    id="Tiket {ticket} ditandai sebagai spam dan tidak dihitung. Batalkan dengan /pulihkan.",
    en="Ticket {ticket} is marked as spam and does not count. Take that back with /restore.",
)
_ENDS_CASE = Phrase(
    id="Prosedurnya dihentikan, dan tidak berjalan lagi bila tiket dipulihkan.",
    en="Its procedure is stopped, and does not go on when the ticket is taken back.",
)
_RESTORED = Phrase(id="Tiket {ticket} dipulihkan.", en="Ticket {ticket} is back.")
_STOPPED = Phrase(
    id="Prosedurnya sudah dihentikan ketika tiket ditandai sebagai spam; bila masih diperlukan, mulai lagi dari awal.",
    en="Its procedure was stopped when the ticket was marked as spam; begin it anew if it is still needed.",
)
_BLOCKED = Phrase(
    id="Alamat pengirim tiket {ticket} diblokir. Pesan berikutnya tetap disimpan, tetapi tidak menjadi tiket.",
    en="The address of ticket {ticket} is blocked. What it sends is still kept, but becomes no ticket.",
)
_UNBLOCKED = Phrase(id="Blokir alamat dibuka.", en="The address is no longer blocked.")
_TAKEN_IN = Phrase(
    id="Blokir alamat dibuka. Pesan yang tertahan menjadi tiket {tickets}.",
    en="The address is no longer blocked. What was held back became {tickets}.",
)
_PRIORITISED = Phrase(
    id="Prioritas tiket {ticket}: {priority}.", en="Priority of ticket {ticket}: {priority}."
)
_CHOOSE_PRIORITY = Phrase(id="Pilih prioritas tiket {ticket}:", en="Choose the priority of ticket {ticket}:")
_SNOOZED = Phrase(
    id="Tiket {ticket} ditunda sampai {moment}. Tenggat tetap berjalan.",
    en="Ticket {ticket} sleeps until {moment}. Its clocks run on.",
)
_WOKEN = Phrase(id="⏰ Tiket {ticket} perlu dilihat lagi.", en="⏰ Ticket {ticket} wants attention again.")
_WOKEN_BY_CONTACT = Phrase(
    id="⏰ Pengirim menulis lagi: tiket {ticket} tidak lagi ditunda.",
    en="⏰ The contact has written: ticket {ticket} sleeps no longer.",
)
_WHEN = Phrase(
    id="Sampai kapan? Misalnya: /tunda 2 jam, /tunda besok 08.00, /tunda senin.",
    en="Until when? For example: /snooze 2 hours, /snooze tomorrow 08.00, /snooze monday.",
)
_NO_SUCH_PRIORITY = Phrase(
    id="Prioritas {value} tidak dikenal. Pilihannya: rendah, biasa, tinggi, mendesak.",
    en="There is no priority {value}. There are: low, normal, high, urgent.",
)
_SLEEPS_UNTIL_LATER = Phrase(
    id="Tiket hanya dapat ditunda sampai waktu yang akan datang.", en="A ticket can only sleep until later."
)


def spam(language: Language, *, ticket: int, ends_case: bool = False) -> str:
    said = _SPAM.say(language, ticket=number_words(ticket))
    return f"{said} {_ENDS_CASE.say(language)}" if ends_case else said


def restored(language: Language, *, ticket: int, stopped: bool = False) -> str:
    """Say that it is back, and of a procedure that was stopped meanwhile that it is not."""
    said = _RESTORED.say(language, ticket=number_words(ticket))
    return f"{said} {_STOPPED.say(language)}" if stopped else said


def blocked(language: Language, *, ticket: int) -> str:
    return _BLOCKED.say(language, ticket=number_words(ticket))


def unblocked(language: Language, *, tickets: Sequence[int]) -> str:
    """`tickets`: what was held back became these."""
    if not tickets:
        return _UNBLOCKED.say(language)
    return _TAKEN_IN.say(language, tickets=_numbers(tickets))


def priority_words(language: Language, priority: str) -> str:
    return PRIORITY_WORDS[priority].say(language)


def prioritised(language: Language, *, ticket: int, priority: str) -> str:
    return _PRIORITISED.say(
        language, ticket=number_words(ticket), priority=priority_words(language, priority)
    )


def choose_priority(language: Language, *, ticket: int) -> str:
    return _CHOOSE_PRIORITY.say(language, ticket=number_words(ticket))


def snoozed(language: Language, *, ticket: int, until: datetime, now: datetime) -> str:
    """Both instants local to the desk."""
    moment = moment_in_words(until, language, today=now.date())
    return _SNOOZED.say(language, ticket=number_words(ticket), moment=moment)


def until_when(language: Language) -> str:
    return _WHEN.say(language)


def woken(language: Language, *, ticket: int, by_contact: bool) -> str:
    return (_WOKEN_BY_CONTACT if by_contact else _WOKEN).say(language, ticket=number_words(ticket))


def no_such_priority(language: Language, *, value: str) -> str:
    return _NO_SUCH_PRIORITY.say(language, value=one_line(value, longest=40))


def sleeps_until_later(language: Language) -> str:
    return _SLEEPS_UNTIL_LATER.say(language)


def _numbers(tickets: Sequence[int]) -> str:
    return ", ".join(number_words(ticket) for ticket in tickets)
