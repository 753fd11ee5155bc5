"""Procedures written as files: what one becomes, and what whoever wrote it is told about mistakes."""

import re
from datetime import timedelta
from pathlib import Path

import pytest

from bot.desk_files import DeskFileError, desk_from_files, load_desk
from bot.desk_files.procedure_files.acting import STEP_KEYS
from bot.desk_files.procedure_files.asking import QUESTION_KEYS
from bot.desk_files.procedure_files.lengths import length
from bot.desk_files.procedure_files.procedure import HEAD_KEYS, KEYS
from procedures.asking.conditions import Comparison
from procedures.asking.questions import Kind
from procedures.definition.procedure import Ending
from procedures.sop_table import sop_table
from procedures.sop_table.sketch import sketch
from procedures.sop_table.times import time_words
from tickets.hours import Span

DESKS = Path(__file__).parent / "desks"
REKAMAN = (DESKS / "rekaman.yaml").read_text()
DESK = """\
desk: kecil
name: Unit Kecil
timezone: Asia/Jakarta
hours: {mon-fri: ["08:00-16:00"]}
sla: {first_response: {within: 15m}, resolution: {within: 24h}}
staff:
  - {name: Rina, role: supervisor, email: rina@example.ac.id}
  - {name: Budi, role: agent}
  - {name: Dewi, role: agent}
teams: [{id: liputan, name: Liputan, line: 2, members: [Budi]}]
"""
RESOURCES = """\
resources:
  - {id: aula, name: Aula, kind: ruang}
  - {id: kamera-sony, name: Kamera Sony, count: 3, hours: always}
"""
GUIDE = Path(__file__).parents[2] / "docs" / "guide" / "procedures.md"
FILE = "procedures/rekaman.yaml"


def procedure_of(text):
    (found,) = desk_from_files({"desk.yaml": DESK, FILE: text}, {}).procedures
    return found


def test_the_guides_examples_are_in_order():
    texts = re.findall(r"```yaml\n(procedure: .*?)```", GUIDE.read_text(), re.DOTALL)
    people = [
        f"{{name: {name}, role: agent, email: {name}@example.ac.id}}" for name in ("siti", "dekan", "wadek")
    ]
    desk = DESK.replace("staff:\n", "staff:\n" + "".join(f"  - {one}\n" for one in people)) + RESOURCES
    files = {f"procedures/{at}.yaml": text for at, text in enumerate(texts)}
    leave, _, _, travel, room, *_ = desk_from_files({"desk.yaml": desk, **files}, {}).procedures
    assert len(leave.steps) == 4
    assert travel.actor(travel.step("step-4")) == "Staf Keuangan / Atasan"
    assert [time_words(travel, step, "id") for step in travel.steps[1:]] == [
        "2 hari kerja; 3 hari kerja sebelum masa dinas",
        "5 hari kerja setelah masa dinas",
        "2 hari kerja setelah no. 3 selesai",
        "paling lambat tanggal 10",
    ]
    assert room.books[0].firm == "step-2"


def test_the_guide_leads_from_the_paper_to_every_key():
    _, index = GUIDE.read_text().split("## From the paper to the key")
    told = set(re.findall(r"[a-z_]+", " ".join(re.findall(r"`([^`]+)`", index))))
    assert {*KEYS, *HEAD_KEYS, *STEP_KEYS, *QUESTION_KEYS} - told == set()


