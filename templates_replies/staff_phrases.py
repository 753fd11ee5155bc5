"""What the bot says to agents and supervisors: confirmations, refusals, and what became of a message.

Short, because it is read all day; a refusal says what to do instead.
"""

from collections.abc import Sequence

from templates_replies.catalogue import Language
from templates_replies.labels import number_words, status_words_for_staff
from templates_replies.phrase import Phrase
from templates_replies.render import one_line

_LONGEST = 100

# Refusals

_CLOSE_WITHOUT_CATEGORY = Phrase(
    id="Tiket {ticket} belum dapat ditutup karena belum berkategori. Pilih dahulu dengan /kategori.",
    en="Ticket {ticket} cannot be closed yet: it has no category. Set one first with /category.",
)
_NO_SUCH_TICKET = Phrase(
    id="Tiket {ticket} tidak ditemukan. Mohon periksa nomornya.",
    en="There is no ticket {ticket}. Please check the number.",
)
_NOT_ALLOWED = Phrase(
    id="Mohon maaf, peran Anda tidak mengizinkan tindakan ini.",
    en="Sorry, your role does not allow this.",
)
_UNKNOWN_COMMAND = Phrase(
    id="Perintah {command} tidak dikenal. Ketik /bantuan untuk melihat daftar perintah.",
    en="There is no command {command}. Type /help to see the commands.",
)
_WHICH_TICKET = Phrase(
    id="Tiket mana yang Anda maksud? Awali pesan dengan nomornya, misalnya: #1042 jawaban Anda.",
    en="Which ticket do you mean? Begin the message with its number, for example: #1042 your answer.",
)
_NO_SUCH_CATEGORY = Phrase(
    id="Kategori {category} tidak ditemukan. {near}Ketik /kategori untuk melihat semuanya.",
    en="There is no category {category}. {near}Type /category to see them all.",
)
_NO_SUCH_REPLY = Phrase(
    id="Templat {reply} tidak ditemukan. {near}Ketik /balas untuk melihat semuanya.",
    en="There is no template {reply}. {near}Type /reply to see them all.",
)
_NEAR = Phrase(id="Mungkin maksud Anda: {names}. ", en="Perhaps you mean: {names}. ")
_NO_SUCH_AGENT = Phrase(
    id="Tidak ada petugas bernama {agent} di unit ini.",
    en="There is no agent called {agent} at this desk.",
)
_NO_SUCH_TEAM = Phrase(
    id="Tidak ada tim bernama {team} di unit ini.",
    en="There is no team called {team} at this desk.",
)
_WRONG_STATUS = Phrase(
    id="Tindakan ini tidak dapat dilakukan: tiket {ticket} berstatus {status}.",
    en="This cannot be done: ticket {ticket} is {status}.",
)
_NOTHING_TO_SEND = Phrase(
    id="Tidak ada balasan yang sedang disiapkan. Siapkan dahulu dengan /balas.",
    en="No reply is being prepared. Prepare one first with /reply.",
)
_EMPTY_ANSWER = Phrase(
    id="Jawaban masih kosong, tidak ada yang dikirim.", en="The answer is empty; nothing was sent."
)


def close_without_category(language: Language, *, ticket: int) -> str:
    return _CLOSE_WITHOUT_CATEGORY.say(language, ticket=number_words(ticket))


def no_such_ticket(language: Language, *, ticket: int) -> str:
    return _NO_SUCH_TICKET.say(language, ticket=number_words(ticket))


def not_allowed(language: Language) -> str:
    return _NOT_ALLOWED.say(language)


def unknown_command_for_staff(language: Language, *, command: str) -> str:
    return _UNKNOWN_COMMAND.say(language, command=one_line(command, longest=_LONGEST))


def which_ticket(language: Language) -> str:
    return _WHICH_TICKET.say(language)


def no_such_category(language: Language, *, category: str, near: Sequence[str] = ()) -> str:
    """`near`: ids that come close to what was typed."""
    return _NO_SUCH_CATEGORY.say(
        language, category=one_line(category, longest=_LONGEST), near=_perhaps(language, near)
    )


def no_such_reply(language: Language, *, reply: str, near: Sequence[str] = ()) -> str:
    return _NO_SUCH_REPLY.say(
        language, reply=one_line(reply, longest=_LONGEST), near=_perhaps(language, near)
    )


def _perhaps(language: Language, near: Sequence[str]) -> str:
    return _NEAR.say(language, names=", ".join(near)) if near else ""


def no_such_agent(language: Language, *, agent: str) -> str:
    return _NO_SUCH_AGENT.say(language, agent=one_line(agent, longest=_LONGEST))


