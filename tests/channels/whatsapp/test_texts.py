"""Choices as a numbered list, and what the values of a template become."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from channels.whatsapp.texts import with_choices
from channels.whatsapp.twilio.variables import content_variables
from channels.whatsapp.values import clean_value
from tickets.message import Button


def row(*labels: str) -> tuple[Button, ...]:
    return tuple(Button(label=label, data=label) for label in labels)


def test_choices_are_numbered_in_reading_order_over_all_rows():
    assert with_choices("Pilih:", [row("Ya", "Tidak"), row("Bicara dengan\npetugas")]) == (
        "Pilih:\n\n1. Ya\n2. Tidak\n3. Bicara dengan petugas"
    )


def test_a_text_without_choices_stays_and_choices_need_no_text():
    assert with_choices("Halo", []) == "Halo"
    assert with_choices("", [row("Ya")]) == "1. Ya"


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
