"""Identities are read as people write them, and rather not at all than wrongly."""

import time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.identity import Identity, masked_in, missing, read_identity
from tickets.verification import masked

BUDI = Identity(name="Budi Santoso", number="13519001")
BUDI_TI = Identity(name="Budi Santoso", number="13519001", unit="Teknik Informatika")


def who(
    name: str | None = None, number: str | None = None, unit: str | None = None, email: str | None = None
) -> Identity:
    return Identity(name=name, number=number, unit=unit, email=email)


FORMS = [
    ("Nama: Budi Santoso\nNIM: 13519001\nProdi: Teknik Informatika", BUDI_TI),
    ("nama : budi santoso\nnim : 13519001\nprodi : teknik informatika", who("Budi Santoso", "13519001", "teknik informatika")),
    ("NAMA: BUDI SANTOSO\nNIM: 13519001\nPRODI: TEKNIK INFORMATIKA", who("Budi Santoso", "13519001", "TEKNIK INFORMATIKA")),
    ("Nama lengkap : Siti Nurhaliza Ramadhani\nNIM : 18123911\nJurusan : Teknik Telekomunikasi", who("Siti Nurhaliza Ramadhani", "18123911", "Teknik Telekomunikasi")),
    ("Nama = Budi Santoso; NIM = 13519001; Prodi = Teknik Informatika", BUDI_TI),
    ("Nama: Budi Santoso, NIM: 13519001, Prodi: Teknik Informatika", BUDI_TI),
    ("Nama: Budi Santoso | NIM: 13519001 | Fakultas: STEI", who("Budi Santoso", "13519001", "STEI")),
    ("Nama:\nBudi Santoso\nNIM:\n13519001\nProdi:\nTeknik Informatika", BUDI_TI),
    ("*Nama*: Budi Santoso\n*NIM*: 13519001", BUDI),
    ("- Nama: Budi Santoso\n- NIM: 13519001\n- Prodi: Teknik Informatika", BUDI_TI),
    ("Name: Budi Santoso\nStudent ID: 13519001\nMajor: Informatics", who("Budi Santoso", "13519001", "Informatics")),
    ("Full name: Budi Santoso, Student number: 13519001, Faculty: STEI", who("Budi Santoso", "13519001", "STEI")),
    ("Nama: Dr. Siti Aminah, M.T.\nNIP: 198209252008122001\nUnit: Fakultas Teknik Sipil dan Lingkungan", who("Dr. Siti Aminah", "198209252008122001", "Fakultas Teknik Sipil dan Lingkungan")),
    ("NIP: 19820925 200812 2 001", who(None, "198209252008122001")),
    ("NIP. 19820925.200812.2.001", who(None, "198209252008122001")),
    ("Nama : Budi Santoso\nNIM/NIP : 13519001\nProdi/unit : Teknik Informatika\nEmail kampus : 13519001@mahasiswa.example.ac.id", who("Budi Santoso", "13519001", "Teknik Informatika", "13519001@mahasiswa.example.ac.id")),
    ("Nama: I Made Wirawan\nNIM: 10123902", who("I Made Wirawan", "10123902")),
    ("Nama: Nur'aini binti Hasan\nNIM: 10123902", who("Nur'aini binti Hasan", "10123902")),
    ("Nama: Budi Santoso\nNIM: 135 19 001", BUDI),
    ("Nama: Budi Santoso\nNPM: 2106731234", who("Budi Santoso", "2106731234")),
    ("Nama: Budi Santoso\nNIM: 191511045123", who("Budi Santoso", "191511045123")),
    ("Halo kak\n\nNama: Budi Santoso\nNIM: 13519001\nProdi: Teknik Informatika\nNo HP: 081234567890\nKendala: lupa password", BUDI_TI),
    ("Nama: Budi Santoso NIM: 13519001 Prodi: Teknik Informatika Kendala: tidak bisa login", BUDI_TI),
    ("Unit kerja: Tata Usaha FMIPA\nNama: Nurul Hidayah", who("Nurul Hidayah", None, "Tata Usaha FMIPA")),
    ("Nama : -\nNIM : -\nProdi : -", who()),
    ("Nama:\nNIM:\nProdi:", who()),
]  # fmt: skip

