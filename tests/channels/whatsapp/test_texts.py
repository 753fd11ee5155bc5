"""Long texts in pieces, choices as a numbered list, and what the values of a template become."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from channels.whatsapp.texts import length, numbered, pieces
from channels.whatsapp.twilio.drafts import BODY_LIMIT
from channels.whatsapp.twilio.variables import content_variables
from channels.whatsapp.values import clean_value
from tickets.message import Button


def row(*labels: str) -> tuple[Button, ...]:
    return tuple(Button(label=label, data=label) for label in labels)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("satu  dua", ["satu  dua"]),
        ("", []),
        (" \n ", []),
        ("satu dua\n\ntiga empat", ["satu dua", "tiga empat"]),
        ("satu dua\ntiga empat", ["satu dua", "tiga empat"]),
        ("satu dua tiga empat", ["satu dua", "tiga empat"]),
        ("satuduatigaempatlima", ["satuduatigae", "mpatlima"]),
        ("a\n\nbb cc dd ee ff", ["a\n\nbb cc dd", "ee ff"]),  # a paragraph alone would waste the message
        ("satu dua tigaempatlimaenam", ["satu dua", "tigaempatlim", "aenam"]),
    ],
)
def test_a_text_is_cut_where_it_hurts_least(text, expected):
    assert pieces(text, 12) == expected


def test_an_emoji_is_never_cut_in_two_and_counts_as_two():
    assert pieces("😀" * 10, 7) == ["😀" * 3, "😀" * 3, "😀" * 3, "😀"]


def test_what_just_fits_stays_whole():
    assert [len(piece) for piece in pieces("x" * BODY_LIMIT, BODY_LIMIT)] == [BODY_LIMIT]
    assert [len(piece) for piece in pieces("x" * (BODY_LIMIT + 1), BODY_LIMIT)] == [BODY_LIMIT, 1]


@given(
    st.text(alphabet=st.sampled_from("ab \n\t\u00a0😀é"), max_size=300),
    st.integers(min_value=2, max_value=40),
)
def test_no_piece_is_too_long_or_empty_and_no_word_is_lost(text, limit):
    cut = pieces(text, limit)
    assert all(piece.strip() and length(piece) <= limit for piece in cut)
    assert "".join("".join(cut).split()) == "".join(text.split())


@given(st.text(max_size=6000))
def test_any_text_fits_into_messages(text):
    assert all(len(piece) <= BODY_LIMIT for piece in pieces(text, BODY_LIMIT))


def test_choices_are_numbered_in_reading_order_over_all_rows():
    assert numbered("Pilih:", [row("Ya", "Tidak"), row("Bicara dengan\npetugas")]) == (
        "Pilih:\n\n1. Ya\n2. Tidak\n3. Bicara dengan petugas"
    )


def test_a_text_without_choices_stays_and_choices_need_no_text():
    assert numbered("Halo", []) == "Halo"
    assert numbered("", [row("Ya")]) == "1. Ya"


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("Ana", "Ana"),
        ("Ana\nLestari", "Ana Lestari"),
        ("a\tb\r\nc", "a b c"),
        ("a       b", "a b"),
        ("", "-"),
        ("  \n ", "-"),
        ("a\x00b\u2028c", "a b c"),
        ('kutip " dan \\ 😀', 'kutip " dan \\ 😀'),
    ],
)
def test_a_value_of_a_template_is_one_line_and_never_empty(value, expected):
    assert clean_value(value) == expected


@given(st.dictionaries(st.text(min_size=1, max_size=5), st.text(max_size=300), min_size=1, max_size=5))
def test_values_of_a_template_are_a_json_object_twilio_takes(variables):
    found = json.loads(content_variables(variables) or "")
    assert found.keys() == variables.keys()
    assert all(value.strip() and len(value.splitlines()) == 1 for value in found.values())
    assert not any(" " * 5 in value for value in found.values())


def test_without_values_there_is_nothing_to_name():
    assert content_variables({}) is None
