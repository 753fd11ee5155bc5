"""What requesters are told of invoices and payments, and what whoever checks a payment is told."""

from collections.abc import Sequence
from datetime import date

from templates_replies.catalogue import Language
from templates_replies.labels import number_words
from templates_replies.moments import date_in_words
from templates_replies.money_words import rupiah
from templates_replies.phrase import Phrase

_MADE = Phrase(
    id="Berikut invoice {number} sebesar {total}, dengan jatuh tempo {due}.",
    en="Here is invoice {number} of {total}, due on {due}.",
)
_TO_BE_BILLED = Phrase(id="Invoice yang akan dibuat: {total}", en="The invoice will come to {total}")
_NOTHING_BILLED = Phrase(id="Invoice: tidak ada yang ditagih", en="Invoice: nothing is charged")
_INSTEAD = Phrase(id="Invoice ini menggantikan invoice {number}.", en="It replaces invoice {number}.")
_PROVE = Phrase(
    id="Setelah membayar, mohon kirim foto atau berkas bukti pembayaran sebagai balasan di sini.",
    en="Once you have paid, please send a photo or file of the proof of payment as an answer here.",
)
_HANDED_IN = Phrase(
    id="Bukti pembayaran untuk invoice {number} sudah kami terima dan akan kami periksa.",
    en="We have received the proof of payment for invoice {number} and will check it.",
)
_ACCEPTED = Phrase(
    id="Pembayaran {amount} untuk invoice {number} sudah kami terima. Nomor kuitansi: {receipt}.",
    en="We have received your payment of {amount} for invoice {number}. Receipt number: {receipt}.",
)
_PAID = Phrase(id="Invoice ini lunas. Terima kasih.", en="The invoice is paid in full. Thank you.")
_LEFT = Phrase(id="Sisa yang belum dibayar: {left}.", en="Still to be paid: {left}.")
_REFUSED = Phrase(
    id="Mohon maaf, bukti pembayaran untuk invoice {number} belum dapat kami terima: {reason}\nMohon kirim lagi bukti yang sesuai sebagai balasan di sini.",
    en="We are sorry, we cannot accept the proof of payment for invoice {number} yet: {reason}\nPlease send the right proof as an answer here.",
)
_DUE_TODAY = Phrase(
    id="Kami ingatkan bahwa invoice {number} sebesar {left} jatuh tempo hari ini, {due}.",
    en="May we remind you that invoice {number} of {left} is due today, {due}.",
)
_DUE_LATER = Phrase(
    id="Kami ingatkan bahwa invoice {number} sebesar {left} jatuh tempo pada {due}.",
    en="May we remind you that invoice {number} of {left} is due on {due}.",
)
_OVERDUE = Phrase(
    id="Kami ingatkan bahwa invoice {number} sebesar {left} sudah jatuh tempo pada {due}.",
    en="May we remind you that invoice {number} of {left} was due on {due}.",
)
_TO_CHECK = Phrase(
    id="💰 Bukti pembayaran perlu diperiksa: invoice {number}, {left}\n{procedure}, tiket {ticket}",
    en="💰 A proof of payment is to be checked: invoice {number}, {left}\n{procedure}, ticket {ticket}",
)
_CHECK_IN_WORDS = Phrase(
    id="Balas: {ticket} /bukti terima [jumlah] / {ticket} /bukti tolak [alasan]",
    en="Answer: {ticket} /proof accept [amount] / {ticket} /proof refuse [reason]",
)
_ACCEPT_LABEL = Phrase(id="Terima {left}", en="Accept {left}")
_REFUSE_LABEL = Phrase(id="Tolak", en="Refuse")
_NOTHING = Phrase(
    id="Tidak ada bukti pembayaran yang menunggu pada tiket {ticket}.",
    en="No proof of payment waits on ticket {ticket}.",
)
_CHECKED = Phrase(
    id="Bukti pembayaran itu sudah diperiksa oleh {who}: {state}.",
    en="That proof has been checked by {who} already: {state}.",
)
_STATES = {
    "accepted": Phrase(id="diterima", en="accepted"),
    "refused": Phrase(id="ditolak", en="refused"),
}
_ASK_WHY = Phrase(
    id="Apa alasan bukti pembayaran tiket {ticket} ditolak? Tulislah pesan berikutnya di sini; pemohon akan membacanya.",
    en="Why is the proof of payment of ticket {ticket} refused? Write it as your next message here; the requester will read it.",
)
_NO_AMOUNT = Phrase(
    id="Mohon tulis jumlahnya dalam rupiah, misalnya: {ticket} /bukti terima 500.000",
    en="Please write the amount in rupiah, such as: {ticket} /proof accept 500000",
)
_REFUSED_IT = Phrase(
    id="Bukti pembayaran tiket {ticket} ditolak; pemohon diminta mengirim lagi.",
    en="The proof of payment of ticket {ticket} is refused; the requester is asked for another.",
)
_ACCEPTED_IT = Phrase(
    id="✅ Pembayaran {amount} untuk tiket {ticket} diterima, kuitansi {receipt}.",
    en="✅ Payment of {amount} for ticket {ticket} accepted, receipt {receipt}.",
)
_INVOICE = Phrase(id="Invoice", en="Invoice")
_RECEIPT = Phrase(id="Kuitansi", en="Receipt")
ACCEPT, REFUSE = "accept", "refuse"  # as buttons say it
ACCEPTING = frozenset({ACCEPT, "terima"})
REFUSING = frozenset({REFUSE, "tolak"})


