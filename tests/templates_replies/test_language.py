import pytest

from templates_replies.language import language_of

INDONESIAN = [
    "gmn cara reset pw ya",
    "kak gabisa login",
    "Selamat pagi Bapak/Ibu, saya mau bertanya",
    "halo",
    "halo min",
    "Assalamualaikum, izin bertanya",
    "sdh bs",
    "blm bisa kak",
    "makasih",
    "terima kasih banyak pak",
    "ga",
    "iya",
    "tugas sy ga ke upload",
    "nilai uts belum keluar",
    "error terus dari tadi pagi",
    "edunex down kah?",
    "matkul saya hilang",
    "link zoom nya mana",
    "password salah terus",
    "tolong dong min",
    "Mohon bantuannya",
    "kenapa ya akun saya terkunci",
    "file nya kegedean gabisa diupload",
    "sy mhs baru mau aktivasi email itb",
    "please dong dibantu, saya ga bisa login",
    "login error terus, gimana ini?",
    "udah dicoba tapi tetep ga bisa",
    "permisi",
    "kapan sertifikatnya dikirim",
    "saya dosen, mau tambah asisten",
    "dmn download materi kuliah",
    "quiz saya ke-submit sendiri",
    "nama saya Andi Pratama, NIM 13519001, Teknik Informatika",
    "ok makasih kak",
    "tidak",
]
ENGLISH = [
    "I can't log in",
    "i forgot my password",
    "how do I reset my password?",
    "hello",
    "Hi, I need help with my account",
    "the video has no sound",
    "my course is missing",
    "where can i download the certificate",
    "is the site down?",
    "please help me",
    "The quiz closed before I finished",
    "can you check my ticket",
    "it still doesn't work",
    "I don't see my class on the dashboard",
    "what is the status of my ticket",
    "thank you for your help",
    "could you please change my name in the system",
    "When will my grade be published?",
    "yes it works now",
    "not yet",
    "I want to talk to a human",
    "we need studio time next week",
    "upload keeps failing for my assignment",
    "my email is full",
]
UNCLEAR = [
    "",
    "ok",
    "#1042",
    "👍",
    "login",
    "password",
    "13519001",
    "Andi Pratama",
    "error 500",
    "zoom",
    "reset password",
    "https://edunex.example.ac.id/course/view?id=12",
    "please password saya",
    "edunex",
    "login failed",
    "Wisuda Periode I",
]


@pytest.mark.parametrize("text", INDONESIAN)
def test_indonesian_is_recognised(text):
    assert language_of(text) == "id"


@pytest.mark.parametrize("text", ENGLISH)
def test_english_is_recognised(text):
    assert language_of(text) == "en"


@pytest.mark.parametrize("text", UNCLEAR)
def test_what_says_too_little_is_left_open(text):
    assert language_of(text) is None


def test_a_very_long_message_is_read_only_as_far_as_needed():
    assert language_of("saya tidak bisa masuk. " * 100_000) == "id"