def test_the_guides_letter_is_in_order():
    """Its papers and steps, laid over those of the guide's first example."""
    guide = GUIDE.read_text()
    first, *_ = re.findall(r"```yaml\n(procedure: .*?)```", guide, re.DOTALL)
    (letter,) = re.findall(r"```yaml\n(papers:.*?)```", guide, re.DOTALL)
    text = re.sub(r"^steps:.*", letter, first, flags=re.DOTALL | re.MULTILINE)
    people = [
        f"{{name: {name}, role: agent, email: {name}@example.ac.id}}" for name in ("siti", "dekan", "wadek")
    ]
    desk = DESK.replace("staff:\n", "staff:\n" + "".join(f"  - {one}\n" for one in people))
    desk += 'series: {surat: "{no}/{year}"}\n'
    (found,) = desk_from_files({"desk.yaml": desk, "procedures/cuti.yaml": text}, {}).procedures
    assert found.step("step-3").paperwork_of("ya").signs == ("izin",)
    with pytest.raises(DeskFileError, match=r"izin is sent here, and no step has made it before"):
        desk_from_files({"desk.yaml": desk, "procedures/cuti.yaml": text.replace(", makes: izin", "")}, {})
    (checked,) = re.findall(r"```yaml\n(steps:\n  - \{no: 1, .*?initials: izin.*?)```", guide, re.DOTALL)
    roles = "".join(
        f"\n  {each}: {{name: {each}, people: [siti@example.ac.id]}}" for each in ("kasubag", "kabag")
    )
    text_with = re.sub(
        r"^steps:.*", checked, text.replace("\nroles:", f"\nroles:{roles}"), flags=re.DOTALL | re.MULTILINE
    )
    (found,) = desk_from_files({"desk.yaml": desk, "procedures/cuti.yaml": text_with}, {}).procedures
    assert found.step("step-4").paperwork_of("ya").initials == ("izin",)
    unsigned = text_with.replace(", signs: izin", "")
    with pytest.raises(DeskFileError, match=r"izin is initialled before it is signed, and no step signs it"):
        desk_from_files({"desk.yaml": desk, "procedures/cuti.yaml": unsigned}, {})
    by_requester = text.replace("surat\n    role: dekan", "surat\n    role: dosen")
    with pytest.raises(DeskFileError) as caught:
        desk_from_files({"desk.yaml": desk, "procedures/cuti.yaml": by_requester}, {})
    assert any("whoever asks signs nothing here" in str(each) for each in caught.value.problems)


def mistakes(text):
    with pytest.raises(DeskFileError) as caught:
        procedure_of(text)
    return [str(problem) for problem in caught.value.problems]


def test_a_paper_becomes_a_procedure():
    found = procedure_of(REKAMAN)
    assert (found.id, found.head.number, found.withdraw_until) == ("rekaman", "BDG-Setda.010/2024", "step-4")
    assert found.role("kabag").people == ("rina@example.ac.id",)
    assert found.role("kabag").substitutes == ("budi",)
    assert [question.kind for question in found.form] == [
        Kind.TEXT,
        Kind.DATE,
        Kind.CHOICE,
        Kind.TEXT,
        Kind.FILE,
    ]
    assert found.form[1].ask == {"id": "Tanggal berapa?", "en": "On what date?"}
    schedule, check = found.steps[2], found.step("periksa")
    assert schedule.standard.within == Span.parse("1d")
    assert [(outcome.id, outcome.to, outcome.reason) for outcome in check.outcomes] == [
        ("ya", ("setuju",), False),
        ("tidak", ("sunting",), True),
    ]
    assert found.step("setuju").outcome("tidak").to == ("periksa",)
    assert [(end.name, end.ending) for end in found.ends] == [("Selesai", Ending.DONE)]


@pytest.mark.parametrize(
    ("written", "meant", "counts"),
    [
        ("30 menit", "30m", "operating"),
        ("1 jam 30 menit", "90m", "operating"),
        ("2 Hari  Kerja", "2d", "operating"),
        ("3 hari kalender", "3d", "calendar"),
        ("1 minggu", "7d", "calendar"),
        ("2 hours", "2h", "operating"),
        ("1d", "1d", "operating"),
    ],
)
def test_times_may_be_written_as_on_paper(written, meant, counts):
    found = procedure_of(REKAMAN.replace("within: 30m", f"within: {written}", 1))
    assert found.step("periksa").standard.within == Span.parse(meant, counts)


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("within: 2 (dua) hari kerja", "2 (dua) hari kerja"),
        ("within: 1 x 24 jam", "1 x 24 jam"),
        ("within: 2d", "2 hari kerja"),
        ("within: 2d\n    counts: calendar", "2 hari kalender"),
        ("within: 4h", "4 jam kerja"),
        ("within: 90m", "1 jam 30 menit"),
        ("within: 24h\n    counts: calendar", "24 jam"),
        ("before: {answer: tanggal, by: H-3}", "3 hari sebelum tanggal"),
        ("before: {answer: tanggal, by: 3 hari kerja}", "3 hari kerja sebelum tanggal"),
        ("before: {answer: tanggal, by: 0d}", "paling lambat pada tanggal"),
        ("after: {answer: tanggal, by: 5 hari kalender}", "5 hari kalender setelah tanggal"),
        ("after: {step: 4, by: 2d}", "2 hari kerja setelah no. 4 selesai"),
        ("by_day: tanggal 10", "paling lambat tanggal 10"),
    ],
)
def test_the_table_tells_times_as_paper_does(written, told):
    found = procedure_of(REKAMAN.replace("within: 30m", written, 1))
    assert time_words(found, found.step("periksa"), "id") == told


