"""What passes between the first line and a second-line team: in their topics, in mails, and to whoever holds a ticket."""

from templates_replies.catalogue import Language
from templates_replies.labels import number_words
from templates_replies.phrase import Phrase
from templates_replies.render import one_line

_ESCALATED = Phrase(
    id="Tiket {ticket} diteruskan kepada {team}.", en="Ticket {ticket} has been passed on to {team}."
)
_REASON = Phrase(id="Alasan: {reason}", en="Reason: {reason}")
_TALK = Phrase(id="Percakapan sejauh ini:", en="The conversation so far:")
_HOW_IN_MAIL = Phrase(
    id="Balas surel ini untuk menulis catatan bagi lini pertama. Pengirim tiket tidak membacanya. Awali dengan /kembalikan dan temuan Anda bila sudah selesai.",
    en="Answer this mail to write a note for the first line. The contact does not read it. Begin with /return and your finding when you are done.",
)
_HOW_IN_TOPIC = Phrase(
    id="Pesan di topik ini menjadi catatan bagi lini pertama. Pengirim tiket tidak membacanya. Ketik /kembalikan dan temuan Anda bila sudah selesai.",
    en="Messages in this topic become notes for the first line. The contact does not read them. Type /return and your finding when you are done.",
)
_OVER = {
    "returned": Phrase(
        id="Tiket {ticket} kembali ke lini pertama.", en="Ticket {ticket} is back with the first line."
    ),
    "moved": Phrase(
        id="Tiket {ticket} diteruskan kepada tim lain.",
        en="Ticket {ticket} has been passed on to another team.",
    ),
    "solved": Phrase(id="Tiket {ticket} diselesaikan.", en="Ticket {ticket} is solved."),
    "closed": Phrase(id="Tiket {ticket} ditutup.", en="Ticket {ticket} is closed."),
    "merged": Phrase(
        id="Tiket {ticket} digabungkan dengan tiket lain.", en="Ticket {ticket} was merged into another."
    ),
    "spam": Phrase(id="Tiket {ticket} ditandai sebagai spam.", en="Ticket {ticket} was marked as spam."),
}
_BACK_TO_YOU = Phrase(
    id="Tiket {ticket} yang Anda tangani kembali dari {team}.",
    en="Ticket {ticket}, which you hold, is back from {team}.",
)
_FINDING = Phrase(id="Temuan: {finding}", en="Finding: {finding}")
_RETURN = Phrase(id="Kembalikan", en="Give it back")
_SUBJECT = Phrase(id="[{ticket}] {subject}", en="[{ticket}] {subject}")
_NO_SUBJECT = Phrase(id="tanpa judul", en="no subject")


def escalated(language: Language, *, ticket: int, team: str, reason: str | None, card: str, talk: str) -> str:
    """Hand a ticket to a team by mail: why, the card, and what was said."""
    parts = [_ESCALATED.say(language, ticket=number_words(ticket), team=team)]
    parts += [_REASON.say(language, reason=reason)] if reason else []
    parts += [card, _TALK.say(language), talk, _HOW_IN_MAIL.say(language)]
    return "\n\n".join(parts)


def talk_in_topic(language: Language, *, reason: str | None, talk: str) -> str:
    """Say below a team's card why it has the ticket and what was said."""
    parts = [_REASON.say(language, reason=reason)] if reason else []
    return "\n\n".join([*parts, _TALK.say(language), talk, _HOW_IN_TOPIC.say(language)])


def over(language: Language, *, ticket: int, outcome: str) -> str:
    """Tell a team that a ticket is with it no longer."""
    return _OVER[outcome].say(language, ticket=number_words(ticket))


def back_to_you(language: Language, *, ticket: int, team: str, finding: str | None) -> str:
    """Tell whoever holds a ticket that a team has given it back."""
    text = _BACK_TO_YOU.say(language, ticket=number_words(ticket), team=team)
    return f"{text}\n\n{_FINDING.say(language, finding=finding)}" if finding else text


def return_label(language: Language) -> str:
    return _RETURN.say(language)


def mail_subject(language: Language, *, ticket: int, subject: str | None) -> str:
    line = one_line(subject or "", longest=150) or _NO_SUBJECT.say(language)
    return _SUBJECT.say(language, ticket=number_words(ticket), subject=line)
