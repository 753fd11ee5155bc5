"""Which of the desk's two languages a short message is written in, or None when that is not clear.

Told by function words: technical words (login, password, error) stand in both languages and say nothing. The desk
answers in its own language until a message is clear, so that "None" is always a safe answer.
"""

import re
from functools import lru_cache

from templates_replies.catalogue import Language
from templates_replies.normalise import meaning_of, written_words


def _vocabulary(words: str) -> frozenset[str]:
    return frozenset(words.split())


_INDONESIAN = _vocabulary("""
    ada adakah adalah agar akan aku anda antara apa apabila apakah atas atau bagaimana bagi bahwa banget banyak baru
    bapak bagian belum benar berapa besok bila bisa bisakah boleh bolehkah bu bukan cara cek coba cuma dalam dan dapat
    dari daripada dengan di dong dosen dulu ganti hal halo hanya harap hari harus hilang ibu ingin ini itu izin jadi
    jadwal jam jangan jika juga kak kalau kami kamu kampus kapan kah karena ke kelas kemarin kenapa kepada ketika kirim kita
    kok kuliah kurang lagi lain lambat lewat lupa lebih maaf maka makasih malam mana masih masuk mata materi mau melalui
    menit mereka minggu minta mohon muncul nanti nilai nggak nih nomor oleh orang pada padahal pagi pak paling para pasti
    perlu permisi pernah petugas rusak saat saja salah sama sampai sangat saya sebelum secara sedang sejak sekali sekarang
    selalu selamat semua seperti serta setelah setiap siang siapa silakan sih sore sudah supaya tadi tahu tanya tapi
    tentang terdaftar terima terus tetap tidak tiket tolong tugas ubah untuk waktu walaupun ya yaitu yang
""")
_ENGLISH = _vocabulary("""
    a about after again all already also am an and another any anyone are as at back be because been before but by can
    cannot change could course did do does doing done don't each every for forgot from get getting give had has have hello
    help her here hi his how i i'm i've if in into is it it's its just keep keeps know let lost me missing more morning my
    need needs never new not now of off on one only open or other our out please problem said see send should since so some
    someone still such than thank thanks that the their them then there these they thing this those to today too try trying under until
    up us use want was we well were what when where which while who why will with without won't work working would yes yet
    you your yours
""")
#: English words that also stand in Indonesian sentences, as abbreviations, loans or Roman numerals.
_BORROWED = _vocabulary("a i an am at by do in is it me no of on or so to up us we be as all use new open")

_AFFIXED = re.compile(r"(?:meng|meny|mem|men|peng|ber|ter|di|ke)[a-z]{4,}(?:kan|nya|an|i)|[a-z]{4,}nya")


def language_of(text: str) -> Language | None:
    """Return the language of a message; None if it holds too little of either, or as much of both."""
    indonesian = english = 0.0
    for written in written_words(text):
        for_indonesian, for_english = _weights(written)
        indonesian += for_indonesian
        english += for_english
    if indonesian >= 1 and indonesian >= 2 * english:
        return "id"
    if english >= 1 and english >= 2 * indonesian:
        return "en"
    return None


@lru_cache(maxsize=16_384)
def _weights(written: str) -> tuple[float, float]:
    return _weight_indonesian(written), _weight_english(written)


def _weight_indonesian(written: str) -> float:
    meant = meaning_of(written)
    if any(word in _INDONESIAN for word in meant):
        return 1.0
    return 0.5 if _AFFIXED.fullmatch(written) else 0.0


def _weight_english(written: str) -> float:
    if written in _BORROWED:
        return 0.5
    return 1.0 if written in _ENGLISH else 0.0
