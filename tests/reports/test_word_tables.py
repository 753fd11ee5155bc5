"""How the columns of a table in a Word file share the page."""

from docx.shared import Cm

from reports.paper.blocks import Column
from reports.paper.word.look import WIDE
from reports.paper.word.tables import widths_of


def widths(columns, rows):
    found = widths_of(columns, rows)
    assert WIDE - Cm(0.01) <= sum(found) <= WIDE
    return [round(each.cm, 1) for each in found]


def test_columns_without_a_share_are_as_wide_as_their_lines_and_the_others_get_the_rest():
    columns = (Column(label="Kode"), Column(label="Indikator", share=3), Column(label="Bukti", share=1))
    code, indicator, evidence = widths(columns, [("B.1.14.11.a", "kata " * 90, "kata")])
    assert (code, indicator, evidence) == (2.3, 11.0, 3.7)


def test_a_long_word_takes_its_room_from_its_neighbours():
    columns = (
        Column(label="Layanan", share=9),
        Column(label="Permintaan", share=1),
        Column(label="P90", share=1),
    )
    service, requests, p90 = widths(columns, [("Lupa kata sandi", "7", "2 jam")])
    assert requests > p90
    assert service > 10
    many = tuple(Column(label="Penanggungjawab", share=1) for _ in range(12))
    assert len(set(widths(many, [("x",) * 12]))) == 1
