"""What people who have never heard of YAML get wrong in a procedure's file: each is one line that says what to write."""

import pytest

from bot.desk_files import DeskFileError, desk_from_files

FILE = "procedures/cuti.yaml"
DESK = """\
desk: kecil
name: Unit Kecil
timezone: Asia/Jakarta
hours: {mon-fri: ["08:00-16:00"]}
sla: {first_response: {within: 15m}, resolution: {within: 24h}}
staff: [{name: Siti, role: supervisor, email: siti@example.ac.id}]
"""
CUTI = """\
procedure: cuti
name: Permohonan Cuti
roles:
  dosen: {name: Dosen, requester: true}
  staf: {name: Staf Kepegawaian, people: [Siti]}
form:
  - {id: mulai, ask: Mulai tanggal berapa?, kind: date}
  - {id: jenis, ask: Cuti apa?, kind: choice, choices: [Tahunan, 1 Semester]}
steps:
  - {no: 1, does: Mengajukan permohonan, role: dosen}
  - no: 2
    does: Memeriksa kelengkapan
    role: staf
    within: 30 detik
    outcomes:
      - {id: ya, label: Setuju}
      - {id: tidak, label: Tidak, to: ditolak, reason: true}
  - {no: 3, does: Mencatat, role: staf}
ends: [{id: selesai}, {id: ditolak, ending: refused}]
"""


def mistakes(text):
    try:
        desk_from_files({"desk.yaml": DESK, FILE: text}, {})
    except DeskFileError as error:
        return [str(problem) for problem in error.problems]
    return []


@pytest.mark.parametrize(
    "text",
    [
        CUTI,
        "\ufeff" + CUTI,
        CUTI.replace("\n", "\r\n"),
        CUTI.replace("{no: 3, does: Mencatat, role: staf}", "does: |\n      Mencatat\n      dan memberi tahu\n    role: staf"),
        CUTI[: CUTI.index("ends:")].replace("to: ditolak", "to: selesai"),
    ],
    ids=["as it is", "with a byte order mark", "with lines of Windows", "a text over two lines", "the end that is there anyway"],
)  # fmt: skip
def test_what_is_no_mistake_is_read(text):
    assert mistakes(text) == []


@pytest.mark.parametrize(
    ("written", "instead", "told"),
    [
        ("    role: staf", "\trole: staf", "13: this is not YAML: lines are indented by spaces, not by tabs"),
        ("    role: staf", "\u00a0   role: staf", "13: this is not YAML: this line begins with spaces of another kind"),
        ("    role: staf", "     role: staf", "13: this is not YAML: this line begins further left or right"),
        ("    role: staf", "   role: staf", "13: this is not YAML: this line begins further left or right"),
        ("  - {no: 3", " - {no: 3", "18: this is not YAML: a row that begins with - stands exactly below"),
        ("  - {no: 3", "  – {no: 3", "18: this is not YAML: a row of a list begins with a hyphen (-)"),
        ("  - {no: 3", "  3: {no: 3", "18: this is not YAML: each row of this list begins with a hyphen (-)"),
        ("name: Permohonan", "name:Permohonan", "2: this is not YAML: a key has a colon behind it, and a space"),
        ("name: Permohonan", "name: Surat: Permohonan", "2: this is not YAML: a text with a colon in it"),
        ("name: Permohonan", 'name: "Permohonan', "2: this is not YAML: the quotation mark of this line is not closed"),
        ("name: Permohonan Cuti", "name: “Permohonan Cuti”", '2: quotation marks are straight ones: "Permohonan Cuti"'),
        ("label: Setuju", "label: “Setuju, boleh”", "16: steps[2].outcomes[1].boleh”: unknown key; quotation marks are"),
        ("label: Setuju", "label: &Setuju", "16: a text that begins with & stands in quotation marks"),
        ("label: Setuju", "label: @setuju", "16: this is not YAML: a text that begins with a sign such as @"),
        ("role: dosen}", "role: dosen", "10: this is not YAML: the { of this line is not closed"),
        ("does: Mencatat", "does: Mencatat #1", "18: this is not YAML: the { of this line is not closed; a text with #"),
        ("1 Semester]", "1 Semester", "8: this is not YAML: ] is missing before }"),
        ("kind: date}", "kind: number, least: 2,5}", "7: form[1].5: unknown key; within { }, a text with a comma"),
        ("steps:", "langkah:", "9: langkah: unknown key; did you mean steps?"),
        ("    does: Memeriksa", "    kegiatan: Memeriksa", "12: steps[2].kegiatan: unknown key; did you mean does?"),
        ("kind: date", "kind: tanggal", "7: form[1].kind: expected text or"),
        ("id: mulai", "id: 1. Tanggal Mulai", "7: form[1].id: expected small letters, digits and underscores, such as tanggal_mulai, not"),
        ("to: ditolak", "to: langkah 3", '17: steps[2].outcomes[2].to: expected the number or id of a step, or an end, not "langkah 3"; did you mean 3?'),
        ("reason: true", "reason: wajib", '17: steps[2].outcomes[2].reason: expected true or false, not "wajib"'),
        ("{id: ya, label: Setuju}", "Setuju", "15: steps[2].outcomes: expected a list of outcomes, such as"),
        ("{name: Staf Kepegawaian, people: [Siti]}", "Siti", "5: roles.staf: expected name and people, such as"),
        ("{no: 3, does: Mencatat, role: staf}", "{no: 3, does: Mencatat, role: staf, bills: cuti}", "18: steps[3].bills: expected a tariff of which"),
    ],
)  # fmt: skip
def test_a_mistake_of_writing_is_one_line_that_says_what_to_write(written, instead, told):
    assert written in CUTI
    (found,) = mistakes(CUTI.replace(written, instead, 1))
    assert found.startswith(f"{FILE}:{told}"), found


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", ":1: expected keys and values, such as procedure:"),
        ("Permohonan cuti diajukan kepada staf.", ":1: expected keys and values, such as procedure:"),
        (CUTI + "---\n" + CUTI, ":20: this is not YAML: a line of --- begins another file"),
        (CUTI.replace("Mencatat", "Men\x07catat"), ":18: there is a sign here that no text has"),
        (CUTI + "#" * 2_000_000, ": expected at most 1,000,000 characters"),
        ("a: &a [x, x, x, x]\n" + "".join(f"{b}: &{b} [{', '.join(['*' + a] * 9)}]\n" for a, b in zip("abcdef", "bcdefg", strict=True)), ": expected at most 100,000 values"),
    ],
    ids=["empty", "a text", "two files", "a bell", "two megabytes", "aliases that unfold"],
)  # fmt: skip
def test_a_file_that_is_no_procedure_is_told_in_one_line(text, told):
    (found,) = mistakes(text)
    assert told in found
