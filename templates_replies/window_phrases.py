"""What people of the desk are told about WhatsApp's 24 hours: until when they write freely, what waits, what to do."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from templates_replies.catalogue import Language
from templates_replies.labels import number_words
from templates_replies.moments import moment_in_words
from templates_replies.phrase import Phrase
from templates_replies.render import one_line

_OPEN = Phrase(id="WhatsApp: bebas menulis sampai {until}", en="WhatsApp: free text until {until}")
_CLOSED = Phrase(
    id="🔒 WhatsApp: jendela 24 jam tertutup. Jawaban menunggu sampai kontak menulis; /ketuk mengirim templat.",
    en="🔒 WhatsApp: the 24 hours are over. Answers wait until the contact writes; /knock sends a template.",
)
_KNOCKED = Phrase(
    id="🔒 WhatsApp: jendela 24 jam tertutup. Templat terkirim {at}; jawaban menunggu sampai kontak menulis.",
    en="🔒 WhatsApp: the 24 hours are over. A template was sent {at}; answers wait until the contact writes.",
)
_WAITING = Phrase(id="⏳ Jawaban yang menunggu: {count}", en="⏳ Answers that wait: {count}")
_PARKED = Phrase(
    id="Jawaban untuk tiket {ticket} belum terkirim: jendela 24 jam WhatsApp sudah tertutup. Jawaban menunggu dan terkirim sendiri begitu kontak menulis. Kirim templat agar kontak tahu ada jawaban; /tarik membatalkan jawabannya.",
    en="Your answer on ticket {ticket} has not been sent: WhatsApp's 24 hours are over. It waits, and goes out by itself when the contact writes. Send a template so that they know there is an answer; /withdraw takes the answer back.",
)
_PARKED_KNOCKED = Phrase(
    id="Jawaban untuk tiket {ticket} ikut menunggu: templat sudah dikirim kepada kontak. Jawaban terkirim sendiri begitu kontak menulis; /tarik membatalkannya.",
    en="Your answer on ticket {ticket} waits too: the contact was sent a template. It goes out by itself when they write; /withdraw takes it back.",
)
_KNOCK = Phrase(id="Kirim templat", en="Send the template")
_SENT = Phrase(
    id="Templat untuk tiket {ticket} sedang dikirim. Jawaban yang menunggu terkirim sendiri begitu kontak menulis.",
    en="The template for ticket {ticket} is on its way. What waits goes out by itself when the contact writes.",
)
_ALREADY = Phrase(
    id="Templat untuk tiket {ticket} sudah dikirim {at}. Kontak belum menulis sejak itu.",
    en="The template for ticket {ticket} was sent {at}. The contact has not written since.",
)
_WITHDRAWN = Phrase(
    id="Jawaban yang menunggu pada tiket {ticket} ditarik: {count}. Kontak tidak menerimanya. Isinya, bila hendak dipakai lagi:",
    en="Answers taken back on ticket {ticket}: {count}. The contact does not get them. What they said, to be used again:",
)
_LOST = Phrase(
    id="Pesan otomatis untuk tiket {ticket} tidak tersampaikan kepada kontak. {reason}",
    en="An automatic message on ticket {ticket} did not reach the contact. {reason}",
)
_LOST_ALERT = Phrase(
    id="Pemberitahuan tentang tiket {ticket} tidak tersampaikan kepada petugas. {reason}",
    en="A notice about ticket {ticket} did not reach the person at the desk. {reason}",
)
_NO_TEMPLATE = Phrase(
    id="Templat WhatsApp untuk ini tidak dapat dikirim: {why}",
    en="The WhatsApp template for this cannot be sent: {why}",
)
_NAMED = Phrase(id="{why} (balasan {name})", en="{why} (reply {name})")
_REFUSALS: Mapping[str, Phrase] = {
    "window_open": Phrase(
        id="Templat tidak diperlukan: kontak ini masih dapat dijawab bebas. Tulis saja jawabannya.",
        en="No template is needed: this contact can still be answered in free words. Just write the answer.",
    ),
    "nothing_waits": Phrase(
        id="Tidak ada jawaban yang menunggu kontak pada tiket ini.",
        en="No answer waits for the contact on this ticket.",
    ),
}
_WHY: Mapping[str, Phrase] = {
    "unnamed": Phrase(
        id="unit ini belum menetapkannya, atau namanya di penyedia belum diisi.",
        en="the desk names none, or its name at the provider is not set.",
    ),
    "missing": Phrase(
        id="penyedia tidak mempunyai templat dengan nama itu.",
        en="the provider has none of that name.",
    ),
    "pending": Phrase(id="WhatsApp belum menyetujuinya.", en="WhatsApp has not approved it yet."),
    "rejected": Phrase(id="WhatsApp menolaknya.", en="WhatsApp rejected it."),
    "paused": Phrase(
        id="WhatsApp sedang menjedanya karena banyak kontak tidak menyukainya.",
        en="WhatsApp has paused it, because many contacts disliked it.",
    ),
    "disabled": Phrase(id="WhatsApp menonaktifkannya.", en="WhatsApp has disabled it."),
    "variables": Phrase(
        id="variabelnya tidak sama dengan yang disetujui WhatsApp.",
        en="its variables are not those that WhatsApp approved.",
    ),
    "values": Phrase(
        id="ada isian yang belum diketahui untuk tiket ini.",
        en="a value is not known for this ticket.",
    ),
}


def window_lines(
    language: Language, *, closes_at: datetime | None, is_open: bool, knocked_at: datetime | None, waiting: int,
    today: date,
) -> list[str]:  # fmt: skip
    """Say on a ticket's card until when free text may be sent; the instants are local."""
    lines = []
    if is_open and closes_at is not None:
        lines.append(_OPEN.say(language, until=moment_in_words(closes_at, language, today=today)))
    elif not is_open and knocked_at is not None:
        lines.append(_KNOCKED.say(language, at=moment_in_words(knocked_at, language, today=today)))
    elif not is_open:
        lines.append(_CLOSED.say(language))
    if waiting:
        lines.append(_WAITING.say(language, count=str(waiting)))
    return lines


