import pytest
from hypothesis import given
from hypothesis import strategies as st

from templates_replies.cues import (
    StateQuestion,
    is_greeting,
    is_thanks,
    state_question,
    wants_person,
    wants_start,
    wants_stop,
    yes_or_no,
)

GREETINGS = [
    "halo", "Hallo", "haloooo", "halo kak", "Halo min", "halo admin", "Hai", "hi", "Hello", "hello there", "hey",
    "permisi", "permisi kak", "Selamat pagi", "selamat siang pak", "Selamat sore Bapak/Ibu", "pagi kak", "malem min", "Slmt pagi",
    "Assalamualaikum", "assalamu'alaikum wr. wb.", "asslm kak", "Assalamualaikum warahmatullahi wabarakatuh", "ass wr wb",
    "P", "ping", "tes", "good morning", "Good afternoon, sir", "halo, mau tanya", "Permisi kak, mau tanya dong", "izin bertanya pak",
    "selamat pagi, saya ingin bertanya", "numpang tanya", "boleh tanya kak?", "hi, I have a question", "can I ask something?",
    "👋", "halo 👋", "selmat pagi", "permsi kak", "assalamualaikm", "Halo halo halo", "pagi semua", "punten kak",
    "pagi min", "assalamualaikum kak mau tanya", "Halo kak Rina, selamat pagi 😊", "halo pak budi", "Selamat pagi Bu Sari, mau tanya",
    "pagi kak 🙏", "selamat pagi bapak ibu 🙏🏻", "halo 🙂", "👋😊", "maaf mengganggu waktunya kak", "maaf ganggu kak, mau tanya",
    "Selamat siang, perkenalkan saya Andi", "Halo kak, saya Andi Pratama NIM 13521001, izin bertanya", "hi Sarah, quick question",
    "hi good morning everyone", "hello, sorry to bother you", "hey, is anybody here?", "mau konsultasi kak", "kak", "min", "permisi bu",
    "boleh minta bantuannya kak?", "saya butuh bantuan", "halo tolong bantu saya", "can you help me?", "I need help", "please help",
    "good morning sir, may I ask you something?", "assalamu alaikum warahmatullahi wabarakatuh kak", "Hai kak, aku mau nanya sesuatu nih",
]  # fmt: skip
THANKS = [
    "makasih", "makasih kak", "Makasiiih kak 🙏", "terima kasih", "Terima kasih banyak", "terimakasih banyak pak", "trims", "tq", "thx",
    "thank you", "Thanks!", "ok thanks", "thanks a lot", "thank you so much", "thank you very much for your help", "makasih ya",
    "mksh min", "oke makasih", "baik, terima kasih", "siap kak makasih", "terima kasih atas bantuannya", "makasih infonya kak",
    "sudah bisa, terima kasih", "udah bisa kak makasih banyak", "iya makasih", "🙏", "🙏🙏", "👍", "ok", "oke", "okee siap", "sip", "siap",
    "baik kak", "baik pak", "noted", "👌", "mantap kak", "matur nuwun", "hatur nuhun", "sama-sama", "terimakasi kak", "terima kasih admin",
    "alhamdulillah sudah bisa, makasih kak", "oh begitu, baik terima kasih", "great, thanks", "terima kasih atas responnya yang cepat",
    "trimakasih kak maaf merepotkan", "😊🙏", "gpp kak makasih", "terima kasih banyak pak, sudah bisa", "makasih kak rina", "Terima kasih Bu Sari 🙏🙏",
    "Thanks Budi!", "ok 👍", "oke makasih banyak ya kak, sehat selalu", "terima kasih, semoga harinya menyenangkan", "😍😍",
    "thank you Sarah, have a great day", "thank u so much for your quick response", "wah cepat sekali, terima kasih!",
    "semoga dibalas kebaikannya", "💐 makasih bu", "makasih banyak kak, sangat membantu sekali", "thanks in advance",
    "terima kasih atas pelayanannya pak Hendra",
]  # fmt: skip
YES = [
    "ya", "Ya", "iya", "iya kak", "iyaaa", "Ya, terbantu", "iya kak terbantu", "sudah", "sudah kak", "udah", "sudah bisa", "udh bs kak",
    "sdh bisa, makasih", "yes", "Yes it works", "yup", "yes, thanks", "it works now", "solved", "that helped, thank you", "berhasil kak",
    "sudah berhasil", "alhamdulillah sudah bisa", "sangat membantu", "membantu sekali kak", "benar", "betul pak", "ya benar", "👍", "✅",
    "terbantu", "terbntu kak", "yoi", "yeah", "iya sudah bisa terima kasih banyak", "ok sudah bisa", "beres min",
]  # fmt: skip
NO = [
    "tidak", "Tidak", "gak", "ga", "nggak", "enggak", "tdk", "belum", "blm", "blm kak", "belum bisa", "blm bisa kak", "gabisa", "masih gabisa",
    "masih belum bisa kak", "tetap tidak bisa", "tetep ga bisa", "no", "nope", "not yet", "it doesn't work", "still not working",
    "it didn't help", "tidak membantu", "kurang membantu", "tidak terbantu", "belum terbantu kak", "tidak, terima kasih", "no thanks",
    "sudah saya coba tapi belum bisa", "udah dicoba tapi tetep ga bisa", "iya belum bisa kak", "👎", "bukan", "belum juga", "not really",
    "tidak bisa", "masih sama", "kurang jelas kak", "terima kasih tapi belum bisa",
]  # fmt: skip
PERSON = [
    "admin", "operator", "petugas", "cs", "Agent", "human", "mau bicara dengan petugas", "Saya ingin berbicara dengan petugas",
    "bisa bicara sama admin?", "mau ngomong sama orang", "minta admin dong", "sambungkan ke petugas", "tolong sambungkan ke CS",
    "hubungkan saya dengan petugas", "talk to a human", "I want to talk to a person", "can I speak to a real person please",
    "speak to an agent", "connect me to an operator", "agent please", "bukan bot", "halo, saya mau bicara dengan petugas",
    "boleh chat langsung dengan admin?", "butuh petugas", "panggilkan petugas", "customer service", "kak mau chat sama manusia",
    "live agent", "mau bicara dgn petugs", "I need a human", "let me talk to someone", "butuh bantuan petugas",
]  # fmt: skip
STATE = [
    ("status", None), ("cek status", None), ("Status tiket #1042", 1042), ("status #1042", 1042), ("bagaimana tiket saya", None),
    ("gmn tiket saya kak?", None), ("tiket saya sudah sampai mana?", None), ("cek status tiket", None), ("cek tiket 1042", 1042),
    ("tiket nomor 1042 bagaimana ya", 1042), ("bagaimana perkembangan tiket saya", None), ("#1042", 1042), ("tiket #1042", 1042),
    ("what is the status of my ticket", None), ("ticket status", None), ("any update?", None), ("any update on ticket #77?", 77),
    ("/status", None), ("/status 1042", 1042), ("halo kak, mau tanya status tiket saya", None), ("tiket saya sudah selesai belum?", None),
    ("kapan selesai tiket saya", None), ("ada kabar kak?", None), ("update tiket 12 dong", 12), ("check my ticket", None),
    ("sudah sampai mana ya kak", None), ("how is my ticket", None), ("progress tiket saya gimana", None), ("statsu tiket saya", None),
]  # fmt: skip
STOP = [
    "stop",
    "STOP",
    "Stop kak",
    "berhenti",
    "/stop",
    "unsubscribe",
    "stop pesan",
    "brhenti",
    "stop kirim pesan dong",
    "stopall",
    "BERHENTI!",
    "tolong stop sekarang",
    "stop messaging me",
    "UNREG",
    "opt out",
]
START = ["start", "/start", "START", "mulai", "mulai lagi", "mulai kak", "unstop", "aktifkan lagi"]