def to_be_billed(language: Language, *, total: int, lines: Sequence[tuple[str, int]]) -> str:
    """Say what the invoice of a step will come to; of several `lines` each."""
    if not lines:
        return _NOTHING_BILLED.say(language)
    each = [f"- {name}: {rupiah(amount, language)}" for name, amount in lines] if len(lines) > 1 else []
    return "\n".join([_TO_BE_BILLED.say(language, total=rupiah(total, language)), *each])


def invoice_made(
    language: Language, *, number: str, total: int, due_on: date, lines: Sequence[tuple[str, int]],
    replaces: str | None,
) -> str:  # fmt: skip
    """Tell of an invoice: what for, how much, until when, and how to prove that it is paid."""
    said = [_MADE.say(language, number=number, total=rupiah(total, language), due=_day(due_on, language))]
    if replaces is not None:
        said.append(_INSTEAD.say(language, number=replaces))
    said += [f"- {name}: {rupiah(amount, language)}" for name, amount in lines]
    return "\n".join([*said, _PROVE.say(language)])


def handed_in(language: Language, *, number: str) -> str:
    return _HANDED_IN.say(language, number=number)


def accepted(language: Language, *, number: str, amount: int, receipt: str, left: int) -> str:
    """Tell that money has come in, and what is still to come."""
    said = _ACCEPTED.say(language, number=number, amount=rupiah(amount, language), receipt=receipt)
    rest = _LEFT.say(language, left=rupiah(left, language)) if left > 0 else _PAID.say(language)
    return f"{said} {rest}"


def refused(language: Language, *, number: str, reason: str) -> str:
    return _REFUSED.say(language, number=number, reason=reason)


def reminder(language: Language, *, number: str, left: int, due_on: date, today: date) -> str:
    """Remind of an invoice that is due, or was."""
    phrase = _DUE_TODAY if due_on == today else _OVERDUE if due_on < today else _DUE_LATER
    said = phrase.say(language, number=number, left=rupiah(left, language), due=_day(due_on, language))
    return f"{said} {_PROVE.say(language)}"


def to_check(language: Language, *, number: str, left: int, procedure: str, ticket: int) -> str:
    return _TO_CHECK.say(
        language, number=number, left=rupiah(left, language), procedure=procedure, ticket=number_words(ticket)
    )


def _day(day: date, language: Language) -> str:
    return date_in_words(day, language)


def check_in_words(language: Language, *, ticket: int) -> str:
    """Say what whoever checks may write where there are no buttons."""
    return _CHECK_IN_WORDS.say(language, ticket=number_words(ticket))


def accept_label(language: Language, *, left: int) -> str:
    return _ACCEPT_LABEL.say(language, left=rupiah(left, language))


def refuse_label(language: Language) -> str:
    return _REFUSE_LABEL.say(language)


def nothing_to_check(language: Language, *, ticket: int) -> str:
    return _NOTHING.say(language, ticket=number_words(ticket))


def checked_already(language: Language, *, who: str, state: str) -> str:
    """Say who has decided before them, and how: `accepted`, `refused`."""
    return _CHECKED.say(language, who=who, state=_STATES[state].say(language))


def ask_why(language: Language, *, ticket: int) -> str:
    return _ASK_WHY.say(language, ticket=number_words(ticket))


def no_amount(language: Language, *, ticket: int) -> str:
    return _NO_AMOUNT.say(language, ticket=number_words(ticket))


def refused_it(language: Language, *, ticket: int) -> str:
    return _REFUSED_IT.say(language, ticket=number_words(ticket))


def accepted_it(language: Language, *, ticket: int, amount: int, receipt: str, left: int) -> str:
    """Tell whoever checked what was accepted, and what is still open."""
    said = _ACCEPTED_IT.say(
        language, ticket=number_words(ticket), amount=rupiah(amount, language), receipt=receipt
    )
    return f"{said} {_LEFT.say(language, left=rupiah(left, language))}" if left > 0 else said


def invoice_name(language: Language) -> str:
    return _INVOICE.say(language)


def receipt_name(language: Language) -> str:
    return _RECEIPT.say(language)


def left_over(language: Language, *, left: int) -> str:
    """Say what is still to be paid after a part of it was."""
    return _LEFT.say(language, left=rupiah(left, language))
