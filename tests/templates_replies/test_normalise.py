import pytest
from hypothesis import given
from hypothesis import strategies as st

from templates_replies.normalise import LONGEST, read, words


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("gmn cara reset pw ya", "bagaimana cara reset password ya"),
        ("GABISA LOGIN!!!", "tidak bisa login"),
        ("makasiiiih bnyk kak", "makasih banyak kak"),
        ("Terima kasih, Pak", "makasih pak"),
        ("kata sandi", "password"),
        ("log in", "login"),
        ("sign-in", "login"),
        ("emailnya", "email"),
        ("passwordnya", "password"),
        ("punya tanya hanya", "punya tanya hanya"),
        ("teman2 dan tugas2nya", "teman dan tugas"),
        ("I can't log in, it doesn't work", "i can not login it does not work"),
        ("don\u2019t", "do not"),
        ("lihat https://edunex.example.ac.id/x?y=1 ya", "lihat ya"),
        ("hubungi ana@example.ac.id", "hubungi"),
        ("kalkulus 2a", "kalkulus 2a"),
        ("mhs", "mahasiswa"),
        ("👍", ""),
        ("", ""),
    ],
)
def test_chat_spelling_is_read_as_the_word_it_means(written, meant):
    assert " ".join(words(written)) == meant


def test_what_was_written_stays_beside_what_is_meant():
    assert [tuple(word) for word in read("lupa Kata Sandi nih")] == [
        ("lupa", "lupa"),
        ("password", "kata sandi"),
        ("ini", "nih"),
    ]


@given(st.text())
def test_any_text_can_be_read(text):
    assert all(word and word == word.strip() for word in words(text))


def test_only_the_beginning_of_an_endless_message_is_read():
    assert len(words("kata " * 100_000)) <= LONGEST / 5
