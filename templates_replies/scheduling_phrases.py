"""What people of the desk are told of answers that they wrote for later."""

from collections.abc import Mapping

from templates_replies.catalogue import Language
from templates_replies.labels import number_words
from templates_replies.phrase import Phrase

_HELD = Phrase(
    id="⏸ Jawaban terjadwal Anda untuk tiket {ticket} belum dikirim: {why}. Kirim, ubah waktunya, atau batalkan di halaman tiket.",
    en="⏸ Your scheduled answer on ticket {ticket} was not sent: {why}. Send it, change its time or cancel it on the ticket's page.",
)
_WHY: Mapping[str, Phrase] = {
    "contact": Phrase(id="kontak sudah menulis lagi", en="the contact has written again"),
    "colleague": Phrase(id="rekan sudah menjawab kontak", en="a colleague has answered the contact"),
    "over": Phrase(id="tiketnya sudah selesai", en="the ticket is solved"),
    "assigned": Phrase(id="tiketnya kini dipegang orang lain", en="somebody else has the ticket now"),
    "window": Phrase(id="jendela 24 jam WhatsApp tertutup", en="WhatsApp's 24 hours are over"),
    "rights": Phrase(
        id="Anda tidak lagi dapat menjawab tiket itu", en="you cannot answer on that ticket any more"
    ),
    "refused": Phrase(id="kontak tidak dapat dihubungi", en="the contact cannot be written to"),
}
_UNSOLVED = Phrase(
    id="Jawaban terjadwal Anda untuk tiket {ticket} sudah dikirim, tetapi tiketnya tidak diselesaikan: {why}.",
    en="Your scheduled answer on ticket {ticket} was sent, but the ticket was not solved: {why}.",
)
_NOT_SOLVED: Mapping[str, Phrase] = {
    "contact": _WHY["contact"],
    "refused": Phrase(id="aturan unit belum mengizinkannya", en="the desk's rules do not allow it yet"),
}


def unsolved(language: Language, *, ticket: int, why: str) -> str:
    """Tell the author that it went, but that the ticket is still to be done."""
    return _UNSOLVED.say(language, ticket=number_words(ticket), why=_NOT_SOLVED[why].say(language))


def held(language: Language, *, ticket: int, why: str) -> str:
    """Tell the author that it did not go when its time had come; they decide."""
    return _HELD.say(language, ticket=number_words(ticket), why=_WHY[why].say(language))
