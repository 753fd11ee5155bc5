"""Numbers that somebody's form or address names: what no column holds names nothing."""

import pytest

from console.ids import number_in, numbers_in


@pytest.mark.parametrize(
    ("text", "number"),
    [("7", 7), ("0042", 42), ("9" * 15, 10**15 - 1), ("9" * 16, None), ("", None), ("-1", None), ("1.0", None), ("٣", None)],
)  # fmt: skip
def test_a_text_is_a_number_where_a_column_holds_it(text, number):
    assert number_in(text) == number


def test_of_many_fields_the_numbers_count():
    assert numbers_in(["3", "x", "1", "9" * 30, b"5"]) == [3, 1]
