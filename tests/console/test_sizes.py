"""How large files are, as people say it."""

import pytest

from console.sizes import size_in_words


@pytest.mark.parametrize(
    ("size", "language", "words"),
    [(44, "id", "1 kB"), (14_300, "id", "14 kB"), (3_240_000, "id", "3,2 MB"), (3_240_000, "en", "3.2 MB")],
)
def test_a_size_is_written_as_the_reader_writes_numbers(size, language, words):
    assert size_in_words(size, language) == words
