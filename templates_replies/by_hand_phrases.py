"""What the bot says to people of the desk who write down what was said elsewhere, or write to somebody first."""

from collections.abc import Mapping
from datetime import datetime

from templates_replies.catalogue import Language
from templates_replies.labels import number_words
from templates_replies.moments import moment_in_words
from templates_replies.phrase import Phrase
from templates_replies.render import one_line

MEDIUM_WORDS: Mapping[str, Phrase] = {
    "telephone": Phrase(id="telepon", en="telephone"),
    "counter": Phrase(id="loket", en="counter"),
    "other": Phrase(id="lain", en="other"),
}
_BY_WHICH = Phrase(id="Lewat apa mereka datang?", en="How did they come?")
_WHEN_THEY_CAME = Phrase(
    id="Kapan? Tekan tombol, atau tulis jamnya, misalnya 08.15 atau kemarin 15.00.",
    en="When? Press the button, or write the time, such as 08.15 or yesterday 15.00.",
)
_WHO = Phrase(
    id="Siapa namanya? Tulis - bila tidak disebutkan.", en="What is their name? Write - if they did not say."
)
_WHAT = Phrase(id="Apa yang disampaikan?", en="What did they say?")
_JUST_NOW = Phrase(id="Baru saja", en="Just now")
_WRITTEN_DOWN = Phrase(
    id="Tiket {ticket} dicatat; tenggatnya dihitung sejak {moment}.",
    en="Ticket {ticket} is written down; its clocks count from {moment}.",
)
_WRITTEN_FIRST = Phrase(
    id="Tiket {ticket} dibuat, pesannya sedang dikirim.",
    en="Ticket {ticket} is made, its message is on its way.",
)
_HOW_TO_WRITE = Phrase(
    id="Kepada siapa dan apa isinya? Misalnya: /tulis ana@example.ac.id Nilai kuis | Nilai Anda sudah muncul.",
    en="To whom, and what? For example: /write ana@example.ac.id Quiz | Your grade is there now.",
)
_REACHABLE = Phrase(
    id="Jawaban tiket {ticket} kini dikirim ke {address}.",
    en="Answers on ticket {ticket} now go to {address}.",
)
_CURRENT = Phrase(
    id="Pengirim ini punya tiket terbuka {ticket} di sana. Jawablah di tiket itu.",
    en="The contact has ticket {ticket} open there. Answer in that one.",
)
_NO_SUCH_MEDIUM = Phrase(
    id="Media {value} tidak dikenal. Pilihannya: telepon, loket, lain.",
    en="There is no medium {value}. There are: telephone, counter, other.",
)
_NOT_LATER = Phrase(
    id="Waktu kedatangan tidak dapat sesudah sekarang.", en="Nobody can have come later than now."
)


def by_which(language: Language) -> str:
    return _BY_WHICH.say(language)


def when_they_came(language: Language) -> str:
    return _WHEN_THEY_CAME.say(language)


def just_now(language: Language) -> str:
    return _JUST_NOW.say(language)


def who_came(language: Language) -> str:
    return _WHO.say(language)


def what_they_said(language: Language) -> str:
    return _WHAT.say(language)


def written_down(language: Language, *, ticket: int, since: datetime, now: datetime) -> str:
    """Both instants local to the desk."""
    moment = moment_in_words(since, language, today=now.date())
    return _WRITTEN_DOWN.say(language, ticket=number_words(ticket), moment=moment)


def written_first(language: Language, *, ticket: int) -> str:
    return _WRITTEN_FIRST.say(language, ticket=number_words(ticket))


def how_to_write(language: Language) -> str:
    return _HOW_TO_WRITE.say(language)


def reachable(language: Language, *, ticket: int, address: str) -> str:
    return _REACHABLE.say(language, ticket=number_words(ticket), address=one_line(address, longest=100))


def current_ticket(language: Language, *, ticket: int) -> str:
    return _CURRENT.say(language, ticket=number_words(ticket))


def no_such_medium(language: Language, *, value: str) -> str:
    return _NO_SUCH_MEDIUM.say(language, value=one_line(value, longest=40))


def not_later(language: Language) -> str:
    return _NOT_LATER.say(language)
