"""Names and texts as Telegram takes them."""

import pytest

from channels.telegram.texts import file_name, sound, topic_name


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
