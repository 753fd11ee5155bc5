"""What the bot says to people of the desk about tickets that belong together or elsewhere: links, merges, splits, incidents, moves."""

from collections.abc import Mapping, Sequence

from templates_replies.catalogue import Language
from templates_replies.labels import number_words
from templates_replies.phrase import Phrase
from templates_replies.render import one_line

LINK_WORDS: Mapping[str, Phrase] = {
    "related": Phrase(id="terkait", en="related"),
    "duplicate": Phrase(id="duplikat", en="duplicate"),
    "caused_by": Phrase(id="akibat", en="caused"),
    "incident": Phrase(id="insiden", en="incident"),
}
_LINKED = Phrase(
    id="Tiket {ticket} dikaitkan dengan {other} ({link}).",
    en="Ticket {ticket} is linked with {other} ({link}).",
)
_UNLINKED = Phrase(
    id="Kaitan tiket {ticket} dengan {other} dilepas.", en="Ticket {ticket} is linked with {other} no longer."
)
_MERGED = Phrase(
    id="🔀 Tiket {ticket} digabung ke {other}; pesan berikutnya masuk ke sana. Batalkan dengan /pulihkan di topik ini.",
    en="🔀 Ticket {ticket} is merged into {other}; what comes next goes there. Take it back with /restore in this topic.",
)
_ABSORBED = Phrase(
    id="🔀 Tiket {other} digabung ke tiket ini ({ticket}).",
    en="🔀 Ticket {other} was merged into this one ({ticket}).",
)
_SPLIT = Phrase(
    id="✂️ Tiket baru {other} dipisahkan dari {ticket}.", en="✂️ Ticket {other} was split off {ticket}."
)
_INCIDENT = Phrase(
    id="🔗 Tiket {ticket} menjadi bagian dari insiden {other}.",
    en="🔗 Ticket {ticket} is part of incident {other}.",
)
_ANSWERED_ALL = Phrase(
    id="Jawaban dikirim kepada {count} pengirim, untuk tiket {tickets}.",
    en="The answer is on its way to {count} contacts, for {tickets}.",
)
_SOLVED_ALL = Phrase(id="Tiket {tickets} selesai.", en="Solved: {tickets}.")
_WHICH_OTHER = Phrase(
    id="Tiket yang mana? Tulis nomornya, misalnya /{command} #1043.",
    en="Which ticket? Write its number, for example /{command} #1043.",
)
_WHICH_MESSAGES = Phrase(
    id="Pesan yang mana? Balas (reply) pesannya dengan /pisah, atau tulis jumlah pesan terakhir, misalnya /pisah 2.",
    en="Which messages? Reply to one with /split, or write how many of the newest, for example /split 2.",
)
_ATTACH = Phrase(id="🔗 Bagian dari insiden {other}?", en="🔗 Part of incident {other}?")
_MANY_CATEGORIES = Phrase(
    id="Belum berkategori: {tickets}. Tulis kategori untuk tiket-tiket itu, misalnya /tutupsemua {category}.",
    en="Without a category: {tickets}. Name one for them, for example /closeall {category}.",
)
_VALUES_MISSING = Phrase(
    id="Belum ada yang dikirim: untuk tiket {ticket} belum diketahui {missing}.",
    en="Nothing was sent: of ticket {ticket} this is not known: {missing}.",
)
_MOVED = Phrase(
    id="➡️ Tiket {ticket} dipindahkan ke {desk}; pesan berikutnya muncul di sana.",
    en="➡️ Ticket {ticket} has moved to {desk}; what comes next is shown there.",
)
_IN_OTHER_GROUP = Phrase(
    id="➡️ Tiket {ticket} dilanjutkan di grup lain; pesan berikutnya muncul di sana.",
    en="➡️ Ticket {ticket} goes on in another group; what comes next is shown there.",
)
_WHICH_DESK = Phrase(id="Ke unit mana? Pilihannya: {desks}.", en="To which desk? There are: {desks}.")
_NO_SUCH_DESK = Phrase(id="Tidak ada unit {value}.", en="There is no desk {value}.")
_NO_SUCH_LINK = Phrase(
    id="Jenis kaitan {value} tidak dikenal. Pilihannya: terkait, duplikat, akibat.",
    en="There is no link {value}. There are: related, duplicate, caused.",
)


def linked(language: Language, *, ticket: int, other: int, link: str) -> str:
    return _LINKED.say(
        language, ticket=number_words(ticket), other=number_words(other), link=LINK_WORDS[link].say(language)
    )


def unlinked(language: Language, *, ticket: int, other: int) -> str:
    return _UNLINKED.say(language, ticket=number_words(ticket), other=number_words(other))


def merged(language: Language, *, ticket: int, other: int) -> str:
    """What stands last in the topic of a ticket that ended in another."""
    return _MERGED.say(language, ticket=number_words(ticket), other=number_words(other))


def absorbed(language: Language, *, ticket: int, other: int) -> str:
    return _ABSORBED.say(language, ticket=number_words(ticket), other=number_words(other))


def split_off(language: Language, *, ticket: int, other: int) -> str:
    return _SPLIT.say(language, ticket=number_words(ticket), other=number_words(other))


def part_of_incident(language: Language, *, ticket: int, other: int) -> str:
    return _INCIDENT.say(language, ticket=number_words(ticket), other=number_words(other))


def attach_label(language: Language, *, other: int) -> str:
    return _ATTACH.say(language, other=number_words(other))


def answered_all(language: Language, *, count: int, tickets: Sequence[int]) -> str:
    return _ANSWERED_ALL.say(language, count=str(count), tickets=_numbers(tickets))


def solved_all(language: Language, *, tickets: Sequence[int]) -> str:
    return _SOLVED_ALL.say(language, tickets=_numbers(tickets))


def which_other(language: Language, *, command: str) -> str:
    return _WHICH_OTHER.say(language, command=command)


def which_messages(language: Language) -> str:
    return _WHICH_MESSAGES.say(language)


def many_categories(language: Language, *, tickets: Sequence[int], category: str) -> str:
    """`category`: the incident's, offered for those without one."""
    return _MANY_CATEGORIES.say(language, tickets=_numbers(tickets), category=category)


def no_such_link(language: Language, *, value: str) -> str:
    return _NO_SUCH_LINK.say(language, value=one_line(value, longest=40))


def _numbers(tickets: Sequence[int]) -> str:
    return ", ".join(number_words(ticket) for ticket in tickets)


def values_missing(language: Language, *, ticket: int, missing: Sequence[str]) -> str:
    return _VALUES_MISSING.say(language, ticket=number_words(ticket), missing=", ".join(missing))


def moved(language: Language, *, ticket: int, desk: str) -> str:
    """What stands last in the topic of a ticket that went to another desk."""
    return _MOVED.say(language, ticket=number_words(ticket), desk=desk)


def in_other_group(language: Language, *, ticket: int) -> str:
    """What stands last in the topic of a ticket that is shown in another group of its desk now."""
    return _IN_OTHER_GROUP.say(language, ticket=number_words(ticket))


def which_desk(language: Language, *, desks: Sequence[str]) -> str:
    return _WHICH_DESK.say(language, desks=", ".join(desks))


def no_such_desk(language: Language, *, value: str) -> str:
    return _NO_SUCH_DESK.say(language, value=one_line(value, longest=60))
