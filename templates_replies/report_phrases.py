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
_BREACHED = Phrase(
    id="Janji layanan yang terlambat: {breached}; tiket yang belum berkategori: {uncategorised}.",
    en="Promises broken: {breached}; tickets without a category: {uncategorised}.",
)
_PAGE = Phrase(id="Semua laporan tersimpan di {link}", en="All reports are kept at {link}")
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
    """Tell of a month; the first line is a mail's subject."""
    opening = _TICKETS if figures.tickets else _NONE
    sentences = [
        opening.say(
            language, month=figures.month, tickets=str(figures.tickets), finished=str(figures.finished),
            before=str(figures.before),
        ),
        _KEPT.say(
            language, first=_share(language, figures.first_in_time), solved=_share(language, figures.solved_in_time)
        ),
        _BREACHED.say(language, breached=str(figures.breached), uncategorised=str(figures.uncategorised)),
    ]  # fmt: skip
    lines = [_SUBJECT.say(language, desk=desk, month=figures.month), " ".join(sentences)]
    return "\n".join([*lines, _PAGE.say(language, link=link)] if link else lines)


def _share(language: Language, share: float | None) -> str:
    return _NOTHING_DUE.say(language) if share is None else percent(share)
