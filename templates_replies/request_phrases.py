"""What a contact reads while they ask for something by a procedure's form."""

from collections.abc import Sequence

from templates_replies.catalogue import Language
from templates_replies.labels import number_words
from templates_replies.phrase import Phrase

_WHETHER = Phrase(
    id="Apakah Anda ingin mengajukan {procedure}? Kami tanyakan satu per satu, dan semua jawaban dapat diperbaiki sebelum dikirim.",
    en="Would you like to apply for {procedure}? We ask one question at a time, and you can correct everything before it is sent.",
)
_WHICH = Phrase(
    id="Permohonan apa yang ingin Anda ajukan? Kami tanyakan satu per satu, dan semua jawaban dapat diperbaiki sebelum dikirim.",
    en="What would you like to apply for? We ask one question at a time, and you can correct everything before it is sent.",
)
_BY_LINK = Phrase(
    id="Bila lebih mudah, isi sekaligus di sini: {link}", en="If it is easier, fill in the form here: {link}"
)
_YES = Phrase(id="Ya, ajukan", en="Yes, apply")
_NO = Phrase(id="Tidak, ke petugas", en="No, ask a person")
_PLAIN_YES = Phrase(id="Ya", en="Yes")
_PLAIN_NO = Phrase(id="Tidak", en="No")
_DECLINED = Phrase(
    id="Baik. Pesan Anda tetap diteruskan ke petugas.", en="All right. Your message is with our staff."
)
_BEGUN = Phrase(
    id="Baik, kita isi formulir {procedure}. Tulis “batal” kapan saja untuk berhenti, “kembali” untuk pertanyaan sebelumnya.",
    en="Let us fill in the form: {procedure}. Write “cancel” at any time to stop, “back” for the question before.",
)
_MAY_SKIP = Phrase(id="(boleh dilewati: tulis “lewati”)", en="(optional: write “skip”)")
_SEVERAL = Phrase(
    id="Boleh lebih dari satu: tulis nomornya, pisahkan dengan koma.",
    en="You may choose several: write their numbers with commas between.",
)
_SEND_FILE = Phrase(id="📎 Kirim fotonya atau dokumennya di sini.", en="📎 Send the photo or document here.")
_SKIP = Phrase(id="Lewati", en="Skip")
_FILE_USED = Phrase(id="📎 {file} kami pakai untuk: {label}.", en="📎 We take {file} for: {label}.")
_FILE_KEPT = Phrase(
    id="📎 Berkas kami terima dan kami simpan untuk pertanyaannya nanti.",
    en="📎 We have your file and keep it for the question that asks for it.",
)
_FILE_ALONG = Phrase(
    id="📎 Berkas kami terima sebagai lampiran tambahan. Bila berkas ini pengganti, tulis “ubah {number}”, lalu kirim sekali lagi.",
    en="📎 We have your file as one more attachment. If it replaces the other, write “change {number}”, then send it once more.",
)
_REVIEW = Phrase(
    id="Mohon periksa {request}:\n{lines}", en="Please check your request, {procedure}:\n{lines}"
)
_REVIEW_HOW = Phrase(
    id="Tulis “kirim” untuk mengajukan, “ubah 2” untuk memperbaiki nomor 2, atau “batal”.",
    en="Write “send” to hand it in, “change 2” to correct number 2, or “cancel”.",
)
_SEND = Phrase(id="Kirim", en="Send")
_CHANGE = Phrase(id="Ubah", en="Change")
_CANCEL = Phrase(id="Batal", en="Cancel")
_WHICH_CHANGE = Phrase(id="Jawaban nomor berapa yang diubah?", en="Which answer shall be changed?")
_NOTHING_SAID = Phrase(id="–", en="–")
_SENT = Phrase(
    id="✅ {Request} sudah diajukan, tiket {ticket}. {stands}",
    en="✅ Your request, {procedure}, has been handed in, ticket {ticket}. {stands}",
)
_HOW_TO_ASK = Phrase(
    id="Tulis “sampai mana” untuk menanyakan perkembangannya, “batalkan permohonan” untuk menariknya kembali.",
    en="Write “status” to ask how it stands, “withdraw my request” to take it back.",
)
_SENT_ALREADY = Phrase(
    id="{Request} sudah diajukan sebelumnya, tiket {ticket}; tidak dikirim dua kali. {stands}",
    en="Your request, {procedure}, was handed in before, ticket {ticket}; it is not sent twice. {stands}",
)
_CANCELLED = Phrase(
    id="Formulir {procedure} dibatalkan; tidak ada yang diajukan. Bila perlu, petugas tetap dapat membantu di sini.",
    en="The form, {procedure}, is cancelled; nothing was handed in. Our staff can still help you here.",
)
_OVER = Phrase(
    id="Formulir ini sudah ditutup. Tulis “ajukan” untuk memulai yang baru.",
    en="This form is closed. Write “apply” to begin a new one.",
)
_GONE = Phrase(
    id="Maaf, permohonan ini sekarang tidak tersedia lagi. Pesan Anda diteruskan ke petugas.",
    en="Sorry, this can no longer be applied for. Your message is with our staff.",
)
_ASIDE = Phrase(
    id="Pertanyaan Anda diteruskan ke petugas. Formulir tetap tersimpan; setelah petugas menjawab, tulis “lanjut”.",
    en="Your question is with our staff. The form is kept; once they have answered, write “continue”.",
)
_WAS_ANSWER = Phrase(
    id="Bila itu tadi jawaban Anda, kirim sekali lagi.", en="If that was your answer, send it once more."
)
_PAUSED = Phrase(
    id="Pesan Anda diteruskan ke petugas. Formulir {procedure} tetap tersimpan: tulis “lanjut” untuk meneruskannya.",
    en="Your message is with our staff. Your form, {procedure}, is kept: write “continue” to go on with it.",
)
_WAITS_FOR_FILE = Phrase(
    id="Berkas {file} masih kami terima. Tulis “kirim” sekali lagi sebentar lagi.",
    en="We are still receiving {file}. Please write “send” once more in a moment.",
)
_FILE_LOST = Phrase(
    id="Maaf, berkas {file} tidak dapat kami terima. Mohon kirim sekali lagi.",
    en="Sorry, we could not receive {file}. Please send it once more.",
)
_HANDED_IN = Phrase(id="Formulir {procedure}: {labels}", en="Form {procedure}: {labels}")
_REMINDER = Phrase(
    id="Formulir {procedure} (tiket {ticket}) belum dikirim. Tulis “lanjut” untuk meneruskan atau “batal”. Isiannya kami simpan sampai {until}.",
    en="Your form, {procedure} (ticket {ticket}), has not been sent. Write “continue” to go on, or “cancel”. We keep what you filled in until {until}.",
)
_STANDS_AT = Phrase(id="Sekarang: {step}, oleh {role}{due}.", en="Now: {step}, by {role}{due}.")
_YOUR_TURN = Phrase(id="Sekarang giliran Anda: {step}{due}.", en="It is your turn now: {step}{due}.")
_UNTIL = Phrase(id=", paling lambat {moment}", en=", by {moment}")
_HAS_ENDED = Phrase(id="{Request} sudah berakhir: {end}.", en="Your request, {procedure}, is over: {end}.")
_ASKS = frozenset({"permohonan", "pengajuan", "permintaan", "usulan", "pendaftaran"})
_STOPPED = Phrase(id="dihentikan", en="stopped")
_WITHDRAWN = Phrase(id="ditarik kembali", en="withdrawn")
_NOT_SENT = Phrase(
    id="Formulir {procedure} belum dikirim. Tulis “lanjut” untuk meneruskannya, “batal” untuk membatalkannya.",
    en="Your form, {procedure}, has not been sent. Write “continue” to go on with it, “cancel” to drop it.",
)
_WHETHER_WITHDRAW = Phrase(
    id="Tarik kembali {request}, tiket {ticket}? Setelah ditarik, prosesnya berhenti.",
    en="Shall your request, {procedure}, ticket {ticket}, be withdrawn? Nothing more will be done about it then.",
)
_YES_WITHDRAW = Phrase(id="Ya, tarik kembali", en="Yes, withdraw it")
_NO_KEEP = Phrase(id="Tidak, teruskan", en="No, go on")
_WITHDRAWN_NOW = Phrase(
    id="{Request}, tiket {ticket}, sudah ditarik kembali.",
    en="Your request, {procedure}, ticket {ticket}, has been withdrawn.",
)
_KEPT_GOING = Phrase(
    id="Baik, {request} tetap diproses. {stands}",
    en="All right, your request, {procedure}, goes on. {stands}",
)
_TOO_LATE = Phrase(
    id="{Request} sudah tidak dapat ditarik kembali pada tahap ini. Pesan Anda diteruskan ke petugas.",
    en="At this stage your request, {procedure}, can no longer be withdrawn. Your message is with our staff.",
)


