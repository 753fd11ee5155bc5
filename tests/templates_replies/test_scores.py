"""A score that somebody gives is understood however they write it, and a real problem is never taken for one."""

import pytest

from templates_replies.scores import Scored, declines, is_remark, scored

BARE = (
    ("5", 5), ("lima", 5), ("Lima kak", 5), ("two", 2), ("⭐⭐⭐⭐", 4), ("★★★★☆", 4), ("5️⃣", 5), ("5!", 5), ("5.", 5),
    ("nilai 4", 4), ("Saya beri 5", 5), ("4/5", 4), ("4 dari 5", 4), ("4 out of 5", 4), ("bintang 5", 5), ("5 bintang", 5),
    ("5 terima kasih banyak kak", 5), ("5 mantap kak, terima kasih", 5),
    ("5\n\nAna Putri\n13519001", 5), ("4\n\nSalam,\nAna", 4), ("3\n-- \nAna Putri, tidak bisa diganggu", 3),
)  # fmt: skip
WITH_A_REMARK = (
    ("4 - cepat sekali", 4, "cepat sekali"),
    ("4 cepat tapi kurang jelas", 4, "cepat tapi kurang jelas"),
    ("2 - masih lambat, mohon ditingkatkan", 2, "masih lambat, mohon ditingkatkan"),
    ("5. Pelayanan cepat", 5, "Pelayanan cepat"),
    ("five - very helpful staff", 5, "very helpful staff"),
    ("3 (cukup)", 3, "cukup"),
    ("4 - cepat sekali\n\nSalam,\nAna", 4, "cepat sekali"),
)
BOTH = (
    ("1 - belum bisa login juga", 1),
    ("4, tapi masih error", 4),
    ("5 - nilai fisika saya belum masuk", 5),
    ("5 - apakah bisa dibuka lagi?", 5),
    ("5\n\nSaya ingin daftar ulang", 5),
)
NONE = (
    "", "0", "6", "11", "halo", "ya", "terima kasih", "5 hari lalu nilai saya hilang", "2 jam menunggu", "3 matkul saya hilang",
    "satu pertanyaan lagi kak", "dua kali saya coba gagal", "1 belum bisa", "5, 6 dan 7 tidak terbuka", "4 kali coba",
    "1. tidak bisa login\n2. nilai hilang", "1. Saya tidak bisa login", "1 minggu belum dibalas, lambat sekali", "2024",
    "10 menit lagi", "eh ternyata masih error pas login", "13519001", "08123456789", "1 atau 2?",
)  # fmt: skip


@pytest.mark.parametrize(("text", "score"), BARE)
def test_a_score_is_understood_however_it_is_written(text, score):
    assert scored(text, 5) == Scored(score=score)


@pytest.mark.parametrize(("text", "score", "remark"), WITH_A_REMARK)
def test_words_behind_a_score_are_its_remark(text, score, remark):
    assert scored(text, 5) == Scored(score=score, remark=remark)


@pytest.mark.parametrize(("text", "score"), BOTH)
def test_a_score_with_a_problem_behind_it_counts_and_still_asks(text, score):
    found = scored(text, 5)
    assert found is not None
    assert (found.score, found.asks) == (score, True)


@pytest.mark.parametrize("text", NONE)
def test_anything_else_is_no_score(text):
    assert scored(text, 5) is None


def test_a_longer_scale_is_read_to_its_end():
    assert scored("sepuluh", 10) == Scored(score=10)
    assert scored("8/10", 10) == Scored(score=8)
    assert scored("4", 3) is None


@pytest.mark.parametrize(
    "text",
    [
        "cepat sekali", "petugas ramah dan cepat", "Cepat sekali. Terima kasih.", "masih lambat", "mohon ditingkatkan lagi",
        "lama sekali balasannya, petugas kurang ramah", "tidak ada keluhan, baik", "luar biasa", "very helpful and fast",
        "jawaban belum jelas", "not very clear",
    ],
)  # fmt: skip
def test_who_judges_the_service_makes_a_remark(text):
    assert is_remark(text)


@pytest.mark.parametrize(
    "text",
    [
        "nilai kuis fisika saya hilang", "tidak bisa login", "cepat tapi nilai saya kosong", "Cepat. Nilai saya kosong.",
        "tolong dibantu reset", "cepat dong dibalas", "kok lama sekali belum dijawab", "layanan edunex down", "cepat?", "",
        "saya mau daftar kelas", "still cannot log in", "terima kasih",
    ],
)  # fmt: skip
def test_who_has_a_problem_or_a_wish_makes_none(text):
    assert not is_remark(text)


@pytest.mark.parametrize("text", ["tidak ada", "tidak", "-", "no", "tidak ada, terima kasih"])
def test_who_has_nothing_to_add_declines(text):
    assert declines(text)


@pytest.mark.parametrize("text", ["belum", "belum bisa", "tidak bisa login", "ada", "ya"])
def test_what_says_that_it_does_not_work_declines_nothing(text):
    assert not declines(text)
