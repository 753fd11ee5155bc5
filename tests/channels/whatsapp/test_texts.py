"""Where a long text is cut; `test_splitting` holds what is true of any text."""

import pytest

from channels.whatsapp.texts import pieces


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        (" \n ", []),
        ("satu dua\n\ntiga empat", ["satu dua", "tiga empat"]),
        ("satuduatigaempatlima", ["satuduatigae", "mpatlima"]),
        ("a\n\nbb cc dd ee ff", ["a\n\nbb cc dd", "ee ff"]),  # a paragraph alone would waste the message
        ("satu dua tigaempatlimaenam", ["satu dua", "tigaempatlim", "aenam"]),
    ],
)
def test_a_text_is_cut_where_it_hurts_least(text, expected):
    assert pieces(text, 12) == expected


def test_an_emoji_is_never_cut_in_two_and_counts_as_two():
    assert pieces("😀" * 10, 7) == ["😀" * 3, "😀" * 3, "😀" * 3, "😀"]
