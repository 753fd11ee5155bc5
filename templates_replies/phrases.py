"""What the bot says to contacts, in Indonesian and English.

Polite and short, as a campus office writes on WhatsApp: Bapak/Ibu, Anda, one matter a message, a person's deadline in
words. Each function takes the language first and typed values by name; what comes from outside (names, subjects) is
made harmless here. The sentences `when` come from the `when_…` functions.
"""

import re
from collections.abc import Sequence
from datetime import date, datetime, timedelta

from templates_replies.catalogue import Language
from templates_replies.labels import (
    IdentityField,
    identity_words,
    limit_words,
    no_label,
    number_words,
    status_words,
    yes_label,
)
from templates_replies.moments import in_words, moment_in_words
from templates_replies.phrase import Phrase
from templates_replies.render import one_line

_LONGEST_NAME = 60
_LONGEST_SUBJECT = 100
_REPLY_MARKS = re.compile(r"^(?:\s*(?:re|aw|bls)\s*:)+\s*", re.IGNORECASE)

# Salutations

_HELLO = Phrase(id="Halo Bapak/Ibu,", en="Hello,")
_HELLO_NAME = Phrase(id="Halo {contact},", en="Hello {contact},")
_ADDRESSED = Phrase(id="Bapak/Ibu {contact}", en="{contact}")
_CALLS_THEMSELVES = re.compile(
    r"(?:bapak|bpk|pak|ibu|bu|kak|mas|mbak|kang|teh|bang)\b\.?\s*\S", re.IGNORECASE
)


def salutation(language: Language, *, contact: str | None) -> str:
    """Return `Halo Bapak/Ibu Ana,`; without the name where there is none."""
    name = _addressed(language, contact)
    return _HELLO_NAME.say(language, contact=name) if name else _HELLO.say(language)


def _addressed(language: Language, contact: str | None) -> str:
    """Return how somebody is spoken to: as they call themselves (`Ibu Ratna`), else with both; empty without a name."""
    name = one_line(contact or "", longest=_LONGEST_NAME)
    if not name or _CALLS_THEMSELVES.match(name):
        return name
    return _ADDRESSED.say(language, contact=name)


_WELCOME = Phrase(
    id="{salutation} selamat datang di {desk}. Silakan tuliskan pertanyaan atau kendala Anda, beserta nama, NIM/NIP, dan unit Anda.",
    en="{salutation} welcome to {desk}. Please tell us your question or problem, with your name, student or staff number, and unit.",
)
_HOURS = Phrase(id="\n\nJam layanan kami: {hours}", en="\n\nOur service hours: {hours}")


def welcome(language: Language, *, desk: str, contact: str | None = None, hours: str | None = None) -> str:
    """Answer `/start` and a bare greeting."""
    text = _WELCOME.say(language, salutation=salutation(language, contact=contact), desk=desk)
    return text + (_HOURS.say(language, hours=hours) if hours else "")


_TOPIC_CHOSEN = Phrase(
    id="Topik yang Anda pilih: {category}. Silakan tuliskan pertanyaan atau kendala Anda mengenai hal ini.",
    en="The topic you have chosen: {category}. Please tell us your question or problem about it.",
)


def topic_chosen(language: Language, *, category: str) -> str:
    """Answer `/start` with the link of a category."""
    return _TOPIC_CHOSEN.say(language, category=category)


# A ticket begins

_NEW_TICKET = Phrase(
    id="{salutation} terima kasih telah menghubungi {desk}. Pesan Anda sudah kami terima dengan nomor tiket {ticket}.",
    en="{salutation} thank you for contacting {desk}. We have received your message; your ticket number is {ticket}.",
)
_FOLLOW_UP = Phrase(
    id="{salutation} tiket {earlier} sudah ditutup, sehingga pesan Anda kami catat sebagai tiket baru {ticket}.",
    en="{salutation} ticket {earlier} is closed, so we have recorded your message as a new ticket, {ticket}.",
)


_TELL_US = Phrase(
    id="Silakan tuliskan pertanyaan atau kendala Anda, beserta nama, NIM/NIP, dan unit Anda.",
    en="Please tell us your question or problem, with your name, student or staff number, and unit.",
)


