"""Contact cards in words: vCards of any age and make, and nothing that a card could do to the desk."""

import pytest

from channels.whatsapp.cards import MOST_CARDS, READ_AT_MOST, cards_in_words

OF_WHATSAPP = (
    b"BEGIN:VCARD\r\nVERSION:3.0\r\nN:Sari;Rina;;;\r\nFN:Rina Sari\r\n"
    b"item1.TEL;waid=628110001:+62 811-0001\r\nitem1.X-ABLabel:Ponsel\r\nEND:VCARD\r\n"
)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (OF_WHATSAPP, "Kontak: Rina Sari, +62 811-0001"),
        (OF_WHATSAPP * 2, "Kontak: Rina Sari, +62 811-0001\nKontak: Rina Sari, +62 811-0001"),
        (b"BEGIN:VCARD\nVERSION:2.1\nN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:Wid=C3=\n=A9n;Ana\nTEL:0811\nEND:VCARD",
         "Kontak: Ana Wid\u00e9n, 0811"),
        ((b"BEGIN:VCARD\nVERSION:4.0\nFN:Bagian Akademik\\, ITB\nTEL;VALUE=uri:tel:+62-22-1\nEMAIL;TYPE=work:a@itb.ac.id\n"
         b"EMAIL:a@itb.ac.id\nEND:VCARD"), "Kontak: Bagian Akademik, ITB, +62-22-1, a@itb.ac.id"),
        (b"BEGIN:VCARD\nFN:Nama yang\n  panjang\nEND:VCARD", "Kontak: Nama yang panjang"),
        (b"BEGIN:VCARD\nPHOTO:AAAA\nEND:VCARD", None),
        (b"BEGIN:VCARD\nFN:Tanpa akhir", None),
        (b"\xff\xfe:\x00", None),
        (b"", None),
    ],
)  # fmt: skip
def test_a_card_is_who_it_is_and_how_to_reach_them(content, words):
    assert cards_in_words(content) == words


def test_neither_many_cards_nor_a_huge_one_fill_a_ticket():
    many = cards_in_words(OF_WHATSAPP * 1_000)
    assert many is not None
    assert len(many.splitlines()) == MOST_CARDS
    huge = cards_in_words(b"BEGIN:VCARD\nFN:" + b"a" * READ_AT_MOST + b"\nEND:VCARD")
    assert huge is None or len(huge) < 300
