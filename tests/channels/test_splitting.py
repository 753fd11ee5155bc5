"""Long texts in pieces, as WhatsApp and Telegram take them."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from channels.splitting import pieces, units


@pytest.mark.parametrize(
    ("text", "limit", "expected"),
    [
        ("satu  dua", 12, ["satu  dua"]),
        ("", 12, []),
        (" \n ", 12, []),
        ("satu dua\n\ntiga empat", 12, ["satu dua", "tiga empat"]),
        ("satu dua\ntiga empat", 12, ["satu dua", "tiga empat"]),
        ("satu dua tiga empat", 12, ["satu dua", "tiga empat"]),
        ("satuduatigaempatlima", 12, ["satuduatigae", "mpatlima"]),
        ("a\n\nbb cc dd ee ff", 12, ["a\n\nbb cc dd", "ee ff"]),  # a paragraph alone would waste the message
        ("satu dua tigaempatlimaenam", 12, ["satu dua", "tigaempatlim", "aenam"]),
        ("😀" * 10, 7, ["😀" * 3, "😀" * 3, "😀" * 3, "😀"]),  # never cut in two, and counts as two
        ("x" * 12, 12, ["x" * 12]),
    ],
)
def test_a_text_is_cut_where_it_hurts_least(text, limit, expected):
    assert pieces(text, limit) == expected


def test_what_is_to_stay_whole_is_not_cut():
    text = "mohon baca petunjuk lengkap ini dulu"
    assert pieces(text, 20) == ["mohon baca petunjuk", "lengkap ini dulu"]
    assert pieces(text, 20, whole=[(11, 27)]) == ["mohon baca", "petunjuk lengkap ini", "dulu"]
    assert pieces("abcdefgh", 5, whole=[(3, 7)]) == ["abc", "defgh"]


@given(
    st.text(alphabet=st.one_of(st.sampled_from("ab \n\t\u00a0😀é"), st.characters()), max_size=300),
    st.integers(min_value=2, max_value=40),
)
def test_every_piece_fits_and_nothing_but_white_space_is_lost(text: str, limit: int):
    found = pieces(text, limit)
    assert all(piece.strip() and units(piece) <= limit for piece in found)
    assert "".join("".join(found).split()) == "".join(text.split())


@pytest.mark.parametrize("text", ["x" * 1_000_000, "kata " * 200_000, "x\n" + " " * 1_000_000 + "x"])
def test_a_mail_s_longest_text_is_cut_in_a_moment(text: str):
    began = time.process_time()
    assert "".join("".join(pieces(text, 4096)).split()) == "".join(text.split())
    assert time.process_time() - began < 4.0
