"""HTML as words: nothing lost, nothing shown that was not to be read, and never slow."""

import time

import pytest

from channels.email.html_text import html_to_text


@pytest.mark.parametrize(
    ("html", "words"),
    [
        ('<p title="a > b">Halo</p>', "Halo"),
        ("<p title='kata \"b'>Halo</p>", "Halo"),
        ("<a title=\"it's\">don't</a> ask", "don't ask"),
        ('<a href="https://a.example>Klik "di sini" ya</a>', 'Klik "di sini" ya'),  # never closed
        ("<pre>satu\n  dua\n\ntiga</pre>empat\nlima", "satu\n  dua\n\ntiga\nempat lima"),
        ("<html><head><meta name=x><p>Halo</p>", "Halo"),
        ("<noscript>Halo</noscript>", "Halo"),
        ("per\u00adpus\u200btakaan\u00a0ITB", "perpustakaan ITB"),
        ("<table><tr><td>Nama<td>Siti<tr><td>NIM<td>1</table>", "Nama Siti\nNIM 1"),
        ("<!--[if mso]>lama<![endif]--><!--[if !mso]><!-->Halo<!--<![endif]-->", "Halo"),
        ("3 < 5 <b>&</b> 7 &gt; 6 &copy &#233;", "3 < 5 & 7 > 6 © é"),
        ("<title/>Halo<title/> Siti", "Halo Siti"),
        ("Halo<style>p { color: red", "Halo"),
    ],
)
def test_html_is_read_as_a_reader_sees_it(html: str, words: str):
    assert html_to_text(html) == words


def test_no_word_is_lost_of_html_without_end():
    html = "".join(f"<p>baris <b>ke-{each}</b></p>" for each in range(20_000))
    words = set(html_to_text(html).split())
    assert {f"ke-{each}" for each in range(20_000)} <= words


@pytest.mark.parametrize(
    "html",
    ["<a ", "<!--", "</", "<![", "<script>", "<", "&#", "<blockquote>x", "<title>", '<a x="', '<a x=">', "<pre>\n\nx"],
)  # fmt: skip
def test_hostile_html_is_read_in_a_moment(html: str):
    began = time.process_time()
    html_to_text(html * (400_000 // len(html)))
    assert time.process_time() - began < 1.0
