"""The SOP form's table: every step in its actor's column, every way from shape to shape, nothing outside the drawing."""

from dataclasses import replace
from itertools import pairwise

import pytest

from procedures.definition.procedure import Role
from procedures.sop_table import sop_table
from tests.procedures.recording import RECORDING
from tests.procedures.test_engine import BRANCHES, INVOICE, REVIEW, deciding, procedure, step

PLANS = (RECORDING, REVIEW, BRANCHES, INVOICE)


def drawn(plan, **more):
    return sop_table(plan, language="id", **more)


@pytest.mark.parametrize("plan", PLANS, ids=lambda plan: plan.steps[0].id)
def test_every_step_stands_in_its_row_and_everything_within_the_drawing(plan):
    found = drawn(plan)
    assert [shape.step for shape in found.shapes] == [step.id for step in plan.steps]
    assert [shape.y for shape in found.shapes] == sorted({shape.y for shape in found.shapes})
    points = [
        *((shape.x, shape.y) for shape in found.shapes),
        *((text.x, text.y) for text in found.texts),
        *(point for arrow in found.arrows for point in arrow.points),
    ]
    assert all(0 <= x <= found.width and 0 <= y <= found.height for x, y in points)


@pytest.mark.parametrize("plan", PLANS, ids=lambda plan: plan.steps[0].id)
def test_every_way_begins_and_ends_at_the_edge_of_a_shape(plan):
    found = drawn(plan)

    def touches(point, shape):
        away = abs(point[0] - shape.x), abs(point[1] - shape.y)
        return away in {(shape.half_width, 0), (0, shape.half_height)}

    for arrow in found.arrows:
        for end in (arrow.points[0], arrow.points[-1]):
            assert any(touches(end, shape) for shape in found.shapes)


def test_actors_are_columns_and_the_shapes_say_what_a_step_is():
    found = drawn(RECORDING)
    x = {shape.step: shape.x for shape in found.shapes}
    assert x["terima"] == x["surat"] == x["jadwal"] == x["serah"] != x["setuju"]
    assert {shape.step: shape.kind for shape in found.shapes} == {
        "terima": "end",
        "surat": "box",
        "jadwal": "box",
        "setuju": "diamond",
        "serah": "end",
    }
    assert [text.lines for text in found.texts if text.kind == "head"][2:5] == [
        ["Pemohon"],
        ["Staf"],
        ["Kepala"],
    ]


def test_who_does_a_step_together_has_a_shape_each_tied_to_the_others():
    steps = [
        replace(one, beside=("kepala", "pemohon")) if one.id == "surat" else one for one in RECORDING.steps
    ]
    found = drawn(replace(RECORDING, steps=tuple(steps)))
    shapes = [shape for shape in found.shapes if shape.step == "surat"]
    assert [shape.x for shape in shapes] == sorted({shape.x for shape in found.shapes})
    ties = [arrow.points for arrow in found.arrows if not arrow.points_at]
    assert ties == [
        [(one.x, one.y + aside), (other.x, one.y + aside)]
        for one, other in pairwise(shapes)
        for aside in (-5, 5)
    ]


def test_ways_on_go_down_and_a_way_back_goes_aside():
    found = drawn(REVIEW)
    back = next(arrow for arrow in found.arrows if arrow.points[-1][1] < arrow.points[0][1])
    assert ["tidak"] in [text.lines for text in found.texts if text.kind == "way"]
    assert len({point[0] for point in back.points[1:3]}) == 1


def test_no_way_comes_in_where_another_leaves_and_one_further_down_comes_in_from_above():
    at = {
        "ajukan": "b",
        "periksa": "a",
        "lengkapi": "b",
        "telaah": "c",
        "siapkan": "d",
        "perpanjang": "a",
        "tolak": "a",
    }
    ways = (
        step("ajukan", "periksa"),
        deciding("periksa", lengkap="telaah", kurang="lengkapi"),
        step("lengkapi", "periksa"),
        deciding("telaah", terbuka="siapkan", perlu_waktu="perpanjang", dikecualikan="tolak"),
        step("siapkan", "selesai"),
        step("perpanjang", "siapkan"),
        step("tolak", "ditolak"),
    )
    plan = replace(
        procedure(*(replace(each, role=at[each.id]) for each in ways)),
        roles=tuple(Role(id=each, name=each, requester=each == "b") for each in "bacd"),
    )
    found = drawn(plan)
    begins, ends = ({arrow.points[each] for arrow in found.arrows} for each in (0, -1))
    assert not begins & ends
    studied = next(shape for shape in found.shapes if shape.step == "telaah")
    assert (studied.x, studied.y - studied.half_height) in ends


def test_time_is_told_as_the_paper_does_and_a_case_may_say_its_own():
    texts = [
        line for text in drawn(RECORDING, notes={"surat": "Budi · 3 menit"}).texts for line in text.lines
    ]
    assert "10 menit" in texts
    assert "Budi · 3 menit" in texts


def test_what_is_not_the_papers_words_is_marked():
    first = replace(RECORDING.steps[0], ours=frozenset({"role", "within"}))
    drawing = drawn(replace(RECORDING, steps=(first, *RECORDING.steps[1:])))
    said = [" ".join(text.lines) for text in drawing.texts]
    assert [text for text in said if text.endswith("*")] == [f"{first.number}*", "10 menit*"]
