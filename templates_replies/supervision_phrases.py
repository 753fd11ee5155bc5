"""What the bot says to supervisors about the state of their desk, and about verifying what is solved.

The digest and the board are read on a telephone: a line for each figure, the worst first, and the numbers of the
tickets behind it with who holds them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from templates_replies.catalogue import Language
from templates_replies.labels import number_words
from templates_replies.moments import date_in_words, in_words
from templates_replies.phrase import Phrase
from templates_replies.render import one_line

_NAMES: Mapping[str, Phrase] = {
    "failed_intake": Phrase(id="Pesan masuk gagal diproses", en="Incoming messages that failed"),
    "breached": Phrase(id="Melewati batas waktu", en="Overdue"),
    "undelivered": Phrase(id="Jawaban tidak sampai", en="Answers that did not arrive"),
    "soon": Phrase(id="Hampir melewati batas waktu", en="About to be overdue"),
    "unanswered": Phrase(id="Belum dijawab", en="Not answered"),
    "waiting_long": Phrase(id="Lama menunggu pengirim", en="Waiting long for the contact"),
    "uncategorised": Phrase(id="Belum berkategori", en="Without a category"),
    "low_score": Phrase(
        id="Nilai survei rendah, menunggu tindak lanjut", en="Low survey scores to be followed up"
    ),
    "overdue_findings": Phrase(id="Temuan lewat tenggat", en="Findings that are overdue"),
    "to_verify": Phrase(id="Sampel yang wajib diverifikasi", en="Sample that must be verified"),
    "unverified": Phrase(id="Selesai, belum ditutup", en="Solved, not closed yet"),
}
_DIGEST = Phrase(id="Ringkasan {desk}, {day}", en="Digest of {desk}, {day}")
_BOARD = Phrase(id="Papan {desk}", en="Board of {desk}")
_FIGURE = Phrase(id="{name}: {count}", en="{name}: {count}")
_AT_LEAST = Phrase(id="{count} atau lebih", en="{count} or more")
_HELD = Phrase(id="{ticket} ({holder})", en="{ticket} ({holder})")
_ACCOUNT_NOTICE = Phrase(
    id="ℹ️ Kabar dari WhatsApp tentang akun {account}: {says}",
    en="ℹ️ WhatsApp tells about the account {account}: {says}",
)
_FOUND_LATE = Phrase(
    id=(
        "ℹ️ Daftar penyedia akun {account} memuat {brought} pesan yang belum pernah sampai ke sini. "
        "Pesan-pesan itu baru saja diambil; mohon didahulukan."
    ),
    en=(
        "ℹ️ The provider's list of the account {account} has {brought} messages that never reached us. "
        "They have just been fetched; please see to them first."
    ),
)
_LOST = Phrase(
    id=(
        "⚠️ {lost} pesan yang masuk ke akun {account} tidak ada di sini dan tidak dapat diambil. "
        "Mohon dilihat langsung di penyedianya."
    ),
    en=(
        "⚠️ {lost} messages that came in at the account {account} are not here and could not be fetched. "
        "Please look at the provider's own list."
    ),
)
_ACCOUNT_BROKEN = Phrase(
    id=(
        "⚠️ Akun {account} perlu diperbaiki: {reason}\n"
        "Sebelum itu pesan keluar tidak sampai. Yang belum terkirim menunggu, paling lama 24 jam."
    ),
    en=(
        "⚠️ The account {account} has to be mended: {reason}\n"
        "Until then nothing of it arrives. What could not be sent yet waits, for 24 hours at most."
    ),
)
_GROUP_SHUT = Phrase(
    id=(
        "⚠️ Bot tidak dapat bekerja di grup Telegram {group}: {reason}\n"
        "Kontak tetap dilayani; yang perlu masuk ke grup menunggu sampai hal ini diperbaiki."
    ),
    en=(
        "⚠️ The bot cannot work in the Telegram group {group}: {reason}\n"
        "Contacts are served all the same; what is to go into the group waits until this is mended."
    ),
)
_NOBODY = Phrase(id="belum dipegang", en="nobody")
_OTHERS = Phrase(id="dan {count} lainnya", en="and {count} more")
_ALL_DONE = Phrase(
    id="Semua sudah tertangani: tidak ada yang perlu ditindaklanjuti.",
    en="Everything is taken care of: there is nothing to follow up.",
)
_INDICATORS = Phrase(
    id="Bulan ini: {solved} selesai dalam batas waktu ({within}), {categorised} berkategori.",
    en="This month: {solved} solved within the due time ({within}), {categorised} with a category.",
)
_LINK = Phrase(id="Selengkapnya: {link}", en="All of it: {link}")


@dataclass(frozen=True, kw_only=True)
class FigureWords:
    """One figure of the board as it is told."""

    figure: str
    count: int
    more: bool = False  # it was not counted to the end
    tickets: Sequence[tuple[int, str | None]] = ()  # the first of them with who holds each


@dataclass(frozen=True, kw_only=True)
class IndicatorWords:
    """How well the month goes so far; None where there is nothing to measure yet."""

    solved_in_time: float | None
    within: timedelta
    categorised: float | None


def figure_name(figure: str, language: Language) -> str:
    return _NAMES[figure].say(language)


def digest(
    language: Language, *, desk: str, day: date, figures: Sequence[FigureWords],
    indicators: IndicatorWords | None, link: str | None,
) -> str:  # fmt: skip
    """Tell what is to do today, worst first; what is empty is left out."""
    return _letter(
        language,
        _DIGEST.say(language, desk=desk, day=date_in_words(day, language)),
        figures,
        indicators,
        link,
    )


def board(
    language: Language, *, desk: str, figures: Sequence[FigureWords], indicators: IndicatorWords | None,
    link: str | None,
) -> str:  # fmt: skip
    """Tell how the desk stands, to whoever asked."""
    return _letter(language, _BOARD.say(language, desk=desk), figures, indicators, link)


def _letter(
    language: Language, head: str, figures: Sequence[FigureWords], indicators: IndicatorWords | None,
    link: str | None,
) -> str:  # fmt: skip
    told = [line for each in figures if each.count for line in _figure(language, each)]
    lines = [head, "", *(told or [_ALL_DONE.say(language)])]
    if (
        indicators is not None
        and indicators.solved_in_time is not None
        and indicators.categorised is not None
    ):
        lines += ["", _INDICATORS.say(
            language, solved=percent(indicators.solved_in_time), within=in_words(indicators.within, language),
            categorised=percent(indicators.categorised),
        )]  # fmt: skip
    if link:
        lines += ["", _LINK.say(language, link=link)]
    return "\n".join(lines)


def _figure(language: Language, words: FigureWords) -> Sequence[str]:
    count = _AT_LEAST.say(language, count=str(words.count)) if words.more else str(words.count)
    lines = [_FIGURE.say(language, name=figure_name(words.figure, language), count=count)]
    if words.tickets:
        named = [
            _HELD.say(language, ticket=number_words(number), holder=one_line(holder or _NOBODY.say(language), longest=40))
            for number, holder in words.tickets
        ]  # fmt: skip
        left = words.count - len(named)
        lines.append(", ".join([*named, *([_OTHERS.say(language, count=str(left))] if left > 0 else [])]))
    return lines


def percent(share: float) -> str:
    """Write a share in whole percent; only all of it is 100%, only none of it 0%."""
    rounded = round(share * 100)
    if share < 1:
        rounded = min(rounded, 99)
    if share > 0:
        rounded = max(rounded, 1)
    return f"{rounded}%"


# Verifying

_OWN_TICKET = Phrase(
    id="Tiket {ticket} Anda tangani sendiri, sehingga perlu diverifikasi oleh supervisor lain.",
    en="Ticket {ticket} is your own work, so another supervisor has to verify it.",
)
_VERIFY_ALL = Phrase(
    id="{count} tiket selesai siap ditutup: {tickets}. Untuk memverifikasi semuanya, tekan tombol atau ketik /verifikasi semua {count}.",
    en="{count} solved tickets are ready to be closed: {tickets}. To verify all of them, press the button or type /verify all {count}.",
)
_COUNT_CHANGED = Phrase(
    id="Jumlahnya berubah, sehingga belum ada yang ditutup.",
    en="The number has changed, so nothing was closed yet.",
)
_VERIFY_LABEL = Phrase(id="Verifikasi {count} tiket", en="Verify {count} tickets")
_NOTHING_TO_VERIFY = Phrase(
    id="Tidak ada tiket selesai yang menunggu verifikasi Anda.",
    en="No solved ticket is waiting for your verification.",
)
_VERIFIED_MANY = Phrase(
    id="{count} tiket diverifikasi dan ditutup.", en="{count} tickets are verified and closed."
)
_SENT_BACK = Phrase(
    id="Tiket {ticket} dikembalikan untuk diperbaiki. Pengirim tidak diberi tahu.",
    en="Ticket {ticket} is sent back to be mended. The contact is not told.",
)
_TO_MEND = Phrase(
    id="Tiket {ticket} dikembalikan oleh {by} untuk diperbaiki: {note}",
    en="Ticket {ticket} was sent back by {by} to be mended: {note}",
)
_NOTE_MISSING = Phrase(
    id="Mohon tuliskan apa yang perlu diperbaiki, misalnya: /perbaiki Langkah terakhirnya belum dijelaskan.",
    en="Please write what is missing, for example: /sendback The last step is not explained yet.",
)
_SHOWN_AT_ONCE = 10


def own_ticket(language: Language, *, ticket: int) -> str:
    return _OWN_TICKET.say(language, ticket=number_words(ticket))


def verify_all(language: Language, *, tickets: Sequence[int], changed: bool = False) -> str:
    """Ask for the confirmation that says how many; `changed`: another number was confirmed before."""
    shown = [number_words(number) for number in tickets[:_SHOWN_AT_ONCE]]
    left = len(tickets) - len(shown)
    if left > 0:
        shown.append(_OTHERS.say(language, count=str(left)))
    asked = _VERIFY_ALL.say(language, count=str(len(tickets)), tickets=", ".join(shown))
    return f"{_COUNT_CHANGED.say(language)} {asked}" if changed else asked


def verify_label(language: Language, *, count: int) -> str:
    return _VERIFY_LABEL.say(language, count=str(count))


def nothing_to_verify(language: Language) -> str:
    return _NOTHING_TO_VERIFY.say(language)


def verified_many(language: Language, *, count: int) -> str:
    return _VERIFIED_MANY.say(language, count=str(count))


def sent_back(language: Language, *, ticket: int) -> str:
    return _SENT_BACK.say(language, ticket=number_words(ticket))


def to_mend(language: Language, *, ticket: int, by: str, note: str) -> str:
    """Tell the agent that a supervisor did not confirm a solution, and why."""
    return _TO_MEND.say(language, ticket=number_words(ticket), by=by, note=one_line(note, longest=1000))


def note_missing(language: Language) -> str:
    return _NOTE_MISSING.say(language)


def account_notice(language: Language, *, account: str, says: str) -> str:
    return _ACCOUNT_NOTICE.say(language, account=account, says=one_line(says))


def found_late(language: Language, *, account: str, brought: int) -> str:
    return _FOUND_LATE.say(language, account=account, brought=str(brought))


def lost_on_the_way(language: Language, *, account: str, lost: int) -> str:
    return _LOST.say(language, account=account, lost=str(lost))


def account_broken(language: Language, *, account: str, reason: str) -> str:
    return _ACCOUNT_BROKEN.say(language, account=account, reason=one_line(reason))


def group_shut(language: Language, *, group: str, reason: str) -> str:
    return _GROUP_SHUT.say(language, group=group, reason=one_line(reason))
