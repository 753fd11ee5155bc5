"""What a matter is called whose sender gave it no name."""

import pytest

from tickets.subjects import subject_of

LONG = "Assalamualaikum, saya Citra dari Teknik Informatika. Nilai kuis saya belum keluar padahal sudah dikoreksi."


@pytest.mark.parametrize(
    ("text", "named", "subject"),
    [
        ("\n Halo \nsaya lupa sandi", None, "Halo"),
        ("isi", "  Nilai kuis ", "Nilai kuis"),
        ("isi", " ", "isi"),
        ("  ", None, None),
        (LONG, None, f"{LONG[:95]}…"),
        ("x" * 300, None, f"{'x' * 99}…"),
    ],
)
def test_a_matter_is_called_by_its_first_words(text, named, subject):
    assert subject_of(text, named) == subject
