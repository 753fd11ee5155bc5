"""Drawings and pages of reports: what is typed is text on them and never markup, and the same values make the same file."""

from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO
from xml.etree import ElementTree as ET

import pytest
from docx import Document

from reports.charts.drawings import Bar, Target, Trend, bar_chart, column_chart, heat_chart, trend_chart
from reports.charts.layout import Value
from reports.errors import UntypesetError
from reports.paper.blocks import (
    Column,
    Figure,
    Figures,
    Heading,
    Paragraph,
    Picture,
    Pictures,
    Point,
    Points,
    Table,
)
from reports.paper.press import Logo, Sheets, pdf, png
from reports.paper.word.file import Words, word
from reports.written import number
from tickets.letterhead import Letterhead

HOSTILE = '#panic("x") $ <b>&" \x00\ud800\u202e*_@'
WORDS = Words(table="Tabel", picture="Gambar", page="Halaman", of="dari")
BARS = bar_chart([Bar(label=HOSTILE, many=2, says=HOSTILE), Bar(label="", many=0, says="0")], says=HOSTILE)


def indonesian(many):
    return number(many, "id")


def texts(drawing):
    return [each.text for each in ET.fromstring(drawing.svg).iter() if each.tag.endswith("}text")]


def test_drawings_say_their_numbers_and_are_whole_with_much_and_with_nothing():
    days = [Value(label=str(day), many=day, inner=0, says="") for day in range(1, 32)]
    legend = ("Masuk", "Selesai")
    assert "Masuk" in texts(column_chart(days, says="", legend=legend, written=str))
    assert texts(column_chart([], says="", legend=legend, written=str))[-2:] == ["Masuk", "Selesai"]
    field = [("Senin", (0, 1234))]
    assert texts(heat_chart(field, ("08", "09"), says="", written=indonesian)) == [
        "08",
        "09",
        "Senin",
        "1.234",
    ]
    many = [Value(label="1", many=1500, inner=0, says="")]
    assert texts(column_chart(many, says="", legend=legend, written=indonesian))[:3] == [
        "0",
        "1.000",
        "2.000",
    ]
    assert texts(BARS)[-2:] == [None, "0"]


def test_a_trend_has_a_gap_where_nothing_is_known():
    drawn = trend_chart(
        ("Agu", "Sep", "Okt"), [Trend(name="Respons", values=(0.5, None, 1.0))], says="", top=1.0, written=str,
        targets=(Target(name="Target 90%", value=0.9),),
    )  # fmt: skip
    assert drawn.svg.count("<circle") == 2
    assert (
        drawn.svg.count("<line") == 5 + 1 + 2
    )  # the grid, the target, the legend of both: the points are not joined
    assert texts(drawn)[-1] == "Target 90%"


def test_a_long_label_has_as_many_lines_as_it_needs_and_is_cut_only_beyond_six():
    label = "Permintaan penerbitan pengumuman di laman utama universitas dan media sosial resmi"
    drawn = bar_chart([Bar(label=label, many=1, says="1"), Bar(label="Lain", many=1, says="1")], says="")
    *lines, told = texts(drawn)[:-2]
    assert (" ".join(lines), told) == (label, "1")
    assert drawn.height == len(lines) * 11 + 6 + 26
    endless = bar_chart([Bar(label="sangat panjang " * 20, many=1, says="1")], says="")
    assert (len(texts(endless)), texts(endless)[5][-1]) == (7, "…")


def test_what_is_typed_is_text_on_paper_and_the_same_values_make_the_same_file():
    sheets = Sheets(
        title=HOSTILE, subtitle="Oktober 2026", unit=HOSTILE, language="id", made="kini", reading="", blocks=(
            Heading(text=HOSTILE), Paragraph(text=HOSTILE), Points(points=(Point(lead=HOSTILE, text=HOSTILE),)),
            Figures(figures=(Figure(label=HOSTILE, value=HOSTILE, notes=(HOSTILE,), good=False),)),
            Pictures(pictures=(Picture(title=HOSTILE, drawing=BARS),)),
            Table(columns=(Column(label=HOSTILE, share=1),), rows=((HOSTILE,),), title=HOSTILE),
        ),
        letterhead=Letterhead(unit=HOSTILE, above=(HOSTILE,), logo="papers/logo.svg"),
        logo=Logo(name="papers/logo.svg", content=BARS.svg.encode()), at=datetime(2026, 11, 1, 1, 2, 3, 4, tzinfo=UTC),
    )  # fmt: skip
    made = pdf(sheets)
    assert made.startswith(b"%PDF-")
    assert made == pdf(sheets)
    assert png(BARS).startswith(b"\x89PNG")
    # the same as a Word file, whose XML holds no such letters
    paragraphs = [each.text for each in Document(BytesIO(word(sheets, WORDS))).paragraphs]
    assert '#panic("x") $ <b>&" *_@' in paragraphs
    with pytest.raises(UntypesetError, match="the pages cannot be typeset: "):
        pdf(replace(sheets, logo=Logo(name="logo.png", content=b"no picture")))