def tell_us(language: Language) -> str:
    """Ask for the matter of somebody who has only said hello."""
    return _TELL_US.say(language)


def greeting_new_ticket(language: Language, *, ticket: int, desk: str, contact: str | None = None) -> str:
    hello = salutation(language, contact=contact)
    return _NEW_TICKET.say(language, salutation=hello, ticket=number_words(ticket), desk=desk)


def follow_up_ticket(language: Language, *, ticket: int, earlier: int, contact: str | None = None) -> str:
    """Say that a message to a ticket closed long ago became a ticket of its own."""
    hello = salutation(language, contact=contact)
    return _FOLLOW_UP.say(
        language, salutation=hello, ticket=number_words(ticket), earlier=number_words(earlier)
    )


# When a person answers

_WITHIN_HOURS = Phrase(
    id="Petugas kami akan menjawab dalam waktu paling lambat {within} pada jam layanan.",
    en="A member of our staff will reply within {within} during service hours.",
)
_WITHIN = Phrase(
    id="Petugas kami akan menjawab dalam waktu paling lambat {within}.",
    en="A member of our staff will reply within {within}.",
)
_OUTSIDE_HOURS = Phrase(
    id="Saat ini kami berada di luar jam layanan. Petugas kami akan menjawab mulai {moment}.",
    en="We are outside service hours at the moment. A member of our staff will reply from {moment}.",
)
_ANSWERED_BY = Phrase(
    id="Petugas kami akan menjawab paling lambat {moment}.",
    en="A member of our staff will reply no later than {moment}.",
)
_ANSWERED_SOON = Phrase(
    id="Petugas kami akan menjawab sesegera mungkin.",
    en="A member of our staff will reply as soon as possible.",
)


def when_answered_inside_hours(
    language: Language, *, within: timedelta, counts_operating: bool = True
) -> str:
    """Promise a length of time; `counts_operating` tells whether it runs in service hours only."""
    phrase = _WITHIN_HOURS if counts_operating else _WITHIN
    return phrase.say(language, within=in_words(within, language))


def when_answered_outside_hours(language: Language, *, opens_at: datetime, today: date) -> str:
    """Say when the desk opens next: `opens_at` in the desk's own zone, `today` the desk's date."""
    return _OUTSIDE_HOURS.say(language, moment=moment_in_words(opens_at, language, today=today))


def when_answered_by(language: Language, *, due_at: datetime, today: date) -> str:
    """Promise an instant, where a break or the end of the day lies in between."""
    return _ANSWERED_BY.say(language, moment=moment_in_words(due_at, language, today=today))


def when_answered_soon(language: Language) -> str:
    """Promise nothing that cannot be kept: for a desk without a response time."""
    return _ANSWERED_SOON.say(language)


# Who writes

_ASK_IDENTITY = Phrase(
    id="Agar dapat kami bantu dengan tepat, mohon balas pesan ini dengan:\n{fields}",
    en="So that we can help you properly, please reply with:\n{fields}",
)
_IDENTITY_THANKS = Phrase(
    id="Terima kasih, {contact}. Data Anda sudah kami catat.",
    en="Thank you, {contact}. We have noted your details.",
)
_IDENTITY_THANKS_NAMELESS = Phrase(
    id="Terima kasih, Bapak/Ibu. Data Anda sudah kami catat.",
    en="Thank you. We have noted your details.",
)


def ask_identity(language: Language, *, missing: Sequence[IdentityField]) -> str:
    """Ask only for what is missing. Raises ValueError if nothing is."""
    if not missing:
        raise ValueError("Nothing is missing: there is nothing to ask for.")
    fields = "\n".join(f"• {identity_words(field, language)}" for field in missing)
    return _ASK_IDENTITY.say(language, fields=fields)


def identity_thanks(language: Language, *, contact: str | None = None) -> str:
    name = _addressed(language, contact)
    return _IDENTITY_THANKS.say(language, contact=name) if name else _IDENTITY_THANKS_NAMELESS.say(language)


# Automatic answers and handing over

