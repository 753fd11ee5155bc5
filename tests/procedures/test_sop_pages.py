"""The SOP form on paper: rows broken between pages with connectors, nothing cut or overlapping, the form as PDF and PNG."""

from dataclasses import replace

import pytest

from procedures.definition.procedure import DONE, End, Ending, Head, Outcome, Procedure, Role, Step
from procedures.sop_table import sop_pages, sop_table, svg
from procedures.sop_table.form import Paper, form_pdf, table_png
from procedures.sop_table.lines import width, wrapped
from procedures.sop_table.progress import OnCase
from tests.procedures.recording import RECORDING

ROLES = tuple(Role(id=name.lower(), name=name) for name in ("Pemohon", "Sekretariat", "Direktur"))
LONG = "Memeriksa kelengkapan surat permohonan layanan beserta lampiran dan jadwal kegiatan. " * 5


def many(rows: int, does: str = "Memeriksa surat") -> Procedure:
    """A procedure of so many rows: every fifth decides, and leads on, back, and far ahead."""

    def row(at: int) -> Step:
        after = f"s{at + 1}" if at < rows else "selesai"
        ways = (Outcome(id=DONE, label={}, to=(after,)),)
        if at % 5 == 4:
            ways = (
                Outcome(id="ya", label={"id": "Ya"}, to=(after,)),
                Outcome(id="tidak", label={"id": "Tidak lengkap"}, to=(f"s{max(1, at - 3)}",)),
                Outcome(id="tunda", label={"id": "Tunda"}, to=(f"s{min(rows, at + 9)}",)),
            )
        return Step(
            id=f"s{at}", number=str(at), does=does, role=ROLES[at % 3].id, outcomes=ways, needs=(does,),
        )  # fmt: skip

    return Procedure(
        id="banyak", name="Prosedur", roles=ROLES, form=(), steps=tuple(row(at) for at in range(1, rows + 1)),
        ends=(End(id="selesai", name="Selesai"),),
    )  # fmt: skip


def pages_of(plan, **more):
    return sop_pages(plan, language="id", least=1150, ratio=0.6, **more)


@pytest.mark.parametrize(("rows", "does"), [(3, "Mencatat"), (12, "Mencatat"), (40, "Mencatat"), (12, LONG)])
def test_every_row_stands_on_one_page_and_every_page_has_room_for_its_rows(rows, does):
    pages = pages_of(many(rows, does))
    assert [shape.step for page in pages for shape in page.shapes] == [f"s{at}" for at in range(1, rows + 1)]
    for page in pages:
        assert page.height <= page.width * 0.6
        assert ["No"] in [text.lines for text in page.texts if text.kind == "head"]
        edges = [
            *((shape.x, shape.y + side * shape.half_height) for shape in page.shapes for side in (-1, 1)),
            *((one.x, one.y + side * one.half_height) for one in page.connectors for side in (-1, 1)),
            *(point for arrow in page.arrows for point in arrow.points),
        ]
        assert all(0 <= x <= page.width and 0 <= y <= page.height for x, y in edges)


def test_every_way_to_another_page_leaves_by_a_connector_and_arrives_from_one():
    plan = many(40)
    pages = pages_of(plan)
    page_of = {shape.step: at for at, page in enumerate(pages) for shape in page.shapes}
    ways = {(step.id, to) for step in plan.steps for one in step.outcomes for to in one.to if to in page_of}
    crossing = [(page_of[one], page_of[other]) for one, other in ways if page_of[one] != page_of[other]]
    for at, page in enumerate(pages):
        leaving = [text for text in page.texts if text.kind == "mark"]
        assert len(leaving) == sum(one == at for one, _ in crossing)
        arriving = {other for one, other in ways if page_of[other] == at != page_of[one]}
        assert len(page.connectors) == len(leaving) + len(arriving)


def test_no_label_connector_or_shape_lies_upon_another():
    for page in pages_of(many(40)):
        boxes = [
            *(
                (each.x, each.y, each.half_width, each.half_height)
                for each in page.shapes
                if each.kind != "diamond"
            ),
            *((each.x, each.y, each.half_width, each.half_height) for each in page.connectors),
        ]
        for at, (x, y, wide, high) in enumerate(boxes):
            for other_x, other_y, other_wide, other_high in boxes[at + 1 :]:
                assert abs(x - other_x) >= wide + other_wide or abs(y - other_y) >= high + other_high


def test_a_row_higher_than_a_page_goes_on_on_the_next_and_loses_no_word():
    plan = many(1, LONG * 10)
    pages = pages_of(plan)
    assert len(pages) > 1
    said = " ".join(line for page in pages for text in page.texts for line in text.lines)
    assert (
        said.count("Memeriksa") == plan.steps[0].does.count("Memeriksa") * 2
    )  # the activity, and what is at hand


def test_words_are_cut_where_they_fit_and_none_is_lost():
    for room in (40, 90, 200):
        lines = wrapped("Pertanggungjawaban/rekapitulasi administrasi 12.500", room)
        assert all(width(line) <= room for line in lines)
        assert "".join(lines).replace(" ", "") == "Pertanggungjawaban/rekapitulasiadministrasi12.500"


def test_a_fourth_way_is_told_among_the_remarks():
    plan = many(5)
    ways = tuple(Outcome(id=to, label={"id": to.upper()}, to=(to,)) for to in ("s2", "s3", "s4", "s5", "s1"))
    plan = replace(plan, steps=(replace(plan.steps[0], outcomes=ways), *plan.steps[1:]))
    said = " ".join(line for text in sop_table(plan, language="id").texts for line in text.lines)
    assert "S5: ke no. 5; S1: ke no. 1" in said


def test_an_end_is_told_with_the_way_that_leads_to_it():
    plan = many(2)
    refused = End(id="ditolak", name="Ditolak", ending=Ending.REFUSED)
    no = Outcome(id="tidak", label={"id": "Tidak"}, to=("ditolak",))
    first = replace(plan.steps[0], outcomes=(*plan.steps[0].outcomes, no))
    plan = replace(plan, steps=(first, *plan.steps[1:]), ends=(*plan.ends, refused))
    said = " ".join(line for text in sop_table(plan, language="id").texts for line in text.lines)
    assert "Tidak: Ditolak" in said


def test_what_the_file_says_is_no_markup_neither_in_the_drawing_nor_in_the_form():
    hostile = '</text><script>#read("/etc/passwd") $x$ *'
    plan = replace(
        RECORDING, name=hostile, head=Head(unit=hostile, number=hostile, legal_basis=(hostile, hostile)),
        steps=(replace(RECORDING.steps[0], does=hostile), *RECORDING.steps[1:]),
    )  # fmt: skip
    assert "<script" not in svg(sop_table(plan, language="id"), name=plan.name, whole=True)
    case = OnCase(summary=hostile, notes={"terima": hostile}, states={"terima": "done", "surat": "now"})
    for paper in Paper:
        assert form_pdf(plan, language="id", printed="hari ini", paper=paper, case=case).startswith(b"%PDF")
    assert table_png(plan, language="en", case=case).startswith(b"\x89PNG")


@pytest.mark.parametrize("rows", [13, 40])
def test_pages_bear_about_as_much_each_and_no_row_is_left_over_for_a_last_one(rows):
    heights = [page.height for page in pages_of(many(rows))]
    assert len(heights) > 1
    assert min(heights) > max(heights) * 0.6
