"""Words on a page: marks are shown, addresses are links, and nothing that somebody wrote becomes markup."""

import re
import time
from html import unescape

import pytest
from markupsafe import escape

from channels import marks
from console.worded import worded

LINK = '<a href="{0}" rel="noopener noreferrer nofollow" target="_blank">{0}</a>'


@pytest.mark.parametrize(
    ("text", "links"),
    [
        ("lihat https://a.example/x?y=1&z=2.", ["https://a.example/x?y=1&z=2"]),
        ("(https://a.example/x) dan <https://b.example>", ["https://a.example/x", "https://b.example"]),
        ("https://id.wikipedia.org/wiki/Lulus_(kuliah), HTTP://B.EXAMPLE",
         ["https://id.wikipedia.org/wiki/Lulus_(kuliah)", "HTTP://B.EXAMPLE"]),
        ("javascript:alert(1) ftp://a.example data:text/html,x xhttps://a.example https://.", []),
        ('https://a.example/"onmouseover="x', ["https://a.example/"]),
        ("**tebal** [kata](https://a.example)", ["https://a.example"]),  # what contacts write has no marks
    ],
)  # fmt: skip
def test_only_addresses_of_the_web_are_links_and_all_else_is_as_written(text: str, links: list[str]):
    shown = worded(text)
    assert re.findall('href="([^"]*)"', shown) == [escape(link) for link in links]
    assert shown.striptags() == re.sub(r"\s+", " ", text)
    for link in links:
        shown = shown.replace(LINK.format(escape(link)), "")
    assert "<" not in shown


@pytest.mark.parametrize(
    "text",
    [
        "**Halo <b>Ana</b>** & teman",
        "- satu\n* dua\n  - tiga",
        "Buka [Edunex <x>](data:x) atau [ini](https://a.example/?a=1&b=2)",
        "2 ** 3 ** 4, **, [a](javascript:x), ** bukan **, *bintang*",
    ],
)
def test_what_went_out_looks_as_the_channels_show_it(text: str):
    shown = worded(text, formatted=True)
    as_channels_do = marks.as_html(text).replace(
        'rel="noreferrer"', 'rel="noopener noreferrer nofollow" target="_blank"'
    )
    assert unescape(shown) == unescape(as_channels_do)  # they write quotes in two ways


def test_addresses_that_end_like_no_address_are_shown_in_a_moment():
    text = f"https://{',' * 1_900}x " * 200
    began = time.process_time()
    assert worded(text).striptags() == text.strip()
    assert time.process_time() - began < 1.0
