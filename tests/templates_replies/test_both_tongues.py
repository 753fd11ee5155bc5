"""Remarks that are kept in both languages are read in one."""

import pytest

from templates_replies.both_tongues import read_in


@pytest.mark.parametrize(
    ("remark", "indonesian", "english"),
    [
        ("Ditarik kembali. / Withdrawn.", "Ditarik kembali.", "Withdrawn."),
        ("550 5.1.1 no such mailbox / try later", *2 * ("550 5.1.1 no such mailbox / try later",)),
        ("", "", ""),
    ],
)
def test_a_reader_reads_the_half_that_is_theirs(remark, indonesian, english):
    assert (read_in(remark, "id"), read_in(remark, "en")) == (indonesian, english)