def test_the_drawing_has_a_column_for_each_role_and_the_ways_that_do_not_go_straight_on():
    lines = list(sketch(procedure_of(REKAMAN), language="id"))
    assert "Kepala Bagian" in lines[1]
    assert lines[-3:-1] == [line for line in lines if "→ 8" in line or "→ 6" in line]
    assert any(line.endswith("Memberi jadwal · 1 hari kerja; 1 hari sebelum tanggal") for line in lines)


@pytest.mark.parametrize(
    ("written", "instead", "told"),
    [
        ("to: sunting, ", "to: 12, ", 'to: expected the number or id of a step, or an end, not "12"'),
        ("people: [Dewi]", "people: [Dewa]", 'people[1]: expected somebody of the staff by mailbox or name, not "Dewa"'),
        (", people: [Dewi]}", "}", "roles.umum: nobody holds this role; expected people, a team, requester: true, or outside: true"),
        ("role: ketua, within: 1d", "role: lurah, within: 1d", "role: expected umum or kabag or ketua or peliput"),
        ("within: 30m", "within: sebentar", "within: expected a length such as 10 menit, 2 jam, 3 hari kerja"),
        ("Perekaman {kegiatan} selesai", "Perekaman {acara} selesai", "nothing is called {acara}; expected a question"),
        ("within: 30m", "withn: 30m", "unknown key; did you mean within?"),
        ("jenis: luring", "jenis: gabungan", "jenis offers luring, daring, not gabungan"),
        ("only_if: {jenis: luring}", "only_if: {naskah: answered}", "naskah is asked neither by the form nor by a step before"),
        ("{answer: tanggal, by", "{answer: kegiatan, by", "expected a question of kind date or period, and kegiatan is text"),
        ("{answer: tanggal, by", "{answer: hari, by", "hari is asked neither by the form nor by a step before"),
        ("by: 1d}", "by: besok}", "by: expected days, such as 2d, H-2 or 2 hari kerja"),
        ("within: 30m", "after: {step: 90, by: 2d}", 'after.step: expected the number or id of a step, not "90"'),
        ("within: 30m", "after: {step: 8, by: 2d}", "no way leads from step-8 to periksa"),
        ("within: 30m", "after: {by: 2d}", "after: expected either answer: the question that asks for a date, or step"),
        ("within: 30m", "with: lurah", 'with: expected another role, of umum, kabag, ketua, peliput, not "lurah"'),
        ("within: 30m", "by_day: 32", "by_day: expected a day of the month, 1 to 31"),
        ("choices: [Luring, Daring]", "required: true", "expected choices, such as"),
        ("id: tempat", "id: jenis", "there is a question jenis already"),
        ("id: setuju", "id: periksa", "there is a step or an end periksa already"),
        ("ask: Apa nama kegiatannya?", "ask: Apa, dan kapan", "unknown key; within { }, a text with a comma stands in quotation marks"),
        ("ahead: 3d", "ahead: 3h", "ahead: expected days, such as 3d"),
        ("within: 30m", "within: 30m\n    ours: [time]", 'ours[1]: expected true, or some of does, role, needs, within, output, note, to, not "time"'),
        ("withdraw_until: 4", "withdraw_until: 40", 'expected the number or id of a step, not "40"'),
    ],
)  # fmt: skip
def test_a_mistake_is_told_with_its_line_and_what_is_expected(written, instead, told):
    assert written in REKAMAN
    text = REKAMAN.replace(written, instead, 1)
    line = next(
        at
        for at, (old, new) in enumerate(zip(REKAMAN.splitlines(), text.splitlines(), strict=False), 1)
        if old != new
    )
    found = mistakes(text)
    assert any(told in each for each in found), found
    assert any(each.startswith(f"{FILE}:{line}") for each in found), found


