"""Lengths and cuts as Telegram counts them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from channels.telegram.texts import file_name, sound, split, topic_name, units


def test_an_emoji_counts_twice():
    assert units("a😀") == 3


def test_a_long_text_is_cut_between_paragraphs_then_lines_then_words():
    assert split("satu dua\n\ntiga empat", limit=12) == ["satu dua", "tiga empat"]
    assert split("satu dua\ntiga empat", limit=12) == ["satu dua", "tiga empat"]
    assert split("satu dua tiga", limit=10) == ["satu dua", "tiga"]


def test_a_word_without_end_is_cut_where_it_must_be_and_an_emoji_stays_whole():
    assert split("😀😀😀", limit=5) == ["😀😀", "😀"]


def test_white_space_alone_is_no_message():
    assert split(" \n\n ") == []


@given(st.text(), st.integers(min_value=2, max_value=40))
def test_every_piece_fits_and_nothing_but_white_space_is_lost(text: str, limit: int):
    pieces = split(text, limit=limit)
    assert all(0 < units(piece) <= limit for piece in pieces)
    assert "".join("".join(pieces).split()) == "".join(text.split())


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("surat.pdf", "surat.pdf"),
        ('../../etc/"pass"\r\nX: y.txt', "_.._etc_pass_X: y.txt"),
        ("", "file"),
        ("x" * 300 + ".docx", "x" * 100 + ".docx"),
    ],
)
def test_a_hostile_file_name_becomes_harmless(name: str, safe: str):
    assert file_name(name) == safe


def test_a_topics_name_is_one_line_of_128_characters():
    assert topic_name("#1042\nAna") == "#1042 Ana"
    assert len(topic_name("x" * 200)) == 128


def test_what_no_store_accepts_is_taken_out():
    assert sound("a\x00b\ud800") == "ab?"