SENTENCES = [
    (
        "Nama saya Eko Prasetyo, NIM 13521002, Teknik Elektro.",
        Identity(name="Eko Prasetyo", number="13521002", unit="Teknik Elektro"),
    ),
    (
        "saya Citra Puspita 13520001 Teknik Informatika. Nilai kuis belum keluar",
        Identity(name="Citra Puspita", number="13520001", unit="Teknik Informatika"),
    ),
    ("saya Budi Santoso NIM 13519001 dari Teknik Informatika", BUDI_TI),
    ("Saya Budi Santoso, NIM 13519001, dari Teknik Informatika. Saya lupa password.", BUDI_TI),
    ("saya budi santoso nim 13519001 dari teknik informatika mau tanya", who("Budi Santoso", "13519001", "teknik informatika")),
    ("perkenalkan, nama saya Budi Santoso (13519001) - STEI", who("Budi Santoso", "13519001", "STEI")),
    ("Perkenalkan saya Budi Santoso dari Teknik Informatika", who("Budi Santoso", None, "Teknik Informatika")),
    ("Selamat pagi, perkenalkan nama saya Aulia Rahmawati, mahasiswa Teknik Sipil dengan NIM 15023920.", who("Aulia Rahmawati", "15023920", "Teknik Sipil")),
    ("nama saya budi, nim 13519001", who("Budi", "13519001")),
    ("Nama saya Budi Santoso mau tanya soal kuis", who("Budi Santoso")),
    ("nama saya budi dari jurusan arsitektur", who("Budi", None, "arsitektur")),
    ("My name is Budi Santoso, student ID 13519001, from Informatics.", who("Budi Santoso", "13519001", "Informatics")),
    ("My name is Sarah I cannot log in", who("Sarah")),
    ("I am Budi Santoso (13519001) and I forgot my password", BUDI),
    ("I'm Kevin Halim from Electrical Engineering, the quiz closed early", who("Kevin Halim", None, "Electrical Engineering")),
    ("Hello, this is Budi Santoso, NIM 13519001", BUDI),
    ("Saya dosen STEI, NIP 197803122005011003, ingin membuka kelas", who(None, "197803122005011003", "STEI")),
    ("nip saya 19780312 200501 1 003 pak", who(None, "197803122005011003")),
    ("NIM saya 13519001", who(None, "13519001")),
    ("nim: 13519001 kak", who(None, "13519001")),
    ("nimnya apa? NIM saya: 13519001", who(None, "13519001")),
    ("saya mahasiswa Teknik Sipil angkatan 2023", who(None, None, "Teknik Sipil")),
    ("I am a student of Civil Engineering and cannot see my class", who(None, None, "Civil Engineering")),
    ("saya Made Ayu Pradnyani/10123902/Matematika", who("Made Ayu Pradnyani", "10123902", "Matematika")),
    ("Budi Santoso - 13519001 - Teknik Informatika", BUDI_TI),
    ("Budi Santoso_13519001_STEI", who("Budi Santoso", "13519001", "STEI")),
    ("Budi Santoso (13519001)", BUDI),
    ("budi santoso / 13519001 / informatika\nkak lupa password", who("Budi Santoso", "13519001", "informatika")),
    ("Kelas saya hilang.\n\nTerima kasih,\nBudi Santoso\n13519001\nTeknik Informatika", BUDI_TI),
    ("Yth. Admin,\nmohon bantuan akun saya.\n\nHormat saya,\nDr. Bambang Sudirman\nNIP 197803122005011003\nSekolah Teknik Elektro dan Informatika", who("Dr. Bambang Sudirman", "197803122005011003", "Sekolah Teknik Elektro dan Informatika")),
    ("The quiz closed.\n\nBest regards,\nKevin Halim\n18024903", who("Kevin Halim", "18024903")),
    ("> Nama: Orang Lain\n> NIM: 13519999\nnama saya Budi Santoso nim 13519001", BUDI),
    ("email saya budi.s@example.ac.id", who(email="budi.s@example.ac.id")),
    ("tolong balas ke Budi.S@Example.AC.ID ya", who()),
    ("saya Budi Santoso\u2014NIM 13519001", BUDI),
]  # fmt: skip

