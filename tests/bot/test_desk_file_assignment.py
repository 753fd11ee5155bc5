"""How a desk file says that tickets are given out."""

import pytest

from bot.desk_files import DeskFileError, desk_from_files
from tickets.assignment import Assignment, Way

START = """\
desk: kecil
name: Unit Kecil
timezone: Asia/Jakarta
hours: {mon-fri: ["08:00-16:00"]}
sla: {first_response: {within: 15m}, resolution: {within: 24h}}
"""


def desk_of(text):
    return desk_from_files({"desk.yaml": START + text}, {}).desk


def test_a_desk_that_says_nothing_leaves_it_to_people():
    desk = desk_of("")
    assert desk.assignment == Assignment(way=Way.MANUAL, capacity=10, only_in_hours=True)


def test_a_team_differs_from_its_desk_in_what_it_says():
    desk = desk_of("""\
assignment: {way: least_loaded, capacity: 8, only_in_hours: false}
staff:
  - {name: Budi, role: agent, capacity: 3}
  - {name: Sari, role: agent}
  - {name: Yoga, role: agent, capacity: 0}
teams:
  - {id: edunex, name: Edunex, members: [Yoga], assignment: {way: round_robin}}
  - {id: jaringan, name: Jaringan, members: [Sari]}
""")
    assert desk.assignment_of("edunex") == Assignment(way=Way.ROUND_ROBIN, capacity=8, only_in_hours=False)
    assert desk.assignment_of("jaringan") == desk.assignment_of(None) == desk.assignment
    assert [desk.capacity_of(name) for name in ("budi", "sari", "yoga", "somebody added by hand")] == [
        3, 8, 0, 8,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "assignment: {way: random}",
            "desk.yaml:6: assignment.way: expected manual or round_robin or least_loaded",
        ),
        (
            "assignment: {capacity: -1}",
            "desk.yaml:6: assignment.capacity: expected a number of tickets from 0 to 1000",
        ),
        ("assignment: {only_in_hours: sometimes}", "desk.yaml:6: assignment.only_in_hours: expected true or"),
        ("assignment: {ways: manual}", "desk.yaml:6: assignment.ways: unknown key; did you mean way?"),
        ("assignment: manual", "desk.yaml:6: assignment: expected keys with their values"),
        (
            "staff: [{name: Budi, role: agent, capacity: lots}]",
            "desk.yaml:6: staff[1].capacity: expected a number of tickets from 0 to 1000",
        ),
    ],
)
def test_a_mistake_is_named_with_what_is_expected(text, said):
    with pytest.raises(DeskFileError) as caught:
        desk_of(text)
    assert str(caught.value).startswith(said)
