"""The words of the chat page, in Indonesian and English, and which of the two a visitor reads."""

from collections.abc import Mapping
from datetime import date, datetime

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
    "limits": (
        "Paling banyak {files} berkas, masing-masing {megabytes} MB.",
        "Up to {files} files of {megabytes} MB each.",
    ),
    "too_large": ("Berkasnya terlalu besar atau terlalu banyak. {limits}", "That is too large or too many. {limits}"),
    "program": (
        "Berkas program tidak dapat dikirim lewat obrolan. Kirimkan tangkapan layar atau dokumennya.",
        "Programs cannot be sent by chat. Send a screenshot or a document instead.",
    ),
    "too_fast": (
        "Pesan Anda datang terlalu cepat. Mohon tunggu sebentar, lalu kirim lagi; tulisan Anda masih ada.",
        "Your messages come too fast. Please wait a little and send it again; your words are still here.",
    ),
    "stale": (
        "Halaman ini sudah lama terbuka, jadi pesannya belum terkirim. Silakan kirim sekali lagi.",
        "This page was open for long, so the message was not sent. Please send it again.",
    ),
    "not_a_mailbox": (
        "Alamat emailnya belum lengkap. Contoh: nama@contoh.ac.id.",
        "That email address is not complete. For example: name@example.ac.id.",
    ),
    "closed": (
        "Kantor sedang tutup dan buka lagi {moment}. Tulis saja pesannya; kami jawab saat buka.",
        "The office is closed and opens again {moment}. Do write; we answer when it is open.",
    ),
    "leave": ("Kirim jawabannya ke email", "Have the answer sent by email"),
    "leave_why": (
        "Bila Anda sudah tidak di sini, jawaban kami kirim ke email, dan percakapan berlanjut di sana.",
        "If you are gone by then, the answer goes to your mailbox, and the conversation goes on there.",
    ),
    "name": ("Nama", "Name"),
    "email": ("Email", "Email"),
    "left": ("Jawaban yang belum Anda baca di sini dikirim juga ke {mailbox}.", "What you have not read here is sent to {mailbox} as well."),
    "not_known": (
        "Identitas Anda dari situs ini tidak dapat dipastikan. Muat ulang halamannya atau masuk sekali lagi; sampai saat itu Anda menulis sebagai tamu.",
        "Who you are on this site could not be made sure. Reload the page or log in again; until then you write as a guest.",
    ),
    "writing_as": ("Anda masuk sebagai {name}", "You are logged in as {name}"),
    "busy": (
        "Pesan belum dapat disimpan. Mohon coba lagi sebentar lagi.",
        "The message could not be stored yet. Please try again in a moment.",
    ),
    "drop": ("Lepaskan berkas di sini", "Drop the files here"),
    "chosen": ("Berkas yang dipilih", "Chosen files"),
    "remove": ("Hapus", "Remove"),
    "sending": ("Mengirim", "Sending"),
    "options": ("Pilihan", "Options"),
    "forget": ("Akhiri dan lupakan di perangkat ini", "End and forget on this device"),
    "forget_why": (
        "Percakapan tidak lagi tampil di perangkat ini. Pesan yang sudah terkirim tetap kami jawab, tetapi jawabannya tidak dapat dibaca di sini.",
        "The conversation is no longer shown on this device. What you have sent is still answered, but the answer cannot be read here.",
    ),
    "other_language": ("English", "Bahasa Indonesia"),
    "reconnecting": (
        "Sambungan terputus. Kami mencoba menyambung lagi …",
        "The connection is lost. Trying to connect again …",
    ),
}  # fmt: skip


def say(language: str, key: str, **values: object) -> str:
    phrase = _TEXTS[key][1 if language == "en" else 0]
    return phrase.format(**values) if values else phrase


_DAYS = {
    "id": ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}  # fmt: skip
_MONTHS = {
    "id": (
        "Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September", "Oktober",
        "November", "Desember",
    ),
    "en": (
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
        "November", "December",
    ),
}  # fmt: skip
_NEAR = {"id": ("hari ini", "besok"), "en": ("today", "tomorrow")}


def moment_of(local: datetime, language: str, *, today: date) -> str:
    """Return `besok pukul 08.00`, or the day with its date where it is further away."""
    away = (local.date() - today).days
    comma = "," if language == "id" else ""
    named = f"{_DAYS[language][local.weekday()]}{comma} {local.day} {_MONTHS[language][local.month - 1]} {local.year}"
    day = _NEAR[language][away] if away in {0, 1} else named if language == "id" else f"on {named}"
    return f"{day} at {local:%H:%M}" if language == "en" else f"{day} pukul {local:%H.%M}"


def language_of(request: Request, default: str) -> str:
    """Return id or en: what the address asks for, else whichever the browser names first, else the desk's own."""
    asked = (
        request.query_params.get("lang", ""),
        *request.headers.get("accept-language", "")[:300].split(","),
    )
    for part in asked:
        code = part.strip()[:2].lower()
        if code in {"id", "en"}:
            return code
    return "en" if default == "en" else "id"
