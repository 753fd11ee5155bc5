"""What people of the desk are told of what a group could not show: that there is something, and where to read it."""

import re

from templates_replies.catalogue import Language
from templates_replies.labels import number_words
from templates_replies.phrase import Phrase
from templates_replies.render import one_line

_WORDS = Phrase(
    id="Ada pesan pada tiket {ticket} yang tidak dapat ditampilkan di Telegram. Silakan baca di {page}. {why}",
    en="A message on ticket {ticket} cannot be shown on Telegram. Please read it on {page}. {why}",
)
_FILE = Phrase(
    id="Berkas “{name}” pada tiket {ticket} tidak dapat ditampilkan di Telegram. Silakan buka di {page}. {why}",
    en="The file “{name}” on ticket {ticket} cannot be shown on Telegram. Please open it on {page}. {why}",
)
_TOPIC = Phrase(
    id="Topik untuk tiket {ticket} tidak dapat dibuat. Silakan tangani di {page}. {why}",
    en="No topic could be made for ticket {ticket}. Please work on it on {page}. {why}",
)
_PLAIN = Phrase(
    id="(Ditampilkan sebagai teks polos; aslinya di {page}.)",
    en="(Shown as plain text; the original is on {page}.)",
)
_GOES_ON = Phrase(
    id="(Teks ini terlalu panjang untuk Telegram; selengkapnya di {page}.)",
    en="(This text is too long for Telegram; all of it is on {page}.)",
)
_PERHAPS_AGAIN = Phrase(
    id="(Mungkin sudah tampil di atas; Telegram tidak memastikannya.)",
    en="(It may stand above already; Telegram did not say.)",
)
_PAGE = Phrase(id="halaman tiket", en="the ticket's page")
_ABOUT = Phrase(id="Tiket {ticket}: {text}", en="Ticket {ticket}: {text}")


def words_untold(language: Language, *, ticket: int, page: str | None, why: str) -> str:
    return _WORDS.say(language, ticket=number_words(ticket), page=_page(language, page), why=one_line(why))


def file_untold(language: Language, *, ticket: int, name: str, page: str | None, why: str) -> str:
    shown = one_line(name, longest=80)
    return _FILE.say(
        language, ticket=number_words(ticket), name=shown, page=_page(language, page), why=one_line(why)
    )


def topic_untold(language: Language, *, ticket: int, page: str | None, why: str) -> str:
    return _TOPIC.say(language, ticket=number_words(ticket), page=_page(language, page), why=one_line(why))


def shown_plainly(language: Language, *, text: str, page: str | None) -> str:
    return f"{text}\n{_PLAIN.say(language, page=_page(language, page))}"


def goes_on(language: Language, *, page: str | None) -> str:
    return _GOES_ON.say(language, page=_page(language, page))


def perhaps_again(language: Language, *, text: str) -> str:
    return f"{_PERHAPS_AGAIN.say(language)}\n{text}"


def about(language: Language, *, ticket: int, text: str) -> str:
    """Name the ticket of what stands outside of its topic."""
    named = number_words(ticket)
    return text if re.search(rf"{named}\b", text) else _ABOUT.say(language, ticket=named, text=text)


def _page(language: Language, page: str | None) -> str:
    return page or _PAGE.say(language)