#: Messages with a real request, or none of these at all.
REQUESTS = [
    "tidak bisa login", "gabisa masuk edunex", "belum bisa upload tugas", "ya saya lupa password", "halo, nilai saya hilang",
    "selamat pagi, kelas saya tidak muncul", "makasih, tapi nilai saya masih salah", "ok lalu gimana cara uploadnya",
    "nomor admin berapa", "admin bisa reset password saya?", "halo admin, saya lupa password", "dosen saya tidak ada orangnya",
    "status KRS saya bagaimana", "bagaimana cara login", "cek nilai", "cek email saya dong", "kapan nilai keluar", "video berhenti di tengah",
    "kuis berhenti sendiri", "mulai kapan kuliah", "kapan mulai kuliah", "start date of the course", "kelas dimulai jam berapa",
    "saya mau bicara dengan petugas tentang beasiswa", "no the video still has no sound", "yes but my grade is wrong",
    "iya tapi nilainya salah", "tidak ada tombol submit", "belum keluar nilai", "sudah krs tapi kelas tidak ada", "sudah bayar",
    "test quiz saya error", "tes toefl kapan ya", "thanks but I still cannot log in", "terima kasih atas bantuannya, satu lagi soal nilai",
    "can I get teacher access", "mau booking studio", "13519001", "Andi Pratama", "password", "", "   ", "?", "🤖", "edunex down",
    "selamat atas wisudanya", "ini status pembayaran saya bagaimana", "stop video otomatis di kelas saya", "laporan akhir dikumpulkan di mana",
    "stop?", "saya berhenti", "yang stop itu", "apa itu stop", "nonstop", "berhenti kuliah", "bus stop", "sudah stop kak", "jangan berhenti",
    "saya ingin berhenti dari kelas ini", "STOP, jangan hapus nilai saya", "start video tidak bisa", "I quit",
    "sidang kak", "petugas studio jam berapa", "tolong reset password", "cek jadwal",
    "pagi ini server mati", "siang ini ada kelas?", "malam ini maintenance?", "sore kuliah zoom", "pagi min edunex error", "halo nilai",
    "halo pak ijazah", "pagi bu toefl", "halo kak login", "good morning, wifi down", "pagi, krs", "HALO KAK KRS", "halo min beasiswa",
    "terima kasih tapi masih error", "terima kasih, kalau transkrip?", "makasih, lalu password?",
    "terima kasih nilainya kapan keluar", "thank you, what about my grade", "thanks wifi", "makasih kak, satu lagi", "makasih Edunex error",
    "halo kak Rina nilai saya hilang", "selamat pagi saya lupa password 🙏", "nama saya salah di ijazah", "nama saya Andi salah ketik",
    "halo bantu reset akun", "butuh bantuan reset password", "tolong dibantu krs saya", "minta bantuan cek nilai", "help with my grade",
    "I need help with zoom", "saya mahasiswa tidak bisa login", "maaf mengganggu, akun saya terkunci", "pertanyaan soal UKT",
    "konsultasi skripsi", "ada pertanyaan di kuis yang hilang", "question 3 of the quiz is wrong",
]  # fmt: skip