def parked(language: Language, *, ticket: int, knocked: bool) -> str:
    return (_PARKED_KNOCKED if knocked else _PARKED).say(language, ticket=number_words(ticket))


def knock_label(language: Language) -> str:
    return _KNOCK.say(language)


def knocked(language: Language, *, ticket: int) -> str:
    return _SENT.say(language, ticket=number_words(ticket))


def refused(language: Language, code: str) -> str | None:
    """Say why the template is not sent, or nothing taken back; None for any other refusal."""
    phrase = _REFUSALS.get(code)
    return phrase.say(language) if phrase is not None else None


def knocked_already(language: Language, *, ticket: int, at: datetime, today: date) -> str:
    return _ALREADY.say(language, ticket=number_words(ticket), at=moment_in_words(at, language, today=today))


def withdrawn(language: Language, *, ticket: int, texts: Sequence[str]) -> str:
    said = _WITHDRAWN.say(language, ticket=number_words(ticket), count=str(len(texts)))
    return "\n\n".join([said, *(text for text in texts if text)])


def automatic_lost(language: Language, *, ticket: int, reason: str) -> str:
    return _LOST.say(language, ticket=number_words(ticket), reason=reason)


def alert_lost(language: Language, *, ticket: int, reason: str) -> str:
    return _LOST_ALERT.say(language, ticket=number_words(ticket), reason=reason)


def no_template(language: Language, *, fault: str, name: str | None) -> str:
    """Say in plain words why no template is sent."""
    why = fault_words(language, fault)
    if name is not None:
        why = _NAMED.say(language, why=why.rstrip("."), name=one_line(name, longest=40)) + "."
    return _NO_TEMPLATE.say(language, why=why)


def fault_words(language: Language, fault: str) -> str:
    return _WHY[fault].say(language)
