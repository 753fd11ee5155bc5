"""The page of the search teaches by examples in the reader's own words."""

from datetime import date

import pytest

from console.words.search import EXAMPLES
from tickets.query import parse


@pytest.mark.parametrize("example", [one for each in EXAMPLES.values() for one in each])
def test_each_example_is_understood_as_it_stands(example):
    assert parse(example, today=date(2026, 11, 28)).remarks == ()


def test_both_languages_teach_the_same_in_the_same_order():
    assert list(EXAMPLES["id"].values()) == list(EXAMPLES["en"].values())
