"""Short words by which a contact leads the filling in of a form: cancel, leave out, back, change, send, go on, withdraw.

A message is one of these only if it says nothing else, so that an answer is never taken for an order.
"""

import re

from templates_replies.cues import is_filler
from templates_replies.normalise import written_words

_CANCEL = frozenset({"batal", "batalkan", "batalin", "dibatalkan", "cancel"})
_SKIP = frozenset({"lewati", "lewat", "lewatkan", "skip", "kosong", "kosongkan"})
_BACK = frozenset({"kembali", "sebelumnya", "back", "previous"})
_SEND = frozenset({"kirim", "kirimkan", "ajukan", "send", "submit"})
_NO_MORE = frozenset(
    written_words("selesai sudah cukup habis beres tidak tdk gak nggak enggak saja aja done no nothing all")
)
_AROUND_NO_MORE = frozenset(written_words("lagi ada itu semua more that s"))
_GO_ON = frozenset({"lanjut", "lanjutkan", "teruskan", "continue", "resume"})
_LEADING = frozenset(
    written_words(
        "form formulir formnya formulirnya sekarang saja aja now it the this please tolong pertanyaan question isi isian"
    )
)
_CHANGE = re.compile(
    r"(?:(?:tolong|mau|saya|ingin|please)\s+)*(?:ubah|ganti|koreksi|perbaiki|betulkan|change|correct|edit|fix)"
    r"(?:\s+(?:jawaban|pertanyaan|isian|nomor|no|number|nr|answer))*[\s.:#]*(.{0,80})",
    re.IGNORECASE | re.DOTALL,
)
_WITHDRAW = re.compile(
    r"(?:batal(?:kan|in)?|membatalkan|dibatalkan|tarik|menarik|cabut|mencabut|cancel|withdraw|take back)\s+(?:(?:saja|aja|kembali|my|the|this)\s+)*"
    r"(?:permohonan|pengajuan|permintaan|peminjaman|request|application)\b"
    r"|\b(?:permohonan|pengajuan|permintaan|peminjaman)\s+(?:saya|ini|kami|nya)\s+(?:(?:tolong|mau|minta|mohon)\s+)*(?:di)?batal"
    r"|\b(?:batal|(?:tidak|nggak|gak|ga) jadi)\s+(?:me)?(?:ng?ajukan|minta|pinjam|minjam)",
    re.IGNORECASE,
)
_LONGEST_WITHDRAWAL = 100  # characters: whoever writes more tells a story
_LIST = frozenset(
    written_words(
        "ajukan pengajuan permohonan mengajukan layanan request requests apply application services"
    )
)
_AROUND_LIST = frozenset(
    written_words(
        "saya mau ingin hendak akan buat bikin membuat minta daftar apa saja yang ada bisa"
        " i want to would like make a an for the list of"
    )
)
# What stands before or behind a date, a time or a number without being part of it, as people write in a chat.
_BEFORE = frozenset(
    written_words("untuk pada di mulai sampai dari sekitar mungkin insyaallah for from until about")
)
_BEHIND = frozenset(
    written_words(
        "ya yah kak pak bu min mas mbak aja saja dong deh nih sih mohon tolong makasih please thanks"
    )
)
_AROUND = _BEFORE | _BEHIND
_COMMAND = re.compile(r"/([a-z][a-z0-9_-]{0,59})(?:@\w+)?", re.IGNORECASE)


def wants_cancel(text: str) -> bool:
    """Return whether somebody wants the form gone, and says nothing else."""
    return _is(text, _CANCEL) or " ".join(_said(text)) in {
        "tidak jadi",
        "gak jadi",
        "nggak jadi",
        "never mind",
    }


def wants_skip(text: str) -> bool:
    return text.strip() in {"-", "–"} or _is(text, _SKIP)


def wants_back(text: str) -> bool:
    return _is(text, _BACK)


def wants_send(text: str) -> bool:
    return not text.startswith("/") and _is(text, _SEND)


def wants_no_more(text: str) -> bool:
    """Return whether somebody says that a list is complete, and says nothing else."""
    said = written_words(text.lstrip("/")) if len(text) <= 40 else []
    around = (word in _NO_MORE or word in _AROUND_NO_MORE or is_filler(word) for word in said)
    return any(word in _NO_MORE for word in said) and all(around)


def wants_to_go_on(text: str) -> bool:
    return _is(text, _GO_ON)


def wants_change(text: str) -> str | None:
    """Return what is to be changed: `2`, a name, or nothing in particular as an empty text; None for anything else."""
    match = _CHANGE.fullmatch(text.strip())
    return " ".join(word for word in written_words(match[1]) if not is_filler(word)) if match else None


def bare(text: str) -> str:
    """Return an answer without the polite words around it: `jam 9` of `sampai jam 9 aja ya kak`."""
    said = text.split()
    while said[1:] and _plain(said[-1]) in _BEHIND:
        said.pop()
    while said[1:] and _plain(said[0]) in _AROUND:
        said.pop(0)
    return " ".join(said)


def wants_withdrawal(text: str) -> bool:
    """Return whether somebody takes back what they have asked for: `batalkan permohonan saya`."""
    return len(text) <= _LONGEST_WITHDRAWAL and "?" not in text and _WITHDRAW.search(text) is not None


def wants_list(text: str) -> bool:
    """Return whether somebody wants to see what can be asked for: `/ajukan`, `mau mengajukan permohonan`."""
    said = _said(text)
    return (
        bool(said)
        and len(said) <= 8
        and any(word in _LIST for word in said)
        and all(word in _LIST or word in _AROUND_LIST for word in said)
    )


def command_of(text: str) -> str | None:
    """Return the word of a message that is a command, without its slash and the bot that it names."""
    match = _COMMAND.fullmatch(text.strip())
    return match[1].lower() if match else None


def _plain(word: str) -> str:
    return word.strip(".,!").lower()


def _is(text: str, cue: frozenset[str]) -> bool:
    said = _said(text)
    return (
        bool(said)
        and any(word in cue for word in said)
        and all(word in cue or word in _LEADING for word in said)
    )


def _said(text: str) -> list[str]:
    """Return the words of a short message without fillers; nothing of a long one."""
    if len(text) > 80:
        return []
    return [word for word in written_words(text.lstrip("/")) if not is_filler(word)]
