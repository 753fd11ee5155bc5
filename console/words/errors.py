"""The words of pages that say that something is not so."""

from collections.abc import Mapping

PHRASES: Mapping[str, tuple[str, str]] = {
    "error_403": ("Ini tidak diperbolehkan", "This is not allowed"),
    "error_403_hint": (
        "Formulir mungkin sudah lama terbuka. Kembali, muat ulang halaman, lalu coba lagi.",
        "The form may have been open for long. Go back, reload the page, and try again.",
    ),
    "error_withheld": ("Berkas ditahan oleh pemeriksa virus", "A file was withheld by the virus scanner"),
    "error_withheld_hint": (
        "Pemeriksa virus tidak meloloskan salah satu berkas yang Anda pilih, jadi tidak ada yang dikirim. Kembalilah dan pilih berkas lain.",
        "The virus scanner objects to one of the files that you chose, so nothing was sent. Go back and choose another.",
    ),
    "error_404": ("Halaman tidak ditemukan", "There is no such page"),
    "error_404_hint": (
        "Tautannya salah, sudah tidak berlaku, atau bukan untuk Anda.",
        "The link is wrong, too old, or not for you.",
    ),
    "error": ("Ada yang tidak beres", "Something went wrong"),
    "error_hint": (
        "Kesalahan ini sudah dicatat. Mohon coba lagi sebentar lagi.",
        "It has been noted. Please try again in a moment.",
    ),
}
