"""Why something that people of the desk asked for was not done, by the code of the refusal."""

from collections.abc import Mapping
from datetime import timedelta

from templates_replies.catalogue import Language
from templates_replies.labels import number_words
from templates_replies.moments import in_words
from templates_replies.phrase import Phrase
from templates_replies.render import one_line

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
_COLLISION = Phrase(
    id="⚠️ {who} sudah menjawab pengirim ini {ago} yang lalu (tiket {ticket}):\n{text}\n\nJawaban Anda belum dikirim. Kirim juga?",
    en="⚠️ {who} answered this contact {ago} ago (ticket {ticket}):\n{text}\n\nYour answer has not been sent. Send it, too?",
)
_ANYWAY, _DISCARD = Phrase(id="Tetap kirim", en="Send anyway"), Phrase(id="Buang", en="Discard")
_NOT_SO = Phrase(
    id="Itu tidak dapat dilakukan dalam keadaan ini (lihat tiket {ticket}).",
    en="That cannot be done as things stand (see ticket {ticket}).",
)


def refusal(language: Language, code: str) -> str | None:
    """Say why an act was refused; None where other words fit."""
    phrase = _SAID_SO.get(code)
    return phrase.say(language) if phrase is not None else None


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