@pytest.mark.parametrize(
    ("written", "instead"), [("people: [Dewi]", "people: [Dewa]"), ("role: ketua", "role: lurah")]
)
def test_a_misnamed_person_or_role_is_one_line_however_many_rows_have_it(written, instead):
    assert len(mistakes(REKAMAN.replace(written, instead))) == 1


STEPS = """\
procedure: p
name: P
roles: {a: {name: A, requester: true}, b: {name: B, people: [Budi]}}
form: [{id: bayar, ask: Berbayar?, kind: yes_no}]
steps:
"""


@pytest.mark.parametrize(
    ("people", "told"),
    [
        ("{luring: Budi}", "roles.ketua.people: nobody holds it for daring"),
        ("{luring: Budi, daring: Dewi, gabungan: Rina}", "jenis offers luring, daring, not gabungan"),
        ("{luring: Budi, daring: Dewa}", 'expected somebody of the staff by mailbox or name, not "Dewa"'),
        ("[Budi]", "roles.ketua.people: expected people for each answer, such as"),
    ],
)
def test_a_role_that_depends_on_an_answer_is_held_whatever_was_answered(people, told):
    text = REKAMAN.replace("people: [Budi]}", f"by: jenis, people: {people}}}", 1)
    assert text != REKAMAN
    found = mistakes(text)
    assert any(told in each for each in found), found


@pytest.mark.parametrize(
    ("steps", "told"),
    [
        (
            "  - {id: x, does: X, role: a, to: z}\n  - {id: y, does: Y, role: b}\n  - {id: z, does: Z, role: b}",
            "steps[2]: no way leads to y, so nobody would ever do it",
        ),
        (
            "  - {id: x, does: X, role: a}\n  - {id: y, does: Y, role: b, to: x}",
            "steps[1]: from x no way leads to an end",
        ),
        (
            "  - {id: x, does: X, role: a, outcomes: [{id: ya}]}\n  - {id: y, does: Y, role: b}",
            "steps[1].outcomes: expected at least two outcomes; a step that decides nothing has none",
        ),
        (
            "  - {id: x, does: X, role: a}\n  - {id: y, does: Y, role: a}",
            "roles.b: no step is done by b",
        ),
        (
            "  - {id: x, does: X, role: a}\n  - {id: y, does: Y, role: b, joins: true}",
            "steps[2].joins: y joins branches, and no two that run side by side lead to it",
        ),
        (
            "  - {id: x, does: X, role: a, only_if: {bayar: true}, otherwise: y}\n  - {id: y, does: Y, role: b, only_if: {bayar: true}, otherwise: x}",
            "steps[1].only_if: passing over x leads back to it through steps that may be passed over as well",
        ),
        (
            "  - {id: x, does: X, role: a, only_if: {bayar: '> 3'}}\n  - {id: y, does: Y, role: b}",
            "bayar is yes_no, which is neither more nor less",
        ),
    ],
)
def test_a_procedure_that_cannot_be_worked_through_is_refused(steps, told):
    assert any(told in each for each in mistakes(STEPS + steps))


@pytest.mark.parametrize(
    ("said", "read"),
    [
        ("± 10 menit", "10m operating"),
        ("1,5 jam", "90m operating"),
        ("½ jam", "30m operating"),
        ("maksimal 2 (dua) hari kerja", "2d operating"),
        ("3 s.d. 5 hari", "5d operating"),
        ("1 - 6 bulan", "180d calendar"),
        ("1 x 24 jam", "1d calendar"),
    ],
)
def test_a_length_is_read_as_the_paper_has_it(said, read):
    assert length(said).to_text() == read
    with pytest.raises(ValueError, match="length"):
        length(f"{said} setelah kembali")


