"""The words of the entrance: logging in, the first of a house, passwords."""

from collections.abc import Mapping

PHRASES: Mapping[str, tuple[str, str]] = {
    "welcome": ("Selamat datang", "Welcome"),
    "log_in": ("Masuk", "Log in"),
    "log_in_hint": (
        "Masuk untuk membaca dan menjawab tiket.",
        "Log in to read and answer tickets.",
    ),
    "email": ("Surel", "Email"),
    "password": ("Kata sandi", "Password"),
    "wrong": (
        "Surel atau kata sandi tidak cocok. Mohon periksa kembali.",
        "The email or the password is not right. Please check them.",
    ),
    "too_many": (
        "Terlalu banyak percobaan. Mohon tunggu seperempat jam, lalu coba lagi.",
        "Too many attempts. Please wait a quarter of an hour and try again.",
    ),
    "first_title": ("Satu langkah lagi", "One step to go"),
    "first_note": (
        (
            "Belum ada akun. Tautan sekali pakai untuk administrator pertama dicetak di terminal saat layanan dimulai; "
            "bukalah tautan itu untuk membuat akun Anda."
        ),
        (
            "There is no account yet. The service printed a one-time link for the first administrator on the terminal "
            "when it started; open that link to make your account."
        ),
    ),
    "setup_title": ("Buat akun Anda", "Make your account"),
    "setup_admin": (
        "Anda menjadi administrator pertama: Anda melihat semua unit dan mengundang rekan lain.",
        "You become the first administrator: you see every desk and invite the others.",
    ),
    "setup_staff": (
        "Pilih kata sandi untuk akun ini. Tautan ini hanya berlaku satu kali.",
        "Choose a password for this account. This link works only once.",
    ),
    "name": ("Nama", "Name"),
    "password_rule": ("Sedikitnya 10 karakter.", "At least 10 characters."),
    "make_account": ("Buat akun", "Make the account"),
    "setup_incomplete": (
        "Mohon isi surel yang benar, nama, dan kata sandi sedikitnya 10 karakter.",
        "Please fill in a valid email, a name, and a password of at least 10 characters.",
    ),
    "setup_over_title": ("Tautan tidak berlaku", "The link is not valid"),
    "setup_over": (
        "Tautan ini sudah dipakai atau sudah lewat masa berlakunya. Mintalah tautan baru kepada administrator.",
        "This link has been used or is too old. Please ask the administrator for a new one.",
    ),
}
