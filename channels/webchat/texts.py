"""The words of the chat page, in Indonesian and English, and which of the two a visitor reads."""

from collections.abc import Mapping

from starlette.requests import Request

_TEXTS: Mapping[str, tuple[str, str]] = {
    "title": ("Obrolan dengan {name}", "Chat with {name}"),
    "hello": (
        "Selamat datang! Tulis pertanyaan Anda di bawah ini, kami akan membantu.",
        "Welcome! Write your question below and we will help.",
    ),
    "conversation": ("Percakapan", "Conversation"),
    "you": ("Anda", "You"),
    "write": ("Tulis pesan …", "Write a message …"),
    "message": ("Pesan", "Message"),
    "send": ("Kirim", "Send"),
    "attach": ("Lampirkan berkas", "Attach files"),
    "refresh": ("Muat ulang percakapan", "Reload the conversation"),
    "pending": ("sedang diproses", "being processed"),
    "nothing": ("Tulis dulu pesannya atau pilih berkas.", "Write something first, or choose a file."),
    "too_long": (
        "Pesannya terlalu panjang. Mohon dipersingkat sampai {most} karakter.",
        "The message is too long. Please keep it to {most} characters.",
    ),
    "too_large": (
        "Berkasnya terlalu besar. Ukuran terbesar {megabytes} MB, paling banyak {files} berkas.",
        "The file is too large. Up to {megabytes} MB each, {files} files at most.",
    ),
    "stale": (
        "Halaman ini sudah lama terbuka, jadi pesannya belum terkirim. Silakan kirim sekali lagi.",
        "This page was open for long, so the message was not sent. Please send it again.",
    ),
    "busy": (
        "Pesan belum dapat disimpan. Mohon coba lagi sebentar lagi.",
        "The message could not be stored yet. Please try again in a moment.",
    ),
    "open_chat": ("Buka obrolan", "Open the chat"),
    "close_chat": ("Tutup obrolan", "Close the chat"),
}  # fmt: skip


def say(language: str, key: str, **values: object) -> str:
    phrase = _TEXTS[key][1 if language == "en" else 0]
    return phrase.format(**values) if values else phrase


def language_of(request: Request, default: str) -> str:
    """Return id or en: whichever the browser names first, else the desk's own."""
    for part in request.headers.get("accept-language", "")[:300].split(","):
        code = part.strip()[:2].lower()
        if code in {"id", "en"}:
            return code
    return "en" if default == "en" else "id"
