"""The short words for states, channels, clocks and what identifies a person.

Keys are the ledger's own words (`tickets.message` and the status of a ticket), given as plain text.
"""

from collections.abc import Mapping
from enum import StrEnum

from templates_replies.catalogue import Language
from templates_replies.phrase import Phrase


class IdentityField(StrEnum):
    """What a contact is asked for."""

    NAME = "name"
    NUMBER = "number"  # NIM of a student, NIP of staff
    UNIT = "unit"
    EMAIL = "email"


_STATUS: Mapping[str, Phrase] = {
    "new": Phrase(id="diterima, belum dijawab", en="received, not yet answered"),
    "open": Phrase(id="sedang ditangani", en="being handled"),
    "waiting": Phrase(id="menunggu jawaban Anda", en="waiting for your reply"),
    "solved": Phrase(id="selesai", en="solved"),
    "closed": Phrase(id="ditutup", en="closed"),
}
_STATUS_FOR_STAFF: Mapping[str, Phrase] = {
    "new": Phrase(id="baru", en="new"),
    "open": Phrase(id="ditangani", en="open"),
    "waiting": Phrase(id="menunggu pengirim", en="waiting for the contact"),
    "solved": Phrase(id="selesai", en="solved"),
    "closed": Phrase(id="ditutup", en="closed"),
}
_CHANNEL: Mapping[str, Phrase] = {
    "whatsapp": Phrase(id="WhatsApp", en="WhatsApp"),
    "telegram": Phrase(id="Telegram", en="Telegram"),
    "email": Phrase(id="email", en="email"),
    "webchat": Phrase(id="obrolan web", en="web chat"),
    "other": Phrase(id="telepon atau tatap muka", en="phone or walk-in"),
}
_CLOCK: Mapping[str, Phrase] = {
    "first_response": Phrase(id="jawaban pertama", en="first answer"),
    "next_response": Phrase(id="jawaban berikutnya", en="next answer"),
    "resolution": Phrase(id="penyelesaian", en="solution"),
    "second_line": Phrase(id="penyelesaian lini kedua", en="solution by the second line"),
    "step": Phrase(id="langkah prosedur", en="step of the procedure"),
}
_IDENTITY: Mapping[str, Phrase] = {
    IdentityField.NAME: Phrase(id="nama lengkap", en="your full name"),
    IdentityField.NUMBER: Phrase(id="NIM atau NIP", en="your student or staff number (NIM/NIP)"),
    IdentityField.UNIT: Phrase(id="program studi atau unit kerja", en="your study programme or unit"),
    IdentityField.EMAIL: Phrase(id="alamat email kampus", en="your campus email address"),
}
_VERIFIED: Mapping[str, Phrase] = {
    "verified": Phrase(id="terverifikasi", en="verified"),
    "not_found": Phrase(id="tidak ditemukan di direktori", en="not found in the directory"),
    "mismatch": Phrase(id="tidak cocok dengan direktori", en="does not match the directory"),
    "unchecked": Phrase(id="belum diperiksa", en="not checked yet"),
}
_YES, _NO = Phrase(id="Ya", en="Yes"), Phrase(id="Tidak", en="No")


def status_words(status: str, language: Language) -> str:
    """Say a ticket's status to its contact. Raises KeyError for a status that is none."""
    return _STATUS[status].say(language)


def status_words_for_staff(status: str, language: Language) -> str:
    return _STATUS_FOR_STAFF[status].say(language)


def channel_words(channel: str, language: Language) -> str:
    return _CHANNEL[channel].say(language)


def clock_words(kind: str, language: Language) -> str:
    return _CLOCK[kind].say(language)


def identity_words(field: IdentityField, language: Language) -> str:
    return _IDENTITY[field].say(language)


def verification_words(verdict: str, language: Language) -> str:
    """Say what the directory told: verified, not_found, mismatch or unchecked."""
    return _VERIFIED[verdict].say(language)


def yes_label(language: Language) -> str:
    return _YES.say(language)


def no_label(language: Language) -> str:
    return _NO.say(language)


def number_words(ticket: int) -> str:
    """Write a ticket's number: `#1042`."""
    return f"#{ticket}"


def limit_words(limit: int) -> str:
    """Write a limit in bytes so that what keeps to it is taken, in whichever way a person's computer counts: `20 MB`."""
    return f"{limit // 2**20} MB" if limit >= 2**20 else f"{limit // 2**10} kB"
