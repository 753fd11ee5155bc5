"""What a desk lends and a procedure books, as files: what they become, and what whoever wrote them is told."""

from datetime import date, timedelta

import pytest

from bot.desk_files import DeskFileError, desk_from_files
from procedures.definition.bookings import Books, When

RESOURCES = """\
desk: kecil
name: Unit Kecil
timezone: Asia/Jakarta
hours: {mon-fri: ["08:00-16:00"]}
sla: {first_response: {within: 15m}, resolution: {within: 24h}}
staff: [{name: Budi, role: agent}]
resources:
  - {id: studio-1, name: Studio 1, kind: studio, before: 30m, staff: [Budi]}
  - {id: studio-2, name: Studio 2, kind: studio, hours: {sat: ["09:00-12:00"]}, blocked: [{from: 2026-12-24, note: Servis}]}
  - {id: kamera, name: Kamera, count: 3, hours: always, longest: 3d, ahead: 90d, notice: 1d}
calendar_shows: activity
"""
LENDING = """\
procedure: pinjam
name: Pinjam
roles: {staf: {name: Staf, people: [Budi]}}
form:
  - {id: acara, ask: Acara?}
  - {id: ruang, ask: Ruang?, kind: resource, among: [studio]}
  - {id: tanggal, ask: Tanggal?, kind: date}
  - {id: mulai, ask: Mulai?, kind: time}
  - {id: selesai, ask: Selesai?, kind: time}
  - {id: waktu, ask: Kapan?, kind: period}
books: {resource: ruang, when: {on: tanggal, from: mulai, until: selesai}, title: acara, firm: 2}
steps:
  - does: Menyetujui
    role: staf
    outcomes: [{id: ya, label: Ya}, {id: tidak, label: Tidak, to: ditolak}]
    books: [{id: alat, resource: kamera, count: 2, when: waktu, outcomes: ya}]
  - {does: Menyerahkan, role: staf, frees: alat, before: {answer: waktu, by: 1d}}
ends: [{id: berakhir, name: Selesai}, {id: ditolak, name: Ditolak, ending: refused}]
"""


def read(desk=RESOURCES, procedure=LENDING):
    return desk_from_files({"desk.yaml": desk, "procedures/pinjam.yaml": procedure}, {})


def test_resources_and_what_books_them():
    found = read()
    studio, other, camera = found.desk.resources
    assert (studio.before, studio.staff, studio.calendar) == (
        timedelta(minutes=30),
        ("budi",),
        found.desk.calendar,
    )
    assert other.blocked_on(date(2026, 12, 24)).note == "Servis"
    assert [bool(windows) for windows in other.calendar.week] == [False] * 5 + [True, False]
    assert (camera.kind, camera.count, camera.longest) == ("kamera", 3, timedelta(days=3))
    (procedure,) = found.procedures
    assert [choice.id for choice in procedure.form[1].choices] == ["studio-1", "studio-2"]
    when = When(on="tanggal", start="mulai", end="selesai")
    assert procedure.books == (Books(id="ruang", asked="ruang", when=when, title="acara", firm="step-2"),)
    (books,) = procedure.steps[0].bookings.books
    assert (books.resources, books.count, books.outcomes) == (("kamera",), 2, ("ya",))
    assert procedure.steps[1].bookings.frees == ("alat",)


@pytest.mark.parametrize(
    ("written", "instead", "told"),
    [
        ("among: [studio]", "among: [aula]", "desk.yaml has no resource or kind of resources aula"),
        ("resource: ruang, when", "resource: aula, when", 'expected a question of kind resource or a resource of desk.yaml, not "aula"'),
        ("resource: ruang, when", "resource: acara, when", "expected a question of kind resource or resources, and acara is text"),
        ("until: selesai}", "until: acara}", "expected a question of kind time, and acara is text"),
        ("from: mulai, until: selesai", "from: mulai", "expected when: a question of kind period, or {on: tanggal"),
        ("count: 2", "count: 4", "of kamera there are 3 only"),
        ("count: 2", "count: acara", "expected a question of kind number, and acara is text"),
        ("when: waktu, outcomes", "when: kapan, outcomes", "kapan is asked neither by the form nor by a step before"),
        ("firm: 2", "firm: 9", 'expected the number or id of a step, not "9"'),
        ("outcomes: ya}", "outcomes: mungkin}", "step-1 ends in ya, tidak, not in mungkin"),
        ("id: alat", "id: ruang", "ruang is booked by two entries; give each an id of its own"),
        ("frees: alat", "frees: kamera", "nothing called kamera is booked; expected one of alat, ruang"),
        ("firm: 2", "firmly: 2", "unknown key; did you mean firm?"),
    ],
)  # fmt: skip
def test_a_mistake_in_what_a_procedure_books_is_told(written, instead, told):
    assert written in LENDING
    with pytest.raises(DeskFileError) as caught:
        read(procedure=LENDING.replace(written, instead, 1))
    assert any(told in str(problem) for problem in caught.value.problems), caught.value.problems


@pytest.mark.parametrize(
    ("written", "instead", "told"),
    [
        ("count: 3", "count: 0", "expected how many there are, 1 to 500"),
        ("kind: studio, before: 30m", "kind: studio-2, before: 30m", "studio-2 is the id of a resource; expected a kind with another name"),
        ("id: studio-2", "id: studio-1", "there is a resource studio-1 already"),
        ("staff: [Budi]}", "staff: [Dewi]}", 'expected somebody of the staff by mailbox or name, not "Dewi"'),
        ('{sat: ["09:00-12:00"]}', "{}", "No weekday has a window"),
        ("before: 30m", "before: 30d", "expected at most 7d"),
    ],
)  # fmt: skip
def test_a_mistake_in_what_a_desk_lends_is_told(written, instead, told):
    assert written in RESOURCES
    with pytest.raises(DeskFileError) as caught:
        read(desk=RESOURCES.replace(written, instead, 1))
    assert any(told in str(problem) for problem in caught.value.problems), caught.value.problems