def stands_at(language: Language, *, step: str, role: str | None, due: str | None) -> str:
    """Say whose turn it is to do what; a `role` of None is whoever reads it."""
    until = _UNTIL.say(language, moment=due) if due is not None else ""
    if role is None:
        return _YOUR_TURN.say(language, step=step, due=until)
    return _STANDS_AT.say(language, step=step, role=role, due=until)


def _called(procedure: str) -> dict[str, str]:
    """Return the procedure's name for English, and what is asked for in Indonesian: nobody asks for a *permohonan permohonan*."""
    says_so = not _ASKS.isdisjoint(procedure.casefold().split())
    request = procedure if says_so else f"permohonan {procedure}"
    return {"procedure": procedure, "request": request, "Request": request[:1].upper() + request[1:]}


def stopped(language: Language) -> str:
    """Name the end of a case that the desk has cut short."""
    return _STOPPED.say(language)


def has_ended(language: Language, *, procedure: str, end: str | None) -> str:
    """Say how a case has ended; an `end` of None: its requester took it back."""
    return _HAS_ENDED.say(language, **_called(procedure), end=end or _WITHDRAWN.say(language))


def not_sent(language: Language, *, procedure: str) -> str:
    return _NOT_SENT.say(language, **_called(procedure))


def whether_withdraw(language: Language, *, procedure: str, ticket: int) -> str:
    return _WHETHER_WITHDRAW.say(language, **_called(procedure), ticket=number_words(ticket))


