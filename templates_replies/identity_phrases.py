"""What is said about who a contact is: to staff on cards and pages, to the contact about a one-time code."""

from collections.abc import Mapping
from datetime import date, datetime

from templates_replies.catalogue import Language
from templates_replies.labels import number_words, verification_words
from templates_replies.moments import moment_in_words
from templates_replies.phrase import Phrase
from templates_replies.render import one_line

_LONGEST_REASON = 120

_FIELDS: Mapping[str, Phrase] = {
    "number": Phrase(id="NIM/NIP", en="number"),
    "name": Phrase(id="nama", en="name"),
    "email": Phrase(id="email", en="email"),
    "unit": Phrase(id="unit", en="unit"),
}
_LIKENESS: Mapping[str, Phrase] = {
    "same": Phrase(id="{field} cocok", en="{field} matches"),
    "partly": Phrase(id="{field} cocok sebagian", en="{field} matches in part"),
    "different": Phrase(id="{field} berbeda", en="{field} differs"),
}
_BY_DIRECTORY = Phrase(id="Direktori ({moment}): {compared}", en="Directory ({moment}): {compared}")
_BY_DIRECTORY_NOBODY = Phrase(
    id="Direktori ({moment}): tidak ada yang cocok", en="Directory ({moment}): nobody found"
)
_BY_PERSON: Mapping[str, Phrase] = {
    "verified": Phrase(id="Dikonfirmasi {who}, {moment}", en="Confirmed by {who}, {moment}"),
    "mismatch": Phrase(id="Disangkal {who}, {moment}", en="Disputed by {who}, {moment}"),
}
_BY_LMS = Phrase(id="Masuk lewat LMS, {moment}", en="Logged in to the LMS, {moment}")
_BY_CODE = Phrase(id="Dibuktikan dengan kode, {moment}", en="Proven by code, {moment}")
_REASON = Phrase(id="{said}: {reason}", en="{said}: {reason}")
_UNREACHABLE = Phrase(
    id="Direktori belum dapat dihubungi; pemeriksaan diulang otomatis.",
    en="The directory cannot be reached yet; the check is repeated by itself.",
)
_CHECKING = Phrase(
    id="Identitas pengirim tiket {ticket} sedang diperiksa di direktori.",
    en="The identity of the contact of ticket {ticket} is being looked up in the directory.",
)
_FOUND = Phrase(
    id="Identitas pengirim tiket {ticket}: {verdict}.", en="Contact of ticket {ticket}: {verdict}."
)
_CONFIRMED = Phrase(
    id="Identitas pengirim tiket {ticket} dikonfirmasi.",
    en="The identity of the contact of ticket {ticket} is confirmed.",
)
_DISPUTED = Phrase(
    id="Identitas pengirim tiket {ticket} ditandai tidak cocok.",
    en="The identity of the contact of ticket {ticket} is marked as not matching.",
)
_CODE_QUEUED = Phrase(
    id="Kode untuk tiket {ticket} dikirim ke {mailbox}. Pengirim diminta mengetiknya di percakapan.",
    en="A code for ticket {ticket} goes to {mailbox}. The contact is asked to type it in the conversation.",
)
_JOINED = Phrase(
    id="Pengirim tiket {ticket} dan {other} kini satu kontak.",
    en="The contacts of tickets {ticket} and {other} are one now.",
)
_PARTED = Phrase(
    id="Kontak tiket {ticket} dipisahkan kembali seperti semula.",
    en="The contacts joined on ticket {ticket} are parted again.",
)

_NOTHING_TO_LOOK_UP = Phrase(
    id="Identitas belum cukup: mintalah NIM/NIP atau email kampus kepada pengirim.",
    en="There is nothing to go by yet: ask the contact for a student or staff number, or a campus mailbox.",
)
_NO_DIRECTORY = Phrase(
    id="Unit ini belum memiliki direktori.", en="This desk has no directory to look anybody up in."
)
_NO_MAILBOX = Phrase(
    id="Kode tidak dapat dikirim: direktori tidak memuat email pengirim, atau unit ini belum memiliki akun email. Periksa dahulu dengan /periksa.",
    en="No code can be sent: the directory has no mailbox of the contact, or this desk has no email account. Look them up first with /check.",
)
_TOO_MANY_CODES = Phrase(
    id="Sudah terlalu banyak kode dikirim dalam satu jam ini. Mohon coba lagi nanti.",
    en="Too many codes were sent within this hour. Please try again later.",
)
_NOT_PROVEN = Phrase(
    id="Keduanya belum terbukti orang yang sama. Buktikan dengan /kode pada kedua tiket, atau minta supervisor menyatukannya dengan alasan.",
    en="The two are not proven to be one person. Prove it by /code on both tickets, or let a supervisor join them with a reason.",
)
_ALREADY_ONE = Phrase(
    id="Kedua tiket itu sudah milik satu kontak.", en="Both tickets are of one contact already."
)
_NOT_JOINED = Phrase(
    id="Kontak ini tidak sedang disatukan dengan siapa pun.", en="This contact is not joined with anybody."
)
_CHECK_LABEL = Phrase(id="Periksa identitas", en="Check identity")
_CONFIRM_LABEL = Phrase(id="Konfirmasi identitas", en="Confirm identity")
_CODE_LABEL = Phrase(id="Kirim kode", en="Send code")