def no_such_team(language: Language, *, team: str) -> str:
    return _NO_SUCH_TEAM.say(language, team=one_line(team, longest=_LONGEST))


def wrong_status(language: Language, *, ticket: int, status: str) -> str:
    """Refuse an act that does not fit the ticket's status."""
    words = status_words_for_staff(status, language)
    return _WRONG_STATUS.say(language, ticket=number_words(ticket), status=words)


def nothing_to_send(language: Language) -> str:
    return _NOTHING_TO_SEND.say(language)


def empty_answer(language: Language) -> str:
    return _EMPTY_ANSWER.say(language)


# Confirmations

_CLAIMED = Phrase(id="Tiket {ticket} kini ditangani {agent}.", en="{agent} has taken ticket {ticket}.")
_ASSIGNED = Phrase(
    id="{by} menyerahkan tiket {ticket} kepada {agent}.",
    en="{by} has handed ticket {ticket} to {agent}.",
)
_CATEGORISED = Phrase(
    id="Kategori tiket {ticket}: {category}.", en="Category of ticket {ticket}: {category}."
)
_NOTED = Phrase(id="Catatan internal disimpan.", en="Internal note kept.")
_WAITING = Phrase(
    id="Tiket {ticket} menunggu jawaban pengirim.",
    en="Ticket {ticket} is waiting for the contact.",
)
_CLOSED = Phrase(
    id="Tiket {ticket} selesai. Pengirim akan diberi tahu.",
    en="Ticket {ticket} is solved. The contact will be told.",
)
_REOPENED = Phrase(id="Tiket {ticket} dibuka kembali.", en="Ticket {ticket} is open again.")
_REOPENED_BY_CONTACT = Phrase(
    id="Pengirim membalas: tiket {ticket} dibuka kembali.",
    en="The contact replied: ticket {ticket} is open again.",
)
_ESCALATED = Phrase(
    id="Tiket {ticket} diteruskan kepada {team}. Pengirim akan diberi tahu.",
    en="Ticket {ticket} has been passed to {team}. The contact will be told.",
)
_CANCELLED = Phrase(id="Balasan dibatalkan.", en="The reply was dropped.")


def claimed(language: Language, *, ticket: int, agent: str) -> str:
    return _CLAIMED.say(language, ticket=number_words(ticket), agent=agent)


def assigned(language: Language, *, ticket: int, agent: str, by: str) -> str:
    return _ASSIGNED.say(language, ticket=number_words(ticket), agent=agent, by=by)


def categorised(language: Language, *, ticket: int, category: str) -> str:
    return _CATEGORISED.say(language, ticket=number_words(ticket), category=category)


def noted(language: Language) -> str:
    return _NOTED.say(language)


def waiting(language: Language, *, ticket: int) -> str:
    return _WAITING.say(language, ticket=number_words(ticket))


def closed(language: Language, *, ticket: int) -> str:
    return _CLOSED.say(language, ticket=number_words(ticket))


def reopened(language: Language, *, ticket: int, by_contact: bool = False) -> str:
    return (_REOPENED_BY_CONTACT if by_contact else _REOPENED).say(language, ticket=number_words(ticket))


def escalated(language: Language, *, ticket: int, team: str) -> str:
    return _ESCALATED.say(language, ticket=number_words(ticket), team=team)


def reply_cancelled(language: Language) -> str:
    return _CANCELLED.say(language)


# What became of a message

_DELIVERY_FAILED = Phrase(
    id="Jawaban pada tiket {ticket} gagal terkirim: {reason}",
    en="The answer on ticket {ticket} was not delivered: {reason}",
)
_DELIVERY_UNKNOWN = Phrase(
    id="Belum pasti apakah jawaban pada tiket {ticket} sudah terkirim. Mohon periksa dahulu; /kirimulang mengirimnya lagi.",
    en="It is not certain whether the answer on ticket {ticket} was sent. Please check first; /resend sends it again.",
)
_SEND_AGAIN = Phrase(id="Kirim lagi", en="Send it again")


def delivery_failed(language: Language, *, ticket: int, reason: str) -> str:
    """`reason`: the sentence the channel gave."""
    return _DELIVERY_FAILED.say(language, ticket=number_words(ticket), reason=one_line(reason))


def delivery_unknown(language: Language, *, ticket: int) -> str:
    return _DELIVERY_UNKNOWN.say(language, ticket=number_words(ticket))


def send_again_label(language: Language) -> str:
    return _SEND_AGAIN.say(language)