def withdraw_labels(language: Language) -> tuple[str, str]:
    return _YES_WITHDRAW.say(language), _NO_KEEP.say(language)


def withdrawn_now(language: Language, *, procedure: str, ticket: int) -> str:
    return _WITHDRAWN_NOW.say(language, **_called(procedure), ticket=number_words(ticket))


def kept_going(language: Language, *, procedure: str, stands: str) -> str:
    return _KEPT_GOING.say(language, **_called(procedure), stands=stands).strip()


def too_late(language: Language, *, procedure: str) -> str:
    return _TOO_LATE.say(language, **_called(procedure))


def offer(language: Language, *, procedures: Sequence[str], link: str | None) -> str:
    """Ask whether they want what was recognised, or which of several; with the page where it can be filled in at once."""
    text = _WHETHER.say(language, procedure=procedures[0]) if len(procedures) == 1 else _WHICH.say(language)
    return f"{text}\n{_BY_LINK.say(language, link=link)}" if link else text


def yes_label(language: Language) -> str:
    return _YES.say(language)


def no_label(language: Language) -> str:
    return _NO.say(language)


def yes(language: Language) -> str:
    return _PLAIN_YES.say(language)


def no(language: Language) -> str:
    return _PLAIN_NO.say(language)


def declined(language: Language) -> str:
    return _DECLINED.say(language)