ANSWERS = [
    ("Budi Santoso\n13519001\nTeknik Informatika", BUDI_TI),
    ("13519001\nBudi Santoso\nTeknik Informatika", BUDI_TI),
    ("Teknik Informatika\n13519001\nBudi Santoso", BUDI_TI),
    ("budi santoso\n13519001\nteknik informatika", who("Budi Santoso", "13519001", "teknik informatika")),
    ("Budi Santoso, 13519001, Teknik Informatika", BUDI_TI),
    ("Budi Santoso 13519001 Teknik Informatika", BUDI_TI),
    ("budi santoso; 13519001; stei", who("Budi Santoso", "13519001", "stei")),
    ("Siti Aminah\n198209252008122001\nFTSL", who("Siti Aminah", "198209252008122001", "FTSL")),
    ("Siti Aminah\n19820925 200812 2 001\nFTSL", who("Siti Aminah", "198209252008122001", "FTSL")),
    ("Budi Santoso", who("Budi Santoso")),
    ("13519001", who(None, "13519001")),
    ("nim 13519001", who(None, "13519001")),
    ("budi, 2106731234", who("Budi", "2106731234")),
    ("stei", who(None, None, "stei")),
    ("Teknik Sipil", who(None, None, "Teknik Sipil")),
    ("Budi Santoso\n13519001\nTeknik Informatika\nbudi@example.ac.id", who("Budi Santoso", "13519001", "Teknik Informatika", "budi@example.ac.id")),
    ("Nama: Budi Santoso\nNIM: 13519001", BUDI),
    ("saya Budi Santoso, 13519001, Teknik Informatika", BUDI_TI),
    ("nanti aja", who()),
    ("kenapa harus isi itu?", who()),
    ("ga mau", who()),
    ("baik kak", who()),
    ("ok", who()),
    ("siap", who()),
    ("makasih kak", who()),
    ("bicara dengan orang", who()),
    ("081234567890", who()),
    ("+62 812 3456 7890", who()),
    ("123456", who()),
    ("lupa nim saya kak", who()),
    ("tidak tahu", who()),
]  # fmt: skip