ALONE = {
    "greeting": (is_greeting, GREETINGS),
    "thanks": (is_thanks, THANKS),
    "person": (wants_person, PERSON),
    "stop": (wants_stop, STOP),
    "start": (wants_start, START),
}


@pytest.mark.parametrize("text", GREETINGS)
def test_a_bare_greeting_is_recognised(text):
    assert is_greeting(text)
    assert not is_thanks(text)
    assert not wants_person(text)


@pytest.mark.parametrize("text", THANKS)
def test_bare_thanks_are_recognised(text):
    assert is_thanks(text)
    assert not is_greeting(text)


@pytest.mark.parametrize("text", YES)
def test_yes_is_recognised(text):
    assert yes_or_no(text) is True


@pytest.mark.parametrize("text", NO)
def test_no_is_recognised(text):
    assert yes_or_no(text) is False
    assert not is_thanks(text)


@pytest.mark.parametrize("text", PERSON)
def test_a_wish_for_a_person_is_recognised(text):
    assert wants_person(text)
    assert not is_greeting(text)


@pytest.mark.parametrize(("text", "ticket"), STATE)
def test_a_question_for_the_state_is_recognised_with_the_number_it_names(text, ticket):
    assert state_question(text) == StateQuestion(ticket=ticket)


@pytest.mark.parametrize("text", STOP)
def test_a_wish_for_silence_is_recognised(text):
    assert wants_stop(text)
    assert not wants_start(text)


@pytest.mark.parametrize("text", START)
def test_a_wish_to_begin_is_recognised(text):
    assert wants_start(text)
    assert not wants_stop(text)


@pytest.mark.parametrize("text", REQUESTS)
def test_a_message_with_a_request_in_it_is_none_of_these(text):
    found = [name for name, (recognise, _) in ALONE.items() if recognise(text)]

    assert found == []
    assert yes_or_no(text) is None
    assert state_question(text) is None


@pytest.mark.parametrize("text", [*GREETINGS, *STOP, *START, *PERSON])
def test_what_is_no_answer_is_neither_yes_nor_no(text):
    assert yes_or_no(text) is None


@pytest.mark.parametrize("text", [*GREETINGS, *THANKS, *STOP, *START, *PERSON, *YES])
def test_small_talk_does_not_ask_for_the_state(text):
    assert state_question(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "iya tidak",
        "ya? tidak?",
        "sudah bisa?",
        "ok",
        "sip",
        "makasih ya",
        "sudah bisa tapi belum berhasil",
        "",
    ],
)
def test_what_could_be_either_is_left_open(text):
    assert yes_or_no(text) is None


@given(st.text(max_size=300))
def test_any_text_may_come(text):
    for recognise, _ in ALONE.values():
        assert recognise(text) in (True, False)
    assert yes_or_no(text) in (True, False, None)
    state_question(text)


def test_an_endless_message_is_no_small_talk():
    """Nor is it read to its end: a test of it would not end in time."""
    assert not is_thanks("makasih " * 1_000_000)