_CODE_SENT = Phrase(
    id="Untuk memastikan identitas Anda, kami mengirim kode 6 angka ke {mailbox}, alamat yang tercatat di direktori. Mohon ketik kode itu di sini dalam 10 menit. Abaikan bila Anda tidak mengenal alamat tersebut.",
    en="To make sure who you are, we sent a 6-digit code to {mailbox}, the address in the directory. Please type the code here within 10 minutes. Ignore this if you do not know that address.",
)
_CODE_SUBJECT = Phrase(id="Kode verifikasi {desk}", en="Verification code of {desk}")
_CODE_MAIL = Phrase(
    id="Kode verifikasi Anda: {code}\n\nKode berlaku 10 menit untuk tiket {ticket}. Ketik kode ini di percakapan Anda dengan {desk}; jangan berikan kepada siapa pun, termasuk petugas. Bila Anda tidak memintanya, abaikan pesan ini: tanpa kode, tidak ada yang berubah.",
    en="Your verification code: {code}\n\nIt is valid for 10 minutes, for ticket {ticket}. Type it in your conversation with {desk}; give it to nobody, staff included. If you did not ask for it, ignore this message: without the code nothing changes.",
)
_CODE_RIGHT = Phrase(
    id="Terima kasih, identitas Anda sudah terbukti.", en="Thank you, your identity is proven."
)
_CODE_WRONG = Phrase(
    id="Kode tersebut tidak cocok. Mohon periksa kembali emailnya; masih ada {left} kesempatan.",
    en="That code is not right. Please check the email again; {left} tries are left.",
)
_CODE_SPENT = Phrase(
    id="Kode sudah terlalu sering dicoba dan tidak berlaku lagi. Petugas kami akan membantu Anda.",
    en="The code was tried too often and is no longer valid. Our staff will help you.",
)
_CODE_EXPIRED = Phrase(
    id="Kode sudah tidak berlaku. Petugas kami akan mengirim kode baru bila diperlukan.",
    en="The code is no longer valid. Our staff will send a new one if it is needed.",
)


def verification_line(
    language: Language, *, source: str, outcome: str, compared: Mapping[str, str], who: str | None, at: datetime,
    today: date, reason: str | None = None,
) -> str:  # fmt: skip
    """Say where a verdict comes from and what was compared; `at` local to the desk."""
    moment = moment_in_words(at, language, today=today)
    if source == "code":
        return _BY_CODE.say(language, moment=moment)
    if source == "lms":
        return _BY_LMS.say(language, moment=moment)
    if source == "person":
        said = _BY_PERSON[outcome].say(language, who=who or "?", moment=moment)
        if reason:
            said = _REASON.say(language, said=said, reason=one_line(reason, longest=_LONGEST_REASON))
        return said
    if outcome == "not_found":
        return _BY_DIRECTORY_NOBODY.say(language, moment=moment)
    return _BY_DIRECTORY.say(language, moment=moment, compared=compared_words(compared, language))


def compared_words(compared: Mapping[str, str], language: Language) -> str:
    """Say what was compared: `NIM/NIP cocok, nama berbeda`."""
    said = [
        _LIKENESS[likeness].say(language, field=_FIELDS[field].say(language))
        for field, likeness in compared.items()
        if likeness in _LIKENESS and field in _FIELDS
    ]
    return ", ".join(said) or "–"


def unreachable(language: Language) -> str:
    return _UNREACHABLE.say(language)


def checking(language: Language, *, ticket: int) -> str:
    return _CHECKING.say(language, ticket=number_words(ticket))


def found(language: Language, *, ticket: int, outcome: str, line: str) -> str:
    verdict = verification_words(outcome, language)
    return f"{_FOUND.say(language, ticket=number_words(ticket), verdict=verdict)}\n{line}"


def decided(language: Language, *, ticket: int, confirmed: bool) -> str:
    return (_CONFIRMED if confirmed else _DISPUTED).say(language, ticket=number_words(ticket))


def code_queued(language: Language, *, ticket: int, mailbox: str) -> str:
    """Tell staff that a code is on its way; `mailbox` masked."""
    return _CODE_QUEUED.say(language, ticket=number_words(ticket), mailbox=mailbox)


def joined(language: Language, *, ticket: int, other: int) -> str:
    return _JOINED.say(language, ticket=number_words(ticket), other=number_words(other))


def parted(language: Language, *, ticket: int) -> str:
    return _PARTED.say(language, ticket=number_words(ticket))


_REFUSALS: Mapping[str, Phrase] = {
    "nothing_to_look_up": _NOTHING_TO_LOOK_UP,
    "no_directory": _NO_DIRECTORY,
    "no_mailbox": _NO_MAILBOX,
    "too_many_codes": _TOO_MANY_CODES,
    "not_proven": _NOT_PROVEN,
    "already_one": _ALREADY_ONE,
    "not_joined": _NOT_JOINED,
}


def refused(language: Language, *, code: str) -> str | None:
    """Say why an act about identity was refused; None for any other refusal."""
    phrase = _REFUSALS.get(code)
    return phrase.say(language) if phrase else None


def check_label(language: Language) -> str:
    return _CHECK_LABEL.say(language)


def confirm_label(language: Language) -> str:
    return _CONFIRM_LABEL.say(language)


def code_label(language: Language) -> str:
    return _CODE_LABEL.say(language)


def code_sent(language: Language, *, mailbox: str) -> str:
    """Tell the contact where a code went; `mailbox` masked."""
    return _CODE_SENT.say(language, mailbox=mailbox)


def code_mail(language: Language, *, code: str, ticket: int, desk: str) -> tuple[str, str]:
    """Return subject and text of the mail with the code."""
    subject = _CODE_SUBJECT.say(language, desk=desk)
    return subject, _CODE_MAIL.say(language, code=code, ticket=number_words(ticket), desk=desk)


def code_right(language: Language) -> str:
    return _CODE_RIGHT.say(language)


def code_wrong(language: Language, *, left: int) -> str:
    return _CODE_WRONG.say(language, left=str(left))


def code_spent(language: Language) -> str:
    return _CODE_SPENT.say(language)


def code_expired(language: Language) -> str:
    return _CODE_EXPIRED.say(language)