NOT_IDENTITIES = [
    "kak saya lupa password edunex",
    "saya tidak bisa login dari kemarin",
    "Saya Kesulitan dari kemarin",
    "Saya Lupa Password",
    "saya mau tanya dari tadi belum dibalas",
    "saya mahasiswa dari Jakarta",
    "saya dosen, bagaimana membuka kelas?",
    "nomor saya 081234567890",
    "No HP: 081234567890",
    "hubungi saya di +6281234567890 ya",
    "WA 6281234567890",
    "NIM: 081234567890",
    "kode OTP saya 12345678 tidak bisa dipakai",
    "OTP: 482913",
    "tiket #1042 belum dibalas",
    "tiket 10420013 saya bagaimana",
    "tanggal 20261121 kelas saya hilang",
    "21112026 ujian saya terputus",
    "saya sudah bayar Rp 13519001 untuk UKT",
    "tagihan 15.000.000 sudah lunas",
    "biaya 13519001 rupiah",
    "kelas IF2211 belum muncul",
    "mata kuliah FI1201 kelas 02",
    "Mata kuliah: IF2211 Strategi Algoritma",
    "NIM teman saya 13519002",
    "nim temen saya 13519002 salah di edunex",
    "nama dosen saya Bambang Sudirman",
    "my friend's student ID is 13519002",
    "NIP dosen pengampu 197803122005011003",
    "nim di profil masih nim TPB",
    "NIM saya belum muncul, kelas 13519001 apa ya",
    "nim ga ada",
    "Meeting ID 13519001 salah",
    "nama saya di edunex salah",
    "nama saya belum tercantum",
    "my name is misspelled in the system",
    "my name is not on the list",
    "nama saya tertukar dengan orang lain",
    "nama saya kebalik, nama belakang jadi depan",
    "nama saya kok ga muncul ya",
    "I am unable to log in",
    "I'm Stuck at the login page",
    "This is the third time",
    "this is urgent",
    "dengan hormat",
    "https://edunex.example.ac.id/course/13519001",
    "file tugas_13519001.pdf gagal diupload",
    "13519001.pdf tidak bisa diunggah",
    "192.168.100.13519001",
    "Nama file: laporan akhir\nUkuran: 13519001 bytes",
    "Nama mata kuliah: Kalkulus",
    "NIM: 13519001 dan NIM: 13519002 belum terdaftar",
    "nim 123",
    "NIM: 1351900",
    "NIP: 999999999999999999",
    "NIK 3273012345678901",
    "VA 8801351900112345",
    "Terima kasih,\nAdmin",
    "Terima kasih\nTolong Segera Dibalas",
    "> Nama: Budi Santoso\n> NIM: 13519001\nmasih belum bisa",
    "",
    "   \n\n",
    "\x00\x01",
    "halo",
    "🙏🙏🙏",
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), FORMS)
def test_a_filled_in_form_is_read(text, expected):
    assert read_identity(text) == expected


@pytest.mark.parametrize(("text", "expected"), SENTENCES)
def test_an_introduction_or_a_signature_is_read(text, expected):
    assert read_identity(text) == expected


@pytest.mark.parametrize(("text", "expected"), ANSWERS)
def test_who_was_asked_may_answer_in_bare_words(text, expected):
    assert read_identity(text, asked=True) == expected


@pytest.mark.parametrize("text", ["Budi Santoso\n13519001", "13519001", "Teknik Informatika", "Budi Santoso"])
def test_who_was_not_asked_is_not_taken_at_bare_words(text):
    found = read_identity(text)
    assert (found.name, found.number) == (None, None)


@pytest.mark.parametrize("text", NOT_IDENTITIES)
def test_what_only_looks_like_an_identity_is_left_alone(text):
    found = read_identity(text)
    assert (found.name, found.number, found.email) == (None, None, None)


@pytest.mark.parametrize("text", [text for text in NOT_IDENTITIES if "mahasiswa" not in text])
def test_no_unit_is_read_where_none_is_named(text):
    assert read_identity(text).unit is None


def test_two_people_in_one_message_leave_the_question_open():
    found = read_identity("Nama: Budi Santoso\nNIM: 13519001\nNama: Aulia Rahmawati\nNIM: 13523901")
    assert (found.name, found.number) == (None, None)


def test_the_labelled_address_wins_over_others():
    found = read_identity("akun x@example.org tidak bisa, email: budi@example.ac.id")
    assert found.email == "budi@example.ac.id"