_AUTO_ANSWER = Phrase(
    id="{answer}\n\nPesan Anda kami catat sebagai tiket {ticket}. Apakah jawaban ini membantu?",
    en="{answer}\n\nWe have recorded your message as ticket {ticket}. Did this answer help you?",
)
_HELPED = Phrase(
    id="Terima kasih atas kabarnya. Tiket {ticket} kami nyatakan selesai. Bila masih ada yang perlu dibantu, silakan balas pesan ini kapan saja.",
    en="Thank you for letting us know. We have marked ticket {ticket} as solved. If you need anything else, just reply to this message.",
)
_NOT_HELPED = Phrase(
    id="Terima kasih atas kabarnya, dan mohon maaf jawaban tadi belum membantu. Tiket {ticket} sudah kami teruskan kepada petugas. {when}",
    en="Thank you for letting us know, and we are sorry that the answer did not help. We have passed ticket {ticket} to our staff. {when}",
)
_HANDED_OVER = Phrase(
    id="Baik, tiket {ticket} kami teruskan kepada petugas. {when}",
    en="Certainly, we have passed ticket {ticket} to our staff. {when}",
)
_ESCALATED = Phrase(
    id="Tiket {ticket} kami teruskan kepada {team} untuk ditangani lebih lanjut. Kami akan mengabari Anda begitu ada perkembangan.",
    en="We have passed ticket {ticket} to {team}, who will look into it further. We will let you know as soon as there is news.",
)
_SECOND_LINE = Phrase(id="tim teknis kami", en="our technical team")


def auto_answer_frame(language: Language, *, answer: str, ticket: int) -> str:
    """Follow an automatic answer with the ticket's number and the question whether it helped; offer `helped_labels`."""
    return _AUTO_ANSWER.say(language, answer=answer, ticket=number_words(ticket))


def helped_labels(language: Language) -> tuple[str, str]:
    """Return the labels of the two buttons: yes, no."""
    return yes_label(language), no_label(language)


def helped_yes_thanks(language: Language, *, ticket: int) -> str:
    return _HELPED.say(language, ticket=number_words(ticket))


def helped_no_handover(language: Language, *, ticket: int, when: str) -> str:
    return _NOT_HELPED.say(language, ticket=number_words(ticket), when=when)


def handed_to_person(language: Language, *, ticket: int, when: str) -> str:
    return _HANDED_OVER.say(language, ticket=number_words(ticket), when=when)


def escalated_notice(language: Language, *, ticket: int, team: str | None = None) -> str:
    return _ESCALATED.say(language, ticket=number_words(ticket), team=team or _SECOND_LINE.say(language))


# How a ticket stands

_TICKET_STATE = Phrase(
    id="Tiket {ticket}: {subject}\nStatus: {status}, sejak {since}\n{next_step}",
    en="Ticket {ticket}: {subject}\nStatus: {status}, since {since}\n{next_step}",
)
_NO_SUBJECT = Phrase(id="tanpa judul", en="no subject")
_NEXT_STEPS = {
    "new": _ANSWERED_SOON,
    "open": Phrase(id="Petugas kami sedang menanganinya.", en="Our staff are working on it."),
    "waiting": Phrase(
        id="Silakan balas pesan kami agar dapat kami lanjutkan.",
        en="Please reply to our message so that we can go on.",
    ),
    "solved": Phrase(
        id="Bila masih ada kendala, silakan balas pesan ini.",
        en="If the problem is still there, please reply to this message.",
    ),
    "closed": Phrase(
        id="Bila ada pertanyaan lain, silakan tuliskan di sini.",
        en="If you have another question, please write to us here.",
    ),
}
_NO_TICKET = Phrase(
    id="Saat ini tidak ada tiket Anda yang sedang berjalan. Silakan tuliskan pertanyaan atau kendala Anda, kami siap membantu.",
    en="You have no ticket in progress at the moment. Please tell us your question or problem, and we will gladly help.",
)
_NOT_YOUR_TICKET = Phrase(
    id="Mohon maaf, kami tidak menemukan tiket {ticket} atas nama Anda. Mohon periksa kembali nomornya.",
    en="We are sorry, we could not find ticket {ticket} under your name. Please check the number.",
)


