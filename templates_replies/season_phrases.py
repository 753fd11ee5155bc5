"""What is said of procedures that can be asked for at some times of the year alone."""

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


def closed(language: Language, *, procedure: str, days: tuple[str, str] | None) -> str:
    """Say that something cannot be asked for now; `days` are the first and the last on which it can next."""
    if days is None:
        said = _OVER.say(language, procedure=procedure)
    else:
        said = _CLOSED.say(language, procedure=procedure, first=days[0], last=days[1])
    return f"{said} {_STILL.say(language)}"
