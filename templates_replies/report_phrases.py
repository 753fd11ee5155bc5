"""What is said with a monthly report that arrives by itself: three sentences, and where the archive is."""

from dataclasses import dataclass

from templates_replies.catalogue import Language
from templates_replies.phrase import Phrase
from templates_replies.supervision_phrases import percent

_SUBJECT = Phrase(id="Laporan {desk} bulan {month}", en="Report of {desk} for {month}")
_TICKETS = Phrase(
    id="Selama {month} masuk {tickets} tiket, {finished} di antaranya sudah selesai; bulan sebelumnya {before}.",
    en="In {month} {tickets} tickets came in, of which {finished} are solved; the month before it was {before}.",
)
_NONE = Phrase(
    id="Selama {month} tidak ada tiket yang masuk; bulan sebelumnya {before}.",
    en="In {month} no tickets came in; the month before it was {before}.",
)
_KEPT = Phrase(
    id="Respons pertama tepat waktu {first}, penyelesaian tepat waktu {solved}.",
    en="First responses in time: {first}, solutions in time: {solved}.",
)
_NOTHING_PROMISED = Phrase(id="Tidak ada janji layanan yang jatuh tempo.", en="No service promise came due.")
_BREACHED = Phrase(
    id="Janji layanan yang terlambat: {breached}; tiket yang belum berkategori: {uncategorised}.",
    en="Promises broken: {breached}; tickets without a category: {uncategorised}.",
)
_PAGE = Phrase(id="Semua laporan tersimpan di {link}", en="All reports are kept at {link}")
_LATE = Phrase(
    id="Laporan ini dibuat pada {made} dan baru dikirim sekarang, karena sejak itu tidak ada supervisor yang dapat dihubungi. Angkanya ada di berkas terlampir.",
    en="This report was made on {made} and is sent only now, for no supervisor could be reached since. Its figures are in the files that come with it.",
)
_UNREAD = Phrase(
    id="Laporan {desk} bulan {month} belum sampai", en="The report of {desk} for {month} has reached nobody"
)
_WAITS = Phrase(
    id="Tidak ada supervisor yang dapat dihubungi: alamatnya belum ada, atau kirimannya ditolak. Laporan tersimpan di arsip dan dikirim begitu ada supervisor yang dapat dihubungi. Mohon teruskan kabar ini kepada supervisor atau administrator Anda.",
    en="No supervisor can be reached: there is no address, or it was refused. The report lies in the archive, and goes out as soon as a supervisor can be reached. Please let your supervisor or administrator know.",
)
_NOTHING_DUE = Phrase(id="belum ada yang jatuh tempo", en="nothing came due")


@dataclass(frozen=True, kw_only=True)
class MonthWords:
    """The figures of the sentences."""

    month: str  # in words
    tickets: int
    finished: int
    before: int
    first_in_time: float | None  # from 0 to 1; None: nothing came due
    solved_in_time: float | None
    breached: int
    uncategorised: int


def arrived(language: Language, *, desk: str, figures: MonthWords, link: str | None) -> str:
    """Tell of a month; the first line is a mail's subject. Of what there was nothing no figure is said."""
    opening = _TICKETS if figures.tickets else _NONE
    sentences = [
        opening.say(
            language, month=figures.month, tickets=str(figures.tickets), finished=str(figures.finished),
            before=str(figures.before),
        ),
        _kept(language, figures),
    ]  # fmt: skip
    if figures.tickets or figures.breached or figures.uncategorised:
        sentences.append(
            _BREACHED.say(language, breached=str(figures.breached), uncategorised=str(figures.uncategorised))
        )
    return _told(language, desk, figures.month, " ".join(sentences), link)


def arrived_late(language: Language, *, desk: str, month: str, made: str, link: str | None) -> str:
    """Tell of a month whose report waited for somebody; `made` is the day on which it was made."""
    return _told(language, desk, month, _LATE.say(language, made=made), link)


def waits(language: Language, *, desk: str, month: str) -> str:
    """Tell people who are no supervisors that a report waits for one; no figure of it is said."""
    return f"{_UNREAD.say(language, desk=desk, month=month)}\n{_WAITS.say(language)}"


def _told(language: Language, desk: str, month: str, says: str, link: str | None) -> str:
    lines = [_SUBJECT.say(language, desk=desk, month=month), says]
    return "\n".join([*lines, _PAGE.say(language, link=link)] if link else lines)


def _kept(language: Language, figures: MonthWords) -> str:
    if figures.first_in_time is None and figures.solved_in_time is None:
        return _NOTHING_PROMISED.say(language)
    first, solved = _share(language, figures.first_in_time), _share(language, figures.solved_in_time)
    return _KEPT.say(language, first=first, solved=solved)


def _share(language: Language, share: float | None) -> str:
    return _NOTHING_DUE.say(language) if share is None else percent(share)
