"""What the bot says to people of the desk about handling: spam, blocks, priority, sleep, links, merges, splits."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from templates_replies.catalogue import Language
from templates_replies.labels import number_words
from templates_replies.moments import in_words, moment_in_words
from templates_replies.phrase import Phrase
from templates_replies.render import one_line

PRIORITY_WORDS: Mapping[str, Phrase] = {
    "low": Phrase(id="rendah", en="low"),
    "normal": Phrase(id="biasa", en="normal"),
    "high": Phrase(id="tinggi", en="high"),
    "urgent": Phrase(id="mendesak", en="urgent"),
}
_SPAM = Phrase(
    id="Tiket {ticket} ditandai sebagai spam dan tidak dihitung. Batalkan dengan /pulihkan.",
    en="Ticket {ticket} is marked as spam and does not count. Take that back with /restore.",
)
_ENDS_CASE = Phrase(
    id="Prosedurnya dihentikan, dan tidak berjalan lagi bila tiket dipulihkan.",
    en="Its procedure is stopped, and does not go on when the ticket is taken back.",
)
_RESTORED = Phrase(id="Tiket {ticket} dipulihkan.", en="Ticket {ticket} is back.")
_STOPPED = Phrase(
    id="Prosedurnya sudah dihentikan ketika tiket ditandai sebagai spam; bila masih diperlukan, mulai lagi dari awal.",
    en="Its procedure was stopped when the ticket was marked as spam; begin it anew if it is still needed.",
)
_BLOCKED = Phrase(
    id="Alamat pengirim tiket {ticket} diblokir. Pesan berikutnya tetap disimpan, tetapi tidak menjadi tiket.",
    en="The address of ticket {ticket} is blocked. What it sends is still kept, but becomes no ticket.",
)
_UNBLOCKED = Phrase(id="Blokir alamat dibuka.", en="The address is no longer blocked.")
_TAKEN_IN = Phrase(
    id="Blokir alamat dibuka. Pesan yang tertahan menjadi tiket {tickets}.",
    en="The address is no longer blocked. What was held back became {tickets}.",
)
_PRIORITISED = Phrase(
    id="Prioritas tiket {ticket}: {priority}.", en="Priority of ticket {ticket}: {priority}."
)
_CHOOSE_PRIORITY = Phrase(id="Pilih prioritas tiket {ticket}:", en="Choose the priority of ticket {ticket}:")
_SNOOZED = Phrase(
    id="Tiket {ticket} ditunda sampai {moment}. Tenggat tetap berjalan.",
    en="Ticket {ticket} sleeps until {moment}. Its clocks run on.",
)
_WOKEN = Phrase(id="⏰ Tiket {ticket} perlu dilihat lagi.", en="⏰ Ticket {ticket} wants attention again.")
_WOKEN_BY_CONTACT = Phrase(
    id="⏰ Pengirim menulis lagi: tiket {ticket} tidak lagi ditunda.",
    en="⏰ The contact has written: ticket {ticket} sleeps no longer.",
)
_WHEN = Phrase(
    id="Sampai kapan? Misalnya: /tunda 2 jam, /tunda besok 08.00, /tunda senin.",
    en="Until when? For example: /snooze 2 hours, /snooze tomorrow 08.00, /snooze monday.",
)
_CANNOT_CHANGE = Phrase(
    id="Kanal kontak tidak dapat mengubah pesan yang sudah terkirim; kirimlah pesan susulan.",
    en="The contact's channel cannot change what was sent; send another message.",
)
_CANNOT_TAKE_BACK = Phrase(
    id="Pesan ini tidak dapat ditarik: kanal kontak tidak bisa, atau sudah lewat 48 jam.",
    en="This message cannot be taken back: the contact's channel cannot, or 48 hours have passed.",
)
_NOT_ARRIVED = Phrase(
    id="Pesan ini belum pasti sampai pada kontak, jadi tidak ada yang dapat diubah.",
    en="It is not known that this message arrived, so there is nothing to change.",
)
_OTHER_KIND = Phrase(
    id=(
        "Suntingan tidak dapat mengubah jawaban menjadi catatan atau perintah, atau sebaliknya. "
        "Tariklah dengan /hapus, lalu tulis baru."
    ),
    en=(
        "An edit cannot turn an answer into a note or a command, nor the other way round. "
        "Take it back with /takeback and write anew."
    ),
)
_WHICH_BACK = Phrase(
    id="Balaslah pesan yang hendak ditarik dengan /hapus.",
    en="Reply to the message that is to be taken back with /takeback.",
)
_NONE_OF_OURS = Phrase(
    id="Hanya jawaban dan catatan petugas pada tiket ini yang dapat diubah atau ditarik.",
    en="Only answers and notes of the desk's people on this ticket can be changed or taken back.",
)
_TAKEN_BACK = Phrase(id="🗑 Jawaban ditarik dari kontak.", en="🗑 The answer was taken back from the contact.")
_UNDONE = Phrase(
    id="↩️ Jawaban di atas dibatalkan sebelum terkirim. Kontak tidak menerimanya.",
    en="↩️ The answer above was undone before it was sent. The contact has not received it.",
)
_NOTE_TAKEN_BACK = Phrase(id="🗑 Catatan ditarik.", en="🗑 The note was taken back.")
_NOT_CHANGED = Phrase(
    id="⚠️ Perubahan jawaban tidak sampai pada kontak: {reason}",
    en="⚠️ The change did not reach the contact: {reason}",
)
_NOT_TAKEN_BACK = Phrase(
    id="⚠️ Pesan tidak dapat ditarik dari kontak: {reason}",
    en="⚠️ The message could not be taken back from the contact: {reason}",
)
_SENT_AGAIN = Phrase(
    id="Jawaban pada tiket {ticket} dikirim lagi.", en="The answer on ticket {ticket} is being sent again."
)
_SAID_SO: Mapping[str, Phrase] = {
    "case_running": Phrase(
        id="Tiket ini masih menjalani prosedur. Selesaikan langkahnya (/langkah) atau batalkan permohonannya dulu.",
        en="This ticket is in a procedure still. End its steps (/step), or withdraw the request, first.",
    ),
    "both_running": Phrase(
        id="Kedua tiket masih menjalani prosedur, sedangkan satu tiket hanya menjalani satu. Selesaikan atau batalkan salah satunya dulu, atau kaitkan saja kedua tiket (/kaitkan).",
        en="Both tickets are in a procedure still, and a ticket is in one at a time. End or withdraw one of them first, or link the two (/link).",
    ),
    "resource_gone": Phrase(
        id="Yang dipesan permohonan ini sudah tidak ada di daftar sumber daya unit. Minta supervisor mengembalikannya ke daftar itu, atau tolak atau batalkan permohonannya.",
        en="What this request books is no longer among the resources of the desk. Ask a supervisor to put it back, or refuse or withdraw the request.",
    ),
    "move_running": Phrase(
        id="Tiket ini masih menjalani prosedur unit ini. Selesaikan langkahnya (/langkah) atau batalkan permohonannya sebelum memindahkan tiket.",
        en="This ticket is in a procedure of this desk still. End its steps (/step), or withdraw the request, before moving it.",
    ),
    "cannot_change": _CANNOT_CHANGE,
    "cannot_take_back": _CANNOT_TAKE_BACK,
    "not_arrived": _NOT_ARRIVED,
    "other_kind": _OTHER_KIND,
    "not_in_doubt": Phrase(
        id="Tidak ada jawaban yang perlu dikirim lagi: sudah pasti, atau sudah dikirim ulang.",
        en="There is no answer to send again: its outcome is known, or somebody sent it again.",
    ),
    "which_back": _WHICH_BACK,
    "blocked": Phrase(
        id="Alamat pengirim ini diblokir, sehingga jawaban tidak dikirim. Buka dahulu blokirnya dengan /bukablokir.",
        en="The contact's address is blocked, so the answer was not sent. Unblock it first with /unblock.",
    ),
    "opted_out": Phrase(
        id="Kontak meminta berhenti dikirimi pesan (STOP) dan belum menulis lagi, jadi jawaban tidak dikirim. Gunakan cara lain, atau tunggu sampai ia menulis.",
        en="The contact asked for no more messages (STOP) and has not written since, so nothing was sent. Use another way, or wait until they write.",
    ),
    "never_wrote": Phrase(
        id="Alamat itu bukan surel dan belum pernah menulis ke unit ini. Di WhatsApp, Telegram, dan obrolan web hanya yang pernah menulis yang dapat dihubungi.",
        en="That is no mailbox and has never written to this desk. On WhatsApp, Telegram and web chat only somebody who has written can be written to.",
    ),
    "window_closed": Phrase(
        id="Pesan terakhir kontak di WhatsApp sudah lebih dari 24 jam, sehingga WhatsApp hanya menerima templat yang disetujui. Gunakan kanal lain, misalnya surel.",
        en="The contact's last message on WhatsApp is more than 24 hours old, so WhatsApp takes approved templates only. Use another channel, such as email.",
    ),
    "other_contact": Phrase(
        id="Kedua tiket berasal dari pengirim yang berbeda, sehingga tidak digabung. Satukan dahulu kontaknya bila orangnya sama.",
        en="The two tickets are of different contacts and are not merged. Join the contacts first, if they are one person.",
    ),
}
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
_FILE_MISSED = Phrase(
    id="📎 Sebuah berkas tidak dapat diambil. Tulis /unduh untuk mencobanya lagi.",
    en="📎 A file could not be fetched. Write /fetch to try again.",
)
_FILE_TOO_LARGE = Phrase(
    id="📎 Berkas dari kontak terlalu besar untuk diambil. Kontak sudah diminta mengirim yang lebih kecil, atau tautannya.",
    en="📎 A file of the contact is too large to be fetched. The contact has been asked for a smaller one, or a link to it.",
)
_FILE_WITHHELD = Phrase(
    id="⚠️ Sebuah berkas dari kontak ditahan oleh pemeriksa virus dan tidak dapat dibuka. Rinciannya ada pada pesannya di web.",
    en="⚠️ A file of the contact was withheld by the virus scanner and cannot be opened. The message on the web says which one and why.",
)
_FETCHED_AGAIN = Phrase(id="📎 {files} berkas diminta lagi.", en="📎 Asked again for {files} of the files.")
_NOTHING_TO_FETCH = Phrase(
    id="Tidak ada berkas yang dapat diminta lagi.", en="There is no file to ask for again."
)
_REACTED = Phrase(
    id="{reaction} Kontak menanggapi pesan kita.", en="{reaction} The contact reacted to a message of ours."
)
_RENUMBERED = Phrase(
    id="📱 Nomor WhatsApp kontak ini berubah; jawaban dikirim ke nomor barunya.",
    en="📱 This contact has a new WhatsApp number; answers go there.",
)
_NUMBER_LOST = Phrase(
    id="📱 Nomor WhatsApp kontak ini kini dipakai orang lain. Tidak ada lagi yang dikirim ke nomor itu, dan tiket orang itu terpisah.",
    en="📱 Somebody else has this contact's WhatsApp number now. Nothing more is sent there, and that person has a ticket of their own.",
)
_WHICH_DESK = Phrase(id="Ke unit mana? Pilihannya: {desks}.", en="To which desk? There are: {desks}.")
_NO_SUCH_DESK = Phrase(id="Tidak ada unit {value}.", en="There is no desk {value}.")
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
_COLLISION = Phrase(
    id="⚠️ {who} sudah menjawab pengirim ini {ago} yang lalu (tiket {ticket}):\n{text}\n\nJawaban Anda belum dikirim. Kirim juga?",
    en="⚠️ {who} answered this contact {ago} ago (ticket {ticket}):\n{text}\n\nYour answer has not been sent. Send it, too?",
)
_ANYWAY, _DISCARD = Phrase(id="Tetap kirim", en="Send anyway"), Phrase(id="Buang", en="Discard")
_NOT_SO = Phrase(
    id="Itu tidak dapat dilakukan dalam keadaan ini (lihat tiket {ticket}).",
    en="That cannot be done as things stand (see ticket {ticket}).",
)
_NO_SUCH_LINK = Phrase(
    id="Jenis kaitan {value} tidak dikenal. Pilihannya: terkait, duplikat, akibat.",
    en="There is no link {value}. There are: related, duplicate, caused.",
)
_NO_SUCH_PRIORITY = Phrase(
    id="Prioritas {value} tidak dikenal. Pilihannya: rendah, biasa, tinggi, mendesak.",
    en="There is no priority {value}. There are: low, normal, high, urgent.",
)
_SLEEPS_UNTIL_LATER = Phrase(
    id="Tiket hanya dapat ditunda sampai waktu yang akan datang.", en="A ticket can only sleep until later."
)

_OUT_OF_REACH = Phrase(
    id="⚠️ Kontak tidak dapat dihubungi lagi: {reason}", en="⚠️ The contact is out of reach: {reason}"
)
_IN_REACH = Phrase(id="Kontak dapat dihubungi lagi.", en="The contact can be reached again.")
_GENERAL = Phrase(
    id=(
        "Obrolan di sini tidak dibaca bot. Untuk menjawab kontak, tulislah di topik tiketnya "
        "atau awali dengan nomornya, misalnya #1042 …; perintah seperti /papan dan /bantuan berlaku di sini."
    ),
    en=(
        "The bot does not read the talk here. To answer a contact, write in the ticket's topic or begin with its "
        "number, such as #1042 …; commands such as /board and /help work here."
    ),
)


def spam(language: Language, *, ticket: int, ends_case: bool = False) -> str:
    said = _SPAM.say(language, ticket=number_words(ticket))
    return f"{said} {_ENDS_CASE.say(language)}" if ends_case else said


def restored(language: Language, *, ticket: int, stopped: bool = False) -> str:
    """Say that it is back, and of a procedure that was stopped meanwhile that it is not."""
    said = _RESTORED.say(language, ticket=number_words(ticket))
    return f"{said} {_STOPPED.say(language)}" if stopped else said


def blocked(language: Language, *, ticket: int) -> str:
    return _BLOCKED.say(language, ticket=number_words(ticket))


def unblocked(language: Language, *, tickets: Sequence[int]) -> str:
    """`tickets`: what was held back became these."""
    if not tickets:
        return _UNBLOCKED.say(language)
    return _TAKEN_IN.say(language, tickets=_numbers(tickets))


def priority_words(language: Language, priority: str) -> str:
    return PRIORITY_WORDS[priority].say(language)


def prioritised(language: Language, *, ticket: int, priority: str) -> str:
    return _PRIORITISED.say(
        language, ticket=number_words(ticket), priority=priority_words(language, priority)
    )


def choose_priority(language: Language, *, ticket: int) -> str:
    return _CHOOSE_PRIORITY.say(language, ticket=number_words(ticket))


def snoozed(language: Language, *, ticket: int, until: datetime, now: datetime) -> str:
    """Both instants local to the desk."""
    moment = moment_in_words(until, language, today=now.date())
    return _SNOOZED.say(language, ticket=number_words(ticket), moment=moment)


def until_when(language: Language) -> str:
    return _WHEN.say(language)


def woken(language: Language, *, ticket: int, by_contact: bool) -> str:
    return (_WOKEN_BY_CONTACT if by_contact else _WOKEN).say(language, ticket=number_words(ticket))


def refusal(language: Language, code: str) -> str | None:
    """Say why an act was refused; None where other words fit."""
    phrase = _SAID_SO.get(code)
    return phrase.say(language) if phrase is not None else None


def no_such_priority(language: Language, *, value: str) -> str:
    return _NO_SUCH_PRIORITY.say(language, value=one_line(value, longest=40))


def sleeps_until_later(language: Language) -> str:
    return _SLEEPS_UNTIL_LATER.say(language)


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


def not_so(language: Language, *, ticket: int) -> str:
    """Refuse what the rules forbid now; `ticket` is the one that stands in the way."""
    return _NOT_SO.say(language, ticket=number_words(ticket))


def collision(language: Language, *, who: str, ago: timedelta, text: str, ticket: int) -> str:
    """Warn that a colleague was quicker; `text` is what they said."""
    said = one_line(text, longest=200)
    return _COLLISION.say(
        language, who=who, ago=in_words(ago, language), text=said, ticket=number_words(ticket)
    )


def collision_labels(language: Language) -> tuple[str, str]:
    """Return the labels of the two buttons: send anyway, discard."""
    return _ANYWAY.say(language), _DISCARD.say(language)


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


def file_missed(language: Language, *, again: bool) -> str:
    """Say that a file is not there, and whether it may be asked for again."""
    return (_FILE_MISSED if again else _FILE_TOO_LARGE).say(language)


def file_withheld(language: Language) -> str:
    return _FILE_WITHHELD.say(language)


def fetched_again(language: Language, *, files: int) -> str:
    return _FETCHED_AGAIN.say(language, files=str(files)) if files else _NOTHING_TO_FETCH.say(language)


def reacted(language: Language, *, reaction: str) -> str:
    return _REACTED.say(language, reaction=one_line(reaction, longest=20))


def renumbered(language: Language) -> str:
    return _RENUMBERED.say(language)


def number_lost(language: Language) -> str:
    return _NUMBER_LOST.say(language)


def not_later(language: Language) -> str:
    return _NOT_LATER.say(language)


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


def out_of_reach(language: Language, *, reason: str) -> str:
    return _OUT_OF_REACH.say(language, reason=one_line(reason))


def in_reach(language: Language) -> str:
    return _IN_REACH.say(language)


def in_general(language: Language) -> str:
    """What a person of the desk reads once who writes outside of the topics."""
    return _GENERAL.say(language)


def taken_back(language: Language, *, note: bool) -> str:
    return (_NOTE_TAKEN_BACK if note else _TAKEN_BACK).say(language)


def undone(language: Language) -> str:
    return _UNDONE.say(language)


def none_of_ours(language: Language) -> str:
    return _NONE_OF_OURS.say(language)


def sent_again(language: Language, *, ticket: int) -> str:
    return _SENT_AGAIN.say(language, ticket=number_words(ticket))


def not_changed(language: Language, *, reason: str) -> str:
    return _NOT_CHANGED.say(language, reason=one_line(reason))


def not_taken_back(language: Language, *, reason: str) -> str:
    return _NOT_TAKEN_BACK.say(language, reason=one_line(reason))