def test_what_is_missing_is_named_in_the_order_of_asking():
    assert missing(Identity()) == ("name", "number", "unit")
    assert missing(read_identity("nama saya Budi Santoso")) == ("number", "unit")
    assert missing(BUDI_TI) == ()


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        ("13519001", "135•••01"),
        ("198209252008122001", "198•••01"),
        ("19820925 200812 2 001", "198•••01"),
        ("1234", "•••"),
        ("", "•••"),
    ],
)
def test_a_number_is_masked_for_groups(number, shown):
    assert masked(number) == shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Saya Budi, NIM 13519001, lupa sandi", "Saya Budi, NIM 135•••01, lupa sandi"),
        ("nim: 135 19 001", "nim: 135•••01"),
        ("NIP 19820925 200812 2 001 (Siti)", "NIP 198•••01 (Siti)"),
        ("13519001@mahasiswa.example.ac.id", "135•••01@mahasiswa.example.ac.id"),
        ("nomor saya 2211043099", "nomor saya 221•••99"),
        ("NIK saya 3273012305990001 ya", "NIK saya 327•••01 ya"),
        ("3273 0163 0599 0001, 3273.0123.0599.0001", "327•••01, 327•••01"),
        ("*3273-0123-0599-0001*", "*327•••01*"),
        ("KTP_3273012305990001.jpg", "KTP_327•••01.jpg"),
        ("３２７３０１２３０５９９０００１, 3273\u00a00123\u00a00599\u00a00001", "327•••01, 327•••01"),
        ("3273\u200b0123\u200b0599\u200b0001", "327•••01"),
        ("no. KTP: 3273019905990001", "no. KTP: 327•••01"),
        ("VA 8077301234567890, kartu 4539578763621486", "VA 8077301234567890, kartu 4539578763621486"),
        ("paspor A1234567, Passport No: X 123456", "paspor •••, Passport No: •••"),
        ("Paspor saya hilang, tiket A1234567 bulan lalu", "Paspor saya hilang, tiket A1234567 bulan lalu"),
        ("Kirim ke +6281122334455 atau 081122334455", "Kirim ke +6281122334455 atau 081122334455"),
        ("Rp 25.000.000 tanggal 2026-10-05, kode 123456", "Rp 25.000.000 tanggal 2026-10-05, kode 123456"),
        ("", ""),
    ],
)
def test_the_numbers_in_a_text_are_masked_and_nothing_else(text, shown):
    assert masked_in(text, "2211043099", None) == shown


PIECES = st.sampled_from(
    ["Nama:", "nama saya", "saya", "NIM", "13519001", "NIP", "19820925 200812 2 001", "(", ")", "-", ",", ";", "\n", "dari", "Budi", "Teknik",
     "Informatika", "STEI", "@", "a@b.id", "#1042", " ", "terima kasih", ">", ":", "prodi", "0812", "I am", "'", ".", "²", "٣", "İ"]
)  # fmt: skip


@given(
    st.one_of(
        st.text(max_size=400),
        st.lists(PIECES, max_size=60).map(" ".join),
        st.lists(PIECES, max_size=60).map("".join),
    ),
    st.booleans(),
)
@example("NIM ٣٣٣٣٣٣٣٣", False)
@example("nama:²" * 9, True)
def test_anything_at_all_may_be_read(text, asked):
    found = read_identity(text, asked=asked)
    assert found.number is None or (
        found.number.isascii() and found.number.isdigit() and len(found.number) in {8, 9, 10, 11, 12, 18}
    )
    assert found.name is None or 2 <= len(found.name) <= 60
    assert found.email is None or found.email == found.email.lower()


HOSTILE = [
    "a",
    "1",
    " ",
    "\n",
    "Nama: ",
    "NIM ",
    "saya ",
    "nama saya ",
    "1.",
    "a@",
    "a.b@c.",
    "Teknik ",
    "Fakultas A",
    "terima kasih\n",
    "(",
    "-",
    "I am ",
    "Aa ",
    "nim 1 ",
    "\x00",
]


@pytest.mark.parametrize("unit", HOSTILE)
@pytest.mark.parametrize("asked", [False, True])
def test_a_hundred_kilobytes_cost_no_more_than_a_moment(unit, asked):
    text = (unit * (100_000 // len(unit) + 1))[:100_000]
    start = time.perf_counter()
    read_identity(text, asked=asked)
    assert time.perf_counter() - start < 1.0
