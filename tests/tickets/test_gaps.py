"""Which braces in words for a contact are a placeholder that nobody has filled in."""

import pytest

from templates_replies.placeholders import LONGEST_QUESTION, PLACEHOLDERS
from tickets import gaps
from tickets.gaps import gaps_in


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Halo {contact}, ujian pada {isi:tanggal ujian}.", ("contact", "isi:tanggal ujian")),
        ("Yth. {nama}, NIM:{NIM}", ("nama", "NIM")),
        ("{{nama}} dan {nama} lagi", ("nama",)),
        ("Tiket #{ticket} selesai", ("ticket",)),
        ("Jadwal menyusul {besok}.", ()),
        ('Balasannya {"status": 1, "nama": "Ana"} atau {status: 1}', ()),
        ("Jalankan `curl -d {status}` lalu\n```\nprint({contact})\n```", ()),
        ("Buka https://app.example/{ticket} dengan ${status} atau f'{nama}'", ()),
        ("Pada rumus \\frac{link}{today} dan {a, b} atau {}", ()),
    ],
)
def test_a_placeholder_is_told_from_the_braces_of_programs(text, left):
    assert gaps_in(text) == left


def test_every_placeholder_of_reply_templates_is_known():
    assert (set(PLACEHOLDERS), LONGEST_QUESTION) == (gaps.NAMES, gaps.LONGEST_QUESTION)