def test_papers_of_an_office_are_in_order_in_their_own_words():
    found = {
        each.id: each for each in load_desk(DESKS / "kantor-dinas", {}, years=range(2026, 2027)).procedures
    }
    assert set(found) == {"pengadaan", "pengaduan", "sempro"}
    direct = found["pengadaan"].step("step-6")
    assert direct.only_if.every[0].than == (Comparison.AT_MOST, 200_000_000)
    assert direct.otherwise == ("step-7",)


def test_sops_of_other_universities_are_in_order_and_their_ways_can_be_told_apart():
    found = {each.id: each for each in load_desk(DESKS / "kampus", {}, years=range(2026, 2027)).procedures}
    assert set(found) == {"ppid", "cuti-akademik", "naik-pangkat", "legalisir"}
    assert found["legalisir"].step("step-6").standard.within == Span(length=timedelta(seconds=30))
    assert found["legalisir"].step("step-7").outcomes[0].to == (found["legalisir"].ends[0].id,)
    periods = next(each for each in found["naik-pangkat"].form if each.id == "periode")
    assert [each.id for each in periods.choices] == ["1_april", "1_oktober"]
    assert found["cuti-akademik"].step("step-2").outcomes[0].to == ("step-3", "step-4", "step-5", "step-6")
    for procedure in found.values():
        begins, ends = (
            {arrow.points[at] for arrow in sop_table(procedure, language="id").arrows} for at in (0, -1)
        )
        assert not begins & ends, procedure.id


def test_conditions_say_answers_as_people_do():
    form = "form: [{id: jenis, ask: Jenis?, kind: choice, choices: [Cuti Sakit, Tahunan]}, "
    steps = """\
  - {id: x, does: X, role: a, only_if: {jenis: [cuti sakit], bayar: ya}}
  - {id: y, does: Y, role: b, optional: tidak}
"""
    text = (STEPS + steps).replace("form: [", form, 1)
    conditions = procedure_of(text).steps[0].only_if
    assert [each.among for each in conditions.every] == [{"cuti_sakit"}, {True}]
    assert any(
        "jenis offers cuti_sakit, tahunan, not Hamil" in each
        for each in mistakes(text.replace("cuti sakit]", "Hamil]"))
    )


@pytest.mark.parametrize(
    ("steps", "told"),
    [
        (
            "  - {id: x, does: X, role: a, only_if: {bayar: ya}, to: z}\n  - {id: y, does: Y, role: b}\n  - {id: z, does: Z, role: b}",
            "x leads to z when it is passed over, too: otherwise: 2 there",
        ),
        (
            "  - {id: x, does: X, role: a, tells: Halo {ticket}}",
            "a text with { } in it stands in quotation marks",
        ),
        ("  - {id: x, does: X, role: a, outcomes: {ya: 1}}", "expected a list of outcomes, such as"),
    ],
)
def test_a_mistake_says_what_to_write_instead(steps, told):
    assert any(told in each for each in mistakes(STEPS + steps))


def test_a_row_that_none_leads_to_is_told_once_without_those_behind_it():
    row = "  - {{id: {0}, does: X, role: b{1}}}\n"
    lost = "".join(row.format(*each) for each in (("x", ", to: ende"), ("y", ""), ("z", "")))
    found = mistakes(STEPS + lost + "ends: [{id: ende}]\n")
    assert sum("no way leads" in each for each in found) == 1
    assert any("no way leads to y, so" in each for each in found)


def test_two_procedures_do_not_share_a_name():
    with pytest.raises(DeskFileError) as caught:
        desk_from_files({"desk.yaml": DESK, FILE: REKAMAN, "procedures/lain.yaml": REKAMAN}, {})
    assert "there is a procedure rekaman already" in str(caught.value.problems[0])