def ticket_state(
    language: Language,
    *,
    ticket: int,
    subject: str | None,
    status: str,
    since: datetime,
    today: date,
    next_step: str | None = None,
) -> str:
    """Tell how a ticket stands. `next_step`: what comes next (a `when_…` sentence); else what the status implies."""
    return _TICKET_STATE.say(
        language,
        ticket=number_words(ticket),
        subject=one_line(subject or "", longest=_LONGEST_SUBJECT) or _NO_SUBJECT.say(language),
        status=status_words(status, language),
        since=moment_in_words(since, language, today=today),
        next_step=next_step or _NEXT_STEPS[status].say(language),
    )


def no_ticket(language: Language) -> str:
    return _NO_TICKET.say(language)


def not_your_ticket(language: Language, *, ticket: int) -> str:
    """Answer a question for a ticket that is not there or somebody else's: both look the same from outside."""
    return _NOT_YOUR_TICKET.say(language, ticket=number_words(ticket))


# A ticket ends, or begins again

_CLOSED = Phrase(
    id="Tiket {ticket} sudah kami selesaikan. Terima kasih telah menghubungi {desk}. Bila masih ada kendala, cukup balas pesan ini dan tiket akan kami buka kembali.",
    en="We have completed ticket {ticket}. Thank you for contacting {desk}. If the problem is still there, just reply to this message and we will reopen the ticket.",
)
_REOPENED = Phrase(
    id="Baik, tiket {ticket} kami buka kembali. {when}",
    en="Certainly, we have reopened ticket {ticket}. {when}",
)


_MERGED = Phrase(
    id="Tiket {ticket} kami satukan dengan tiket {earlier} Anda, karena menyangkut hal yang sama. Jawaban kami sampaikan di tiket {earlier}.",
    en="Your ticket {ticket} is about the same matter as {earlier}, so we answer both in {earlier}.",
)


def merged_notice(language: Language, *, ticket: int, earlier: int) -> str:
    return _MERGED.say(language, ticket=number_words(ticket), earlier=number_words(earlier))


def closed_notice(language: Language, *, ticket: int, desk: str) -> str:
    return _CLOSED.say(language, ticket=number_words(ticket), desk=desk)


def reopened_notice(language: Language, *, ticket: int, when: str) -> str:
    return _REOPENED.say(language, ticket=number_words(ticket), when=when)


# Silence, and what cannot be taken in

_STOPPED = Phrase(
    id="Baik, kami tidak akan mengirim pesan lagi kepada Anda. Bila ingin menghubungi kami kembali, silakan ketik MULAI.",
    en="Certainly, we will not send you any more messages. To hear from us again, please type START.",
)
_STARTED = Phrase(
    id="Terima kasih, Anda akan kembali menerima pesan dari {desk}. Silakan tuliskan pertanyaan atau kendala Anda.",
    en="Thank you, you will receive messages from {desk} again. Please tell us your question or problem.",
)
_FILE_TOO_LARGE = Phrase(
    id="Mohon maaf, berkas {file} tidak dapat kami terima karena melebihi {limit}. Pesan Anda sudah kami terima. Silakan kirim berkas yang lebih kecil atau tautan ke berkas tersebut.",
    en="We are sorry, we could not accept the file {file} because it is larger than {limit}. We have received your message. Please send a smaller file or a link to it.",
)


def stopped_notice(language: Language) -> str:
    return _STOPPED.say(language)


def started_notice(language: Language, *, desk: str) -> str:
    return _STARTED.say(language, desk=desk)


def file_too_large(language: Language, *, file: str, limit: int) -> str:
    """Say that a file was left out and the text was kept; `limit` in bytes."""
    name = one_line(file, longest=_LONGEST_NAME)
    return _FILE_TOO_LARGE.say(language, file=name, limit=limit_words(limit))


def mail_subject(*, ticket: int, subject: str | None) -> str:
    """Return the subject of an answer by email, `Re: Lupa sandi [#1042]`, however often it went to and fro."""
    mark = f"[{number_words(ticket)}]"
    bare = _REPLY_MARKS.sub("", one_line((subject or "").replace(mark, "")))
    line = one_line(bare, longest=_LONGEST_SUBJECT)
    return f"Re: {line} {mark}" if line else mark