def begun(language: Language, *, procedure: str) -> str:
    return _BEGUN.say(language, procedure=procedure)


def may_skip(language: Language) -> str:
    return _MAY_SKIP.say(language)


def several(language: Language) -> str:
    return _SEVERAL.say(language)


def send_file(language: Language) -> str:
    return _SEND_FILE.say(language)


def skip_label(language: Language) -> str:
    return _SKIP.say(language)


def file_used(language: Language, *, file: str, label: str) -> str:
    return _FILE_USED.say(language, file=file, label=label)


def file_kept(language: Language) -> str:
    return _FILE_KEPT.say(language)


def file_along(language: Language, *, number: int) -> str:
    """Say that a file goes along, and how to put it in the place of that which answers question `number`."""
    return _FILE_ALONG.say(language, number=str(number))


def lines(language: Language, answers: Sequence[tuple[str, str | None]]) -> str:
    """List what was answered, numbered: the short name of each question and the answer in words, None for none."""
    return "\n".join(
        f"{number}. {label}:{_beside(said if said is not None else _NOTHING_SAID.say(language))}"
        for number, (label, said) in enumerate(answers, start=1)
    )


def _beside(said: str) -> str:
    """Return an answer as it stands behind its name: a list below it, set in, so that its rows are no questions."""
    lines = said.splitlines()
    return "".join(f"\n    {line}" for line in lines) if len(lines) > 1 else f" {said}"


def review(language: Language, *, procedure: str, answers: Sequence[tuple[str, str | None]]) -> str:
    text = _REVIEW.say(language, **_called(procedure), lines=lines(language, answers))
    return f"{text}\n\n{_REVIEW_HOW.say(language)}"


def review_labels(language: Language) -> tuple[str, str, str]:
    """Return what stands on the buttons: to send, to change, to cancel."""
    return _SEND.say(language), _CHANGE.say(language), _CANCEL.say(language)


def which_change(language: Language) -> str:
    return _WHICH_CHANGE.say(language)


def sent(language: Language, *, procedure: str, ticket: int, stands: str) -> str:
    text = _SENT.say(language, **_called(procedure), ticket=number_words(ticket), stands=stands).strip()
    return f"{text}\n{_HOW_TO_ASK.say(language)}"


def sent_already(language: Language, *, procedure: str, ticket: int, stands: str) -> str:
    return _SENT_ALREADY.say(
        language, **_called(procedure), ticket=number_words(ticket), stands=stands
    ).strip()


def cancelled(language: Language, *, procedure: str) -> str:
    return _CANCELLED.say(language, procedure=procedure)


def over(language: Language) -> str:
    return _OVER.say(language)


def gone(language: Language) -> str:
    return _GONE.say(language)


def aside(language: Language, *, may_be_answer: bool) -> str:
    """Say that their question is with people; where it could be an answer after all, how to make it one."""
    return f"{_ASIDE.say(language)} {_WAS_ANSWER.say(language)}" if may_be_answer else _ASIDE.say(language)


def paused(language: Language, *, procedure: str) -> str:
    return _PAUSED.say(language, procedure=procedure)


def waits_for_file(language: Language, *, file: str) -> str:
    return _WAITS_FOR_FILE.say(language, file=file)


def file_lost(language: Language, *, file: str) -> str:
    return _FILE_LOST.say(language, file=file)


def handed_in(language: Language, *, procedure: str, labels: Sequence[str]) -> str:
    """Say on the ticket to which questions somebody has handed in files."""
    return _HANDED_IN.say(language, procedure=procedure, labels=", ".join(labels))


def reminder(language: Language, *, procedure: str, ticket: int, until: str) -> str:
    return _REMINDER.say(language, procedure=procedure, ticket=number_words(ticket), until=until)
