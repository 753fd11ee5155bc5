"""What is said where one number or one bot serves several desks: to the contact who chooses, and to the agents."""

from templates_replies.catalogue import Language
from templates_replies.labels import number_words
from templates_replies.phrase import Phrase
from templates_replies.phrases import salutation
from templates_replies.render import one_line

_WHICH = Phrase(
    id="{salutation} di sini Anda dapat menghubungi beberapa unit. Unit mana yang Anda tuju?",
    en="{salutation} several offices answer here. Which one would you like to reach?",
)
_RECEIVED = Phrase(
    id="Pesan Anda sudah kami terima dengan nomor tiket {ticket}; tanpa pilihan, {desk} yang akan membacanya.",
    en="We have received your message; your ticket number is {ticket}. If you choose none, {desk} will read it.",
)
_CHANGE = Phrase(
    id="Bukan unit yang Anda tuju? Balas dengan kata MENU.",
    en="Not the office you meant? Reply with the word MENU.",
)
_TELL_DESK = Phrase(
    id="Baik, {desk}. Silakan tuliskan pertanyaan atau kendala Anda.",
    en="Certainly: {desk}. Please tell us your question or problem.",
)
_PASSED = Phrase(
    id="Baik, tiket {ticket} kami teruskan ke {desk}.",
    en="Certainly, we have passed ticket {ticket} to {desk}.",
)
_NOT_CHOSEN = Phrase(
    id="🧭 Kontak tidak memilih unit, jadi tiket {ticket} ditangani di sini. Bila bukan urusan unit ini, pindahkan dengan tombol pada kartu atau /pindah.",
    en="🧭 The contact chose no desk, so ticket {ticket} is handled here. If it is another desk's matter, use a button of the card or /move.",
)
_TO_DESK = Phrase(id="➡️ Ke {desk}", en="➡️ To {desk}")
_START_COMMAND = Phrase(id="mulai percakapan", en="begin")
_MENU_COMMAND = Phrase(id="pilih unit yang dituju", en="choose the office to reach")
_LONGEST_NAME = 60


def which_desk(
    language: Language, *, contact: str | None, ticket: int | None, otherwise: str | None = None
) -> str:
    """Ask for the desk; of a message that waits for it, say that it has arrived, and who reads it `otherwise`."""
    asked = _WHICH.say(language, salutation=salutation(language, contact=contact))
    if ticket is None or otherwise is None:
        return asked
    return f"{asked}\n\n{_RECEIVED.say(language, ticket=number_words(ticket), desk=otherwise)}"


def contacts_commands(language: Language, *, several_desks: bool) -> tuple[tuple[str, str], ...]:
    """Return name and purpose of the commands that a chat offers to contacts."""
    start = ("start", _START_COMMAND.say(language))
    return (start, ("menu", _MENU_COMMAND.say(language))) if several_desks else (start,)


def change_hint(language: Language) -> str:
    return _CHANGE.say(language)


def tell_desk(language: Language, *, desk: str) -> str:
    return _TELL_DESK.say(language, desk=desk)


def passed_to(language: Language, *, ticket: int, desk: str) -> str:
    return _PASSED.say(language, ticket=number_words(ticket), desk=desk)


def not_chosen(language: Language, *, ticket: int) -> str:
    return _NOT_CHOSEN.say(language, ticket=number_words(ticket))


def to_desk_label(language: Language, *, desk: str) -> str:
    return one_line(_TO_DESK.say(language, desk=desk), longest=_LONGEST_NAME)
