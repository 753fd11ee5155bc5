"""What a reply's marks become: on no channel are they characters."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from channels.email.rendering import as_html
from channels.marks import Run, linked, plain, runs, starred
from channels.splitting import pieces, units
from channels.telegram.words import words_of
from templates_replies.render import fill
from tickets.message import Channel, Outgoing, Place

REPLY = (
    "Halo, **penting 😀**:\n\n- buka [halaman ini](https://a.example/x_y)\n- lalu **Simpan**\n\n2 ** 3 tetap."
)


def outgoing(text: str) -> Outgoing:
    return Outgoing(
        delivery=1, place=Place(account="a", channel=Channel.TELEGRAM, address="1"), text=text, formatted=True
    )


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("**a b** c", (Run(text="a b", bold=True), Run(text=" c"))),
        ("[a](https://b.example)", (Run(text="a", url="https://b.example"),)),
        ("- satu\n* dua", (Run(text="• satu\n• dua"),)),
        ("a **b\nc** d", (Run(text="a **b\nc** d"),)),  # marks end with their line
        ("** a ** 2 * 3", (Run(text="** a ** 2 * 3"),)),
        ("[a](javascript:x)", (Run(text="[a](javascript:x)"),)),
        ("lihat [layar.png]", (Run(text="lihat [layar.png]"),)),
    ],
)
def test_marks_are_few_and_what_is_none_stays(written, expected):
    assert runs(written) == expected
    assert runs(written, formatted=False) == (Run(text=written),)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (
            "Buka https://a.example/x_y?b=1, lalu masuk.",
            (
                Run(text="Buka "),
                Run(text="https://a.example/x_y?b=1", url="https://a.example/x_y?b=1"),
                Run(text=", lalu masuk."),
            ),
        ),
        (
            "(http://a.example)",
            (Run(text="("), Run(text="http://a.example", url="http://a.example"), Run(text=")")),
        ),
        ("[a](https://b.example)", (Run(text="a", url="https://b.example"),)),
        ("javascript:alert(1) dan www.a.example", (Run(text="javascript:alert(1) dan www.a.example"),)),
    ],
)
def test_a_bare_address_leads_where_it_says(written, expected):
    assert linked(runs(written)) == expected


def test_whatsapp_shows_bold_its_own_way():
    shown, _ = starred(REPLY, formatted=True)
    assert shown == (
        "Halo, *penting 😀*:\n\n• buka halaman ini (https://a.example/x_y)\n• lalu *Simpan*\n\n2 ** 3 tetap."
    )


def test_telegram_is_told_by_entities_in_utf_16_units():
    (words,) = words_of(outgoing(REPLY), 4096)
    told = {(each.type, each.url): words.text.encode("utf-16-le")[each.offset * 2 : (each.offset + each.length) * 2]
            for each in words.entities}  # fmt: skip
    assert told[("text_link", "https://a.example/x_y")].decode("utf-16-le") == "halaman ini"
    assert words.entities[0].length == len("penting ") + 2
    assert "**" not in words.text.replace("2 ** 3", "")


def test_mail_shows_html_and_plain_words():
    html = as_html(REPLY, None, pictures={}, formatted=True)
    assert "<strong>penting 😀</strong>" in html
    assert '<a href="https://a.example/x_y" rel="noreferrer">halaman ini</a>' in html
    assert "• buka halaman ini (https://a.example/x_y)" in plain(REPLY)


@pytest.mark.parametrize(
    "name", ["**Ana**", "*Ana*", "_Ana_", "~Ana~", "`Ana`", "***Ana", "Ana**", "[Ana](https://evil.example)"]
)
def test_what_a_contact_calls_themselves_formats_nothing(name):
    for template in ("Halo {contact}, **baca** ini.", "Halo **{contact}**, [{contact}](https://a.example)."):
        text, _ = fill(template, {"contact": name})
        urls = {run.url for run in runs(text) if run.url}
        assert urls <= {"https://a.example"}
        if template.startswith("Halo {contact}"):
            assert [run.text for run in runs(text) if run.bold] == ["baca"]
            assert not any(sign in text.split(",")[0] for sign in "*~`_")


def test_an_address_in_a_value_stays_as_it_is():
    text, _ = fill("{link}", {"link": "https://desk.example/survey/_a_-b_"})
    assert text == "https://desk.example/survey/_a_-b_"


@given(
    st.lists(st.sampled_from(["**tebal**", "[x](https://a.example)", "kata", "\n\n", "- butir", "😀"])),
    st.integers(60, 200),
)
def test_no_mark_is_cut_in_two(parts, limit):
    text = " ".join(parts)
    shown, whole = starred(text, formatted=True)
    cut = pieces(shown, limit, whole=whole)
    assert all(piece.count("*tebal*") * 2 == piece.count("*") for piece in cut)
    said = words_of(outgoing(text), limit)
    assert all(units(words.text) <= limit for words in said)
    assert sum(len(words.entities) for words in said) == len(whole)
