"""What is said of procedures that can be asked for at some times of the year alone."""

from collections.abc import Sequence

from templates_replies.catalogue import Language
from templates_replies.phrase import Phrase

_CLOSED = Phrase(
    id="Mohon maaf, {procedure} sedang tidak dibuka. Pengajuan berikutnya dibuka {first} sampai {last}.",
    en="Sorry, {procedure} cannot be applied for at this time. Applications open again from {first} to {last}.",
)
_OVER = Phrase(
    id="Mohon maaf, {procedure} sudah ditutup, dan belum ada jadwal berikutnya.",
    en="Sorry, {procedure} is closed, and when it opens again is not known yet.",
)
_STILL = Phrase(
    id="Bila ada pertanyaan, tulis saja di sini; petugas kami membacanya.",
    en="If you have a question, just write it here; our staff will read it.",
)

_OPEN = Phrase(id="Hanya dibuka {seasons}", en="Open {seasons} only")
_SEASON = Phrase(id="{first} s.d. {last}", en="{first} to {last}")


def open_only(language: Language, seasons: Sequence[tuple[str, str]]) -> str:
    """Say from which days to which something can be asked for."""
    said = [_SEASON.say(language, first=first, last=last) for first, last in seasons]
    return _OPEN.say(language, seasons=", ".join(said))


def closed(language: Language, *, procedure: str, days: tuple[str, str] | None) -> str:
    """Say that something cannot be asked for now; `days` are the first and the last on which it can next."""
    if days is None:
        said = _OVER.say(language, procedure=procedure)
    else:
        said = _CLOSED.say(language, procedure=procedure, first=days[0], last=days[1])
    return f"{said} {_STILL.say(language)}"
