"""What a contact is asked where nobody is sure what their message is about, and what they are told when they have chosen."""

from templates_replies.catalogue import Language
from templates_replies.labels import number_words
from templates_replies.phrase import Phrase

_WHICH = Phrase(
    id="Agar lebih cepat ditangani, mohon pilih hal yang paling sesuai dengan pesan Anda. Bila tidak memilih pun, pesan Anda tetap dibaca petugas.",
    en="To help us deal with it sooner, please choose what your message is about. If you choose nothing, our staff will read it all the same.",
)
_WHETHER = Phrase(
    id="Agar lebih cepat ditangani, apakah pesan Anda mengenai hal berikut? Bila tidak dijawab pun, pesan Anda tetap dibaca petugas.",
    en="To help us deal with it sooner: is your message about the following? If you do not answer, our staff will read it all the same.",
)
_CHOSEN = Phrase(
    id="Terima kasih. Tiket {ticket} kami catat mengenai: {category}. {when}",
    en="Thank you. We have noted what ticket {ticket} is about: {category}. {when}",
)
_NONE = Phrase(id="Lainnya, ke petugas", en="None, ask a person")  # at most 20 characters, as WhatsApp has it
#: What says the same in other words.
NONE_WORDS = "bukan tidak ada itu ini semua lain lainnya petugas admin orang none neither nothing other else of these those them"


def which_category(language: Language, *, several: bool) -> str:
    return (_WHICH if several else _WHETHER).say(language)


def none_label(language: Language) -> str:
    return _NONE.say(language)


def category_chosen(language: Language, *, ticket: int, category: str, when: str) -> str:
    return _CHOSEN.say(language, ticket=number_words(ticket), category=category, when=when)
